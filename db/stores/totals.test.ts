import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { ledgerTotals, NO_TOTALS } from "#app/domain/ledger/totals.ts";

import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { bookByHand } from "../../tests/support/hand-made-books.ts";
import { stageTotals } from "./totals.ts";

describe.each(databaseKinds())("totals from account sums on %s", (kind) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase(kind);
    await bookByHand(test.db);
  });
  afterAll(() => test.close());

  it("are those of the movements one by one", async () => {
    const movements = await test.db.rows<{ from: string; to: string; amount: bigint }>(
      `select f.code as "from", t.code as "to", m.amount
         from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account`,
    );
    const counted = ledgerTotals(movements);
    const told = await stageTotals(test.db, ["LD1", "LD2", "LD3"]);
    for (const campaign of ["LD1", "LD2", "LD3"]) {
      expect(told.get(campaign)).toMatchObject(counted.get(campaign) ?? NO_TOTALS);
    }
    expect(told.get("LD1")?.received).toBe(47_500_000n);
  });

  it("add to what was received only what open promises still owe", async () => {
    const told = await stageTotals(test.db, ["LD1"]);
    expect(told.get("LD1")?.pledged).toBe(47_500_000n + 1_500_000n + 30_000_000n);
    expect([...told.keys()]).toEqual(["LD1"]);
  });

  it("are nothing for no campaign", async () => {
    expect(await stageTotals(test.db, [])).toEqual(new Map());
  });
});
