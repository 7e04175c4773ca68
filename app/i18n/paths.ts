/** The languages of the public site; Vietnamese is at the root and is the original. */
export const LOCALES = ["vi", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * Every public page with its address in both languages: links, redirects, `hreflang`, the sitemap, the route table
 * and tests read this one table. `:name` is a parameter.
 */
export const PAGES = {
  home: { vi: "/", en: "/en" },
  campaigns: { vi: "/chien-dich", en: "/en/campaigns" },
  campaign: { vi: "/chien-dich/:slug", en: "/en/campaigns/:slug" },
  give: { vi: "/chien-dich/:slug/ung-ho", en: "/en/campaigns/:slug/pledge" },
  pledge: { vi: "/cam-ket/:code", en: "/en/pledges/:code" },
  payment: { vi: "/thanh-toan/:code", en: "/en/payments/:code" },
  donation: { vi: "/ung-ho/:code", en: "/en/donations/:code" },
  ledger: { vi: "/so-cai", en: "/en/ledger" },
  entry: { vi: "/so-cai/:entry", en: "/en/ledger/:entry" },
  commune: { vi: "/xa/:commune", en: "/en/communes/:commune" },
  notices: { vi: "/niem-yet", en: "/en/notices" },
  notice: { vi: "/niem-yet/:notice", en: "/en/notices/:notice" },
  animal: { vi: "/con-giong/:tag", en: "/en/animals/:tag" },
  openData: { vi: "/du-lieu-mo", en: "/en/open-data" },
  transparency: { vi: "/minh-bach", en: "/en/transparency" },
  about: { vi: "/gioi-thieu", en: "/en/about" },
  privacy: { vi: "/rieng-tu", en: "/en/privacy" },
  accessibility: { vi: "/tro-nang", en: "/en/accessibility" },
} as const satisfies Record<string, Record<Locale, `/${string}`>>;

/** Where the pledge page sends the payer of a gateway payment: takes posts only, so it is no page. */
export const PAY_ADDRESS = {
  vi: "/cam-ket/:code/thanh-toan",
  en: "/en/pledges/:code/pay",
} as const satisfies Record<Locale, `/${string}`>;

/** The action of the form that pays the pledge `code` through a gateway (field `channel`: `vnpay` or `stripe`). */
export function payPath(locale: Locale, code: string): string {
  return fillPath(PAY_ADDRESS[locale], { code });
}

export type Page = keyof typeof PAGES;

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** The parameters a page's address needs. */
export type ParamsOf<Name extends Page> = ParamNames<(typeof PAGES)[Name]["vi"]>;

type Rest<Name extends Page> = [ParamsOf<Name>] extends [never]
  ? []
  : [params: Readonly<Record<ParamsOf<Name>, string | number>>];

/** The address of a page in a language; parameters are percent-encoded. */
export function pathTo<Name extends Page>(locale: Locale, page: Name, ...rest: Rest<Name>): string {
  return fillPath(PAGES[page][locale], rest[0] ?? {});
}

/** `pathTo` for a page known only while running, such as "this page in the other language". */
export function pathToAny(
  locale: Locale,
  page: Page,
  params: Readonly<Record<string, string | number | undefined>>,
): string {
  return fillPath(PAGES[page][locale], params);
}

/** The language of an address: English under `/en`, else Vietnamese. */
export function localeOfPath(pathname: string): Locale {
  return pathname === "/en" || pathname.startsWith("/en/") ? "en" : "vi";
}

/** The other language. */
export function otherLocale(locale: Locale): Locale {
  return locale === "vi" ? "en" : "vi";
}

function fillPath(
  pattern: string,
  params: Readonly<Record<string, string | number | undefined>>,
): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === "") throw new Error(`no ${name} for ${pattern}`);
    return encodeURIComponent(value);
  });
}
