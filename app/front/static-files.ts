import { own } from "#app/domain/kernel/own.ts";
import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { compressibleType, type ReadyFile, SMALLEST, type Variant } from "./ready-page.ts";
import { sendPage } from "./send-page.ts";

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

/** Everything a build may hold; a file of another kind is not served. No script is among them: no page loads one. */
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/**
 * The files of the built site, read once at the start with the `.br` and `.gz` that `bin/compress.ts` put beside them.
 * They stay in memory: a few hundred kilobytes, sent like kept pages; no path can leave the folder, and a build that is
 * replaced under a running server harms nobody.
 */
export function staticFiles(directory: string): StaticFiles {
  const files = readAll(directory);
  return (request, response, next) => {
    const target = request.url ?? "/";
    const mark = target.indexOf("?");
    const file = files.get(mark === -1 ? target : target.slice(0, mark));
    if (file) sendPage(request, response, file);
    else next();
  };
}

function readAll(directory: string): Map<string, ReadyFile> {
  const files = new Map<string, ReadyFile>();
  if (!existsSync(directory)) return files;
  for (const item of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = join(item.parentPath, item.name);
    const name = relative(directory, file).split(sep).join("/");
    const type = own(TYPES, extname(name));
    // Names with a leading dot are notes of the build tool.
    if (!item.isFile() || type === undefined || /(^|\/)\./.test(name)) continue;
    files.set(`/${name}`, readyFile(file, name, type));
  }
  return files;
}

/** For a build whose last step did not run: a page must not be three times its size for that. */
function quickBrotli(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

function readyFile(file: string, name: string, type: string): ReadyFile {
  const body = readFileSync(file);
  const etag = `W/"${hash("sha256", body, "base64url").slice(0, 27)}"`;
  const headers = [
    ["content-type", type],
    ["cache-control", name.startsWith("assets/") ? FOR_EVER : FOR_A_DAY],
    ["x-content-type-options", "nosniff"],
    ["cross-origin-resource-policy", "same-origin"],
    // For a picture that is opened by itself.
    ["content-security-policy", "default-src 'none'; style-src 'unsafe-inline'"],
    ["etag", etag],
    ["vary", "accept-encoding"],
  ].flat();
  const variant = (bytes: Buffer, encoding?: string): Variant => {
    const own = [...headers, "content-length", String(bytes.length)];
    if (encoding) own.push("content-encoding", encoding);
    return { body: bytes, headers: own };
  };
  const identity = variant(body);
  const beside = (ending: string, encoding: string, make: (bytes: Buffer) => Buffer) => {
    if (existsSync(file + ending)) return variant(readFileSync(file + ending), encoding);
    if (body.length < SMALLEST || !compressibleType(type)) return identity;
    const made = make(body);
    return made.length < body.length ? variant(made, encoding) : identity;
  };
  return {
    etag,
    identity,
    br: beside(".br", "br", quickBrotli),
    gzip: beside(".gz", "gzip", (bytes) => gzipSync(bytes)),
    unchanged: headers,
    bytes: body.length,
    best: true,
  };
}
