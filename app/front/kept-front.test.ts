import { createServer, get, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { brotliDecompressSync } from "node:zlib";

import { afterEach, expect, test } from "vitest";

import { watchConnections } from "./connections.ts";
import { putBefore, readHead } from "./kept-front.ts";
import { createListener } from "./listener.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import type { KeepRules } from "./page-address.ts";
import { createPageCache } from "./page-cache.ts";

const PAGE = `<p>${"bò và dê ".repeat(400)}</p>`;
/** One kept page, which reads the filter `q`. */
const KEEP: KeepRules = {
  path: (pathname) =>
    pathname === "/p"
      ? {
          pathname,
          query(search) {
            const q = new URLSearchParams(search).get("q");
            return { search: q === null ? "" : `?q=${encodeURIComponent(q)}`, kept: true };
          },
          topics: undefined,
          heavy: false,
        }
      : undefined,
  inLine: () => true,
};
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** The listener with and without the front, over one cache that keeps `/p`. */
async function serve(options: { front?: boolean; keepAlive?: number } = {}) {
  const cache = createPageCache({ maxBytes: 1_000_000 });
  const seen: string[] = [];
  const listener = createListener({
    answer: async (request) => {
      seen.push(`${request.method} ${new URL(request.url).pathname}`);
      const body = request.method === "POST" ? await request.text() : PAGE;
      const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "public" };
      return new Response(body, { headers });
    },
    cache,
    keep: KEEP,
    files: (_request, _response, next) => next(),
    metrics: createMetrics(cache.figures),
    log: createLog({ level: "silent", process: "test" }),
    origin: { trustProxy: false },
    bodyLimit: 1000,
  });
  let viaHttp = 0;
  const keepAlive = options.keepAlive ?? 10_000;
  const server: Server = createServer({ keepAliveTimeout: keepAlive }, (request, response) => {
    viaHttp += 1;
    listener(request, response);
  });
  const front =
    options.front === false
      ? undefined
      : putBefore(server, { cache, origin: { trustProxy: false }, keep: KEEP, keepAlive });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const connections = watchConnections(server, {
    most: 1000,
    mostPerCaller: 0,
    leastSpeed: 0,
    stall: 20_000,
  });
  const stop = () => connections.end({ notice: 0, grace: 50 }, () => front?.close());
  ends.push(stop);
  // Kept from the second look on, in its quick form.
  await fetch(`http://127.0.0.1:${port}/p`, { headers: { connection: "close" } });
  return { port, cache, seen, stop, http: () => viaHttp };
}

/** A connection one can write anything to. */
async function dial(port: number) {
  const socket: Socket = connect(port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => void chunks.push(chunk));
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  return {
    socket,
    closed,
    text: () => Buffer.concat(chunks).toString("latin1"),
    bytes: () => Buffer.concat(chunks),
    async until(pattern: RegExp) {
      for (let i = 0; i < 200; i++) {
        if (pattern.test(Buffer.concat(chunks).toString("latin1"))) return;
        await pause(10);
      }
      throw new Error(
        `never came: ${pattern.source}; came: ${Buffer.concat(chunks).toString("latin1").slice(0, 400)}`,
      );
    },
  };
}

const ASK = "GET /p HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n";
const ask = (port: number, more = "") => `${ASK.replace("PORT", String(port))}${more}\r\n`;

test("a kept page is answered without node:http, byte for byte as node:http would", async () => {
  const fronted = await serve();
  const plain = await serve({ front: false });
  const before = fronted.http();
  for (const encoding of ["", "accept-encoding: gzip, br\r\n", "accept-encoding: gzip\r\n"]) {
    const [one, other] = await Promise.all(
      [fronted, plain].map(async ({ port }) => {
        const line = await dial(port);
        line.socket.write(ask(port, encoding));
        await line.until(/\r\n\r\n[^]+/);
        await pause(30);
        line.socket.destroy();
        const text = line.text();
        const end = text.indexOf("\r\n\r\n");
        const [status, ...headers] = text.slice(0, end).split("\r\n");
        return {
          status,
          headers: headers.map((h) => h.toLowerCase()).toSorted(),
          body: text.slice(end + 4),
        };
      }),
    );
    const known = (headers: string[] = []) =>
      headers.map((h) => h.replace(/^(date|age|last-modified): .*/, "$1"));
    expect(one?.status).toBe("HTTP/1.1 200 OK");
    expect(known(one?.headers)).toEqual(known(other?.headers));
    expect(one?.body).toBe(other?.body);
  }
  expect(fronted.http()).toBe(before);
});

test("a reader who has the page is told so; a new version is sent at once", async () => {
  const { port, cache, http } = await serve();
  const line = await dial(port);
  line.socket.write(ask(port, "accept-encoding: br\r\n"));
  await line.until(/\r\n\r\n[^]+/);
  const etag = /etag: (\S+)/i.exec(line.text())?.[1];
  const before = http();
  line.socket.write(ask(port, `if-none-match: ${etag}\r\n`));
  await line.until(/HTTP\/1\.1 304 Not Modified/);
  expect(http()).toBe(before);
  cache.touch();
  line.socket.write(ask(port));
  await line.until(/200 OK[^]*200 OK/);
  expect(http()).toBe(before + 1);
  line.socket.destroy();
});

test("cookies and authorisation change nothing about a page that is kept", async () => {
  const { port, http } = await serve();
  const line = await dial(port);
  const before = http();
  line.socket.write(ask(port, "cookie: a=1; b=2\r\n"));
  await line.until(/200 OK/);
  line.socket.write(ask(port, "authorization: Basic YTpi\r\n"));
  await line.until(/200 OK[^]*200 OK/);
  line.socket.write(ask(port, "Cookie: c=3\r\n").replace("/p ", "/p?buster=1 "));
  await line.until(/200 OK[^]*200 OK[^]*200 OK/);
  expect(http()).toBe(before);
  line.socket.destroy();
});

test.each([
  ["two cookies", "cookie: a=1\r\ncookie: b=2\r\n"],
  ["a body", "content-length: 0\r\n"],
  ["chunks", "transfer-encoding: chunked\r\n"],
  ["an upgrade", "connection: upgrade\r\nupgrade: websocket\r\n"],
  ["the end of the connection", "connection: close\r\n"],
  ["a second host", "host: evil.example\r\n"],
  ["a folded line", "accept: a\r\n b\r\n"],
  ["a range", "range: bytes=0-1\r\n"],
  ["a header nobody knows", "x-strange: 1\r\n"],
  ["a name with a blank", "accept : a\r\n"],
])("a request with %s is node:http's", async (_, header) => {
  const { port } = await serve();
  expect(readHead(ask(port, header), { trustProxy: false }, KEEP)).toBeUndefined();
});

test.each([
  "POST /p HTTP/1.1\r\nhost: a\r\n\r\n",
  "GET /p HTTP/1.0\r\nhost: a\r\n\r\n",
  "GET http://a/p HTTP/1.1\r\nhost: a\r\n\r\n",
  "GET /p HTTP/1.1\r\n\r\n",
  "GET /p  HTTP/1.1\r\nhost: a\r\n\r\n",
  "GET /p HTTP/1.1\nhost: a\r\n\r\n",
  "GET /p HTTP/1.1\r\nhost: a\u0000b\r\n\r\n",
])("%j is node:http's", (head) => {
  expect(readHead(head, { trustProxy: false }, KEEP)).toBeUndefined();
});

test("a value is printable ASCII with blanks around it, whatever the sign and wherever it stands", () => {
  const decides = (value: string) =>
    readHead(ask(80, `accept:${value}\r\n`), { trustProxy: false }, KEEP) !== undefined;
  for (let code = 0; code < 256; code++) {
    const sign = String.fromCharCode(code);
    const plain = code >= 0x20 && code <= 0x7e;
    expect(decides(`a${sign}b`), `${code} inside`).toBe(plain);
    expect(decides(`${sign}ab`), `${code} before`).toBe(plain || sign === "\t");
    expect(decides(` ab ${sign} \t`), `${code} behind`).toBe(plain || sign === "\t");
  }
  expect(decides(""), "nothing").toBe(true);
  expect(decides(" \t \t"), "blanks alone").toBe(true);
});

test("on one connection kept pages, others, halves and several at once all come in order", async () => {
  const { port, seen } = await serve();
  const line = await dial(port);
  line.socket.write(ask(port));
  await line.until(/<\/p>/);
  const whole = ask(port).replace("/p", "/other");
  line.socket.write(whole.slice(0, 20));
  await pause(30);
  line.socket.write(whole.slice(20));
  await line.until(/<\/p>[^]*<\/p>/);
  line.socket.write(
    `POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello${ask(port)}${ask(port)}`,
  );
  await line.until(/hello[^]*<\/p>[^]*<\/p>/);
  expect(seen).toEqual(["GET /p", "GET /other", "POST /form"]);
  line.socket.destroy();
});

test("two kept pages asked for in one piece are both answered", async () => {
  const { port } = await serve();
  const line = await dial(port);
  line.socket.write(ask(port) + ask(port));
  await line.until(/<\/p>[^]*<\/p>/);
  line.socket.destroy();
});

test("a caller who closes its side still gets the page", async () => {
  const { port } = await serve();
  const line = await dial(port);
  line.socket.end(ask(port, "accept-encoding: br\r\n"));
  await line.closed;
  const bytes = line.bytes();
  const body = bytes.subarray(bytes.indexOf("\r\n\r\n") + 4);
  expect(brotliDecompressSync(body).toString()).toBe(PAGE);
});

test("an idle connection is closed, and so is every one when the server ends", async () => {
  const quick = await serve({ keepAlive: 100 });
  const idle = await dial(quick.port);
  await idle.closed;
  const { port, stop } = await serve();
  const line = await dial(port);
  line.socket.write(ask(port));
  await line.until(/<\/p>/);
  await stop();
  await line.closed;
});

test("node:http's own clients are served on one kept connection", async () => {
  const { port, http } = await serve();
  const before = http();
  const lengths = await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        new Promise<number>((resolve, reject) => {
          const headers = { connection: "keep-alive" };
          get(`http://127.0.0.1:${port}/p`, { headers }, (answer) => {
            let length = 0;
            answer.on("data", (chunk: Buffer) => (length += chunk.length));
            answer.on("end", () => resolve(length));
          }).on("error", reject);
        }),
    ),
  );
  expect(new Set(lengths)).toEqual(new Set([Buffer.byteLength(PAGE)]));
  expect(http()).toBe(before);
});
