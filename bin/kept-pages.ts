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
  const shapes = pages.flatMap((page) => LOCALES.map((locale) => hasShape(PAGES[page][locale])));
  const exact = new Set(
    pages.flatMap((page) => LOCALES.map((locale): string => PAGES[page][locale])),
  );
  return {
    path: (pathname) =>
      exact.has(pathname) ||
      shapes.some((has) => has(pathname)) ||
      MACHINES.some((one) => one.test(pathname)),
    parameters: new Set(FILTERS),
  };
}

/** Whether a path is of this address, with something in the place of each `:name`. */
function hasShape(address: string): (pathname: string) => boolean {
  const parts = address.split("/");
  return (pathname) => {
    const given = pathname.split("/");
    return (
      given.length === parts.length &&
      parts.every((part, index) =>
        part.startsWith(":") ? given[index] !== "" : part === given[index],
      )
    );
  };
}
