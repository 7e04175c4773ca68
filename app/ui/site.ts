import { useContext } from "react";
import { I18nContext } from "react-i18next";
import { useLocation, useMatches, useRouteLoaderData } from "react-router";

import type { LedgerHead } from "#app/domain/home/ports.ts";
import type { Seconds } from "#app/domain/kernel/calendar.ts";
import { isOfficePath } from "#app/i18n/office-paths.ts";
import {
  type Locale,
  localeOfPath,
  type Page,
  PAGES,
  type ParamsOf,
  pathTo,
  pathToAny,
} from "#app/i18n/paths.ts";
import type { OfficeVisitor } from "#app/requests/office-visitor.ts";

/** The language of the page being drawn: told by its address, in the office chosen by the person. */
export function useLocale(): Locale {
  const { pathname } = useLocation();
  const words = useContext(I18nContext);
  if (!isOfficePath(pathname)) return localeOfPath(pathname);
  return words?.i18n.language === "en" ? "en" : "vi";
}

type Rest<Name extends Page> = [ParamsOf<Name>] extends [never]
  ? []
  : [params: Readonly<Record<ParamsOf<Name>, string | number>>];

/** Makes addresses in the language of the page being drawn: `to("campaign", { slug })`. */
export type To = <Name extends Page>(page: Name, ...rest: Rest<Name>) => string;

/** Language and addresses for a component; rows of a table take them from their table, not each for itself. */
export function useSite(): { readonly locale: Locale; readonly to: To } {
  const locale = useLocale();
  return { locale, to: (page, ...rest) => pathTo(locale, page, ...rest) };
}

/** What stands around every page, as the root loader brings it. */
export interface RootFacts {
  readonly origin: string;
  /** The books are a demonstration. */
  readonly demo: boolean;
  /** Who is signed in; on pages of the office only. */
  readonly office?: OfficeVisitor;
  /** The last entry, and when the page was made; on public pages only. */
  readonly head?: LedgerHead;
  /** The page's own address, and a picture of it for whoever holds the page on paper; on public pages whose address fits there. */
  readonly address?: string;
  readonly qr?: string;
  readonly madeAt?: Seconds;
}

/** What the root loader brought; undefined when the root itself failed. */
export function useRoot(): RootFacts | undefined {
  return useRouteLoaderData<RootFacts>("root");
}

/** The page being drawn, and its address in any language; undefined on an error page without one. */
export function useThisPage():
  | { readonly page: Page; readonly in: (locale: Locale) => string }
  | undefined {
  const match = useMatches().at(-1);
  const page = match?.id.slice(3);
  if (!match || !/^(vi|en)\//.test(match.id) || !page || !isPage(page)) return undefined;
  return { page, in: (locale) => pathToAny(locale, page, match.params) };
}

function isPage(name: string): name is Page {
  return Object.hasOwn(PAGES, name);
}
