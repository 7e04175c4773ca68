import { randomBytes } from "node:crypto";

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { emptyLedger } from "../../tests/support/empty-ledger.ts";
import { allCommands } from "../../tests/support/ledger-life/acts.ts";
import { type Model, newModel, type Real } from "../../tests/support/ledger-life/life.ts";
import { expectSound, expectTraced, readBooks } from "../../tests/support/sound-books.ts";
import { startIntake } from "./intake.ts";
import { ledgerStore } from "./ledger.ts";

/** Random lives of a ledger; `LEDGER_RUNS` asks for more of them. */
const RUNS = Number(process.env["LEDGER_RUNS"] ?? 8);

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  beforeAll(async () => {
    base = await testDatabase(kind);
  });
  afterAll(() => base.close());

  async function setup(): Promise<{ model: Model; real: Real; stop: () => Promise<void> }> {
    const { db } = base;
    await emptyLedger(db);
    const model = newModel();
    const making = {
      sha256: sha256Hex,
      randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
      now: () => model.now,
    };
    const intake = await startIntake(db, making);
    return {
      model,
      real: { db, intake, ledger: ledgerStore(db, making) },
      stop: () => intake.stop(),
    };
  }

  test("whatever happens to it, a ledger stays sound", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands(allCommands, { maxCommands: 100, size: "max" }),
        async (acts) => {
          const { model, real, stop } = await setup();
          try {
            await fc.asyncModelRun(() => ({ model, real }), acts);
            const books = await readBooks(real.db);
            expectSound(books);
            await expectTraced(real.db, books);
            expect(books.entries).toHaveLength(model.entries.length);
          } finally {
            await stop();
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: RUNS < 50 },
    );
  });
});
