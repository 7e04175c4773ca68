import type { Server } from "node:http";
import type { Socket } from "node:net";

import { acceptedEncoding } from "./accepted-encoding.ts";
import { keptAddress, type KeepRules } from "./page-address.ts";
import type { PageCache } from "./page-cache.ts";
import { isUnchanged, type ReadyPage, type Variant, withAge } from "./ready-page.ts";
import { type HostHeaders, originOf, type OriginRules } from "./request-origin.ts";

/**
 * Kept pages, answered before `node:http` (docs/decisions/0006): when thousands ask for the same page at once, most of
 * the time goes into what `node:http` makes for each request, not into the page.
 *
 *   connection ── each chunk: one whole plain GET of a page that is kept? ──yes──> its bytes, ready made
 *                       │ anything else, for the rest of the connection
 *                       └──> node:http, with the chunk put back
 *
 * Only what is understood to the last header is answered here; whoever sends a range, a body, two requests at once or
 * half of one is `node:http`'s from then on.
 */
export interface KeptFront {
  /** Answer nothing here any more: the server is ending, and `node:http` says so on every answer. */
  close(): void;
}

/** What the front needs. */
export interface FrontParts {
  readonly cache: Pick<PageCache, "find">;
  readonly origin: OriginRules;
  readonly keep: KeepRules;
  /** Milliseconds a connection may stand idle. */
  readonly keepAlive: number;
}

/** Longest head of a request answered here, bytes; longer ones are rare. */
const LONGEST_HEAD = 4_096;
/** Most that may wait for a slow reader, bytes. */
const MOST_WAITING = 262_144;
/** Heads remembered: browsers of one kind send the same one for the same page. */
const MOST_HEADS = 1_000;
/** A cookie's line as browsers write it; in other spellings it is read with the other lines. */
const COOKIE_LINES = ["\r\nCookie:", "\r\ncookie:"] as const;
const HEAD_END = Buffer.from("\r\n\r\n");

/** Put the front before `server`, which listens and takes over what is not answered here. */
export function putBefore(server: Server, parts: FrontParts): KeptFront {
  const [accept] = server.listeners("connection");
  if (!accept) throw new Error("the server takes no connections");
  server.removeAllListeners("connection");
  const heads = new Map<string, KeptAsk | undefined>();
  const idle = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(parts.keepAlive / 1000)}\r\n`;
  const whole = readyAnswers(idle);
  let closing = false;

  function asked(head: string): KeptAsk | undefined {
    const known = heads.get(head);
    if (known || heads.has(head)) return known;
    const ask = readHead(head, parts.origin, parts.keep);
    // Words that a page does not read are never the same twice.
    if (ask && !head.startsWith(`GET ${ask.target} `)) return ask;
    if (heads.size >= MOST_HEADS) heads.clear();
    heads.set(head, ask);
    return ask;
  }

  /** Each visitor's cookie is another one: heads are remembered without it. */
  function askedBy(head: string): KeptAsk | undefined {
    const at = COOKIE_LINES.map((line) => head.indexOf(line)).find((found) => found !== -1);
    if (at === undefined) return asked(head);
    const end = head.indexOf("\r\n", at + 2);
    const cookie = plainValue(head.slice(at, end), COOKIE_LINES[0].length);
    const ask = asked(head.slice(0, at) + head.slice(end));
    // A second one is node:http's.
    return cookie === undefined || ask?.cookie !== undefined
      ? undefined
      : ask && { ...ask, cookie };
  }

  function answerOf(chunk: Buffer): Buffer | undefined {
    if (chunk.length > LONGEST_HEAD || chunk[0] !== GET) return undefined;
    if (chunk.indexOf(HEAD_END) !== chunk.length - HEAD_END.length) return undefined;
    const ask = askedBy(chunk.toString("latin1"));
    const page = ask && parts.cache.find(ask.address, ask.cookie);
    return page && whole(page, ask);
  }

  server.on("connection", (socket: Socket) => {
    socket.setTimeout(parts.keepAlive);
    const leave = () => {
      socket.off("data", read).off("timeout", broken).off("error", broken).off("end", ended);
      socket.off("drain", resume);
    };
    const broken = () => void socket.destroy();
    // The caller has said all; what it asked for is still sent.
    const ended = () => void socket.end();
    const resume = () => void socket.resume();
    const read = (chunk: Buffer) => {
      const answer = closing ? undefined : answerOf(chunk);
      if (!answer) {
        leave();
        socket.setTimeout(0);
        socket.pause();
        socket.unshift(chunk);
        accept.call(server, socket);
        socket.resume();
        return;
      }
      socket.write(answer);
      if (socket.writableLength > MOST_WAITING) socket.pause();
    };
    socket.on("data", read).on("timeout", broken).on("error", broken).on("end", ended);
    socket.on("drain", resume);
  });

  return {
    close() {
      closing = true;
    },
  };
}

const GET = "G".charCodeAt(0);

/** A plain request for a page. */
interface KeptAsk {
  /** As the page cache knows it. */
  readonly address: string;
  /** Path and query, in the one spelling of a page that is kept. */
  readonly target: string;
  readonly acceptEncoding: string | undefined;
  readonly ifNoneMatch: string | undefined;
  /** Changes nothing about a page, but whoever gave is shown their own gift. */
  readonly cookie: string | undefined;
}

const LINE = /^GET (\/[!-~]*) HTTP\/1\.1$/;

/** Headers that change nothing about a public page. */
const HARMLESS =
  /^(?:accept|accept-language|user-agent|referer|authorization|dnt|if-modified-since|upgrade-insecure-requests|priority|cache-control|pragma|sec-(?:ch|fetch|gpc)[\w-]*|save-data|x-request-id)$/;
/** Headers that are read; each may stand once. */
const READ = new Set([
  "host",
  "cookie",
  "accept-encoding",
  "if-none-match",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-for",
]);

/**
 * A whole request head as a question for a kept page; undefined when anything in it is not plain. Each byte is looked at
 * a fixed number of times: a stranger writes them, and this thread answers everybody.
 */
export function readHead(
  head: string,
  rules: OriginRules,
  keep: Pick<KeepRules, "path">,
): KeptAsk | undefined {
  const [first = "", ...lines] = head.slice(0, -HEAD_END.length).split("\r\n");
  const typed = LINE.exec(first)?.[1];
  if (typed === undefined) return undefined;
  const target = typed.includes("?") ? keptAddress(typed, keep)?.address : typed;
  if (target === undefined) return undefined;
  const read = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const value = colon === -1 ? undefined : plainValue(line, colon + 1);
    if (value === undefined) return undefined;
    const known = line.slice(0, colon).toLowerCase();
    if (READ.has(known)) {
      if (read.has(known)) return undefined;
      read.set(known, value);
    } else if (known === "connection") {
      if (value.toLowerCase() !== "keep-alive") return undefined;
    } else if (!HARMLESS.test(known)) return undefined;
  }
  // An absent one is node:http's to refuse.
  if (!read.has("host")) return undefined;
  const headers = Object.fromEntries(read) as HostHeaders;
  const origin = originOf({ headers }, rules);
  if (origin === undefined) return undefined;
  return {
    address: origin + target,
    target,
    acceptEncoding: read.get("accept-encoding"),
    ifNoneMatch: read.get("if-none-match"),
    cookie: read.get("cookie"),
  };
}

/** The value from `from` to the line's end without the blanks around it; undefined when a sign in it is not printable ASCII. */
function plainValue(line: string, from: number): string | undefined {
  let start = from;
  let end = line.length;
  while (start < end && isBlank(line.charCodeAt(start))) start += 1;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end -= 1;
  for (let at = start; at < end; at++) {
    const sign = line.charCodeAt(at);
    if (sign < 0x20 || sign > 0x7e) return undefined;
  }
  return line.slice(start, end);
}

function isBlank(sign: number): boolean {
  return sign === 0x20 || sign === 0x09;
}

/** Answers as bytes, made once a second for each page and encoding asked for, as they carry the time. */
function readyAnswers(idle: string): (page: ReadyPage, ask: KeptAsk) => Buffer | undefined {
  const made = new WeakMap<object, { second: number; bytes: Buffer }>();
  const make = (
    key: object,
    second: number,
    status: string,
    headers: readonly string[],
    text: string,
  ) => {
    let head = `HTTP/1.1 ${status}\r\n`;
    for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
    const date = new Date(second * 1000).toUTCString();
    const bytes = Buffer.from(`${head}Date: ${date}\r\n${idle}\r\n${text}`, "latin1");
    made.set(key, { second, bytes });
    return bytes;
  };
  return (page, ask) => {
    const second = Math.floor(Date.now() / 1000);
    if (ask.ifNoneMatch !== undefined && isUnchanged(ask.ifNoneMatch, page.etag)) {
      const before = made.get(page);
      if (before?.second === second) return before.bytes;
      return make(
        page,
        second,
        "304 Not Modified",
        withAge(page, page.unchanged, second * 1000),
        "",
      );
    }
    const variant: Variant = page[acceptedEncoding(ask.acceptEncoding)];
    // A long one is sent as it is kept, not copied.
    if (variant.text === undefined) return undefined;
    const before = made.get(variant);
    if (before?.second === second) return before.bytes;
    return make(
      variant,
      second,
      "200 OK",
      withAge(page, variant.headers, second * 1000),
      variant.text,
    );
  };
}
