import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readBankCsv } from "#app/adapters/bank-csv.ts";
import { must } from "#app/domain/kernel/result.ts";
import { importStatement, type ImportSummary } from "#app/domain/bank-lines/import-statement.ts";
import { handOnWaitingLines } from "#app/domain/bank-lines/hand-on-lines.ts";
import { readStatement } from "#app/domain/bank-lines/read-statement.ts";

import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import {
  addPledge,
  payingServices,
  TEST_NOW,
  testCode,
  twoCampaigns,
} from "../../tests/support/paying.ts";

const HEADER = "date,reference,debit,credit,balance,text";

type Paying = Awaited<ReturnType<typeof payingServices>>;

describe.each(databaseKinds())("bank statements on %s", (kind) => {
  let database: TestDatabase;
  let services: Paying;

  beforeEach(async () => {
    database = await testDatabase(kind);
    await twoCampaigns(database.db);
    services = await payingServices(database.db);
  });
  afterEach(async () => {
    await services.intake.stop();
    await database.close();
  });

  async function importText(
    text: string,
    account = "A1",
    using = services,
  ): Promise<ImportSummary> {
    const csv = readBankCsv(Buffer.from(text));
    const statement = must(readStatement(csv.records));
    return must(await importStatement(using, statement, account));
  }

  /** What the books say, without what a clock or chance makes. */
  async function books() {
    return database.db.rows<{ code: string; to: string; amount: bigint; lo: bigint }>(
      `select d.entry, d.code, d.pledge, d.campaign, a.code as to, d.lo, d.amount, d.received_on, e.kind, e.reason
         from donation d join entry e on e.number = d.entry join account a on a.id = d.account_id order by d.entry`,
    );
  }

  const lines = () =>
    database.db.rows<{ rule: number; matched_code: string | null; needs_look: boolean }>(
      `select rule, matched_code, needs_look from statement_line order by id`,
    );

  it("places broken, lower-case, spaced, accented, misread and foreign codes by the rules", async () => {
    const codes = [10, 11, 12, 14, 15].map((n) => testCode(n * 7_919));
    const [a = "", b = "", c = "", e = "", f = ""] = codes;
    for (const code of codes) await addPledge(database.db, code, 200_000n);
    await addPledge(database.db, testCode(555_555), 200_000n, "LD1", "withdrawn");
    const rows = [
      `23/11/2026,FT1,,"200,000",,MBVCB.123.${a}.CT tu 0123 NGUYEN VAN A`,
      `23/11/2026,FT2,,200.000,,${b.toLowerCase()} ủng hộ`,
      `23/11/2026,FT3,,200000,,${c.slice(0, 4)} ${c.slice(4, 7)} ${c.slice(7)} cam on`,
      `23/11/2026,FT4,,200000,,"${e.slice(0, 5)}\n${e.slice(5)} ngat dong"`,
      `23/11/2026,FT5,,300000,,${f} khac so tien`,
      `23/11/2026,FT6,,200000,,ung ho ${testCode(1)}`,
      `23/11/2026,FT7,,200000,,${testCode(777_777)} ma la`,
      `23/11/2026,FT8,,200000,,${testCode(555_555)} da rut`,
      `23/11/2026,FT9,,200000,,khong co ma`,
      `23/11/2026,FT10,50000,,,phi dich vu`,
      `23/11/2026,FT11,,200000,,${a.normalize("NFD").replace("Q", "Q\u0301")} lan hai`,
    ];
    const summary = await importText([HEADER, ...rows].join("\n"));
    expect(summary).toMatchObject({
      lines: 11,
      added: 11,
      handedOn: { booked: 10, queued: 0 },
      bad: [],
    });
    expect((await lines()).map(({ rule }) => rule)).toEqual([2, 2, 3, 3, 2, 5, 6, 6, 6, 0, 2]);
    expect(await lines()).toMatchObject([
      { matched_code: a, needs_look: false },
      { matched_code: b, needs_look: false },
      { matched_code: c, needs_look: false },
      { matched_code: e, needs_look: false },
      { matched_code: f, needs_look: true },
      { matched_code: testCode(1), needs_look: false },
      { matched_code: null },
      { matched_code: null },
      { matched_code: null },
      { matched_code: null },
      { matched_code: a, needs_look: true },
    ]);
    const booked = await books();
    expect(booked.map(({ to }) => to)).toEqual([
      ...Array.from({ length: 6 }, () => "fund:LD1"),
      ...Array.from({ length: 3 }, () => "suspense:A1"),
      "fund:LD1",
    ]);
    expect(booked.at(-1)?.code).toBe(`${a}-2`);
    expect(booked[4]).toMatchObject({ code: f, amount: 300_000n });
  });

  it("books money that comes for an expired promise as ever", async () => {
    const code = testCode(666_666);
    await addPledge(database.db, code, 200_000n, "LD1", "expired");
    await importText(`${HEADER}\n23/11/2026,FT1,,200000,,${code} muon`);
    expect(await lines()).toEqual([{ rule: 2, matched_code: code, needs_look: false }]);
    expect(await books()).toMatchObject([{ code, to: "fund:LD1", amount: 200_000n }]);
  });

  it("guesses one misread sign and tells a person", async () => {
    const real = [...Array(400).keys()]
      .map((n) => testCode(n * 31_337))
      .find((one) => one.includes("S"));
    if (!real) throw new Error("no code with S");
    await addPledge(database.db, real, 200_000n);
    await importText(`${HEADER}\n23/11/2026,FT1,,200000,,${real.replace("S", "5")} ung ho`);
    expect(await lines()).toEqual([{ rule: 4, matched_code: real, needs_look: true }]);
  });

  it("a second and a third import change nothing, also with more lines after the first ones", async () => {
    await addPledge(database.db, testCode(50), 200_000n);
    const first = [HEADER, `20/11/2026,A,,200000,,${testCode(50)}`, "20/11/2026,,,1000,,x"];
    // Two gifts that look the same are two gifts.
    first.push("20/11/2026,,,1000,,x");
    expect(await importText(first.join("\n"))).toMatchObject({
      added: 3,
      handedOn: { booked: 3, queued: 0 },
    });
    const before = await books();
    expect(await importText(first.join("\n"))).toMatchObject({
      added: 0,
      known: 3,
      handedOn: { booked: 0, queued: 0 },
    });
    expect(await books()).toEqual(before);
    const more = await importText([...first, "21/11/2026,B,,5000,,y"].join("\r\n"));
    expect(more).toMatchObject({ added: 1, known: 3, handedOn: { booked: 1, queued: 0 } });
    expect((await books()).slice(0, 3)).toEqual(before);
  });

  it("names bad lines with their numbers and imports the others", async () => {
    const text = [
      HEADER,
      "31/02/2026,A,,1000,,x",
      "20/11/2026,B,,abc,,x",
      "20/11/2026,C,5,5,,x",
      "20/11/2026,D,,,,x",
      '20/11/2026,E,,1000,,"open quote',
      "20/11/2026,F,,1000,12x,y",
      "25/12/2026,G,,1000,,tomorrow",
      "20/11/2026,H,,1.000,,good",
      "20/11/2026,I,,1000,,good",
      "20/11/2026,J,,1000,,good",
      "20/11/2026,K,,1000,,good",
      "0001-01-01,L,,1000,,long ago",
      "31/12/2020,M,,1000,,the day before the account",
      "01/01/2021,N,,1000,,good",
    ].join("\n");
    const csv = readBankCsv(Buffer.from(text));
    expect(csv.bad).toEqual([{ line: 6, code: "broken-quotes" }]);
    const statement = must(readStatement(csv.records));
    const summary = must(await importStatement(services, statement, "A1"));
    expect(summary.added).toBe(5);
    expect(summary.bad).toEqual([
      { line: 2, code: "no-day" },
      { line: 3, code: "bad-amount" },
      { line: 4, code: "two-amounts" },
      { line: 5, code: "no-amount" },
      { line: 7, code: "bad-balance" },
      { line: 8, code: "in-the-future" },
      { line: 13, code: "before-the-account" },
      { line: 14, code: "before-the-account" },
    ]);
    const [first] = await database.db.rows<{ day: string }>(
      `select min(received_on)::text as day from donation`,
    );
    expect(first?.day).toBe("2021-01-01");
  });

  it("checks balances, and names a sum that does not fit", async () => {
    const good = [
      "So tai khoan: 113366668888",
      "So du dau ky,1.000.000",
      "Ngày giao dịch,Số tham chiếu,Số tiền ghi nợ,Số tiền ghi có,Số dư,Mô tả",
      "20/11/2026,A,,200.000,1.200.000,x",
      "20/11/2026,B,100.000,,1.100.000,phi",
      "So du cuoi ky,1.100.000",
    ].join("\n");
    const csv = readBankCsv(Buffer.from(good));
    const statement = must(readStatement(csv.records));
    expect(statement).toMatchObject({
      format: "vietcombank",
      accountNumber: "113366668888",
      opening: 1_000_000n,
      closing: 1_100_000n,
    });
    expect(must(await importStatement(services, statement)).balance).toBeUndefined();
    const cut = good.replace("20/11/2026,B,100.000,,1.100.000,phi\n", "").replace(",A,", ",Z,");
    expect((await importText(cut)).balance).toEqual({
      code: "statement.sum",
      expected: 1_100_000n,
      found: 1_200_000n,
    });
    const [row] = await database.db.rows(
      `select kind from attention where kind = 'statement-balance'`,
    );
    expect(row).toBeDefined();
  });

  it("refuses an unknown account and a file of another account", async () => {
    const statement = must(
      readStatement(readBankCsv(Buffer.from(`${HEADER}\n20/11/2026,A,,1,,x`)).records),
    );
    expect(await importStatement(services, statement)).toMatchObject({
      problem: { code: "statement.no-account" },
    });
    const other = { ...statement, accountNumber: "999" };
    expect(await importStatement(services, other, "A1")).toMatchObject({
      problem: { code: "statement.other-account" },
    });
    expect(readStatement([{ line: 1, cells: ["a", "b"] }])).toMatchObject({
      problem: { code: "statement.no-header" },
    });
  });

  it("money into a commune's account is a direct gift; for another commune's campaign it waits", async () => {
    await addPledge(database.db, testCode(60), 200_000n, "LD2");
    await addPledge(database.db, testCode(61), 200_000n, "LD1");
    const text = [
      HEADER,
      `01/10/2026,A,,200000,,${testCode(60)}`,
      `20/11/2026,B,,200000,,${testCode(61)}`,
      `20/11/2026,C,,200000,,${testCode(2)}`,
    ].join("\n");
    await importText(text, "4200201000001");
    expect(await books()).toMatchObject([
      {
        to: "commune:20446:LD2",
        kind: "direct-gift",
        reason: "late-statement",
        code: testCode(60),
      },
      { to: "suspense:C1", kind: "suspense-received", pledge: null, campaign: null },
      { to: "commune:20446:LD2", kind: "direct-gift", pledge: null, campaign: "LD2" },
    ]);
    const [row] = await database.db.rows<{ subject: string }>(
      `select subject from attention where kind = 'line-wrong-account'`,
    );
    expect(row).toBeDefined();
  });

  it("tells a person of a debit that takes a credit back, and leaves settlements alone", async () => {
    const text = [
      HEADER,
      `20/11/2026,FT26327000001,,200000,,khong ma`,
      `21/11/2026,FT26328000002,200000,,,Hoan tra FT26327000001`,
      `21/11/2026,FT26328000003,70000,,,phi thuong nien`,
      `21/11/2026,FT26328000004,,5000000,,VNPAY QUYET TOAN 20/11/2026 KNDEMO01`,
    ].join("\n");
    const summary = await importText(text);
    expect(summary.byRule).toMatchObject({ 6: 1, debit: 2, settlement: 1 });
    expect((await lines()).map(({ needs_look }) => needs_look)).toEqual([false, true, false, true]);
    expect(await books()).toHaveLength(1);
    expect(
      await database.db.rows(`select 1 from attention where kind = 'line-reversed'`),
    ).toHaveLength(1);
  });

  it("lets others go first between its portions, while it keeps lines and while it books them", async () => {
    const rows = Array.from(
      { length: 450 },
      (_, n) => `19/11/2026,TURN${n},,${60_000 + n},,khong ro`,
    );
    let turns = 0;
    let least = Infinity;
    let most = 0;
    const watching = {
      ...services,
      async giveWay() {
        turns += 1;
        const [row] = await database.db.rows<{ n: bigint }>(`select count(*) as n from entry`);
        least = Math.min(least, Number(row?.n));
        most = Math.max(most, Number(row?.n));
      },
    };
    await importText([HEADER, ...rows].join("\n"), "A1", watching);
    // Somebody else was answered at least twice for every hundred lines, before and while gifts were booked.
    expect(turns).toBeGreaterThanOrEqual(10);
    expect(most - least).toBeGreaterThan(100);
  });

  it("killed at any point and run again, it equals one clean run", async () => {
    for (let n = 0; n < 40; n += 1) await addPledge(database.db, testCode(1_000 + n), 50_000n);
    const rows = Array.from({ length: 1_234 }, (_, n) => {
      const memo =
        n % 3 === 0 ? testCode(1_000 + (n % 40)) : n % 5 === 0 ? testCode(1) : "khong ro";
      return `19/11/2026,FT${n % 700},,${50_000 + (n % 7)},,${memo}`;
    });
    const text = [HEADER, ...rows].join("\n");

    // Dies while keeping the second part, then while booking, then is run again twice.
    let kept = 0;
    const dyingKeep = {
      ...services,
      bankStatements: {
        ...services.bankStatements,
        keep: (...args: Parameters<Paying["bankStatements"]["keep"]>) =>
          (kept += 1) > 1
            ? Promise.reject(new Error("killed"))
            : services.bankStatements.keep(...args),
      },
    };
    await expect(importText(text, "A1", dyingKeep)).rejects.toThrow("killed");
    let booked = 0;
    const dyingBooks = {
      ...services,
      intake: {
        ...services.intake,
        recordMany: async (gifts: Parameters<Paying["intake"]["recordMany"]>[0]) => {
          if (gifts.length > 50 && (booked += 1) > 1) {
            await services.intake.recordMany(gifts.slice(0, 50));
            throw new Error("killed");
          }
          return services.intake.recordMany(gifts);
        },
      },
    };
    await expect(importText(text, "A1", dyingBooks)).rejects.toThrow("killed");
    expect(await importText(text)).toMatchObject({
      lines: 1_234,
      added: 0,
      handedOn: { booked: 1_084, queued: 0 },
    });
    expect(await importText(text)).toMatchObject({ added: 0, handedOn: { booked: 0, queued: 0 } });
    expect(await handOnWaitingLines(services)).toEqual({ booked: 0, queued: 0 });
    const broken = await books();

    await services.intake.stop();
    await database.close();
    database = await testDatabase(kind);
    await twoCampaigns(database.db);
    services = await payingServices(database.db, { now: TEST_NOW });
    for (let n = 0; n < 40; n += 1) await addPledge(database.db, testCode(1_000 + n), 50_000n);
    expect(await importText(text)).toMatchObject({
      added: 1_234,
      handedOn: { booked: 1_234, queued: 0 },
    });
    expect(await books()).toEqual(broken);
  });
});
