import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { afterEach, expect, test, vi } from "vitest";

import type { Topic } from "#app/domain/published/topics.ts";

import { FEW } from "./making-pace.ts";
import { createPageCache, type PageAsk, type PageCache } from "./page-cache.ts";

const MEGABYTE = 1_048_576;
const HTML = { "content-type": "text/html; charset=utf-8", "cache-control": "public, no-cache" };

function html(text: string, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(text, { status, headers: { ...HTML, ...headers } });
}

/** Ask a cache for a page as the listener does. */
function fill(
  cache: PageCache,
  address: string,
  render: () => Promise<Response>,
  more: Partial<PageAsk> = {},
) {
  const [pathname = ""] = address.split("?", 1);
  const ask = { address, pathname, topics: undefined, heavy: false, caller: "one", render };
  return cache.provide({ ...ask, ...more });
}

/** Makings that were asked for have begun. */
const begun = () => new Promise((resolve) => setImmediate(resolve));

/** What a page that was answered says. */
async function textOf(filled: Awaited<ReturnType<PageCache["provide"]>>): Promise<string> {
  if (filled === undefined) return "come again";
  return filled instanceof Response ? filled.text() : filled.identity.body.toString();
}

/** So many requests at once that nobody can wait for a page to be made anew. */
function crowd(cache: PageCache, address: string): void {
  for (let n = 0; n < FEW + 50; n += 1) cache.find(address);
}

afterEach(() => {
  vi.useRealTimers();
});

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
  await fill(cache, "/a", render);
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
  await fill(cache, "/a", async () => html(text));
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
  const filled = await fill(cache, "/a", async () => response);
  expect(filled).toBe(response);
  expect(cache.find("/a")).toBeUndefined();
});

test("many who ask at once share one render", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  let renders = 0;
  const { render, finish } = slow("once");
  const all = Array.from({ length: 50 }, () =>
    fill(cache, "/a", () => {
      renders += 1;
      return render();
    }),
  );
  finish();
  await Promise.all(all);
  expect(renders).toBe(1);
  expect(cache.figures.shared).toBe(49);
});

test("after a write the next page shows it, even when an older making is still under way", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const old = slow("before the gift");
  let made = 0;
  const render = () => ((made += 1) === 1 ? old.render() : Promise.resolve(html("after the gift")));
  const early = fill(cache, "/a", render);
  await begun();
  cache.touch();
  // Asked for after the write: must not be given what began before it.
  const late = fill(cache, "/a", render);
  await begun();
  // One making of a page at a time.
  expect(made).toBe(1);
  old.finish();
  expect(await textOf(await early)).toBe("before the gift");
  expect(await textOf(await late)).toBe("after the gift");
  expect(made).toBe(2);
});

test("a making that began before a write is not called true afterwards", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const old = slow("before the gift");
  const early = fill(cache, "/a", old.render);
  await begun();
  cache.touch();
  old.finish();
  await early;
  expect(cache.find("/a")).toBeUndefined();
});

test("best compression that ends after a write brings nothing back", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  await fill(cache, "/a", async () => html(LONG));
  cache.find("/a");
  cache.find("/a");
  cache.touch();
  await cache.settled();
  expect(cache.find("/a")).toBeUndefined();
});

test("room is bounded; pages that are asked for outlast those that are not", async () => {
  const cache = createPageCache({ maxBytes: 200_000 });
  const text = "x".repeat(5_000);
  await fill(cache, "/wanted", async () => html(text));
  for (let n = 0; n < 100; n += 1) {
    cache.find("/wanted");
    await fill(cache, `/${n}`, async () => html(text));
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
  const filled = await fill(cache, "/big", async () => html(text));
  expect(filled).toBeInstanceOf(Response);
  expect(await (filled as Response).text()).toBe(text);
  expect(cache.find("/big")).toBeUndefined();
});

test("a render that fails fails for its asker, and the next one tries again", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  await expect(fill(cache, "/a", () => Promise.reject(new Error("no database")))).rejects.toThrow(
    "no database",
  );
  await fill(cache, "/a", async () => html("back"));
  expect(cache.find("/a")).toBeDefined();
});

const CAMPAIGN: readonly Topic[] = ["campaign:TB1"];

/** A page that says how often it was made. */
function counted(headers: Record<string, string> = {}) {
  let made = 0;
  return async () => html(`made ${(made += 1)}`, headers);
}

test("a change makes anew what shows it, and nothing else", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  await fill(cache, "/tb1", counted(), { topics: CAMPAIGN });
  await fill(cache, "/tb2", counted(), { topics: ["campaign:TB2"] });
  await fill(cache, "/about", counted(), { topics: [] });
  await fill(cache, "/unknown", counted());
  cache.touch(["ledger", "campaign:TB1"]);
  expect(
    ["/tb1", "/tb2", "/about", "/unknown"].map((page) => cache.find(page) !== undefined),
  ).toEqual([false, true, true, false]);
  cache.touch();
  expect(cache.find("/about")).toBeUndefined();
});

test("few ask: the first page after a change shows it, twenty times in quick succession", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const render = counted();
  await fill(cache, "/a", render, { topics: CAMPAIGN });
  for (let n = 2; n <= 21; n += 1) {
    cache.find("/a");
    cache.touch(CAMPAIGN);
    expect(cache.find("/a")).toBeUndefined();
    expect(await textOf(await fill(cache, "/a", render))).toBe(`made ${n}`);
  }
});

test("many ask: the last page is sent with its time while it is made anew, once", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const render = vi.fn<() => Promise<Response>>(counted());
  await fill(cache, "/a", render, { topics: CAMPAIGN });
  crowd(cache, "/a");
  cache.touch(CAMPAIGN);
  for (let n = 0; n < 50; n += 1) {
    expect(cache.find("/a")?.identity.body.toString()).toBe("made 1");
  }
  await cache.settled();
  expect(render).toHaveBeenCalledTimes(2);
  expect(cache.find("/a")?.identity.body.toString()).toBe("made 2");
  expect(cache.figures).toMatchObject({ stale: 50, remade: 1, marked: 0 });
});

test("the page of one gift is never sent old when the gift itself has changed", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  await fill(cache, "/gift", counted(), { topics: ["gift:QN1"] });
  crowd(cache, "/gift");
  cache.touch(["ledger", "gift:QN1"]);
  expect(cache.find("/gift")).toBeUndefined();
  expect(await textOf(await fill(cache, "/gift", counted()))).toBe("made 2");
});

test("nobody waits for a page that is slow to make, but whoever gave", async () => {
  const giftOf = (cookie: string) => Number(/gift=(\d+)/.exec(cookie)?.[1] ?? NaN) || undefined;
  const cache = createPageCache({ maxBytes: MEGABYTE, giftOf });
  let head = 5;
  const render = async () => {
    await new Promise((done) => setTimeout(done, 1_100));
    return html(`up to ${head}`, { "x-ledger-entry": String(head) });
  };
  await fill(cache, "/a", render, { topics: CAMPAIGN });
  for (head = 6; head < 8; head += 1) {
    cache.touch([`head:${head}`, ...CAMPAIGN]);
    expect(cache.find("/a")).toBeUndefined();
    expect(await textOf(await fill(cache, "/a", render))).toBe(`up to ${head}`);
  }
  cache.touch(["head:8", ...CAMPAIGN]);
  expect(cache.find("/a")?.identity.body.toString()).toBe("up to 7");
  expect(cache.find("/a", "gift=8")).toBeUndefined();
  await cache.settled();
  expect(cache.find("/a", "gift=8")?.identity.body.toString()).toBe("up to 8");
});

test("whoever gave is shown the gift, however many ask; a cookie of an older gift asks for nothing", async () => {
  const giftOf = (cookie: string) => Number(/gift=(\d+)/.exec(cookie)?.[1] ?? NaN) || undefined;
  const cache = createPageCache({ maxBytes: MEGABYTE, giftOf });
  let head = 5;
  const render = async () => html(`up to ${head}`, { "x-ledger-entry": String(head) });
  await fill(cache, "/a", render, { topics: CAMPAIGN });
  crowd(cache, "/a");
  head = 9;
  cache.touch(["head:9", ...CAMPAIGN]);
  expect(cache.find("/a", "gift=4")?.identity.body.toString()).toBe("up to 5");
  expect(cache.find("/a", "gift=8")).toBeUndefined();
  expect(await textOf(await fill(cache, "/a", render, { cookie: "gift=8" }))).toBe("up to 9");
  // Told by another server before we heard of it.
  head = 12;
  expect(cache.find("/a")?.identity.body.toString()).toBe("up to 9");
  expect(cache.find("/a", "gift=12")).toBeUndefined();
});

test("a page that cannot be made anew is sent as it was, with words and its time", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const page =
    '<!doctype html><html lang="en"><body><header class="site-header"></header>1</body></html>';
  let away = false;
  const render = async () => (away ? html("away", {}, 503) : html(page));
  await fill(cache, "/a", render, { topics: CAMPAIGN });
  await fill(cache, "/b", render, { topics: CAMPAIGN });
  away = true;
  cache.touch(CAMPAIGN);
  const text = await textOf(await fill(cache, "/a", render));
  expect(text).toMatch(
    /<p class="not-confirmed".*<time datetime="[^"]+Z">.*<header class="site-header">/,
  );
  // It is not tried again and again: what is marked is sent as it is.
  expect(cache.find("/a")?.identity.body.toString()).toBe(text);
  expect(cache.find("/b")).toBeUndefined();
  expect(await textOf(await fill(cache, "/b", render))).toContain("not-confirmed");
  const never = await fill(cache, "/never", render);
  expect((never as Response).status).toBe(503);
  expect(cache.figures.marked).toBe(3);
});

test("while changes cannot be heard pages are tried anew, and sent as they were when that fails", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const cache = createPageCache({ maxBytes: MEGABYTE });
  let away = false;
  let made = 0;
  const render = async () => (away ? html("away", {}, 503) : html(`made ${(made += 1)}`));
  await fill(cache, "/a", render, { topics: [] });
  cache.suspend();
  vi.advanceTimersByTime(3_000);
  expect(cache.find("/a")).toBeUndefined();
  expect(await textOf(await fill(cache, "/a", render))).toBe("made 2");
  expect(cache.find("/a")?.identity.body.toString()).toBe("made 2");
  away = true;
  vi.advanceTimersByTime(3_000);
  const last = await fill(cache, "/a", render);
  expect(last instanceof Response ? "" : last?.unchanged).toContain(
    'ketnghia; hit; detail="not-confirmed"',
  );
  away = false;
  cache.resume();
  vi.advanceTimersByTime(3_000);
  expect(cache.find("/a")).toBeUndefined();
  expect(await textOf(await fill(cache, "/a", render))).toBe("made 3");
  expect(cache.find("/a")).toBeDefined();
});

test("a page that is gone is forgotten", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  let status = 200;
  const render = async () => html("page", {}, status);
  await fill(cache, "/a", render, { topics: CAMPAIGN });
  status = 404;
  cache.touch(CAMPAIGN);
  const gone = await fill(cache, "/a", render);
  expect((gone as Response).status).toBe(404);
  expect(cache.figures).toMatchObject({ pages: 0, bytes: 0 });
});

test("so much can wait to be made, and no more; nobody takes all of it", async () => {
  const cache = createPageCache({ maxBytes: MEGABYTE });
  const held = Array.from({ length: 400 }, (_, n) => slow(`page ${n}`));
  const asked = held.map(({ render }, n) =>
    fill(cache, `/p${n}`, render, { caller: n < 300 ? "greedy" : `visitor ${n}` }),
  );
  await begun();
  expect(cache.figures.refused).toBeGreaterThan(190);
  for (const { finish } of held) finish();
  const answers = await Promise.all(asked.map(async (one) => (await one) === undefined));
  const refused = (from: number, to: number) => answers.slice(from, to).filter(Boolean).length;
  expect(refused(0, 300)).toBe(196);
  expect(refused(300, 400)).toBe(0);
  expect(cache.figures.waiting).toBe(0);
});

test("what is heavy is made one at a time, and its reader does not hold up the next one for ever", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const cache = createPageCache({ maxBytes: 80_000 });
  let made = 0;
  const render = async () => {
    made += 1;
    return html("0123456789".repeat(5_000));
  };
  const first = await fill(cache, "/one.csv", render, { heavy: true });
  const second = fill(cache, "/two.csv", render, { heavy: true, caller: "two" });
  await begun();
  expect(made).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(await textOf(await second)).toHaveLength(50_000);
  expect(await textOf(first)).toHaveLength(50_000);
});

test("variants of pages do not push pages out", async () => {
  const cache = createPageCache({ maxBytes: 400_000 });
  const text = "x".repeat(5_000);
  for (let n = 0; n < 20; n += 1) await fill(cache, `/page-${n}`, async () => html(text));
  for (let n = 0; n < 500; n += 1) await fill(cache, `/list?q=${n}`, async () => html(text));
  for (let n = 0; n < 20; n += 1) expect(cache.find(`/page-${n}`), `page ${n}`).toBeDefined();
  expect(cache.figures.bytes).toBeLessThanOrEqual(400_000);
});
