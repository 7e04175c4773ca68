import { hash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Brotli and gzip effort: quick while a visitor waits (0.6 ms a page), best afterwards (55 ms). */
const QUICK = { brotli: 5, gzip: 6 };
const BEST = { brotli: 11, gzip: 9 };

/** Below this many bytes a compressed body saves nothing: it all fits one packet. */
export const SMALLEST = 512;

/** Longest body kept as text too, bytes; a longer one is sent faster as it is. */
const SHORT = 16_384;

/** A body in one encoding, with its header lines as node:http takes them: name, value, name, value. */
export interface Variant {
  readonly body: Buffer;
  /**
   * The same bytes as text of one sign a byte (latin1), when they are few: node:http sends a text with its headers in
   * one piece, a Buffer in two, which is a third slower (docs/performance.md, S1).
   */
  readonly text?: string;
  readonly headers: readonly string[];
}

/** A page as it is sent, in every encoding. */
export interface ReadyPage extends ReadyFile {
  /** When its making began, milliseconds since 1970: what it shows was true then. */
  readonly madeAt: number;
}

/** A file as it is sent, in every encoding. */
export interface ReadyFile {
  readonly etag: string;
  readonly identity: Variant;
  readonly br: Variant;
  readonly gzip: Variant;
  /** Headers of a 304. */
  readonly unchanged: readonly string[];
  /** Memory it takes, about. */
  readonly bytes: number;
  /** Whether the compressed bodies are of best quality. */
  readonly best: boolean;
}

/** Headers that belong to one answer or to the connection, not to the page. */
const NOT_KEPT = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "date",
  "etag",
  "keep-alive",
  "last-modified",
  "transfer-encoding",
  "vary",
  "x-request-id",
]);

/** Make a page ready to send from an answer's headers and its whole body; `madeAt` is when its making began. */
export async function readyPage(
  headers: Headers,
  body: Buffer,
  madeAt: number,
): Promise<ReadyPage> {
  const kept: string[] = [];
  for (const [name, value] of headers) {
    if (!NOT_KEPT.has(name)) kept.push(name, value);
  }
  // Weak: the same page in another encoding, or compressed again, is still the same page.
  const etag = `W/"${hash("sha256", body, "base64url").slice(0, 27)}"`;
  kept.push("etag", etag, "vary", "accept-encoding");
  kept.push("last-modified", new Date(madeAt).toUTCString());
  return compressed({ kept, etag, madeAt }, body, QUICK, false);
}

/** The same page, compressed as small as it gets. */
export async function bestPage(page: ReadyPage): Promise<ReadyPage> {
  return compressed({ ...page, kept: page.unchanged }, page.identity.body, BEST, true);
}

/** Header lines of a page as it is sent now: its own, and how many seconds ago it was made (RFC 9111, 5.1). */
export function withAge(
  page: Pick<ReadyPage, "madeAt">,
  headers: readonly string[],
  now: number,
): string[] {
  return [...headers, "age", String(Math.max(0, Math.floor((now - page.madeAt) / 1000)))];
}

async function compressed(
  { kept, etag, madeAt }: { kept: readonly string[]; etag: string; madeAt: number },
  body: Buffer,
  effort: typeof QUICK,
  best: boolean,
): Promise<ReadyPage> {
  const identity = variant(kept, body);
  const worth = body.length >= SMALLEST && compressible(kept);
  const [small, zipped] = worth
    ? await Promise.all([
        brotli(body, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: effort.brotli,
            [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
            [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
          },
        }),
        zip(body, { level: effort.gzip }),
      ])
    : [body, body];
  return {
    madeAt,
    etag,
    identity,
    br: small.length < body.length ? variant(kept, small, "br") : identity,
    gzip: zipped.length < body.length ? variant(kept, zipped, "gzip") : identity,
    unchanged: kept,
    bytes: body.length + 2 * (small.length + zipped.length) + 2048,
    best: best || !worth,
  };
}

function variant(kept: readonly string[], body: Buffer, encoding?: "br" | "gzip"): Variant {
  const headers = [...kept, "content-length", String(body.length)];
  if (encoding) headers.push("content-encoding", encoding);
  return { body, headers, ...(body.length <= SHORT ? { text: body.toString("latin1") } : {}) };
}

/** Whether a media type is text in some form; pictures and fonts are compressed already. */
export function compressibleType(type: string | null): boolean {
  return type !== null && /^text\/|[/+](json|xml|javascript|svg)/.test(type);
}

function compressible(kept: readonly string[]): boolean {
  const at = kept.indexOf("content-type");
  return compressibleType(kept[at + 1] ?? null);
}

/** Whether the reader has it: weak comparison of `If-None-Match` (RFC 9110, 13.1.2): a list, with or without `W/`, or a star. */
export function isUnchanged(line: string, etag: string): boolean {
  if (line === etag || line === "*") return true;
  const opaque = etag.slice(2);
  return line.split(",").some((one) => one.trim().replace(/^W\//, "") === opaque);
}
