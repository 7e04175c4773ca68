import { afterAll, beforeAll, expect, test } from "vitest";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { day, money } from "#app/i18n/formats.ts";
import { demoPaper } from "../../bin/demo/demo-paper.ts";

import { recompute } from "../outside/recompute.ts";
import { app, outsiderOf, type TestApp } from "../support/app.ts";
import { signIn } from "../support/office.ts";

const ORIGIN = { origin: "http://localhost:3000", host: "localhost:3000" };
const LIST = "/quan-tri/chi";
const NEW = "/quan-tri/chi/moi";

let site: TestApp;
const cookies = new Map<string, string>();
const CLERK = "demo-commune-clerk-20929";
const LEADER = "demo-committee-leader";
const ACCOUNTANT = "demo-committee-accountant";

beforeAll(async () => {
  site = await app();
  for (const id of [
    CLERK,
    LEADER,
    ACCOUNTANT,
    "demo-commune-clerk-20941",
    "demo-finance-inspector",
  ]) {
    cookies.set(id, await signIn(site, id));
  }
}, 120_000);
afterAll(() => site.close());

const as = (id: string) => ({ cookie: cookies.get(id) ?? "" });

/** A file answering a field of a form. */
type Files = Readonly<Record<string, Uint8Array>>;

function send(id: string, path: string, fields: Record<string, string>, files?: Files) {
  if (!files) return site.post(path, fields, as(id));
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  for (const [name, bytes] of Object.entries(files)) {
    body.set(name, new File([bytes.slice()], "scan.pdf", { type: "application/pdf" }));
  }
  return site.ask(path, { method: "POST", body, headers: { ...ORIGIN, ...as(id) } });
}

async function page(id: string, path: string): Promise<string> {
  const answer = await site.get(path, as(id));
  expect(answer.status, path).toBe(200);
  return answer.text();
}

function valueIn(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
}

/** The form of one intent, as the page has it. */
function formOf(html: string, intent: string): string {
  return html.split("<form").find((form) => form.includes(`name="intent" value="${intent}"`)) ?? "";
}

/** The form of a disbursement; a form goes where it came from. */
const FORM = `${NEW}?kind=disbursement`;

const wish = {
  kind: "disbursement",
  campaign: "SG1",
  amount: "12 triệu",
  source: "donation",
  note: "",
};

let order = "";

test("a clerk sees the gifts first, then asks, and asks once", async () => {
  const form = await page(CLERK, FORM);
  const key = valueIn(form, "key");
  const look = await send(CLERK, FORM, { ...wish, key, intent: "look" });
  const shown = await look.text();
  expect(look.status).toBe(200);
  expect(shown).toContain("12.000.000");
  expect(shown).toContain('value="request"');
  const asked = await send(CLERK, FORM, { ...wish, key, intent: "request" });
  expect(asked.status).toBe(302);
  order = (asked.headers.get("location") ?? "").replace(/\?.*/, "");
  const again = await send(CLERK, FORM, { ...wish, key, intent: "request" });
  expect(again.headers.get("location")).toBe(asked.headers.get("location"));
  expect(await page("demo-finance-inspector", order)).toContain("12.000.000");
});

test("what cannot be read or paid keeps what was typed and says why", async () => {
  const key = valueIn(await page(CLERK, FORM), "key");
  const bad = await send(CLERK, FORM, { ...wish, amount: "mười", key, intent: "look" });
  expect(bad.status).toBe(422);
  expect(await bad.text()).toContain('value="mười"');
  const much = await send(CLERK, FORM, { ...wish, amount: "900 tỷ", key, intent: "request" });
  expect(much.status).toBe(422);
  // What the fund has is said at the amount, and beside each campaign before the mistake.
  const sg1 = (await site.services.orders.campaigns()).find(({ id }) => id === "SG1");
  const left = money("vi", sg1?.inFund ?? 0n);
  const told = await much.text();
  expect(told).toContain(`Quỹ chỉ còn ${left}.`);
  expect(told).toContain('href="#order-amount"');
  expect(told).not.toContain("fund:SG1");
  expect(told).toContain(`quỹ còn ${left}`);
});

test("an advance without a number is for a new purchase and takes the next", async () => {
  const advance = `${NEW}?kind=advance`;
  const form = await page(CLERK, advance);
  const campaign = (await site.services.orders.campaigns()).find(
    ({ withCommune, communes }) => withCommune > 1_000_000n && communes.includes("20929"),
  );
  const next = `P${String((campaign?.lastPurchase ?? 0) + 1).padStart(2, "0")}`;
  expect(form).toContain(`xã đang giữ ${money("vi", campaign?.withCommune ?? 0n)} · ${next}`);
  const look = await send(CLERK, advance, {
    kind: "advance",
    campaign: campaign?.id ?? "",
    amount: "1 triệu",
    source: "donation",
    heads: "1",
    note: "",
    key: valueIn(form, "key"),
    intent: "look",
  });
  expect(await look.text()).toContain(`value="${next}"`);
});

test("papers first: without them nobody approves, and the clerk never", async () => {
  const html = await page(LEADER, order);
  const approve = formOf(html, "approve");
  const form = {
    intent: "approve",
    version: valueIn(approve, "version"),
    seen: valueIn(approve, "seen"),
    note: "",
  };
  const early = await send(LEADER, order, form);
  expect(early.status).toBe(422);
  expect(await early.text()).toContain("Hồ sơ còn thiếu");

  const papers = formOf(await page(CLERK, order), "paper");
  const fields = [...papers.matchAll(/name="(paper-[a-z-]+)"/g)].map(([, name]) => name ?? "");
  expect(fields).toEqual(["paper-letter", "paper-plan", "paper-list"]);
  const files = Object.fromEntries(fields.map((name) => [name, demoPaper("test", name)]));
  const added = await send(CLERK, order, { intent: "paper", key: valueIn(papers, "key") }, files);
  expect(added.status).toBe(302);

  // By hand, as the page has no such form for a clerk.
  const own = await send(CLERK, order, form);
  expect(own.status).toBe(403);
  expect(await own.text()).not.toContain("12.000.000");
});

test("an old form is refused and keeps the note; a new one is approved", async () => {
  const html = await page(LEADER, order);
  const form = formOf(html, "approve");
  const fields = { intent: "approve", seen: valueIn(form, "seen"), note: "Đồng ý chi" };
  const version = valueIn(form, "version");
  const old = await send(LEADER, order, { ...fields, version: `${Number(version) - 1}` });
  expect(old.status).toBe(409);
  expect(await old.text()).toContain("Đồng ý chi");
  const other = await send(LEADER, order, { ...fields, version, seen: "fund:SG1@7+12000000" });
  expect(other.status).toBe(409);
  const done = await send(LEADER, order, { ...fields, version });
  expect(done.status).toBe(302);
});

test("the accountant books with the bank's paper; the campaign and the entry tell who asked and approved", async () => {
  const before = await page(ACCOUNTANT, order);
  const booking = {
    intent: "book",
    version: valueIn(formOf(before, "book"), "version"),
    // The day on which it was approved too, here.
    on: day(dayOf(site.services.now())),
    note: "",
  };
  const bare = await send(ACCOUNTANT, order, booking);
  expect(bare.status).toBe(422);
  const bank = { "paper-bank": demoPaper("uy nhiem chi") };
  const key = valueIn(formOf(before, "paper"), "key");
  const added = await send(ACCOUNTANT, order, { intent: "paper", key }, bank);
  expect(added.status).toBe(302);
  const version = valueIn(formOf(await page(ACCOUNTANT, order), "book"), "version");
  // Whoever approved does not book, by hand either.
  expect((await send(LEADER, order, { ...booking, version })).status).toBe(403);
  const early = await send(ACCOUNTANT, order, { ...booking, version, on: "01/11/2026" });
  expect(early.status).toBe(422);
  expect(await early.text()).toContain(`duyệt ngày ${booking.on}`);
  const booked = await send(ACCOUNTANT, order, { ...booking, version });
  expect(booked.status).toBe(302);
  const twice = await send(ACCOUNTANT, order, { ...booking, version });
  expect(twice.status).toBe(409);

  const [row] = await site.db.rows<{ number: number; entry: bigint }>(
    `select number, entry from money_order where id = $1`,
    [order.slice(LIST.length + 1)],
  );
  const entry = await (await site.get(`/so-cai/${row?.entry}`)).text();
  expect(entry).toContain("Ủy ban nhân dân xã Trà Giáp");
  expect(entry).not.toContain("Hồ Thị Xuân Lam");
  const csv = await (await site.get("/data/v1/orders.csv")).text();
  expect(csv).toContain(`${row?.number},"disbursement","booked","SG1`);
  expect(site.errors).toEqual([]);
});

test("an outsider finds the booked order again in the books", async () => {
  expect((await recompute(outsiderOf(site))).problems).toEqual([]);
});

test("another commune, a donor and nobody learn nothing", async () => {
  for (const cookie of [as("demo-commune-clerk-20941"), { cookie: "" }]) {
    for (const path of [order, `${order}.data`, `${NEW}?order=${order.slice(LIST.length + 1)}`]) {
      const answer = await site.get(path, cookie);
      expect([403, 404], path).toContain(answer.status);
      expect(await answer.text()).not.toContain("12.000.000");
    }
    const posted = await site.post(order, { intent: "cancel", reason: "not-needed" }, cookie);
    expect(posted.status).toBe(403);
  }
  const list = await page("demo-commune-clerk-20941", LIST);
  expect(list).not.toContain(order);
});

test("a statement is imported in the browser, and again without any change", async () => {
  const path = "/quan-tri/doi-soat";
  const csv = [
    "Ngày giao dịch,Số tham chiếu,Số tiền ghi nợ,Số tiền ghi có,Mô tả,Số dư",
    "22/11/2026,FT26326000001,,70000,ung ho ba con,970666243",
  ].join("\n");
  const key = valueIn(formOf(await page(ACCOUNTANT, path), "import"), "key");
  const body = new FormData();
  for (const [name, value] of Object.entries({ intent: "import", key, account: "van-dong" })) {
    body.set(name, value);
  }
  body.set("statement", new File([csv], "sao-ke.csv", { type: "text/csv" }));
  const sent = await site.ask(path, {
    method: "POST",
    body,
    headers: { ...ORIGIN, ...as(ACCOUNTANT) },
  });
  expect([302, 422]).toContain(sent.status);
  if (sent.status === 422) throw new Error(await sent.text());
  const result = await page(ACCOUNTANT, sent.headers.get("location") ?? "");
  expect(result).toContain("1 dòng mới");
  const clerk = await site.ask(path, {
    method: "POST",
    body: new URLSearchParams({ intent: "import" }),
    headers: { ...ORIGIN, ...as(CLERK) },
  });
  expect(clerk.status).toBe(403);
});

test("what waits is shown in pages, however much it is", async () => {
  await site.db.rows(
    `insert into attention (kind, subject, facts, raised_at)
     select 'line-reversed', 'many-' || n, '{}', 1 from generate_series(1, 120) n`,
  );
  const shown = (html: string) => new Set(html.match(/many-\d+/g)).size;
  const path = "/quan-tri/doi-soat";
  const first = await page(ACCOUNTANT, path);
  expect(shown(first)).toBe(50);
  expect(first).toContain('href="?attention=2#attention"');
  expect(shown(await page(ACCOUNTANT, `${path}?attention=2&suspense=9`))).toBe(50);
  await site.db.rows(
    `update attention set closed_at = 2, outcome = 'no-matter' where subject like 'many-%'`,
  );
  expect(shown(await page(ACCOUNTANT, `${path}?attention=2`))).toBe(0);
});
