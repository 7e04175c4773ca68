import { fileURLToPath } from "node:url";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { signIn } from "../support/office.ts";
import { browser } from "../support/browser.ts";
import { demonstration, type Demonstration } from "../support/demonstration.ts";
import { testServer, type TestServer } from "../support/server.ts";
import { takeTour, type TourFacts, type TourStop } from "../support/tour.ts";
import { tourPictures } from "../support/tour-pictures.ts";
import { axe } from "../support/visit.ts";

/** Set by `npm run tour`: where the pictures go. Without it the tour is walked and judged only. */
const FOLDER = process.env["TOUR_FOLDER"];

let copy: Demonstration;
let server: TestServer;
let chromium: Browser;

beforeAll(async () => {
  copy = await demonstration();
  [server, chromium] = await Promise.all([testServer(copy.environment), browser()]);
});
afterAll(async () => {
  await chromium.close();
  await server.stop();
  await copy.remove();
});

test(
  "from a draft to money that the commune has, by people who may not approve what they asked for",
  { timeout: 600_000 },
  async () => {
    const stops: string[] = [];
    const wrong: object[] = [];
    const judge = async (page: Page, stop: TourStop) => {
      stops.push(stop.name);
      for (const width of [360, 1200]) {
        await page.setViewportSize({ width, height: 900 });
        for (const found of await axe(page)) wrong.push({ stop: stop.name, width, ...found });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) wrong.push({ stop: stop.name, width, wide });
      }
    };
    const facts = await (FOLDER === undefined
      ? takeTour(chromium, server.url, judge, { reducedMotion: "reduce" })
      : withPictures(fileURLToPath(new URL(`../../${FOLDER}/`, import.meta.url))));
    expect(wrong).toEqual([]);
    if (FOLDER === undefined) expect(stops).toHaveLength(20);
    await outside(facts);
  },
);

async function withPictures(folder: string): Promise<TourFacts> {
  const pictures = tourPictures(folder, server.url);
  await pictures.begin();
  const facts = await takeTour(chromium, server.url, pictures.shoot);
  await pictures.write();
  return facts;
}

/** What everybody can read afterwards, and what only the inspector can. */
async function outside(facts: TourFacts): Promise<void> {
  expect(facts.ownApproval).toBe(403);
  expect(facts.ownApprovalText).not.toContain("40.000.000");

  const get = async (path: string) => (await fetch(server.url + path)).text();
  const gift = JSON.parse(await get(`/data/v1/donations/${facts.gift}.json`)) as {
    pieces: { account: string; amount: number | string }[];
  };
  expect(gift.pieces.map(({ account, amount }) => [account, Number(amount)])).toEqual([
    [`commune:20941:${facts.campaign}`, 40_000_000],
  ]);
  const entry = await get(`/so-cai/${facts.entry}`);
  expect(entry).toContain("Ủy ban nhân dân xã Trà Tập");
  for (const name of ["Nguyễn Thị Sông Trà", "Nguyễn Hữu Trác"]) {
    expect(entry).not.toContain(name);
    expect(await get(`/chien-dich/${facts.slug}`)).not.toContain(name);
  }

  const cookie = await signIn(asked, "demo-finance-inspector");
  const trail = await (
    await fetch(`${server.url}/quan-tri/xuat/audit.csv`, { headers: { cookie } })
  ).text();
  for (const act of [
    "campaign.draft",
    "campaign.opine",
    "campaign.publish",
    "statement.import",
    "disbursement.request",
    "disbursement.approve",
    "disbursement.book",
    "role.propose",
    "role.approve",
    "file.add",
  ]) {
    expect(trail, act).toContain(act);
  }
  expect(trail).toContain(`"disbursement.approve","Bị từ chối"`);
}

const asked = {
  services: { now: () => Math.floor(Date.now() / 1000) },
  ask: (path: string, init: RequestInit) =>
    fetch(server.url + path, {
      ...init,
      redirect: "manual",
      headers: { ...(init.headers as Record<string, string>), origin: server.url },
    }),
};
