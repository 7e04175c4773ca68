import type { IncomingMessage } from "node:http";

/** The body as sent, or why there is none. */
export type ReadBody =
  | { readonly state: "whole"; readonly bytes: Buffer<ArrayBuffer> }
  | { readonly state: "too-large" }
  | { readonly state: "too-slow" }
  | { readonly state: "cut-off" };

/**
 * Read a whole request body of at most `limit` bytes, within `time` milliseconds. Bodies here are forms and notices, never
 * files (those are streamed), so they are read before anything looks at them: a slow or endless sender costs a socket and
 * nothing else.
 */
export function readBody(request: IncomingMessage, limit: number, time: number): Promise<ReadBody> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > limit) return Promise.resolve({ state: "too-large" });
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const late = setTimeout(() => {
      request.pause();
      request.removeAllListeners("data");
      resolve({ state: "too-slow" });
    }, time);
    request.once("close", () => clearTimeout(late));
    request.on("data", (part: Buffer) => {
      length += part.length;
      if (length > limit) {
        request.pause();
        request.removeAllListeners("data");
        resolve({ state: "too-large" });
      } else {
        parts.push(part);
      }
    });
    request.on("end", () => {
      clearTimeout(late);
      resolve({ state: "whole", bytes: Buffer.concat(parts, length) });
    });
    request.on("error", () => resolve({ state: "cut-off" }));
    request.on("close", () => resolve({ state: "cut-off" }));
  });
}
