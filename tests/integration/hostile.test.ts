import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { takesGifts } from "#app/domain/campaigns/state.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { isHeldUp } from "#app/domain/campaigns/lateness.ts";
import { LOCALES, type Page, PAGES, pathToAny } from "#app/i18n/paths.ts";

import { app, type TestApp } from "../support/app.ts";
import { paramsOf, type Samples, samplesOf } from "../support/samples.ts";

let site: TestApp;
let samples: Samples;

beforeAll(async () => {
  site = await app();
  samples = await samplesOf(site.db);
});
afterAll(() => site.close());

/** Addresses that are no valid UTF-8 do not get this far: `app/front/listener.test.ts`. */
const NASTY = [
  "'; drop table entry; --",
  "1 or 1=1",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "../../../../etc/passwd",
  "..%2f..%2f",
  "ﷺ".repeat(50),
  "\u202ex",
  "-1",
  "0",
  "99999999999999999999999999",
  "1e308",
  "NaN",
  "null",
  "__proto__",
  "constructor",
  "a\r\nset-cookie: x=1",
  "=cmd|' /C calc'!A0",
  "x".repeat(2000),
];

const withParams = (Object.keys(PAGES) as Page[]).filter((page) => PAGES[page].vi.includes(":"));

describe.each(withParams)("%s", (page) => {
  test("answers what does not exist with a page that helps, never with an error of ours", async () => {
    const name =
      Object.keys(paramsOf(page, samples)).find((one) => PAGES[page].vi.includes(`:${one}`)) ?? "";
    for (const locale of LOCALES) {
      for (const nasty of NASTY) {
        const raw = PAGES[page][locale].replace(`:${name}`, encodeLoosely(nasty));
        const answer = await site.get(raw);
        const html = await answer.text();
        expect([400, 404, 429], `${raw}: ${answer.status}`).toContain(answer.status);
        expect(html).not.toMatch(/<script>alert|<img src=x|root:x|syntax error|\bat \w+ \(/i);
        expect(answer.headers.get("set-cookie")).toBeNull();
        expect(answer.headers.get("cache-control")).toContain("no-store");
      }
    }
  });
});

/** As a careless or hostile caller writes it: what is no valid escape stays as it is. */
function encodeLoosely(text: string): string {
  return text.includes("%") ? text : encodeURIComponent(text);
}

test("a page that does not exist is a 404 in the language of its address", async () => {
  const vi = await site.get("/khong-co-trang-nay");
  const en = await site.get("/en/no-such-page");
  expect([vi.status, en.status]).toEqual([404, 404]);
  expect(await vi.text()).toContain('<html lang="vi"');
  expect(await en.text()).toContain('<html lang="en"');
});

test.each(["campaigns", "ledger", "home", "notices"] as const)(
  "filters of %s take anything without breaking",
  async (page) => {
    const names = [
      "q",
      "model",
      "district",
      "commune",
      "state",
      "twin",
      "page",
      "kind",
      "account",
      "from",
      "to",
      "code",
      "campaign",
      "round",
    ];
    for (const nasty of NASTY) {
      const query = new URLSearchParams(names.map((name) => [name, nasty]));
      const answer = await site.get(`${pathToAny("vi", page, {})}?${query}`);
      expect([200, 302, 303, 400, 404, 429], `${nasty}: ${answer.status}`).toContain(answer.status);
      expect(await answer.text()).not.toMatch(/<script>alert|<img src=x/);
    }
  },
);

test.each([
  "/data/v1/nothing.csv",
  "/data/v1/../../etc/passwd",
  "/data/v1/entries.xml",
  "/data/v1/donations/'; drop table entry;--.json",
  "/log/v1/entries/0",
  "/log/v1/entries/x",
  "/log/v1/entries/99999999999999999999",
])("%s is a 404 for machines", async (path) => {
  expect((await site.get(path)).status).toBe(404);
});

describe("forms", () => {
  const fine = (): Record<string, string> => ({
    measure: "amount",
    amount: "500000",
    intent: "now",
    donorKind: "person",
    donorName: "Nguyễn Thị Đào",
    namePublic: "no",
    channel: "bank",
    formKey: crypto.randomUUID(),
  });
  const give = () => pathToAny("vi", "give", { slug: openSlug });
  let openSlug: string;

  beforeAll(async () => {
    const today = dayOf(site.services.now());
    const open = (await site.services.campaigns.all()).find(
      (one) => takesGifts(one, today) && !isHeldUp(one, today),
    );
    openSlug = open?.slug ?? "";
  });

  test("a good one makes one pledge, however often it is sent", async () => {
    const form = fine();
    const before = await pledges();
    const answers = await Promise.all(Array.from({ length: 8 }, () => site.post(give(), form)));
    const places = new Set(answers.map((answer) => answer.headers.get("location")));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303));
    expect(places.size).toBe(1);
    expect(await pledges()).toBe(before + 1n);
  });

  test("from another site is refused and changes nothing", async () => {
    const before = await pledges();
    const answer = await site.post(give(), fine(), { "sec-fetch-site": "cross-site" });
    expect(answer.status).toBe(400);
    expect(await pledges()).toBe(before);
  });

  test.each([
    ["no amount", { amount: "" }],
    ["nothing at all", { amount: "0" }],
    ["less than nothing", { amount: "-500000" }],
    ["parts of a đồng", { amount: "1000.5.7" }],
    ["letters", { amount: "một triệu" }],
    ["far too much", { amount: "99999999999999999999" }],
    ["too little", { amount: "1" }],
    ["a channel that does not exist", { channel: "paypal" }],
    ["a day that does not exist", { intent: "promised", promisedOn: "2026-02-31" }],
    ["a day long past", { intent: "promised", promisedOn: "1999-01-01" }],
    ["a key that is none", { formKey: "x" }],
    ["an endless name", { donorName: "Đ".repeat(5000) }],
  ])("%s is answered with the form and what was typed, and changes nothing", async (_, change) => {
    const before = await pledges();
    const form = { ...fine(), donorName: "Trần Văn Giữ Nguyên", ...change };
    const answer = await site.post(give(), form);
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toMatch(/aria-invalid="true"|role="alert"|error-summary/);
    if (!("donorName" in change)) expect(html).toContain('value="Trần Văn Giữ Nguyên"');
    expect(await pledges()).toBe(before);
  });

  test("limits are named when they are passed", async () => {
    const html = await (await site.post(give(), { ...fine(), amount: "1" })).text();
    expect(html.replace(/<[^>]*>/g, " ")).toMatch(/\d{1,3}(\.\d{3})+\sđ/);
  });

  test("markup in a name stays text", async () => {
    const form = { ...fine(), donorName: "<script>alert(1)</script>", amount: "x" };
    const html = await (await site.post(give(), form)).text();
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("&lt;script&gt;");
  });

  test.each([
    ["a body that is no form", "application/json", '{"a":'],
    ["a broken multipart body", "multipart/form-data; boundary=x", "--x\r\nnonsense"],
    ["no type", "", "a=1"],
  ])("%s is refused, not an error of ours", async (_, type, body) => {
    const answer = await site.ask(give(), {
      method: "POST",
      body,
      headers: { ...(type ? { "content-type": type } : {}), origin: "http://localhost:3000" },
    });
    expect([400, 415, 422]).toContain(answer.status);
  });

  test("pages that take no form say so", async () => {
    for (const page of ["home", "about", "ledger"] as const) {
      const answer = await site.post(pathToAny("vi", page, {}), {});
      expect(answer.status, page).toBe(405);
    }
  });

  async function pledges(): Promise<bigint> {
    const [row] = await site.db.rows<{ n: bigint }>(`select count(*) as n from pledge`);
    return row?.n ?? 0n;
  }
});

test("no cell of a public table begins a formula", async () => {
  for (const set of [
    "places",
    "accounts",
    "entries",
    "movements",
    "animals",
    "donations",
    "campaigns",
  ]) {
    const answer = await site.get(`/data/v1/${set}.csv`);
    expect(answer.status, set).toBe(200);
    const text = await answer.text();
    expect(text.split(/\r?\n/).length, set).toBeGreaterThan(2);
    const formula = text.split(/\r?\n/).find((line) => /(^|,)"?[=+@\t\r]/.test(line));
    expect(formula, set).toBeUndefined();
  }
});

test("nothing broke while all that was answered", () => {
  expect(site.errors).toEqual([]);
});

// The framework itself reports this one as an error, so it comes last.
test("a form whose Origin is another site is refused", async () => {
  const answer = await site.post(
    pathToAny("vi", "give", { slug: samples.slug }),
    { measure: "amount", amount: "500000" },
    { origin: "https://evil.example" },
  );
  expect(answer.status).toBe(400);
});
