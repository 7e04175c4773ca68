import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LOCALES, type Page, PAGES, pathToAny } from "#app/i18n/paths.ts";

import { browsedSite, type BrowsedSite } from "../support/browsed-site.ts";
import { paramsOf, type Samples, samplesOf } from "../support/samples.ts";
import { axe } from "../support/visit.ts";

let site: BrowsedSite<Samples>;

beforeAll(async () => {
  site = await browsedSite(samplesOf);
});
afterAll(() => site.close());

const pages = Object.keys(PAGES) as Page[];

describe.each(pages)("%s", (name) => {
  test.each(LOCALES)("in %s: nothing for axe to find, by day and by night", async (locale) => {
    const path = pathToAny(locale, name, paramsOf(name, site.found));
    expect(await site.faults(path, { locale }), path).toEqual([]);
  });
});

test.each([
  "/khong-co-trang-nay",
  "/en/no-such-page",
  "/ung-ho/QN0000000",
  "/en/donations/QN0000000",
])("%s: a page that helps, no axe finding", async (path) => {
  const page = await site.chromium.newPage();
  try {
    const answer = await page.goto(site.url + path);
    expect(answer?.status()).toBe(404);
    expect(await page.locator("main a").count()).toBeGreaterThan(0);
    expect(await axe(page)).toEqual([]);
  } finally {
    await page.close();
  }
});

test("none of it asked another host, loaded a script, or was blocked by our own policy", () => {
  expect(site.seen.foreign).toEqual([]);
  expect(site.seen.scripts).toEqual([]);
  expect(site.seen.wrong).toEqual([]);
});

test("a household list prints on A4 without the site around it", async () => {
  const page = await site.chromium.newPage();
  try {
    await page.goto(site.url + pathToAny("vi", "notice", paramsOf("notice", site.found)));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("header.site-header nav").isVisible()).toBe(false);
    expect(await page.locator("main table").first().isVisible()).toBe(true);
    const sheet = await page.pdf({ format: "A4" });
    expect(sheet.subarray(0, 5).toString()).toBe("%PDF-");
  } finally {
    await page.close();
  }
});
