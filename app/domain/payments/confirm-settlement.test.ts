import { afterAll, beforeAll, expect, it } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import type { Db } from "#db/client.ts";
import { giftRangesStore } from "#db/stores/gift-ranges.ts";
import { ledgerStore } from "#db/stores/ledger.ts";
import { openingsStore } from "#db/stores/openings.ts";

import { type TestDatabase, testDatabase } from "../../../tests/support/database.ts";
import { payingServices, TEST_NOW, testCode, twoCampaigns } from "../../../tests/support/paying.ts";
import { sealPaper } from "../acts/paper.ts";
import { confirmSettlement, type Settlement } from "./confirm-settlement.ts";

let database: TestDatabase;
let paying: Awaited<ReturnType<typeof payingServices>>;

const sealing = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => "ab".repeat(bytes),
};

function services() {
  const making = { ...sealing, now: () => TEST_NOW };
  const over = (db: Db) => ({
    ledger: ledgerStore(db, making),
    openings: openingsStore(db),
    giftRanges: giftRangesStore(db),
  });
  return {
    write: <Value>(work: (stores: ReturnType<typeof over>) => Promise<Value>) =>
      database.db.begin((tx) => work(over(tx))),
  };
}

const gift = (n: number, amount: bigint, campaign = "LD1") => ({
  key: `vnpay:${testCode(n)}-1`,
  code: testCode(n),
  campaign,
  channel: "vnpay" as const,
  to: `clearing:vnpay:${campaign}`,
  amount,
  receivedOn: "2026-11-23",
  evidence: [],
});

const settlement = (more: Partial<Settlement> = {}): Settlement => ({
  key: "settlement:vnpay:2026-11-23",
  on: "2026-11-23",
  role: "committee",
  papers: [sealPaper(sealing, "statement-line", new TextEncoder().encode("payout"))],
  channel: "vnpay",
  gifts: [
    { gift: testCode(1), fee: 2_000n },
    { gift: testCode(2), fee: 0n },
    { gift: testCode(3), fee: 1n },
  ],
  paidOut: 200_000n - 2_000n + 50_000n + 99_999n,
  ...more,
});

beforeAll(async () => {
  database = await testDatabase("embedded");
  await twoCampaigns(database.db);
  paying = await payingServices(database.db);
  await paying.intake.recordMany([
    gift(1, 200_000n),
    gift(2, 50_000n),
    gift(3, 100_000n, "LD2"),
    gift(4, 70_000n),
  ]);
});
afterAll(async () => {
  await paying.intake.stop();
  await database.close();
});

const balances = async () => {
  const rows = await database.db.rows<{ code: string; left: bigint }>(
    `select a.code, s.received - s.sent as left from account a join account_state s on s.account_id = a.id order by 1`,
  );
  return Object.fromEntries(rows.map(({ code, left }) => [code, left]));
};

it("refuses what does not fit, and writes nothing", async () => {
  const before = await balances();
  const problem = async (more: Partial<Settlement>) => {
    const done = await confirmSettlement(services(), settlement(more));
    return done.ok ? undefined : done.problem.code;
  };
  expect(await problem({ papers: [] })).toBe("settlement.no-paper");
  expect(await problem({ gifts: [] })).toBe("settlement.empty");
  expect(await problem({ paidOut: 1n })).toBe("settlement.sum");
  expect(await problem({ channel: "stripe" })).toBe("settlement.not-in-clearing");
  const [one] = settlement().gifts;
  if (!one) throw new Error("no gift");
  expect(await problem({ gifts: [one, one] })).toBe("settlement.twice");
  expect(await problem({ gifts: [{ gift: "QN2222222", fee: 0n }] })).toBe("gift.unknown");
  expect(await problem({ gifts: [{ ...one, fee: 200_000n }] })).toBe("settlement.bad-fee");
  // The second campaign is refused for its day: the first one's entry goes with it.
  expect(await problem({ on: "2026-12-24" })).toBe("ledger.in-the-future");
  expect(await balances()).toEqual(before);
});

it("moves each gift's own numbers, net to the fund and the fee from their end, once", async () => {
  const done = await confirmSettlement(services(), settlement());
  expect(done).toMatchObject({ ok: true, value: [{ again: false }, { again: false }] });
  expect(await balances()).toEqual({
    "clearing:vnpay:LD1": 70_000n,
    "clearing:vnpay:LD2": 0n,
    "fee:vnpay:LD1": 2_000n,
    "fee:vnpay:LD2": 1n,
    "fund:LD1": 248_000n,
    "fund:LD2": 99_999n,
  });
  const fees = await database.db.rows<{ from_lo: bigint; amount: bigint }>(
    `select m.from_lo, m.amount from movement m join account a on a.id = m.to_account where a.code = 'fee:vnpay:LD1'`,
  );
  expect(fees).toEqual([{ from_lo: 198_001n, amount: 2_000n }]);
  const again = await confirmSettlement(services(), settlement());
  expect(again).toMatchObject({ ok: true, value: [{ again: true }, { again: true }] });
  expect((await balances())["fund:LD1"]).toBe(248_000n);
  const twice = await confirmSettlement(services(), settlement({ key: "settlement:vnpay:other" }));
  expect(twice).toMatchObject({ ok: false, problem: { code: "ledger.moved-on" } });
});
