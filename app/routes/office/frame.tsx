import { data, isRouteErrorResponse, Outlet } from "react-router";

import { OFFICE_ACTS } from "#app/domain/people/office-act.ts";
import { clientContext } from "#app/middleware/client.ts";
import { keepRefusal } from "#app/middleware/keep-refusal.ts";
import { rateLimitsContext } from "#app/middleware/rate-limit.ts";
import { isForeignPost } from "#app/middleware/same-site.ts";
import { RefusalPage } from "#app/ui/office/refusal.tsx";
import type { Route } from "./+types/frame";

/**
 * Around everything of the office: forms are taken from our own pages only, and not without end from one caller; what staff
 * were refused to do stands in the audit trail; no answer is ever kept.
 */
export const middleware: Route.MiddlewareFunction[] = [
  async ({ request, context, url }, next) => {
    if (request.method === "GET" || request.method === "HEAD") return notKept(await next());
    if (isForeignPost(request)) throw data({ code: "form.foreign" }, { status: 400 });
    const wait = await context.get(rateLimitsContext).formSent(context.get(clientContext).address);
    if (wait > 0) {
      throw data({ code: "form.too-many" }, { status: 429, headers: { "retry-after": `${wait}` } });
    }
    return notKept(await keepRefusal(context, url.pathname, next));
  },
];

function notKept(response: Response): Response {
  response.headers.set("cache-control", "no-store");
  return response;
}

/** Keeps a loader here, so that the middleware above runs for every page under it. */
export function loader() {
  return null;
}

/** How long to wait, where that is the answer. */
export function headers({ errorHeaders }: Route.HeadersArgs) {
  return errorHeaders ?? {};
}

export default function Frame() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  if (!isRouteErrorResponse(error)) {
    return <RefusalPage status={500} code={undefined} act={undefined} />;
  }
  const told = error.data as { code?: unknown; act?: unknown } | null | undefined;
  return (
    <RefusalPage
      status={error.status}
      code={typeof told?.code === "string" ? told.code : undefined}
      act={OFFICE_ACTS.find((act) => act === told?.act)}
    />
  );
}
