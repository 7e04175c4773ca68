import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LOCALES, type Page, PAGES, pathToAny } from "#app/i18n/paths.ts";

import { app, ORIGIN, type TestApp } from "../support/app.ts";
import { allAddresses, paramsOf, type Samples, samplesOf } from "../support/samples.ts";

let site: TestApp;
let samples: Samples;

beforeAll(async () => {
  site = await app();
  samples = await samplesOf(site.db);
});
afterAll(() => site.close());

const pages = Object.keys(PAGES) as Page[];
const PERSONAL = new Set<Page>([
  "give",
  "pledge",
  "payment",
  "signIn",
  "secondStep",
  "setUp",
  "forgotten",
  "newPassword",
  "donorLink",
  "signOut",
  "mine",
]);

describe.each(pages)("%s", (page) => {
  test.each(LOCALES)("in %s is a whole page without script", async (locale) => {
    const path = pathToAny(locale, page, paramsOf(page, samples));
    const answer = await site.get(path);
    const html = await answer.text();
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).toContain(`<html lang="${locale}"`);
    expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
    expect(html.match(/<title>[^<]{3,}<\/title>/)).not.toBeNull();
    expect(html).not.toMatch(
      /<script|<link[^>]+modulepreload|\son[a-z]+=|javascript:|<style|\sstyle="/i,
    );
    // Every text came out of `locales/`: a missing word would show its key.
    expect(html.replace(/<[^>]*>/g, " ")).not.toMatch(/\{\{|\bundefined\b|\bNaN\b|\[object /);
    expect(html, "the demonstration says that it is one").toMatch(/class="demo"/);
    for (const other of LOCALES) {
      const there = ORIGIN + pathToAny(other, page, paramsOf(page, samples));
      expect(html).toContain(`hrefLang="${other}" href="${there}"`);
    }
  });

  test.each(LOCALES)("in %s carries the security headers", async (locale) => {
    const { headers } = await site.get(pathToAny(locale, page, paramsOf(page, samples)));
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toMatch(/origin|no-referrer/);
    expect(headers.get("set-cookie")).toBeNull();
    const cached = headers.get("cache-control") ?? "";
    expect(cached).toMatch(PERSONAL.has(page) ? /no-store/ : /public|no-store/);
  });
});

test("every link within the site leads somewhere, in both languages", async () => {
  const found = new Map<string, string>();
  for (const { path } of allAddresses(samples)) {
    const html = await (await site.get(path)).text();
    for (const [, href = ""] of html.matchAll(/\shref="([^"]+)"/g)) {
      const url = new URL(href.replaceAll("&amp;", "&"), ORIGIN + path);
      if (url.origin !== ORIGIN || /^\/(assets|fonts|favicon)/.test(url.pathname)) continue;
      const address = url.pathname + url.search;
      if (!found.has(address)) found.set(address, path);
    }
  }
  expect(found.size).toBeGreaterThan(50);
  // Lists repeat the same kind of link: some of each kind are enough.
  const kinds = new Map<string, number>();
  const broken: string[] = [];
  for (const [address, from] of found) {
    const kind = address.replace(/[\w-]*\d[\w-]*/g, "N").replace(/=[^&]*/g, "=");
    const seen = (kinds.get(kind) ?? 0) + 1;
    kinds.set(kind, seen);
    if (seen > 6) continue;
    const { status } = await site.get(address);
    if (status !== 200) broken.push(`${address} (on ${from}): ${status}`);
  }
  expect(broken).toEqual([]);
}, 180_000);

test("nothing broke while all that was asked", () => {
  expect(site.errors).toEqual([]);
});

test("the language is the address's, whatever the browser would like", async () => {
  const html = await (await site.get("/", { "accept-language": "en" })).text();
  expect(html).toContain('<html lang="vi"');
});

test("robots and the sitemap name every kind of page in both languages", async () => {
  const robots = await site.get("/robots.txt");
  expect(robots.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(await robots.text()).toContain(`${ORIGIN}/sitemap.xml`);
  const map = await (await site.get("/sitemap.xml")).text();
  for (const path of ["/", "/en", `/chien-dich/${samples.slug}`, `/en/campaigns/${samples.slug}`]) {
    expect(map).toContain(`${ORIGIN}${path}`);
  }
  expect(map).not.toContain("/cam-ket/");
});

test("the site says whether it is well", async () => {
  const answer = await site.get("/healthz");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  const health = (await answer.json()) as Record<string, unknown>;
  expect(health).toMatchObject({ database: "ok" });
  expect(health["parts"]).toMatchObject({
    database: { read: { status: "ok" }, write: { status: "ok" } },
    ledger: { status: "ok" },
    sequencer: { status: "ok", numbering: "this", queue: { count: 0 } },
    clock: { status: "ok", aheadSeconds: 0 },
    files: { status: "ok" },
    mail: { status: "ok" },
  });
  const [books] = await site.db.rows<{ n: bigint }>(`select count(*) as n from entry`);
  expect(health["entries"]).toBe(Number(books?.n));
});

test("balancers are told in a line whether to send somebody here", async () => {
  const answer = await site.get("/healthz?ready");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.json()).toEqual({ ready: true });
});
