import { afterAll, beforeAll, expect, test } from "vitest";

import { headFolder } from "#app/adapters/heads.ts";
import { createLog } from "#app/front/log.ts";
import { HEALTH_PARTS } from "#app/domain/health/report.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { OFFICE_LOCALE_ADDRESS } from "#app/i18n/paths.ts";
import { jobRunStore } from "#db/stores/job-runs.ts";

import { jobsOf, makeKnown } from "../../bin/jobs.ts";
import english from "../../locales/en/office-health.json" with { type: "json" };
import vietnamese from "../../locales/vi/office-health.json" with { type: "json" };
import { app, type TestApp } from "../support/app.ts";
import { firstStep, ownForm, signIn, withCookies } from "../support/office.ts";

let site: TestApp;
let inspector: string;
let accountant: string;
let clerk: string;

beforeAll(async () => {
  site = await app();
  inspector = await signIn(site, "demo-finance-inspector");
  accountant = await signIn(site, "demo-committee-accountant");
  clerk = await signIn(site, "demo-commune-clerk-20929");
});
afterAll(() => site.close());

async function get(path: string, cookie: string): Promise<{ status: number; html: string }> {
  const answer = await site.ask(path, { headers: cookie === "" ? {} : { cookie } });
  return { status: answer.status, html: await answer.text() };
}

function jobs() {
  const log = createLog({ level: "silent", process: "test" });
  return jobsOf(site.services, site.db, log, headFolder(site.heads));
}

test("whoever may sees every part and every job in words", async () => {
  await makeKnown(jobs(), jobRunStore(site.db, site.services.now));
  const { status, html } = await get(OFFICE_PAGES.health, inspector);
  expect(status).toBe(200);
  for (const part of HEALTH_PARTS) expect(html).toContain(`>${vietnamese.part[part]}<`);
  for (const { name } of jobs()) {
    const words: Readonly<Partial<Record<string, string>>> = vietnamese.job;
    expect(html).toContain(`>${words[name]}<`);
  }
  expect(html).not.toContain("<script");
  expect(html).toContain(vietnamese.known.read.replace("{{state}}", vietnamese.state.ok));
});

test("it speaks both languages", async () => {
  const form = { locale: "en", back: OFFICE_PAGES.health };
  const answer = await site.ask(OFFICE_LOCALE_ADDRESS, ownForm(accountant, form));
  const { html } = await get(OFFICE_PAGES.health, withCookies(accountant, answer));
  for (const part of HEALTH_PARTS) expect(html).toContain(`>${english.part[part]}<`);
});

test("whoever may not learns nothing, and has no way there", async () => {
  for (const cookie of ["", clerk, await firstStep(site, "demo-finance-inspector")]) {
    const { status, html } = await get(OFFICE_PAGES.health, cookie);
    expect(status).toBe(403);
    expect(html).not.toContain(vietnamese.part.sequencer);
  }
  const home = (await get(OFFICE_PAGES.home, clerk)).html;
  expect(home).not.toContain(OFFICE_PAGES.health);
  expect((await get(OFFICE_PAGES.home, inspector)).html).toContain(`href="${OFFICE_PAGES.health}"`);
});

test("the home of whoever may says when something is not well, and of nobody else", async () => {
  const { health } = site.services;
  const report = await health.look();
  const look = async () => ({ ...report, status: "degraded" as const });
  Object.assign(health, { look });
  expect((await get(OFFICE_PAGES.home, inspector)).html).toContain(vietnamese.home.degraded);
  expect((await get(OFFICE_PAGES.home, clerk)).html).not.toContain(vietnamese.home.degraded);
  Object.assign(health, { look: async () => ({ ...report, status: "ok" as const }) });
  expect((await get(OFFICE_PAGES.home, inspector)).html).not.toContain(vietnamese.home.degraded);
});
