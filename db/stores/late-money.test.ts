import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readBankCsv } from "#app/adapters/bank-csv.ts";
import { must } from "#app/domain/kernel/result.ts";
import { importStatement } from "#app/domain/bank-lines/import-statement.ts";
import { readStatement } from "#app/domain/bank-lines/read-statement.ts";
import { startPayment } from "#app/domain/payments/start-payment.ts";
import { seedPlan } from "#db/seeds/plan.ts";

import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { addPledge, payingServices, testCode, twoCampaigns } from "../../tests/support/paying.ts";

describe.each(databaseKinds())("money after a campaign's end on %s", (kind) => {
  let database: TestDatabase;
  let services: Awaited<ReturnType<typeof payingServices>>;

  beforeEach(async () => {
    database = await testDatabase(kind);
    await seedPlan(database.db);
    await twoCampaigns(database.db);
    services = await payingServices(database.db);
  });
  afterEach(async () => {
    await services.intake.stop();
    await database.close();
  });

  const END = "2026-11-10";
  const stop = (column: "ends_on" | "closed_on") =>
    database.db.rows(`update campaign set ${column} = $1::text::date where id = 'LD1'`, [END]);

  async function paid(...lines: readonly string[]) {
    const text = ["date,reference,debit,credit,balance,text", ...lines].join("\n");
    const statement = must(readStatement(readBankCsv(Buffer.from(text)).records));
    must(await importStatement(services, statement, "A1"));
    return database.db.rows<{ to: string; campaign: string | null }>(
      `select a.code as to, d.campaign from donation d join account a on a.id = d.account_id order by d.entry`,
    );
  }

  it.each(["ends_on", "closed_on"] as const)(
    "waits in suspense for a person (%s)",
    async (column) => {
      const code = testCode(60);
      await addPledge(database.db, code, 200_000n, "LD1");
      await stop(column);
      const books = await paid(
        `10/11/2026,A,,200000,,${code}`,
        `11/11/2026,B,,200000,,${code}`,
        `11/11/2026,C,,300000,,${testCode(1)} theo ma chien dich`,
      );
      expect(books).toEqual([
        { to: "fund:LD1", campaign: "LD1" },
        { to: "suspense:A1", campaign: null },
        { to: "suspense:A1", campaign: null },
      ]);
      const told = await database.db.rows<{ facts: string }>(
        `select facts from attention where kind = 'line-after-end' order by id`,
      );
      expect(told).toHaveLength(2);
      expect(told[0]?.facts).toContain(END);
    },
  );

  it("honours a promise that was taken in before the end, for its days of grace", async () => {
    const kept = testCode(61);
    const late = testCode(62);
    for (const code of [kept, late]) await addPledge(database.db, code, 200_000n, "LD1");
    await stop("ends_on");
    await database.db.rows(
      `update pledge set intent = 'promised', promised_on = case code when $1 then date '2026-11-01' else date '2026-08-01' end`,
      [kept],
    );
    expect(await paid(`15/11/2026,A,,200000,,${kept}`, `15/11/2026,B,,200000,,${late}`)).toEqual([
      { to: "fund:LD1", campaign: "LD1" },
      { to: "suspense:A1", campaign: null },
    ]);
  });

  it("opens no payment link once the campaign has ended", async () => {
    const code = testCode(63);
    await addPledge(database.db, code, 200_000n, "LD1");
    await stop("closed_on");
    const started = await startPayment(services, {
      code,
      channel: "vnpay",
      locale: "vi",
      address: "127.0.0.1",
      returnUrl: "http://localhost/r",
      cancelUrl: "http://localhost/c",
      title: "x",
    });
    expect(started).toMatchObject({ problem: { code: "payment.campaign-ended", on: END } });
  });
});
