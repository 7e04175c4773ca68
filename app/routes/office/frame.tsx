import { isRouteErrorResponse, Outlet } from "react-router";

import { OFFICE_ACTS } from "#app/domain/people/office-act.ts";
import { keepRefusal } from "#app/requests/keep-refusal.ts";
import { ownForms } from "#app/requests/own-forms.ts";
import { RefusalPage } from "#app/ui/office/refusal.tsx";
import type { Route } from "./+types/frame";

/** Around everything of the office: no answer is ever kept, and what staff were refused to do stands in the audit trail. */
export const middleware: Route.MiddlewareFunction[] = [
  ownForms,
  async ({ request, context, url }, next) => {
    if (request.method === "GET" || request.method === "HEAD") return notKept(await next());
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
