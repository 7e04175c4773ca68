import { hash, randomUUID, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { OURSELVES } from "#app/domain/kernel/caller.ts";
import { acceptedEncoding } from "./accepted-encoding.ts";
import { sendAnswer } from "./compressed-answer.ts";
import { type Log, loggedPath } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { type KeptAddress, keptAddress, type KeepRules } from "./page-address.ts";
import type { PageCache } from "./page-cache.ts";
import { type Refusal, refusalPage } from "./refusal-page.ts";
import { readBody } from "./request-body.ts";
import { letGo, streamBody, type StreamedBody } from "./request-stream.ts";
import { callerOf, keptOrigins, originOf, type OriginRules } from "./request-origin.ts";
import { sendPage } from "./send-page.ts";
import type { StaticFiles } from "./static-files.ts";

/** The application as the listener sees it (`app/server.ts`). */
export type Answer = (request: Request, client: { readonly address: string }) => Promise<Response>;

/** What stands around the application. */
export interface ListenerParts {
  readonly answer: Answer;
  readonly cache: PageCache;
  readonly keep: KeepRules;
  readonly files: StaticFiles;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly origin: OriginRules;
  /** Largest body, bytes. */
  readonly bodyLimit: number;
  /** Forms with files: how large, bytes, and at which addresses; elsewhere they are forms like all others. */
  readonly uploads?: { readonly limit: number; takes(pathname: string): boolean };
  readonly metricsToken?: string | undefined;
}

/** Longest request target, signs. A signed return address of a gateway takes some 800. */
const LONGEST_TARGET = 4096;

/** Longest time in which a form may come, and a form with files, milliseconds; 20 MB take 5 minutes on a poor line. */
const FORM_TIME = 30_000;
const UPLOAD_TIME = 15 * 60_000;
/** Longest silence in the middle of a form with files, milliseconds. */
const UPLOAD_SILENCE = 30_000;

const METHODS = new Set(["GET", "HEAD", "POST"]);

/**
 * The way of a request:
 *
 *   kept page? ── file? ── limits ── public page: render once, keep ── anything else: the application
 *
 * A kept page is answered before anything else is looked at, so that it costs little more than bare `node:http`.
 */
export function createListener(parts: ListenerParts): RequestListener {
  const { cache, keep, files, log, metrics } = parts;
  const origins = keptOrigins(parts.origin);

  function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    status: Refusal,
    facts: { limit?: number } = {},
  ): void {
    metrics.refused(status);
    const { headers, body } = refusalPage(status, request.url ?? "/", facts);
    if (status === 405) headers["allow"] = "GET, HEAD, POST";
    if (status === 503) headers["retry-after"] = "5";
    // What is still coming is not read: the connection cannot be used again.
    if (status === 413 || status === 408) headers["connection"] = "close";
    response.writeHead(status, headers);
    response.end(request.method === "HEAD" ? undefined : body);
  }

  async function fillPage(
    request: IncomingMessage,
    response: ServerResponse,
    origin: string,
    kept: KeptAddress,
  ): Promise<void> {
    const began = performance.now();
    // Nothing of this visitor goes into a page that others will see: no header of theirs is passed on.
    const render = (caller: string | undefined) =>
      parts.answer(
        new Request(origin + kept.address, { headers: { "x-request-id": randomUUID() } }),
        { address: caller ?? OURSELVES },
      );
    const filled = await cache.provide({
      ...kept,
      address: origin + kept.address,
      pathname: origin + kept.pathname,
      caller: callerOf(request, parts.origin),
      cookie: request.headers.cookie,
      render,
    });
    if (filled === undefined) return refuse(request, response, 503);
    if (filled instanceof Response) {
      await sendAnswer(filled, response, {
        encoding: acceptedEncoding(request.headers["accept-encoding"]),
        head: request.method === "HEAD",
      });
    } else {
      sendPage(request, response, filled);
    }
    metrics.answered("GET", response.statusCode, performance.now() - began);
  }

  /** What is made for one visitor who reads stands in the line of all that has to be made. */
  async function askInLine(
    request: IncomingMessage,
    response: ServerResponse,
    origin: string,
  ): Promise<void> {
    const leave = await cache.enter(callerOf(request, parts.origin));
    if (!leave) return refuse(request, response, 503);
    try {
      await ask(request, response, origin);
    } finally {
      leave();
    }
  }

  async function ask(
    request: IncomingMessage,
    response: ServerResponse,
    origin: string,
  ): Promise<void> {
    const began = performance.now();
    const method = request.method ?? "GET";
    let body: Buffer<ArrayBuffer> | undefined;
    let upload: StreamedBody | undefined;
    if (parts.uploads && isUpload(request, parts.uploads)) {
      upload = streamBody(request, {
        bytes: parts.uploads.limit,
        silence: UPLOAD_SILENCE,
        whole: UPLOAD_TIME,
      });
    } else if (method === "POST") {
      const read = await readBody(request, parts.bodyLimit, FORM_TIME);
      if (read.state === "too-large") {
        return refuse(request, response, 413, { limit: parts.bodyLimit });
      }
      if (read.state === "too-slow") return refuse(request, response, 408);
      if (read.state === "cut-off") return void response.destroy();
      body = read.bytes;
      if (hasNullSign(request, body)) return refuse(request, response, 400);
    }
    const asked = new Request(origin + request.url, {
      method,
      headers: headersOf(request),
      ...(body ? { body } : {}),
      ...(upload ? { body: upload.stream, duplex: "half" as const } : {}),
    });
    const answer = await parts.answer(asked, { address: callerOf(request, parts.origin) });
    if (upload?.state() === "cut-off") return void response.destroy();
    await sendAnswer(answer, response, {
      encoding: acceptedEncoding(request.headers["accept-encoding"]),
      head: method === "HEAD",
    });
    if (upload) letGo(request);
    const milliseconds = performance.now() - began;
    metrics.answered(method, answer.status, milliseconds);
    log.info({
      method,
      path: loggedPath(request.url ?? ""),
      status: answer.status,
      ms: Math.round(milliseconds),
      requestId: answer.headers.get("x-request-id") ?? undefined,
    });
  }

  function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.destroyed || request.destroyed) return;
    log.error({ err: error, path: loggedPath(request.url ?? "") }, "request failed");
    if (response.headersSent) response.destroy();
    else refuse(request, response, 500);
  }

  return (request, response) => {
    const target = request.url ?? "/";
    const { headers, method } = request;
    const reads = method === "GET" || method === "HEAD";
    const origin = originOf(request, parts.origin);
    if (reads && origin !== undefined) {
      const page = cache.find(origin + target, headers.cookie);
      if (page) return sendPage(request, response, page);
    }

    if (method === undefined || !METHODS.has(method)) return refuse(request, response, 405);
    // A hook answers in its own protocol, also to what is too long.
    if (target.length > LONGEST_TARGET && !target.startsWith("/hooks/")) {
      return refuse(request, response, 414, { limit: LONGEST_TARGET });
    }
    if (origin === undefined || !isPlainTarget(target)) return refuse(request, response, 400);
    if (target === "/metrics" && reads) {
      return void sendMetrics(request, response, parts).catch((error: unknown) =>
        failed(request, response, error),
      );
    }

    const beyondFiles = () => {
      const kept = reads && origins.has(origin) ? keptAddress(target, keep) : undefined;
      const page = kept && cache.find(origin + kept.address, headers.cookie);
      if (page) return sendPage(request, response, page);
      const work = kept
        ? fillPage(request, response, origin, kept)
        : reads && keep.inLine(target)
          ? askInLine(request, response, origin)
          : ask(request, response, origin);
      work.catch((error: unknown) => failed(request, response, error));
    };
    // A hook is never a file, and what looks at files first refuses addresses that a hook has to answer.
    if (reads && !target.startsWith("/hooks/")) files(request, response, beyondFiles);
    else beyondFiles();
  };
}

/** A form with files where some are taken: read while it comes, once its sender is known to be allowed. */
function isUpload(
  request: IncomingMessage,
  uploads: { takes(pathname: string): boolean },
): boolean {
  const type = request.headers["content-type"] ?? "";
  return (
    request.method === "POST" &&
    /^multipart\/form-data\b/i.test(type) &&
    uploads.takes((request.url ?? "").split("?", 1)[0] ?? "")
  );
}

/** Origin form, nothing that a URL parser or a database would stumble over. Hooks answer in their own protocol. */
function isPlainTarget(target: string): boolean {
  if (!target.startsWith("/")) return false;
  if (target.startsWith("/hooks/")) return true;
  if (/%00|[\0-\x20\x7f]/.test(target)) return false;
  if (!target.includes("%")) return true;
  try {
    decodeURIComponent(target.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL keeps no NUL sign in text, and no honest form sends one. */
function hasNullSign(request: IncomingMessage, body: Buffer): boolean {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) return false;
  return body.includes("%00") || body.includes(0);
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined) continue;
    headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  parts: ListenerParts,
): Promise<void> {
  const { metricsToken: token } = parts;
  const allowed =
    token === undefined
      ? isThisMachine(request)
      : isSame(request.headers.authorization ?? "", `Bearer ${token}`);
  if (!allowed) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
    return;
  }
  const { text, type } = await parts.metrics.read();
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
  response.end(request.method === "HEAD" ? undefined : text);
}

/** Compared in a time that tells nothing about the token. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(hash("sha256", given, "buffer"), hash("sha256", wanted, "buffer"));
}

/** The caller is on this machine, and not a proxy that speaks for somebody else. */
function isThisMachine(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? "";
  const local =
    address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
  return local && !("x-forwarded-for" in request.headers) && !("forwarded" in request.headers);
}
