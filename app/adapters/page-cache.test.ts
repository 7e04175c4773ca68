import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { createPageCache } from "./page-cache.ts";

const MEGABYTE = 1_048_576;
const HTML = { "content-type": "text/html; charset=utf-8", "cache-control": "public, no-cache" };

function html(text: string, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(text, { status, headers: { ...HTML, ...headers } });
}

/** A render that ends when told to. */
function slow(text: string) {
  const { promise, resolve } = Promise.withResolvers<Response>();
  return { render: () => promise, finish: () => resolve(html(text)) };
}

const LONG = "<p>Một con bò cho một hộ nghèo ở Trà Bồng.</p>".repeat(200);

test("a page is rendered once and kept in three encodings of the same bytes", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  let renders = 0;
  const render = async () => {
    renders += 1;
    return html(LONG);
  };
  await cache.fill("/a", render);
  const page = cache.find("/a");
  expect(renders).toBe(1);
  expect(page?.identity.body.toString()).toBe(LONG);
  expect(brotliDecompressSync(page!.br.body).toString()).toBe(LONG);
  expect(gunzipSync(page!.gzip.body).toString()).toBe(LONG);
  expect(page!.br.headers).toContain("br");
  expect(page!.br.body.length).toBeLessThan(LONG.length / 10);
  expect(cache.figures).toMatchObject({ hits: 1, misses: 1, pages: 1 });
});

test("the second reader makes it worth the best compression; the etag stays", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const text = Array.from({ length: 400 }, (_, n) => `<td>${(n * 7919) % 10_007}</td>`).join("");
  await cache.fill("/a", async () => html(text));
  const first = cache.find("/a");
  await cache.settled();
  expect(cache.find("/a")?.best).toBe(false);
  await cache.settled();
  const best = cache.find("/a");
  expect(best?.best).toBe(true);
  expect(best?.etag).toBe(first?.etag);
  expect(best!.br.body.length).toBeLessThan(first!.br.body.length);
  expect(brotliDecompressSync(best!.br.body).toString()).toBe(text);
});

test.each([
  ["a cookie", html("x", { "set-cookie": "a=1" })],
  ["an error", html("x", {}, 500)],
  ["a page that does not exist", html("x", {}, 404)],
  ["a redirect", html("x", { location: "/" }, 302)],
  ["no-store", html("x", { "cache-control": "no-store" })],
  ["private", html("x", { "cache-control": "private, max-age=5" })],
  ["a nonce", html("x", { "content-security-policy": "script-src 'nonce-abc'" })],
  ["an answer that depends on the cookie", html("x", { vary: "Cookie" })],
  ["another type", html("x", { "content-type": "application/octet-stream" })],
])("%s is passed on, not kept", async (_, response) => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const filled = await cache.fill("/a", async () => response);
  expect(filled).toBe(response);
  expect(cache.find("/a")).toBeUndefined();
});

test("many who ask at once share one render", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  let renders = 0;
  const { render, finish } = slow("once");
  const all = Array.from({ length: 50 }, () =>
    cache.fill("/a", () => {
      renders += 1;
      return render();
    }),
  );
  finish();
  await Promise.all(all);
  expect(renders).toBe(1);
  expect(cache.figures.shared).toBe(49);
});

test("after a write the next page shows it, even when an older render is still under way", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const old = slow("before the gift");
  const early = cache.fill("/a", old.render);
  cache.bump();
  // Asked for after the write: must not be given what began before it.
  const late = await cache.fill("/a", async () => html("after the gift"));
  old.finish();
  await early;
  expect(late instanceof Response ? "" : late.identity.body.toString()).toBe("after the gift");
  expect(cache.find("/a")?.identity.body.toString()).toBe("after the gift");
});

test("a render that began before a write is not kept", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const old = slow("before the gift");
  const early = cache.fill("/a", old.render);
  cache.bump();
  old.finish();
  await early;
  expect(cache.find("/a")).toBeUndefined();
});

test("best compression that ends after a write brings nothing back", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  await cache.fill("/a", async () => html(LONG));
  cache.find("/a");
  cache.find("/a");
  cache.bump();
  await cache.settled();
  expect(cache.find("/a")).toBeUndefined();
  expect(cache.figures).toMatchObject({ pages: 0, bytes: 0 });
});

test("while changes elsewhere cannot be heard nothing is kept", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  await cache.fill("/a", async () => html("old"));
  cache.suspend();
  expect(cache.find("/a")).toBeUndefined();
  await cache.fill("/a", async () => html("unheard"));
  expect(cache.find("/a")).toBeUndefined();
  cache.resume();
  await cache.fill("/a", async () => html("heard"));
  expect(cache.find("/a")?.identity.body.toString()).toBe("heard");
});

test("room is bounded; pages that are asked for outlast those that are not", async () => {
  const cache = createPageCache({ maxBytes: 200_000 });
  const text = "x".repeat(10_000);
  await cache.fill("/wanted", async () => html(text));
  for (let n = 0; n < 100; n += 1) {
    cache.find("/wanted");
    await cache.fill(`/${n}`, async () => html(text));
    expect(cache.figures.bytes).toBeLessThanOrEqual(200_000);
  }
  expect(cache.find("/wanted")).toBeDefined();
  expect(cache.find("/0")).toBeUndefined();
  expect(cache.find("/99")).toBeDefined();
  expect(cache.figures.evicted).toBeGreaterThan(80);
});

test("a page too large to keep is passed on whole", async () => {
  const cache = createPageCache({ maxBytes: 80_000 });
  const text = "0123456789".repeat(5_000);
  const filled = await cache.fill("/big", async () => html(text));
  expect(filled).toBeInstanceOf(Response);
  expect(await (filled as Response).text()).toBe(text);
  expect(cache.find("/big")).toBeUndefined();
});

test("a render that fails fails for its asker, and the next one tries again", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  await expect(cache.fill("/a", () => Promise.reject(new Error("no database")))).rejects.toThrow(
    "no database",
  );
  await cache.fill("/a", async () => html("back"));
  expect(cache.find("/a")).toBeDefined();
});
