/** Looking changes nothing: every address is asked by HEAD and by GET, about things that exist, with links that are good. */
import { afterAll, beforeAll, expect, test } from "vitest";

import { gatewayConfigs } from "#app/adapters/gateways.ts";
import { readEnvironment } from "#app/adapters/environment.ts";
import type { Letter } from "#app/domain/letters/ports.ts";
import { must } from "#app/domain/kernel/result.ts";
import { OFFICE_LISTS } from "#app/domain/office-lists/registry.ts";
import { SET_NAMES } from "#app/domain/open-data/sets.ts";
import { OFFICE_FILES, OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { LOCALES, OFFICE_LOCALE_ADDRESS, payPath, pathTo } from "#app/i18n/paths.ts";

import { app, ORIGIN, type TestApp } from "../support/app.ts";
import { firstStep, ownForm, signIn, withCookies } from "../support/office.ts";
import { vnpayNotice } from "../support/paying.ts";
import { allAddresses, type Samples, samplesOf } from "../support/samples.ts";
import { digestsOf } from "../support/stored-text.ts";

/** What looking may write: by table the column, each with its reason. */
const MAY_CHANGE: Readonly<Record<string, string>> = {
  // A session that nobody uses ends within the hour, so use is noted, once a minute at most.
  "public.session_mark": "seen_at",
  // `/healthz` tells whether the books can be written, which only a write can tell: one row, one moment.
  "public.health_write": "at",
};

/** Whoever is shown a name of the register leaves a line in the trail: that alone, and where the trail stands by it. */
const WITHOUT_LOOKS: Readonly<Record<string, string>> = {
  "public.audit_line": `not (facts::jsonb @> '{"look": true}')`,
  "public.audit_head": "false",
};

const LEADER = "demo-committee-leader";
const CLERK = "demo-commune-clerk-20941";
const ADMINISTRATOR = "demo-administrator";

interface Look {
  readonly path: string;
  readonly cookie?: string;
}

const letters: Letter[] = [];
let site: TestApp;
let samples: Samples;
let looks: Look[] = [];

beforeAll(async () => {
  site = await app({}, { mail: { send: async (letter) => void letters.push(letter) } });
  samples = await samplesOf(site.db);
}, 180_000);
afterAll(() => site.close());

const linkTo = async (email: string): Promise<URL> => {
  const newest = () => letters.findLast(({ to }) => to === email)?.text ?? "";
  await expect.poll(newest).toContain("http");
  return new URL(/http\S+/.exec(newest())?.[0] ?? "about:none");
};

/** A donor's link, one that sets a password, and a session that has a second factor to set up. */
async function links(): Promise<Look[]> {
  const donor = "nguoi-xem@thu.example";
  await site.post("/cua-toi", { intent: "ask", email: donor });
  const { enrolment } = site.services.accounts;
  const email = "can-bo-moi@demo.ketnghia.example";
  const { id } = must(await enrolment.enrol({ name: "Cán bộ mới", email, locale: "vi" }));
  await enrolment.invite(id);
  const token = (await linkTo(email)).searchParams.get("token") ?? "";
  const password = "suối đá rừng quế";
  await site.ask(pathTo("vi", "newPassword"), ownForm("", { token, password }));
  const begun = await site.ask(pathTo("vi", "signIn"), ownForm("", { email, password }));
  const half = withCookies("", begun);
  await enrolment.invite(id);
  await expect.poll(() => letters.filter(({ to }) => to === email).length).toBe(2);
  const good = await Promise.all([donor, email].map(linkTo));
  return [
    ...good.map(({ pathname, search }) => ({ path: pathname + search })),
    ...LOCALES.map((locale) => ({ path: pathTo(locale, "setUp"), cookie: half })),
  ];
}

function publicLooks(): Look[] {
  const machines = [
    "/healthz",
    "/healthz?ready",
    "/robots.txt",
    "/sitemap.xml",
    "/data/v1/README.txt",
    "/data/v1/datapackage.json",
    `/data/v1/donations/${samples.donation}.json`,
    `/log/v1/entries/${samples.entry}`,
    "/hooks/stripe",
    OFFICE_LOCALE_ADDRESS,
    ...LOCALES.map((locale) => payPath(locale, samples.pledge)),
    ...SET_NAMES.flatMap((name) => [`/data/v1/${name}.csv`, `/data/v1/${name}.json`]),
  ];
  const returned = LOCALES.map(
    (locale) => `${pathTo(locale, "payment", { code: samples.pledge })}?${notice()}`,
  );
  const pages = allAddresses(samples).map(({ path }) => path);
  return [...pages, ...machines, ...returned].map((path) => ({ path }));
}

/** What VNPay would sign for the open promise. */
function notice(): string {
  const environment = must(readEnvironment({ DEMO: "1", NODE_ENV: "production" }));
  const { vnpay } = gatewayConfigs(environment, ORIGIN);
  return vnpayNotice(
    { vnp_TmnCode: vnpay?.tmnCode ?? "", vnp_TxnRef: samples.pledge, vnp_Amount: "1000000" },
    vnpay?.secret,
  );
}

async function officeLooks(): Promise<Look[]> {
  const [found] = await site.db.rows<Record<"draft" | "campaign" | "order" | "file", string>>(
    `select (select id from campaign_draft order by id limit 1) as draft,
            (select id from campaign where commune = '20941' limit 1) as campaign,
            (select id from money_order order by id limit 1) as "order",
            (select id from office_file order by id limit 1) as file`,
  );
  const params: Readonly<Record<string, string>> = { ...found, person: CLERK };
  const paths = [
    ...Object.values(OFFICE_PAGES),
    OFFICE_FILES.fileBytes,
    ...[...OFFICE_LISTS.keys()].map((list) => OFFICE_FILES.export.replace(":list", `${list}.csv`)),
  ].map((path) => path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? "x"));
  const cookies = [
    "",
    await firstStep(site, LEADER),
    await signIn(site, LEADER),
    await signIn(site, CLERK),
    await signIn(site, ADMINISTRATOR),
  ];
  return cookies.flatMap((cookie) => paths.map((path) => ({ path, cookie })));
}

async function changedBy(method: "GET" | "HEAD", asked: readonly Look[]): Promise<string[]> {
  const before = await digestsOf(site.db, MAY_CHANGE, WITHOUT_LOOKS);
  for (const { path, cookie = "" } of asked) {
    const answer = await site.ask(path, { method, headers: cookie === "" ? {} : { cookie } });
    expect(answer.status, `${method} ${path}`).toBeLessThan(500);
    await answer.arrayBuffer();
  }
  const after = await digestsOf(site.db, MAY_CHANGE, WITHOUT_LOOKS);
  return Object.keys(after).filter((table) => after[table] !== before[table]);
}

test("there is much to look at, links that are good among it", { timeout: 120_000 }, async () => {
  looks = [...(await links()), ...publicLooks(), ...(await officeLooks())];
  expect(looks.length).toBeGreaterThan(200);
});

test("HEAD changes no row of no table", { timeout: 300_000 }, async () => {
  expect(looks).not.toEqual([]);
  const hook = { path: `/hooks/vnpay?${notice()}` };
  expect(await changedBy("HEAD", [...looks, hook])).toEqual([]);
  // The same look finds what a notice changes; VNPay gives notice by GET.
  expect(await changedBy("GET", [hook])).toContain("public.inbox");
});

test(
  "GET changes no row either, and the links are as good as before",
  { timeout: 300_000 },
  async () => {
    expect(await changedBy("GET", looks)).toEqual([]);
    const link = await linkTo("nguoi-xem@thu.example");
    const token = link.searchParams.get("token") ?? "";
    const passed = await site.ask(link.pathname, ownForm("", { token }));
    expect(passed.status).toBe(303);
    expect(site.errors).toEqual([]);
  },
);
