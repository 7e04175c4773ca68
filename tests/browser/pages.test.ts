import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readEnvironment } from "#app/adapters/environment.ts";
import { LOCALES, type Page, PAGES, pathToAny } from "#app/i18n/paths.ts";

import { openConfigured } from "../../bin/configured.ts";
import { browser } from "../support/browser.ts";
import { demonstration, type Demonstration } from "../support/demonstration.ts";
import { paramsOf, type Samples, samplesOf } from "../support/samples.ts";
import { testServer, type TestServer } from "../support/server.ts";
import { axe, watch, type Watch } from "../support/visit.ts";

let copy: Demonstration;
let samples: Samples;
let server: TestServer;
let chromium: Browser;
let context: BrowserContext;
let seen: Watch;

beforeAll(async () => {
  copy = await demonstration();
  samples = await samplesIn(copy);
  [server, chromium] = await Promise.all([testServer(copy.environment), browser()]);
  context = await chromium.newContext({
    viewport: { width: 360, height: 740 },
    locale: "vi-VN",
    // Colours half-way through a transition are no colours of the page.
    reducedMotion: "reduce",
  });
  seen = watch(context, new URL(server.url).host);
});
afterAll(async () => {
  await chromium.close();
  await server.stop();
  await copy.remove();
});

/** Read what pages there are before the server has the database for itself. */
async function samplesIn({ environment }: Demonstration): Promise<Samples> {
  const read = readEnvironment({ NODE_ENV: "production", DEMO: "1", ...environment });
  if (!read.ok) throw new Error(read.problem.lines.join("\n"));
  const db = await openConfigured(read.value);
  try {
    return await samplesOf(db);
  } finally {
    await db.close();
  }
}

const pages = Object.keys(PAGES) as Page[];

describe.each(pages)("%s", (name) => {
  test.each(LOCALES)(
    "in %s: no axe finding, by day and by night, on a phone and a desk",
    async (locale) => {
      const path = pathToAny(locale, name, paramsOf(name, samples));
      const page = await context.newPage();
      try {
        const answer = await page.goto(server.url + path);
        expect(answer?.status(), path).toBe(200);
        expect(await axe(page), `${path} on a phone`).toEqual([]);

        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, `${path} is wider than a phone`).toBeLessThanOrEqual(360);

        await page.emulateMedia({ colorScheme: "dark" });
        expect(await axe(page), `${path} by night`).toEqual([]);

        await page.emulateMedia({ colorScheme: "light" });
        await page.setViewportSize({ width: 1280, height: 900 });
        expect(await axe(page), `${path} on a desk`).toEqual([]);
      } finally {
        await page.close();
      }
    },
  );
});

test.each([
  "/khong-co-trang-nay",
  "/en/no-such-page",
  "/ung-ho/QN0000000",
  "/en/donations/QN0000000",
])("%s: a page that helps, no axe finding", async (path) => {
  const page = await chromium.newPage();
  try {
    const answer = await page.goto(server.url + path);
    expect(answer?.status()).toBe(404);
    expect(await page.locator("main a").count()).toBeGreaterThan(0);
    expect(await axe(page)).toEqual([]);
  } finally {
    await page.close();
  }
});

test("none of it asked another host, loaded a script, or was blocked by our own policy", () => {
  expect(seen.foreign).toEqual([]);
  expect(seen.scripts).toEqual([]);
  expect(seen.wrong).toEqual([]);
});

test("a household list prints on A4 without the site around it", async () => {
  const page = await chromium.newPage();
  try {
    await page.goto(server.url + pathToAny("vi", "notice", paramsOf("notice", samples)));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("header.site-header nav").isVisible()).toBe(false);
    expect(await page.locator("main table").first().isVisible()).toBe(true);
    const sheet = await page.pdf({ format: "A4" });
    expect(sheet.subarray(0, 5).toString()).toBe("%PDF-");
  } finally {
    await page.close();
  }
});
