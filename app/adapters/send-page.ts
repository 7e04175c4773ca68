import type { IncomingMessage, ServerResponse } from "node:http";

import { acceptedEncoding } from "./accepted-encoding.ts";
import { isUnchanged, type ReadyPage } from "./ready-page.ts";

/** Send a ready page in the best encoding its reader takes, or a 304 when the reader has it. */
export function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  page: ReadyPage,
): void {
  const { headers } = request;
  if (headers["if-none-match"] !== undefined && isUnchanged(headers["if-none-match"], page.etag)) {
    response.writeHead(304, page.unchanged as string[]);
    response.end();
    return;
  }
  const variant = page[acceptedEncoding(headers["accept-encoding"])];
  response.writeHead(200, variant.headers as string[]);
  if (request.method === "HEAD") response.end();
  else if (variant.text !== undefined) response.end(variant.text, "latin1");
  else response.end(variant.body);
}
