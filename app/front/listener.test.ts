import { createServer, request as httpRequest, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { brotliDecompressSync } from "node:zlib";

import { afterEach, expect, test } from "vitest";

import { type Answer, createListener } from "./listener.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import type { KeptPath } from "./page-address.ts";
import { createPageCache } from "./page-cache.ts";

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A page that reads the filter `q`. */
function keptAs(pathname: string): KeptPath {
  return {
    pathname,
    query(search) {
      const q = new URLSearchParams(search).get("q");
      return { search: q === null ? "" : `?q=${encodeURIComponent(q)}`, kept: true };
    },
    topics: undefined,
    heavy: false,
  };
}

async function serve(
  answer: Answer,
  options: { trustProxy?: boolean; publicUrl?: string; metricsToken?: string } = {},
) {
  const cache = createPageCache({ maxBytes: 1_000_000 });
  const server = createServer(
    createListener({
      answer,
      cache,
      keep: {
        path: (path) => (path === "/" || path.startsWith("/p") ? keptAs(path) : undefined),
        inLine: () => true,
      },
      files: (_request, _response, next) => next(),
      metrics: createMetrics(cache.figures),
      log: createLog({ level: "silent", process: "test" }),
      origin: { trustProxy: options.trustProxy ?? false, publicUrl: options.publicUrl },
      bodyLimit: 1000,
      metricsToken: options.metricsToken,
    }),
  );
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { cache, port, url: `http://127.0.0.1:${port}` };
}

/** An application that says what it was asked, and counts. */
function echo(headers: Record<string, string> = {}) {
  const asked: Request[] = [];
  const clients: string[] = [];
  const answer: Answer = async (request, client) => {
    asked.push(request);
    clients.push(client.address);
    const body = request.method === "POST" ? await request.text() : "";
    return new Response(`<p>${new URL(request.url).search}${body}</p>`.repeat(200), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "public, no-cache",
        ...headers,
      },
    });
  };
  return { answer, asked, clients };
}

/** `fetch` refuses some of what hostile callers send. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    socket.setTimeout(3000, () => socket.destroy());
  });
}

test("a public page is rendered once, then sent ready, then not sent at all", async () => {
  const { answer, asked } = echo();
  const { url } = await serve(answer);
  const first = await fetch(`${url}/p`);
  const second = await fetch(`${url}/p?utm_source=x`);
  expect(await second.text()).toBe(await first.text());
  const etag = first.headers.get("etag") ?? "";
  const third = await fetch(`${url}/p`, { headers: { "if-none-match": etag } });
  expect(third.status).toBe(304);
  expect(await third.text()).toBe("");
  expect(third.headers.get("etag")).toBe(etag);
  const other = await fetch(`${url}/p`, { headers: { "if-none-match": '"other"' } });
  expect(other.status).toBe(200);
  expect(asked).toHaveLength(1);
});

test("the page is compressed as the browser likes, and says so", async () => {
  const { answer } = echo();
  const { port } = await serve(answer);
  for (let round = 0; round < 2; round += 1) {
    const [headers, body] = await new Promise<[Record<string, unknown>, Buffer]>((resolve) => {
      httpRequest({ port, path: "/p", headers: { "accept-encoding": "br" } }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve([response.headers, Buffer.concat(parts)]));
      }).end();
    });
    expect(headers["content-encoding"]).toBe("br");
    expect(headers["vary"]).toBe("accept-encoding");
    expect(brotliDecompressSync(body).toString()).toBe("<p></p>".repeat(200));
  }
});

test("nothing of a visitor reaches the render of a kept page", async () => {
  const { answer, asked } = echo();
  const { url } = await serve(answer);
  await fetch(`${url}/p`, {
    headers: { "accept-language": "fr", "user-agent": "spy", referer: "https://elsewhere.example" },
  });
  const names = [...(asked[0]?.headers.keys() ?? [])];
  expect(names).toEqual(["x-request-id"]);
});

test("cookies and authorisation of a visitor change nothing about a public page, and do not reach it", async () => {
  const { answer, asked } = echo();
  const { url } = await serve(answer);
  const plain = await (await fetch(`${url}/p`)).text();
  const visitors: Record<string, string>[] = [{ cookie: "a=1" }, { authorization: "Basic eDp5" }];
  for (const headers of visitors) {
    expect(await (await fetch(`${url}/p`, { headers })).text()).toBe(plain);
    await fetch(`${url}/p?q=new-${Object.keys(headers).join("")}`, { headers });
  }
  expect(asked).toHaveLength(3);
  for (const request of asked) expect([...request.headers.keys()]).toEqual(["x-request-id"]);
});

test("what is made for one visitor gets that visitor's cookie", async () => {
  const { answer, asked } = echo();
  const { url } = await serve(answer);
  await fetch(`${url}/mine`, { headers: { cookie: "session=1" } });
  await fetch(`${url}/mine`, { headers: { cookie: "session=1" } });
  expect(asked.map((request) => request.headers.get("cookie"))).toEqual(["session=1", "session=1"]);
});

test("a word that the page does not read makes no page of its own", async () => {
  const { answer, asked } = echo();
  const { url } = await serve(answer);
  for (let n = 0; n < 20; n += 1) await fetch(`${url}/p?buster=${n}&x[]=${n}`);
  expect(asked.map((request) => new URL(request.url).search)).toEqual([""]);
});

test("posts reach the application whole and are never kept", async () => {
  const { answer, asked } = echo();
  const { url } = await serve(answer);
  const sent = await fetch(`${url}/p`, { method: "POST", body: "a=1" });
  expect(await sent.text()).toContain("a=1");
  await fetch(`${url}/p`, { method: "POST", body: "a=1" });
  expect(asked).toHaveLength(2);
});

test("HEAD is answered like GET, without the body", async () => {
  const { answer, asked } = echo();
  const { url } = await serve(answer);
  const head = await fetch(`${url}/p`, { method: "HEAD" });
  const get = await fetch(`${url}/p`);
  expect(await head.text()).toBe("");
  expect(head.headers.get("etag")).toBe(get.headers.get("etag"));
  expect(asked).toHaveLength(1);
});

test("after a change the next page is new", async () => {
  const { answer, asked } = echo();
  const { url, cache } = await serve(answer);
  await fetch(`${url}/p`);
  cache.touch();
  await fetch(`${url}/p`);
  expect(asked).toHaveLength(2);
});

test("pages of one host are not given to another", async () => {
  const { answer, asked } = echo();
  const { port } = await serve(answer);
  const ask = (host: string) =>
    raw(port, `GET /p HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  await ask("one.example");
  await ask("two.example");
  expect(asked.map((request) => new URL(request.url).host)).toEqual(["one.example", "two.example"]);
});

test("a configured address wins over the Host header", async () => {
  const { answer, asked } = echo();
  const { port } = await serve(answer, { publicUrl: "https://ketnghia.example" });
  await raw(port, "GET /p HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  expect(asked[0]?.url).toBe("https://ketnghia.example/p");
});

test("forwarded headers count only behind a trusted proxy, and only its own last entry", async () => {
  const plain = echo();
  const trusted = echo();
  const headers = {
    "x-forwarded-proto": "https",
    "x-forwarded-host": "ketnghia.example",
    "x-forwarded-for": "6.6.6.6, 203.0.113.7",
  };
  await fetch(`${(await serve(plain.answer)).url}/p`, { headers });
  await fetch(`${(await serve(trusted.answer, { trustProxy: true })).url}/p`, { headers });
  expect(plain.asked[0]?.url).toMatch(/^http:\/\/127/);
  expect(plain.clients[0]).toBe("127.0.0.1");
  expect(trusted.asked[0]?.url).toBe("https://ketnghia.example/p");
  expect(trusted.clients[0]).toBe("203.0.113.7");
});

test("bodies over the limit are refused, declared or not", async () => {
  const { answer, asked } = echo();
  const { url, port } = await serve(answer);
  const declared = await fetch(`${url}/p`, { method: "POST", body: "x".repeat(1001) });
  expect(declared.status).toBe(413);
  expect(await declared.text()).toContain("1000");
  const chunk = `${(600).toString(16)}\r\n${"y".repeat(600)}\r\n`;
  const endless = await raw(
    port,
    `POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`,
  );
  expect(endless).toMatch(/^HTTP\/1.1 413/);
  expect(endless).toMatch(/connection: close/i);
  expect(asked).toHaveLength(0);
});

test.each([
  ["an unknown method", "DELETE /p HTTP/1.1\r\nHost: a", 405],
  ["a proxy's target", "GET http://evil.example/p HTTP/1.1\r\nHost: a", 400],
  ["a NUL sign", "GET /p?q=%00 HTTP/1.1\r\nHost: a", 400],
  ["half an escape", "GET /p/%E0%A4%A HTTP/1.1\r\nHost: a", 400],
  ["a percent sign alone", "GET /p/% HTTP/1.1\r\nHost: a", 400],
  ["a longer form of a dot", "GET /p/%c0%ae%c0%ae HTTP/1.1\r\nHost: a", 400],
  ["half a pair of signs", "GET /p/%ED%A0%BD HTTP/1.1\r\nHost: a", 400],
  ["a very long address", `GET /p?q=${"x".repeat(5000)} HTTP/1.1\r\nHost: a`, 414],
  ["a host that is none", "GET /p HTTP/1.1\r\nHost: a b/../", 400],
  ["no host", "GET /p HTTP/1.1", 400],
  ["very long headers", `GET /p HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}`, 431],
  ["nonsense", "\x16\x03\x01\x02", 400],
  [
    "a NUL in a form",
    "POST /p HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\nname=%00",
    400,
  ],
])("%s is refused before the application", async (_, head, status) => {
  const { answer, asked } = echo();
  const { port } = await serve(answer);
  const sent = head.includes("\r\n\r\n")
    ? head.replace("Length: 7", "Length: 8")
    : `${head}\r\nConnection: close\r\n\r\n`;
  const got = await raw(port, sent);
  expect(got).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
  expect(asked).toHaveLength(0);
});

test("refusals speak the language of the address", async () => {
  const { url } = await serve(echo().answer);
  const vi = await (await fetch(`${url}/p`, { method: "PUT" })).text();
  const en = await (await fetch(`${url}/en/p`, { method: "PUT" })).text();
  expect(vi).toContain('<html lang="vi">');
  expect(en).toContain('<html lang="en">');
});

test("an application that throws is a page with 500, and the server lives on", async () => {
  let broken = true;
  const fine = echo();
  const { url } = await serve(async (request, client) => {
    if (broken) throw new Error("secret detail");
    return fine.answer(request, client);
  });
  const failed = await fetch(`${url}/p`);
  expect(failed.status).toBe(500);
  expect(await failed.text()).not.toContain("secret detail");
  broken = false;
  expect((await fetch(`${url}/p`)).status).toBe(200);
});

test("metrics are for this machine, or for whoever has the token", async () => {
  const open = await serve(echo().answer);
  await fetch(`${open.url}/p`);
  await fetch(`${open.url}/p`);
  const text = await (await fetch(`${open.url}/metrics`)).text();
  expect(text).toMatch(/page_cache_hits 1\n/);
  expect(text).toContain("http_request_duration_seconds_count");
  const proxied = await fetch(`${open.url}/metrics`, { headers: { "x-forwarded-for": "1.1.1.1" } });
  expect(proxied.status).toBe(404);
  const token = "0123456789abcdef";
  const closed = await serve(echo().answer, { metricsToken: token });
  expect((await fetch(`${closed.url}/metrics`)).status).toBe(404);
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${closed.url}/metrics`, { headers })).status).toBe(200);
});
