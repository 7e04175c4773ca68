import { servicesContext } from "#app/middleware/services.ts";
import type { Route } from "./+types/healthz";

/** For watchers and load balancers: 200 while the books can be read, 503 when not. */
export async function loader({ context }: Route.LoaderArgs) {
  try {
    const head = await context.get(servicesContext).home.head();
    return answer(200, { status: "ok", database: "ok", entries: head?.entry ?? 0 });
  } catch {
    return answer(503, { status: "failing", database: "unreachable", entries: null });
  }
}

function answer(status: number, facts: Record<string, string | number | null>): Response {
  return Response.json(facts, { status, headers: { "cache-control": "no-store" } });
}
