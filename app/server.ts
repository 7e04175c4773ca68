import { createRequestHandler, RouterContextProvider } from "react-router";
import * as build from "virtual:react-router/server-build";

import { GIFT_COOKIE, GIFT_COOKIE_SECONDS, giftMark } from "./domain/payments/gift-mark.ts";
import type { Visitor } from "./domain/people/ports.ts";
import type { Services } from "./domain/services.ts";
import { isOfficePath } from "./i18n/office-paths.ts";
import { type Locale, localeOfPath, oneAddress } from "./i18n/paths.ts";
import { clientContext } from "#app/requests/client.ts";
import { localeContext } from "#app/requests/locale.ts";
import { type Logger, loggerContext } from "#app/requests/logger.ts";
import { outageContext, TRY_AGAIN, watchOutage } from "#app/requests/outage.ts";
import { createRateLimits, rateLimitsContext } from "#app/requests/rate-limit.ts";
import { requestIdOf } from "#app/requests/request-id.ts";
import { securityHeaders, withSecurityHeaders } from "#app/requests/security-headers.ts";
import { servicesContext } from "#app/requests/services.ts";
import { type SiteSettings, settingsContext } from "#app/requests/settings.ts";
import { type Shown, shownContext } from "#app/requests/shown.ts";
import { visitorContext } from "#app/requests/visitor.ts";

export type { SiteSettings } from "#app/requests/settings.ts";

/** How a server is set up; `settings` come from the environment. */
export interface AppOptions {
  readonly settings: SiteSettings;
  readonly logger: Logger;
  /** Whether an error says that the database is away, not that something is wrong with us. */
  readonly isAway?: (error: unknown) => boolean;
}

/** The application as a function: tests call it, `bin/serve.ts` puts a listener before it. */
export type App = (request: Request, client?: { readonly address: string }) => Promise<Response>;

/** Put the application together over its services. */
export function createApp(services: Services, options: AppOptions): App {
  const handle = createRequestHandler(build, import.meta.env.MODE);
  const limits = createRateLimits();
  const headers = securityHeaders(options.settings);

  return async (request, client) => {
    const url = new URL(request.url);
    // The framework's own addresses serve scripts, and we send none.
    if (url.pathname.endsWith(".data") || url.pathname === "/__manifest") {
      return withSecurityHeaders(new Response("Not found", { status: 404 }), headers);
    }

    // A page has one address; other spellings of it lead there.
    const reads = request.method === "GET" || request.method === "HEAD";
    const one = reads ? oneAddress(url.pathname) : undefined;
    if (one !== undefined) {
      const location = one + url.search;
      return withSecurityHeaders(
        new Response(null, { status: 301, headers: { location } }),
        headers,
      );
    }

    const asked = withOwnOriginCheck(request, url);
    const requestId = requestIdOf(request);
    const context = new RouterContextProvider();
    context.set(servicesContext, services);
    context.set(settingsContext, options.settings);
    context.set(localeContext, localeOfPath(url.pathname));
    context.set(clientContext, { address: client?.address ?? "unknown", requestId });
    context.set(rateLimitsContext, limits);
    context.set(loggerContext, options.logger);
    const outage = watchOutage(options.isAway ?? (() => false));
    context.set(outageContext, outage);
    const shown: Shown = {};
    context.set(shownContext, shown);
    let visitor: Promise<Visitor> | undefined;
    context.set(visitorContext, () => {
      visitor ??= services.accounts.visitor(request.headers.get("cookie"));
      return visitor;
    });
    context.set(localeContext, await localeOf(url, context.get(visitorContext)));

    const made = await handle(asked, context);
    const response = withSecurityHeaders(outage.away ? comeAgain(made) : made, headers);
    if (shown.upTo !== undefined && response.status === 200) {
      response.headers.set("x-ledger-entry", String(shown.upTo));
    }
    if (shown.gift !== undefined) {
      const mark = giftMark(services.payerMarks, shown.gift);
      const secure = options.settings.origin.startsWith("https:") ? "; Secure" : "";
      response.headers.append(
        "set-cookie",
        `${GIFT_COOKIE}=${mark}; Path=/; Max-Age=${GIFT_COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
      );
    }
    response.headers.set("x-request-id", requestId);
    // Only a page that says so may be kept, and only when it is the page that was asked for.
    if (response.status >= 400 || !response.headers.has("cache-control")) {
      response.headers.set("cache-control", "no-store");
    }
    return response;
  };
}

/** An answer that failed because the database is away: a page has its words already, a file for machines gets a code. */
function comeAgain(answer: Response): Response {
  if (answer.status !== 500 && answer.status !== 503) return answer;
  const headers = new Headers(answer.headers);
  headers.set("retry-after", TRY_AGAIN);
  if (headers.get("content-type")?.startsWith("text/html")) {
    return new Response(answer.body, { status: 503, headers });
  }
  return Response.json(
    { code: "database.away" },
    { status: 503, headers: { "retry-after": TRY_AGAIN } },
  );
}

/** The language: told by the address, in the office by the person's choice. */
async function localeOf(url: URL, visitor: () => Promise<Visitor>): Promise<Locale> {
  if (!isOfficePath(url.pathname)) return localeOfPath(url.pathname);
  try {
    return (await visitor()).locale ?? "vi";
  } catch {
    // Whoever asks next for the visitor meets the same error, where it is answered with a page.
    return "vi";
  }
}

/**
 * The framework answers a post whose `Origin` is another site with a bare 400 and an error in the log. We mark it instead
 * and let our own check (`same-site.ts`) refuse it with a page. A page without referrer sends `null`, which says nothing.
 */
function withOwnOriginCheck(request: Request, url: URL): Request {
  const origin = request.headers.get("origin");
  if (origin === null || request.method === "GET" || request.method === "HEAD") return request;
  if (origin === url.origin) return request;
  const headers = new Headers(request.headers);
  if (URL.parse(origin)?.host === url.host) {
    // Behind a proxy that ends TLS the page is `https` and the request `http`: the same site, which the framework denies.
    headers.set("origin", url.origin);
    return new Request(request, { headers });
  }
  headers.delete("origin");
  if (origin !== "null" || !headers.has("sec-fetch-site")) {
    headers.set("sec-fetch-site", "cross-site");
  }
  return new Request(request, { headers });
}
