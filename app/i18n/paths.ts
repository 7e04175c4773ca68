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
  campaignVersions: { vi: "/chien-dich/:slug/phien-ban", en: "/en/campaigns/:slug/versions" },
  campaignThings: { vi: "/chien-dich/:slug/con-giong", en: "/en/campaigns/:slug/animals" },
  give: { vi: "/chien-dich/:slug/ung-ho", en: "/en/campaigns/:slug/pledge" },
  pledge: { vi: "/cam-ket/:code", en: "/en/pledges/:code" },
  payment: { vi: "/thanh-toan/:code", en: "/en/payments/:code" },
  donation: { vi: "/ung-ho/:code", en: "/en/donations/:code" },
  ledger: { vi: "/so-cai", en: "/en/ledger" },
  entry: { vi: "/so-cai/:entry", en: "/en/ledger/:entry" },
  communes: { vi: "/xa", en: "/en/communes" },
  commune: { vi: "/xa/:commune", en: "/en/communes/:commune" },
  notices: { vi: "/niem-yet", en: "/en/notices" },
  notice: { vi: "/niem-yet/:notice", en: "/en/notices/:notice" },
  noticeSheet: { vi: "/niem-yet/:notice/ban-in", en: "/en/notices/:notice/sheet" },
  objection: { vi: "/niem-yet/:list/y-kien", en: "/en/notices/:list/objection" },
  objectionFollow: { vi: "/y-kien/:code", en: "/en/objections/:code" },
  group: { vi: "/nhom/:group", en: "/en/groups/:group" },
  animal: { vi: "/con-giong/:tag", en: "/en/animals/:tag" },
  twinning: { vi: "/ket-nghia", en: "/en/twinning" },
  twinPair: { vi: "/ket-nghia/:pair", en: "/en/twinning/:pair" },
  accounts: { vi: "/tai-khoan", en: "/en/accounts" },
  signIn: { vi: "/dang-nhap", en: "/en/sign-in" },
  secondStep: { vi: "/dang-nhap/buoc-hai", en: "/en/sign-in/second-step" },
  setUp: { vi: "/dang-nhap/thiet-lap", en: "/en/sign-in/set-up" },
  forgotten: { vi: "/dang-nhap/quen-mat-khau", en: "/en/sign-in/forgotten-password" },
  newPassword: { vi: "/dang-nhap/mat-khau-moi", en: "/en/sign-in/new-password" },
  donorLink: { vi: "/dang-nhap/lien-ket", en: "/en/sign-in/link" },
  signOut: { vi: "/dang-xuat", en: "/en/sign-out" },
  mine: { vi: "/cua-toi", en: "/en/mine" },
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

/** Takes the language somebody chose for the office: posts only, so it is no page. */
export const OFFICE_LOCALE_ADDRESS = "/dang-nhap/ngon-ngu";

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
    const value = own(params, name);
    if (value === undefined || value === "") throw new Error(`no ${name} for ${pattern}`);
    return encodeURIComponent(value);
  });
}

const PATTERNS: readonly (readonly string[])[] = Object.values(PAGES).flatMap((page) =>
  LOCALES.map((locale) => partsOf(page[locale])),
);

/**
 * The one address of a page that was asked for in another spelling: `/so-cai/01/` is `/so-cai/1`, `/EN` is `/en`.
 * Undefined when the path is that address already, or no page's.
 */
export function oneAddress(pathname: string): string | undefined {
  const asked = partsOf(pathname);
  const pattern = PATTERNS.find(
    (parts) =>
      parts.length === asked.length &&
      parts.every((part, at) => part.startsWith(":") || part === asked[at]?.toLowerCase()),
  );
  if (!pattern) return undefined;
  const spelt = pattern.map((part, at) => {
    const value = asked[at] ?? "";
    if (!part.startsWith(":")) return part;
    return part === ":entry" ? plainNumber(value) : value;
  });
  const one = `/${spelt.join("/")}`;
  return one === pathname ? undefined : one;
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

/** An entry's number as printed on paper, dots, hash sign and all, as it stands in addresses. */
function plainNumber(typed: string): string {
  const digits = typed.replace(/^(?:#|%23)|[.,]|%2C/gi, "");
  return /^\d{1,15}$/.test(digits) ? String(Number(digits)) : typed;
}
import { own } from "#app/domain/kernel/own.ts";
