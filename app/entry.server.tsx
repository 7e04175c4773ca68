import { renderToString } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import {
  type EntryContext,
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
} from "react-router";

import { instanceFor } from "./i18n/instance.ts";
import { localeContext } from "#app/requests/locale.ts";
import { clientContext } from "#app/requests/client.ts";
import { loggerContext } from "#app/requests/logger.ts";
import { outageContext } from "#app/requests/outage.ts";

/**
 * Draw a page as one text. Nothing on our pages waits, so streaming would only cost: as text it is nearly twice as
 * fast (docs/performance.md, S4), and the page cache wants the whole page anyway.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  page: EntryContext,
  context: Readonly<RouterContextProvider>,
): Response {
  // The encoded loader data, which only a script would read.
  void page.serverHandoffStream?.cancel();
  const { away } = context.get(outageContext);
  const staticHandlerContext = away ? withAway(page) : page.staticHandlerContext;
  const html = renderToString(
    <I18nextProvider i18n={instanceFor(context.get(localeContext))}>
      <ServerRouter
        context={{ ...page, staticHandlerContext, serverHandoffStream: undefined }}
        url={request.url}
      />
    </I18nextProvider>,
  );
  headers.set("content-type", "text/html; charset=utf-8");
  // As bytes: a text would be looked through for broken signs once more.
  return new Response(new TextEncoder().encode(`<!doctype html>${html}`), { status, headers });
}

/** The page with its unknown error told as what it is: the database is away, nothing is wrong with what was asked. */
function withAway({ staticHandlerContext }: EntryContext): EntryContext["staticHandlerContext"] {
  const { errors } = staticHandlerContext;
  if (!errors) return staticHandlerContext;
  const told = Object.entries(errors).map(([route, error]) => [
    route,
    isRouteErrorResponse(error) ? error : AWAY,
  ]);
  return { ...staticHandlerContext, errors: Object.fromEntries(told) as typeof errors };
}

/** As the router knows an answer that is thrown. */
const AWAY = { status: 503, statusText: "", internal: false, data: { code: "database.away" } };

/** Log what broke; answers such as 404 are no errors. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  context.get(outageContext).saw(error);
  context.get(loggerContext).error(error, { requestId: context.get(clientContext).requestId });
}
