import type { ReactNode } from "react";
import { isRouteErrorResponse, Links, Meta, Outlet, useLocation } from "react-router";

import { normalQuery } from "./i18n/filters.ts";
import { isOfficePath } from "./i18n/office-paths.ts";
import { localeOfPath, pathTo } from "./i18n/paths.ts";
import { officeVisitor } from "#app/requests/office-visitor.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { shownContext } from "#app/requests/shown.ts";
import type { Route } from "./+types/root";
import officeStylesheet from "./ui/css/office.css?url";
import stylesheet from "./ui/css/site.css?url";
import { AlternateLinks } from "./ui/alternate-links.tsx";
import { ErrorPage, problemCode } from "./ui/error-page.tsx";
import { OfficeShell } from "./ui/office/shell.tsx";
import { PageFrame } from "./ui/page-frame.tsx";
import { type RootFacts, useLocale, useRoot } from "./ui/site.ts";

/** Signs of an address that is printed: a picture of more is too fine to scan, and of thousands cannot be made. */
const MOST_ON_PAPER = 300;

/** What every page shows around itself: when it was made, how far the books went, and whether they are a demonstration. */
export async function loader({ context, url }: Route.LoaderArgs): Promise<RootFacts> {
  const { origin, demo } = context.get(settingsContext);
  const services = context.get(servicesContext);
  // Public pages are the same for everybody: who asks is looked up for the office alone.
  if (isOfficePath(url.pathname)) {
    return { origin, demo, office: await officeVisitor(context) };
  }
  const madeAt = services.now();
  const head = await services.home.head();
  if (head) context.get(shownContext).upTo = head.entry;
  const address = origin + url.pathname + filtersOf(url);
  const printed =
    address.length > MOST_ON_PAPER ? {} : { address, qr: services.qrPicture(address) };
  return { origin, demo, head, madeAt, ...printed };
}

/** The filters of a list, which belong to what was printed; nothing else of a query does, least of all a link's secret. */
function filtersOf({ pathname, search }: URL): string {
  const locale = localeOfPath(pathname);
  const list = (["ledger", "campaigns"] as const).find((page) => pathTo(locale, page) === pathname);
  return normalQuery(list, search).search;
}

export function Layout({ children }: { children: ReactNode }) {
  const inOffice = isOfficePath(useLocation().pathname);
  return (
    <html lang={useLocale()}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#fbf8f3" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#15161b" media="(prefers-color-scheme: dark)" />
        {/* Fonts are not preloaded: on a slow line they would come before the stylesheet (LCP 1.4 s, without 1.25 s). */}
        <link rel="stylesheet" href={stylesheet} />
        {inOffice ? <link rel="stylesheet" href={officeStylesheet} /> : null}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <AlternateLinks />
        <Meta />
        <Links />
      </head>
      <body className={useRoot()?.demo ? "demo-books" : undefined}>
        {inOffice ? <OfficeShell>{children}</OfficeShell> : <PageFrame>{children}</PageFrame>}
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return isRouteErrorResponse(error) ? (
    <ErrorPage status={error.status} code={problemCode(error.data)} />
  ) : (
    <ErrorPage status={500} />
  );
}
