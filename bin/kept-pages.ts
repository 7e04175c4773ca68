import type { KeepRules } from "#app/adapters/page-address.ts";
import { FILTERS, LOCALES, type Page, PAGES } from "#app/i18n/paths.ts";

/** Pages with a form of one visitor, or about one payment under way: each is rendered for who asks. */
const PERSONAL: ReadonlySet<Page> = new Set<Page>([
  "give",
  "pledge",
  "payment",
  "signIn",
  "secondStep",
  "setUp",
  "forgotten",
  "newPassword",
  "donorLink",
  "signOut",
  "mine",
]);

/** Machine addresses that are public and change with the data only. */
const MACHINES = [/^\/data\/v1\/[\w./-]+$/, /^\/sitemap\.xml$/, /^\/robots\.txt$/];

/** Which addresses the page cache may look at; the routes still decide, by `Cache-Control`, what it keeps. */
export function keptPages(): KeepRules {
  const pages = (Object.keys(PAGES) as Page[]).filter((page) => !PERSONAL.has(page));
  const patterns = [
    ...pages.flatMap((page) => LOCALES.map((locale) => pattern(PAGES[page][locale]))),
    ...MACHINES,
  ];
  const exact = new Set(
    pages.flatMap((page) => LOCALES.map((locale): string => PAGES[page][locale])),
  );
  return {
    path: (pathname) => exact.has(pathname) || patterns.some((one) => one.test(pathname)),
    parameters: new Set(FILTERS),
  };
}

function pattern(address: string): RegExp {
  return new RegExp(`^${address.replace(/:\w+/g, "[^/]+")}$`);
}
