import { afterAll, beforeAll, expect, test } from "vitest";

import { confirmPledge } from "#app/domain/pledges/confirm-pledge.ts";
import { expirePledges } from "#app/domain/pledges/expire-pledges.ts";
import type { Pledge } from "#app/domain/pledges/ports.ts";
import { standingOf } from "#app/domain/pledges/standing.ts";

import { type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { pledgeStore, unconfirmedOf } from "./pledges.ts";
import { rulesStore } from "./rules.ts";
import { stageTotals } from "./totals.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await db.rows(
    `insert into bank_account (id, holder, bank_name, bin, number, owner, valid_from)
     values ('appeal', 'Quỹ', 'Agribank', '970405', '4201', 'appeal', '2022-01-01')`,
  );
  await db.rows(
    `insert into campaign (id, slug, model, species, commune, commune_from, district, title_vi, title_en,
       summary_vi, summary_en, story_vi, story_en, goal, households, starts_on, ends_on, bank_account, code, twin,
       responsible, published_by, published_on, decision_number, decision_date, search_text)
     values ('LD1', 'bo-la-dee', 'livestock', 'BO', '20704', '2021-11-01', '510', 'Bò', 'Cows', '', '', '', '',
       2000000000, 50, '2022-01-01', '2027-01-31', 'appeal', 'QNLQCT3XA', 'x', 'x', 'x', '2022-01-01', '1', '2022-01-01', '')`,
  );
});
afterAll(() => database.close());

const pledge: Pledge = {
  code: "QNK7F3K27",
  campaign: "LD1",
  amount: 20_000_000n,
  intent: "promised",
  promisedOn: "2026-12-31",
  donorKind: "person",
  donorName: "Nguyễn Thị Đào",
  namePublic: true,
  channel: "bank",
  locale: "vi",
  createdAt: 1_790_000_000,
  formKey: "form-1",
};

const changes = async () => {
  const [row] = await database.db.rows<{ version: bigint }>(
    `select version from content_version where name = 'pledges'`,
  );
  return row?.version ?? 0n;
};

test("a pledge is kept once, however often its form comes, even at the same moment", async () => {
  const store = pledgeStore(database.db);
  const codes = ["QNK7F3K27", "QN2222222", "QN3333333", "QN4444444"];
  const answers = await Promise.all(codes.map((code) => store.add({ ...pledge, code })));
  expect(answers.filter(({ done }) => done === "added")).toHaveLength(1);
  const kept = answers.find(({ done }) => done === "added")?.code;
  expect(answers.every(({ code }) => code === kept)).toBe(true);
  const rows = await database.db.rows(`select code from pledge`);
  expect(rows).toHaveLength(1);
});

test("a code in use is told, whether of a pledge or a campaign", async () => {
  const store = pledgeStore(database.db);
  const [first] = await database.db.rows<{ code: string }>(`select code from pledge`);
  const taken = await store.add({ ...pledge, code: first?.code ?? "", formKey: "form-2" });
  expect(taken.done).toBe("taken");
  const standing = await store.add({ ...pledge, code: "QNLQCT3XA", formKey: "form-3" });
  expect(standing.done).toBe("taken");
});

test("only a promise changes what pages show", async () => {
  const store = pledgeStore(database.db);
  const before = await changes();
  await store.add({
    ...pledge,
    code: "QN5555555",
    formKey: "now",
    intent: "now",
    promisedOn: null,
  });
  expect(await changes()).toBe(before);
  await store.add({ ...pledge, code: "QN6666666", formKey: "later" });
  expect(await changes()).toBe(before + 1n);
});

test("its page holds no name", async () => {
  const store = pledgeStore(database.db);
  const page = await store.page("QN6666666");
  expect(page).toMatchObject({
    code: "QN6666666",
    amount: 20_000_000n,
    promisedOn: "2026-12-31",
    state: "open",
    gifts: [],
    campaign: { slug: "bo-la-dee" },
    account: { number: "4201", owner: "appeal" },
  });
  expect(page).not.toHaveProperty("attempt");
  const text = JSON.stringify(page, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}` : value,
  );
  expect(text).not.toContain("Đào");
  expect(await store.page("QN7777777")).toBeUndefined();
});

test("of two promises that each still fit, confirmed at the same moment, one counts", async () => {
  const { db } = database;
  await db.rows(`delete from pledge`);
  const store = pledgeStore(db);
  const services = { now: () => 1_790_000_100, pledges: store };
  const owed = async () => (await stageTotals(db, ["LD1"])).get("LD1")?.pledged;
  const codes = ["QNA222222", "QNA333333"];
  for (const code of codes) {
    await store.add({ ...pledge, code, formKey: code, amount: 1_500_000_000n });
  }
  expect(await owed()).toBe(0n);
  expect(await store.unconfirmedCount()).toBe(2);
  const [first] = await store.unconfirmed(0, 10);
  expect(first).toMatchObject({
    code: "QNA222222",
    amount: 1_500_000_000n,
    missing: 2_000_000_000n,
    donorName: "Nguyễn Thị Đào",
  });
  const done = await Promise.all(
    codes.map((code) => confirmPledge(services, code, { way: "link" })),
  );
  expect(done.filter(({ ok }) => ok)).toEqual([{ ok: true, value: { again: false } }]);
  expect(done.filter(({ ok }) => !ok)).toEqual([
    { ok: false, problem: { code: "pledge.above-missing", missing: 500_000_000n } },
  ]);
  expect(await owed()).toBe(1_500_000_000n);
  const counted = codes[done.findIndex(({ ok }) => ok)] ?? "";
  const before = await changes();
  expect(await confirmPledge(services, counted, { way: "person", person: "p" })).toEqual({
    ok: true,
    value: { again: true },
  });
  expect(await changes()).toBe(before);
  expect((await store.page(counted))?.confirmedAt).toBe(1_790_000_100);
  expect(await store.withdraw(counted)).toBe(true);
  expect(await store.withdraw(counted)).toBe(false);
  expect(await owed()).toBe(0n);
  expect(await confirmPledge(services, counted, { way: "link" })).toEqual({
    ok: true,
    value: { again: true },
  });
  expect(await confirmPledge(services, "QN7777777", { way: "link" })).toMatchObject({
    problem: { code: "pledge.not-found" },
  });
});

test("a promise expires when its days of grace are over, once; what is paid or not due stays", async () => {
  const { db } = database;
  await db.rows(`delete from pledge`);
  await db.rows(
    `insert into rule (code, valid_from, valid_to, value, source) values
      ('pledges.grace-days', '2021-12-24', '2026-06-30', '10', 'test'),
      ('pledges.grace-days', '2026-07-01', null, '60', 'test')`,
  );
  const store = pledgeStore(db);
  const promise = (n: number, promisedOn: string | null, more: Partial<Pledge> = {}) =>
    store.add({ ...pledge, code: `QN${n}`, formKey: `f${n}`, promisedOn, amount: 100n, ...more });
  await promise(1, "2026-09-23");
  await promise(2, "2026-09-24");
  await promise(3, "2026-01-01");
  await promise(4, null, { intent: "now" });
  await promise(5, "2026-01-01");
  await promise(6, "2026-01-01");
  await db.rows(`update pledge set state = 'withdrawn' where code = 'QN6'`);
  await db.rows(
    `insert into pledge_confirmation (pledge, way, note, confirmed_at)
     select code, 'before', '', created_at from pledge where intent = 'promised'`,
  );
  const account = await db.rows<{ id: number }>(
    `insert into account (code, kind, unit, axis, may_be_negative, opened_by) values ('fund:LD1', 'fund', 'VND', true, false, 1)
     returning id`,
  );
  for (const [code, amount] of [
    ["QN3", 100],
    ["QN5", 40],
  ] as const) {
    await db.rows(
      `insert into donation (code, entry, pledge, channel, account_id, lo, amount, received_on)
       values ($1, $2, $1, 'bank', $3, $2, $2, '2026-02-01')`,
      [code, amount, account[0]?.id],
    );
  }
  const clock = { now: Date.parse("2026-11-23T05:00:00Z") / 1000 };
  const services = { now: () => clock.now, rules: rulesStore(db), pledges: store };
  const owed = async () => (await stageTotals(db, ["LD1"])).get("LD1")?.pledged;
  expect(await owed()).toBe(260n);
  const before = await changes();
  expect(await expirePledges(services)).toBe(2);
  expect(await changes()).toBe(before + 1n);
  expect(await owed()).toBe(100n);
  const states = await db.rows<{ code: string }>(
    `select code from pledge where state = 'expired' order by code`,
  );
  expect(states.map(({ code }) => code)).toEqual(["QN1", "QN5"]);
  const standing = async (code: string) => {
    const page = await store.page(code);
    return page && standingOf(page, clock.now);
  };
  expect(await standing("QN1")).toBe("expired");
  expect(await standing("QN5")).toBe("part-ended");
  expect(await standing("QN3")).toBe("paid");
  expect(await expirePledges(services)).toBe(0);
  expect(await changes()).toBe(before + 1n);
  clock.now += 86_400;
  expect(await expirePledges(services)).toBe(1);
  // Under the rule of an earlier day ten days were enough; on a day without a rule nothing expires by guess.
  clock.now = Date.parse("2021-01-01T05:00:00Z") / 1000;
  await expect(expirePledges(services)).rejects.toThrow("pledges.grace-days for 2021-01-01");
});

test("what was paid of a promise that nobody confirmed counts by itself; the rest counts nowhere", async () => {
  const { db } = database;
  await db.rows(`delete from pledge`);
  const store = pledgeStore(db);
  await store.add({ ...pledge, code: "QNB222222", formKey: "b2", amount: 100n });
  const [account] = await db.rows<{ id: number }>(
    `insert into account (code, kind, unit, axis, may_be_negative, opened_by, campaign)
     values ('clearing:vnpay:LD1', 'clearing', 'VND', true, false, 1, 'LD1') returning id`,
  );
  await db.rows(`insert into account_state (account_id, received, sent) values ($1, 40, 0)`, [
    account?.id,
  ]);
  await db.rows(
    `insert into donation (code, entry, pledge, campaign, channel, account_id, lo, amount, received_on)
     values ('QNB222222', 900, 'QNB222222', 'LD1', 'vnpay', $1, 1, 40, '2026-02-01')`,
    [account?.id],
  );
  expect((await stageTotals(db, ["LD1"])).get("LD1")).toMatchObject({
    pledged: 40n,
    received: 40n,
    unsettled: 40n,
  });
  expect(await unconfirmedOf(db, "LD1")).toEqual({ count: 1, amount: 60n });
  expect((await store.page("QNB222222"))?.gifts).toMatchObject([
    { channel: "vnpay", amount: 40n, unsettled: true },
  ]);
});
