import { data, isRouteErrorResponse, Outlet } from "react-router";

import { clientContext } from "#app/middleware/client.ts";
import { rateLimitsContext } from "#app/middleware/rate-limit.ts";
import { isForeignPost } from "#app/middleware/same-site.ts";
import { ErrorPage, problemCode } from "#app/ui/error-page.tsx";
import type { Route } from "./+types/frame";

/** Forms are taken from our own pages only, and not without end from one caller. */
export const middleware: Route.MiddlewareFunction[] = [
  async ({ request, context }) => {
    if (request.method === "GET" || request.method === "HEAD") return;
    if (isForeignPost(request)) throw data({ code: "form.foreign" }, { status: 400 });
    const wait = await context.get(rateLimitsContext).formSent(context.get(clientContext).address);
    if (wait > 0) {
      throw data({ code: "form.too-many" }, { status: 429, headers: { "retry-after": `${wait}` } });
    }
  },
];

/** Keeps a loader here, so that the middleware above runs for every page under it. */
export function loader() {
  return null;
}

/**
 * Pages may be kept as long as nothing they show has changed; a page that differs says so itself. How long to wait goes
 * with the answer that says to wait.
 */
export function headers({ errorHeaders }: Route.HeadersArgs) {
  const headers = new Headers(errorHeaders);
  headers.set("cache-control", "public, max-age=0, must-revalidate");
  return headers;
}

export default function Frame() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return isRouteErrorResponse(error) ? (
    <ErrorPage status={error.status} code={problemCode(error.data)} />
  ) : (
    <ErrorPage status={500} />
  );
}
