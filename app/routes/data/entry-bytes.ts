import { servicesContext } from "#app/requests/services.ts";
import type { Route } from "./+types/entry-bytes";

/** `/log/v1/entries/<number>`: the bytes of an entry as they were hashed, and will never be again otherwise. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const asked = /^[1-9]\d{0,14}$/.test(params.entry) ? Number(params.entry) : undefined;
  const bytes =
    asked === undefined ? undefined : await context.get(servicesContext).books.bytes(asked);
  if (!bytes) {
    return Response.json({ code: "entry.not-found" }, { status: 404 });
  }
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
      "access-control-allow-origin": "*",
    },
  });
}
