import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "playwright-core";
import sharp from "sharp";

import { type Locale, LOCALES, OFFICE_LOCALE_ADDRESS } from "#app/i18n/paths.ts";
import { isOfficePath } from "#app/i18n/office-paths.ts";

import type { TourStop } from "./tour.ts";

const WIDTHS = { phone: 360, desk: 1200 } as const;
/** Longest picture, pixels: what is further down is on the page itself. */
const LONGEST = 2400;

/** Takes pictures of the stops of a tour, on a phone and on a desk, in both languages, and writes the page about them. */
export function tourPictures(folder: string, base: string) {
  const taken: TourStop[] = [];
  return {
    async shoot(page: Page, stop: TourStop): Promise<void> {
      taken.push(stop);
      for (const locale of LOCALES) {
        await inLanguage(page, base, locale, stop);
        for (const [kind, width] of Object.entries(WIDTHS)) {
          await page.setViewportSize({ width, height: 900 });
          const whole = await page.screenshot({ fullPage: true });
          const { height } = await sharp(whole).metadata();
          const cut = { left: 0, top: 0, width, height: Math.min(height, LONGEST) };
          const small = await sharp(whole).extract(cut).webp({ quality: 70 }).toBuffer();
          await writeFile(join(folder, `${stop.name}-${locale}-${kind}.webp`), small);
        }
      }
      await inLanguage(page, base, "vi", stop);
      await page.setViewportSize({ width: 1200, height: 900 });
    },
    async begin(): Promise<void> {
      await mkdir(folder, { recursive: true });
      const old = (await readdir(folder)).filter((name) => name.endsWith(".webp"));
      await Promise.all(old.map((name) => rm(join(folder, name))));
    },
    write: () => writeFile(join(folder, "README.md"), pageOf(taken)),
  };
}

/** The page as it is, in one language: the public one by its other address, the office's by the person's choice. */
async function inLanguage(page: Page, base: string, locale: Locale, stop: TourStop): Promise<void> {
  const url = new URL(page.url());
  if (!isOfficePath(url.pathname)) {
    if (((await page.locator("html").getAttribute("lang")) ?? "vi") === locale) return;
    await page.locator("header a[rel=alternate]").first().click();
    return;
  }
  await page.context().request.post(base + OFFICE_LOCALE_ADDRESS, {
    form: { locale, back: url.pathname },
    headers: { origin: base },
    maxRedirects: 0,
  });
  await page.goto(page.url());
  await stop.again?.();
}

function pageOf(stops: readonly TourStop[]): string {
  const parts = stops.map(({ name, vi, en, who }) => {
    const picture = (locale: Locale, kind: string, words: string) =>
      `![${words}](./${name}-${locale}-${kind}.webp)`;
    const by = who === "public" ? "everybody" : `\`${who}\``;
    return `## ${Number(name.slice(0, 2))}. ${en}

${vi}. Seen by ${by}.

| Tiếng Việt, desk | Tiếng Việt, phone | English, desk | English, phone |
| --- | --- | --- | --- |
| ${picture("vi", "desk", vi)} | ${picture("vi", "phone", vi)} | ${picture("en", "desk", en)} | ${picture("en", "phone", en)} |
`;
  });
  return `# A tour: from a draft to money that the commune has

Made by \`npm run tour\` in Chromium over the demonstration; do not edit. Officials, donors and papers are invented. Every click is in
\`tests/support/tour.ts\`, and \`tests/browser/office-tour.test.ts\` walks the same way in every test run.

${parts.join("\n")}`;
}
