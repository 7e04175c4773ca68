import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LOCALES, type Page, PAGES, pathToAny } from "#app/i18n/paths.ts";

import { browsedSite, type BrowsedSite } from "../support/browsed-site.ts";
import { browser } from "../support/browser.ts";
import { spills, TEXT_SPACING } from "../support/reflow.ts";
import { paramsOf, type Samples, samplesOf } from "../support/samples.ts";

/** How people have pages: narrow, spaced out, with letters twice as large, on a tablet. */
const READERS = [
  { name: "at 320 px", width: 320 },
  { name: "at 360 px, text spaced as WCAG 1.4.12 allows", width: 360, css: TEXT_SPACING },
  { name: "at 360 px, the browser's letters twice as large", width: 360, large: true },
  { name: "at 768 px", width: 768 },
] as const;

let site: BrowsedSite<Samples>;
let large: Browser;

beforeAll(async () => {
  [site, large] = await Promise.all([
    browsedSite(samplesOf),
    browser(["--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]),
  ]);
});
afterAll(async () => {
  await large.close();
  await site.close();
});

describe.each(Object.keys(PAGES) as Page[])("%s", (name) => {
  test.each(READERS)("nothing spills or overlaps $name", async (reader) => {
    const chromium = "large" in reader ? large : site.chromium;
    const page = await chromium.newPage({
      viewport: { width: reader.width, height: 740 },
      // A reader's own style is none of the page's, which our policy would refuse.
      bypassCSP: true,
    });
    try {
      for (const locale of LOCALES) {
        const path = pathToAny(locale, name, paramsOf(name, site.found));
        await page.goto(site.url + path);
        if ("css" in reader) await page.addStyleTag({ content: reader.css });
        expect(await spills(page, reader.width > 640), path).toEqual([]);
      }
    } finally {
      await page.close();
    }
  });
});
