import type { IncomingMessage, ServerResponse } from "node:http";

import { acceptedEncoding } from "./accepted-encoding.ts";
import { isUnchanged, type ReadyFile, type ReadyPage, withAge } from "./ready-page.ts";

/** Send a ready page or file in the best encoding its reader takes, or a 304 when the reader has it. */
export function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  page: ReadyFile | ReadyPage,
): void {
  const { headers } = request;
  const now = Date.now();
  const lines = (of: readonly string[]) => ("madeAt" in page ? withAge(page, of, now) : [...of]);
  if (headers["if-none-match"] !== undefined && isUnchanged(headers["if-none-match"], page.etag)) {
    response.writeHead(304, lines(page.unchanged));
    response.end();
    return;
  }
  const variant = page[acceptedEncoding(headers["accept-encoding"])];
  response.writeHead(200, lines(variant.headers));
  if (request.method === "HEAD") response.end();
  else if (variant.text !== undefined) response.end(variant.text, "latin1");
  else response.end(variant.body);
}
