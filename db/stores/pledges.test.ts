import { afterAll, beforeAll, expect, test } from "vitest";

import type { Pledge } from "#app/domain/pledges/ports.ts";

import { type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { pledgeStore } from "./pledges.ts";

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
    attempt: null,
    campaign: { slug: "bo-la-dee" },
    account: { number: "4201", owner: "appeal" },
  });
  const text = JSON.stringify(page, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}` : value,
  );
  expect(text).not.toContain("Đào");
  expect(await store.page("QN7777777")).toBeUndefined();
});
