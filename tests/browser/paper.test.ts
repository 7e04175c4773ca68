import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { pathToAny } from "#app/i18n/paths.ts";

import { browsedSite, type BrowsedSite } from "../support/browsed-site.ts";
import { paramsOf, type Samples, samplesOf } from "../support/samples.ts";

let site: BrowsedSite<Samples>;
let page: Page;

beforeAll(async () => {
  site = await browsedSite(samplesOf);
  page = await site.chromium.newPage({ viewport: { width: 680, height: 960 } });
});
afterAll(() => site.close());

async function printed(name: "noticeSheet" | "donation" | "campaign" | "ledger"): Promise<string> {
  const path = pathToAny("vi", name, paramsOf(name, site.found));
  await page.goto(site.url + path);
  await page.emulateMedia({ media: "print" });
  return path;
}

test.each(["donation", "campaign", "ledger"] as const)(
  "%s: a sheet says what it is, by address, picture and whole digest",
  async (name) => {
    const path = await printed(name);
    const strip = page.locator(".print-strip");
    expect(await strip.innerText()).toContain(path);
    expect(await strip.innerText()).toContain("Dữ liệu minh họa");
    expect((await strip.locator("img").boundingBox())?.width).toBeGreaterThan(75);
    const digest = await page
      .locator(".head-line code")
      .evaluate((code) => getComputedStyle(code, "::after").content);
    expect(digest).toMatch(/^"[0-9a-f]{64}"$/);
    // At the head of the first sheet, in the height kept free for it.
    const foot = await page.locator(".site-footer").boundingBox();
    const main = await page.locator("main").boundingBox();
    expect((foot?.y ?? 0) + (foot?.height ?? 0)).toBeLessThanOrEqual((main?.y ?? 0) + 1);
    expect(await page.locator("body").evaluate((body) => getComputedStyle(body).page)).toBe(
      "demo-vi",
    );
  },
);

test("what is folded is printed, and no form is", async () => {
  await printed("campaign");
  const folded = page.locator("main details:not([open]) > :not(summary)");
  expect(await folded.count()).toBeGreaterThan(0);
  for (const one of await folded.all())
    expect((await one.boundingBox())?.height).toBeGreaterThan(0);
  for (const form of await page.locator("form, .button").all()) {
    expect(await form.isVisible()).toBe(false);
  }
});

// The sum was repeated on each printed page (docs/stack.md, Chromium).
test("a posted list: a demonstration is told, its sum stands once, at the end", async () => {
  await printed("noticeSheet");
  expect(await page.locator("header.site-header").isVisible()).toBe(false);
  expect(await page.locator(".list-sheet").innerText()).toMatch(/minh họa/i);
  const foot = page.locator(".list-sheet-table tfoot");
  expect(await foot.count()).toBe(1);
  expect(await foot.evaluate((one) => getComputedStyle(one).display)).toBe("table-row-group");
});
