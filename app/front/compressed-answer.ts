import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { constants, createBrotliCompress, createGzip } from "node:zlib";

import type { Encoding } from "./accepted-encoding.ts";
import { compressibleType } from "./ready-page.ts";

/** Send an answer that is not kept, compressed on the way where that helps. */
export async function sendAnswer(
  answer: Response,
  to: ServerResponse,
  options: { encoding: Encoding; head: boolean },
): Promise<void> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of answer.headers) {
    if (name !== "set-cookie") headers[name] = value;
  }
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;

  const compressible =
    answer.body !== null &&
    !answer.headers.has("content-encoding") &&
    compressibleType(answer.headers.get("content-type"));
  const encoding = compressible ? options.encoding : "identity";
  if (compressible) headers["vary"] = varyWith(answer.headers.get("vary"));
  if (encoding !== "identity") {
    headers["content-encoding"] = encoding;
    delete headers["content-length"];
  }
  to.writeHead(answer.status, headers);
  if (options.head || answer.body === null) {
    await answer.body?.cancel();
    to.end();
    return;
  }
  if (encoding === "identity" && answer.headers.get("content-type")?.startsWith("text/html")) {
    // A page is made whole: passing it on in one piece costs a tenth of passing it through streams.
    to.end(Buffer.from(await answer.arrayBuffer()));
    return;
  }
  const body = Readable.fromWeb(answer.body as ReadableStream);
  if (encoding === "identity") await pipeline(body, to);
  else await pipeline(body, compressor(encoding), to);
}

function compressor(encoding: "br" | "gzip") {
  // Quick ones: this page is made for one visitor who waits.
  return encoding === "br"
    ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
    : createGzip({ level: 5 });
}

function varyWith(vary: string | null): string {
  return vary === null || vary === "" ? "accept-encoding" : `${vary}, accept-encoding`;
}
