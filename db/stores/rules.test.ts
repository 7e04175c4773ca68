import { afterAll, beforeAll, expect, test } from "vitest";

import { type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { rulesStore } from "./rules.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase("embedded");
  await base.db.rows(
    `insert into rule (code, valid_from, valid_to, value, source) values
      ('x.days', '2021-12-24', '2026-06-30', '60', 'test'), ('x.days', '2026-07-01', null, '90', 'test')`,
  );
});
afterAll(() => base.close());

test("the row in force on the day answers, the first and last day included", async () => {
  const rules = rulesStore(base.db);
  expect(await rules.on("x.days", "2021-12-23")).toBeUndefined();
  expect(await rules.on("x.days", "2021-12-24")).toBe(60);
  expect(await rules.on("x.days", "2026-06-30")).toBe(60);
  expect(await rules.on("x.days", "2026-07-01")).toBe(90);
  expect(await rules.on("y", "2026-07-01")).toBeUndefined();
});

test("what was read is kept a minute, what failed is not", async () => {
  let now = 0;
  let broken = true;
  let asked = 0;
  const db = {
    ...base.db,
    orm: () => {
      asked += 1;
      return broken ? Promise.reject(new Error("no database")) : base.db.orm();
    },
  };
  const rules = rulesStore(db, () => now);
  await expect(rules.on("x.days", "2026-07-01")).rejects.toThrow("no database");
  broken = false;
  await Promise.all(Array.from({ length: 50 }, () => rules.on("x.days", "2026-07-01")));
  expect(asked).toBe(2);
  now = 59_999;
  await rules.on("x.days", "2022-01-01");
  expect(asked).toBe(2);
  now = 60_000;
  expect(await rules.on("x.days", "2022-01-01")).toBe(60);
  expect(asked).toBe(3);
});
