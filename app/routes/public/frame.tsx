import { isRouteErrorResponse, Outlet } from "react-router";

import { ownForms } from "#app/requests/own-forms.ts";
import { ErrorPage, problemCode } from "#app/ui/error-page.tsx";
import type { Route } from "./+types/frame";

export const middleware: Route.MiddlewareFunction[] = [ownForms];

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
