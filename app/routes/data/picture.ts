import { PICTURE_TYPE } from "#app/domain/files/keep-picture.ts";
import { openPicture } from "#app/domain/files/public-picture.ts";
import { SAFE_FILE } from "#app/requests/safe-file.ts";
import { servicesContext } from "#app/requests/services.ts";
import type { Route } from "./+types/picture";

/**
 * Browsers keep a picture for good, as its name changes when it does; what stands between keeps it for minutes only, so
 * that one which is withdrawn is soon nowhere.
 */
const KEPT = "public, max-age=31536000, s-maxage=300, immutable";

/** `/hinh/<file>-<n>-<pixels>.webp`: a published picture. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const { files } = context.get(servicesContext);
  const answer = await openPicture(files, params.file);
  if (answer.state !== "shown") {
    const gone = answer.state === "gone";
    return new Response(gone ? "Gone\n" : "Not found\n", {
      status: gone ? 410 : 404,
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  }
  return new Response(answer.blob.stream(), {
    headers: {
      ...SAFE_FILE,
      "cache-control": KEPT,
      "content-type": PICTURE_TYPE,
      "content-length": String(answer.blob.size),
      "content-disposition": "inline",
    },
  });
}
