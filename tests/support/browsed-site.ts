import type { Browser, BrowserContext } from "playwright-core";

import { readEnvironment } from "#app/adapters/environment.ts";
import type { Locale } from "#app/i18n/paths.ts";
import type { Database } from "#db/client.ts";

import { openConfigured } from "../../bin/configured.ts";
import { browser } from "./browser.ts";
import { demonstration } from "./demonstration.ts";
import { testServer } from "./server.ts";
import { axe, watch, type Watch } from "./visit.ts";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
/** How a page is looked at: both sizes and both lights, the languages sharing them, as looking takes a second each time. */
const LOOKS = {
  vi: [
    ["light", PHONE],
    ["dark", DESK],
  ],
  en: [["dark", PHONE]],
} as const;

/** A copy of the demonstration as its own process, and a browser that reads it on a phone. */
export interface BrowsedSite<Found> {
  readonly url: string;
  /** What `find` found in the books before the server had them for itself. */
  readonly found: Found;
  readonly chromium: Browser;
  readonly context: BrowserContext;
  /** What the pages of `context` asked for and complained about. */
  readonly seen: Watch;
  /** What is wrong with a page: its status, language, width on a phone, all that axe finds; empty when nothing is. */
  faults(
    path: string,
    reader: { readonly locale: Locale; readonly cookie?: string },
  ): Promise<object[]>;
  close(): Promise<void>;
}

/** Start all of it. */
export async function browsedSite<Found>(
  find: (db: Database) => Promise<Found>,
): Promise<BrowsedSite<Found>> {
  const copy = await demonstration();
  const found = await lookedUp(copy.environment, find);
  const [server, chromium] = await Promise.all([testServer(copy.environment), browser()]);
  const context = await chromium.newContext({
    viewport: PHONE,
    locale: "vi-VN",
    // Colours half-way through a transition are no colours of the page.
    reducedMotion: "reduce",
  });
  return {
    url: server.url,
    found,
    chromium,
    context,
    seen: watch(context, new URL(server.url).host),
    faults: (path, reader) => faultsOf(context, server.url, path, reader),
    async close() {
      await chromium.close();
      await server.stop();
      await copy.remove();
    },
  };
}

async function lookedUp<Found>(
  environment: Readonly<Record<string, string>>,
  find: (db: Database) => Promise<Found>,
): Promise<Found> {
  const read = readEnvironment({
    NODE_ENV: "production",
    DEMO: "1",
    CLOCK_PLAYED: "1",
    ...environment,
  });
  if (!read.ok) throw new Error(read.problem.lines.join("\n"));
  const db = await openConfigured(read.value);
  try {
    return await find(db);
  } finally {
    await db.close();
  }
}

async function faultsOf(
  context: BrowserContext,
  url: string,
  path: string,
  { locale, cookie }: { readonly locale: Locale; readonly cookie?: string },
): Promise<object[]> {
  const page = await context.newPage();
  try {
    if (cookie !== undefined) await page.setExtraHTTPHeaders({ cookie });
    const answer = await page.goto(url + path);
    if (answer?.status() !== 200) return [{ status: answer?.status() }];
    const at = new URL(page.url());
    if (at.pathname + at.search !== path) return [{ redirected: at.pathname }];
    const { lang, wide } = await page.evaluate(() => ({
      lang: document.documentElement.lang,
      wide: document.documentElement.scrollWidth,
    }));
    if (lang !== locale) return [{ lang }];
    const wrong: object[] = wide > PHONE.width ? [{ wide }] : [];
    for (const [light, size] of LOOKS[locale]) {
      await page.emulateMedia({ colorScheme: light });
      await page.setViewportSize(size);
      for (const one of await axe(page)) wrong.push({ light, width: size.width, ...one });
    }
    return wrong;
  } finally {
    await page.close();
  }
}
