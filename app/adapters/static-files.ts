import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";

import sirv from "sirv";

/** Answers a file; calls `next` when there is none of that name. */
export type StaticFiles = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

/** A year: names under `assets` carry a digest of the content. */
const FOR_EVER = "public, max-age=31536000, immutable";
/** Fonts and pictures keep their name when they change. */
const FOR_A_DAY = "public, max-age=86400";

/**
 * The files of the built site, with the `.br` and `.gz` that `bin/compress.ts` put beside them. Their list is read once
 * at the start: nothing that is put there later is served, and no path can leave the folder.
 */
export function staticFiles(directory: string): StaticFiles {
  if (!existsSync(directory)) return (_request, _response, next) => next();
  const serve = sirv(directory, {
    brotli: true,
    gzip: true,
    etag: true,
    extensions: [],
    setHeaders(response, pathname) {
      response.setHeader("x-content-type-options", "nosniff");
      response.setHeader("cross-origin-resource-policy", "same-origin");
      response.setHeader(
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'",
      );
      response.setHeader("cache-control", pathname.startsWith("/assets/") ? FOR_EVER : FOR_A_DAY);
    },
  });
  return (request, response, next) => {
    // A range of a compressed file would be a range of other bytes; these files are small enough to send whole.
    delete request.headers.range;
    serve(request, response, next);
  };
}
