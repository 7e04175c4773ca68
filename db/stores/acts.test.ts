import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { must } from "#app/domain/kernel/result.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { expectSound, readBooks } from "../../tests/support/sound-books.ts";
import { officialWriting } from "./acts.ts";
import { startIntake } from "./intake.ts";

const DAY = "2024-05-20";
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  now: () => Date.parse(`${DAY}T03:00:00Z`) / 1000,
};

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  beforeAll(async () => {
    base = await testDatabase(kind);
  });
  afterAll(() => base.close());

  test("what an official act reads still holds when it is booked, also among gifts", async () => {
    const { db } = base;
    const intake = await startIntake(db, making);
    const give = (n: number) =>
      intake.record({
        key: `k${n}`,
        code: `Q${n}`,
        channel: "bank",
        to: "fund:LD1",
        amount: 10n,
        receivedOn: DAY,
        evidence: [],
      });
    await give(0);
    const { write } = officialWriting(db, making);
    // Each act pays out all there is: it must find just that when it is booked.
    const payOut = (n: number) =>
      write(async ({ ledger }) => {
        const state = await ledger.state("fund:LD1");
        const all = (state?.received ?? 0n) - (state?.sent ?? 0n);
        await pause(10);
        if (all === 0n) return undefined;
        return must(
          await ledger.post({
            key: `act:${n}`,
            kind: "disbursement",
            effectiveOn: DAY,
            legs: [{ from: "fund:LD1", to: "commune:1:LD1", amount: all }],
            assertions: [{ account: "fund:LD1", balance: all }],
          }),
        );
      });
    await Promise.all([
      ...Array.from({ length: 6 }, (_, n) => payOut(n)),
      ...Array.from({ length: 30 }, async (_, n) => {
        await pause(n * 3);
        await give(n + 1);
      }),
    ]);
    await intake.stop();
    const books = await readBooks(db);
    expectSound(books);
    expect(books.donations).toHaveLength(31);
  });

  test("an act that fails leaves nothing", async () => {
    const { db } = base;
    const { write } = officialWriting(db, making);
    const before = await readBooks(db);
    await expect(
      write(async ({ ledger }) => {
        const legs = [{ from: "world:donor:cash", to: "fund:LD9", amount: 5n }];
        must(await ledger.post({ key: "x", kind: "donation-received", effectiveOn: DAY, legs }));
        throw new Error("thought better of it");
      }),
    ).rejects.toThrow("better");
    expect(await readBooks(db)).toEqual(before);
  });
});
