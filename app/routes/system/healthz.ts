import type { HealthReport } from "#app/domain/health/report.ts";
import { servicesContext } from "#app/requests/services.ts";
import type { Route } from "./+types/healthz";

/**
 * How the site is, part by part: 200, and 503 when people cannot be served or gifts cannot be booked. With `?ready`, for
 * balancers: whether this process should be sent requests.
 */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { health } = context.get(servicesContext);
  if (url.searchParams.has("ready")) {
    const readiness = await health.ready();
    return answer(readiness.ready ? 200 : 503, readiness);
  }
  const report = await health.look();
  return answer(report.status === "failing" ? 503 : 200, inShort(report));
}

/** First what watchers have read since the first version. */
function inShort({ status, at, parts }: HealthReport) {
  return { status, database: parts.database.status, entries: parts.ledger.entries, at, parts };
}

function answer(status: number, facts: object): Response {
  return Response.json(facts, { status, headers: { "cache-control": "no-store" } });
}
