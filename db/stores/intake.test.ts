import { randomBytes } from "node:crypto";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { IntakeGift } from "#app/domain/ledger/intake.ts";
import type { Reason } from "#app/domain/ledger/reasons.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { emptyLedger } from "../../tests/support/empty-ledger.ts";
import { twoCampaigns } from "../../tests/support/paying.ts";
import { expectSound, expectTraced, readBooks } from "../../tests/support/sound-books.ts";
import type { Database } from "../client.ts";
import { type IntakeOptions, type RunningIntake, startIntake } from "./intake.ts";
import { ledgerStore } from "./ledger.ts";
import { giftForQueue } from "./queued-gift.ts";

const DAY = "2024-05-20";
const NOW = Date.parse(`${DAY}T03:00:00Z`) / 1000;
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  now: () => NOW,
};

function gift(n: number, more: Partial<IntakeGift> = {}): IntakeGift {
  return {
    key: `bank:${n}`,
    code: `QN${n}`,
    campaign: "LD1",
    channel: "bank",
    to: "fund:LD1",
    amount: BigInt(1000 + n),
    receivedOn: DAY,
    evidence: [],
    ...more,
  };
}

const many = (count: number, more: (n: number) => Partial<IntakeGift> = () => ({})) =>
  Array.from({ length: count }, (_, n) => gift(n, more(n)));

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  const running: RunningIntake[] = [];

  beforeAll(async () => {
    base = await testDatabase(kind);
  });
  afterAll(() => base.close());

  async function begin(options: Partial<IntakeOptions> = {}): Promise<[Database, RunningIntake]> {
    await emptyLedger(base.db);
    await base.db.rows(`delete from attention`);
    return [base.db, await another(options)];
  }

  async function another(options: Partial<IntakeOptions> = {}): Promise<RunningIntake> {
    const intake = await startIntake(base.db, { ...making, ...options });
    running.push(intake);
    return intake;
  }

  afterEach(async () => {
    for (const intake of running.splice(0)) await intake.stop();
    expectSound(await readBooks(base.db));
  });

  const entries = async (db: Database) =>
    db.rows<{ number: bigint; effective: string; reason: string | null; recorded: bigint }>(
      `select number, effective_on::text as effective, reason, recorded_at as recorded from entry order by number`,
    );
  const codes = async (db: Database) =>
    (await db.rows<{ code: string }>(`select code from donation order by entry`)).map(
      ({ code }) => code,
    );
  const queued = async (db: Database) =>
    (await db.rows<{ key: string }>(`select key from sequencer_queue order by id`)).map(
      ({ key }) => key,
    );

  test("gifts get their numbers in the order in which they came, also the first of an account", async () => {
    const [db, intake] = await begin();
    const funds = (n: number) => ({ to: `fund:LD${n % 40 === 7 ? n : 1}` });
    const recorded = await intake.recordMany(many(600, funds));
    expect(recorded).toEqual(
      many(600).map(({ code }, n) => ({ state: "booked", entry: n + 1, code })),
    );
    const books = await readBooks(db);
    await expectTraced(db, { ...books, donations: books.donations.slice(-10) });
  });

  test("a gift told again is booked once: in a batch, later, after a restart", async () => {
    const [db, intake] = await begin();
    const told = [...many(5), ...many(5), ...many(3)];
    const recorded = await intake.recordMany(told);
    expect(recorded.slice(0, 5).map(({ state }) => state)).toEqual(Array(5).fill("booked"));
    expect(recorded.slice(5).map(({ state }) => state)).toEqual(Array(8).fill("already"));
    expect(await intake.record(gift(3))).toEqual({ state: "already", entry: 4 });
    expect(await intake.recordMany([gift(9), gift(0)])).toEqual([
      { state: "booked", entry: 6, code: "QN9" },
      { state: "already", entry: 1 },
    ]);
    await intake.stop();
    expect(await (await another()).record(gift(9))).toEqual({ state: "already", entry: 6 });
    expect(await codes(db)).toHaveLength(6);
  });

  test("the same key with another amount is told as a conflict", async () => {
    const [, intake] = await begin();
    await intake.record(gift(1));
    expect(await intake.record(gift(1, { amount: 7n }))).toEqual({
      state: "already",
      entry: 1,
      conflict: true,
    });
    expect(await intake.recordMany([gift(2), gift(3), gift(3, { amount: 8n })])).toMatchObject([
      { state: "booked" },
      { state: "booked" },
      { state: "already", conflict: true },
    ]);
  });

  test("who tells a gift again while its first telling fails is not told that it is booked", async () => {
    const [db, intake] = await begin();
    await intake.record(gift(0));
    const wrong = gift(1, { amount: 0n });
    const told = await Promise.allSettled(
      [gift(2), wrong, gift(1), wrong, gift(1)].map((one) => intake.record(one)),
    );
    expect(told.map((one) => (one.status === "fulfilled" ? one.value.state : "refused"))) //
      .toEqual(["booked", "refused", "booked", "already", "already"]);
    expect(await codes(db)).toEqual(["QN0", "QN2", "QN1"]);
  });

  test("a payment is booked once, whatever key it comes with", async () => {
    const [db, intake] = await begin();
    const outcome = { ref: "QN1-1", providerCode: "00", inbox: 5 };
    expect(await intake.record(gift(1, { outcome }))).toMatchObject({ state: "booked" });
    expect(await intake.record(gift(2, { outcome }))).toEqual({ state: "already" });
    expect(
      await intake.recordMany([
        gift(3, { outcome: { ...outcome, ref: "x" } }),
        gift(4, { outcome: { ...outcome, ref: "x" } }),
        gift(5, { to: "fund:NEW", outcome }),
      ]),
    ).toMatchObject([{ state: "booked" }, { state: "already" }, { state: "already" }]);
    expect(await db.rows(`select ref, state, inbox from payment_outcome order by ref`)).toEqual([
      { ref: "QN1-1", state: "paid", inbox: 5n },
      { ref: "x", state: "paid", inbox: 5n },
    ]);
    expect(await codes(db)).toEqual(["QN1", "QN3"]);
  });

  test("further gifts of a code are numbered, with a pledge and without", async () => {
    const [db, intake] = await begin();
    await intake.recordMany(many(3, () => ({ code: "QNA", pledge: "QNA" })));
    await intake.record(gift(3, { code: "QNA", pledge: "QNA" }));
    await intake.recordMany(many(7, () => ({ code: "QNA", pledge: "QNA" })).slice(3));
    // Suspense has no pledge.
    for (const n of [10, 11, 12, 13]) {
      await intake.record(gift(n, { code: "SP", to: "suspense:b1" }));
    }
    await intake.recordMany([
      gift(14, { code: "SP" }),
      gift(15, { code: "QNA" }),
      gift(16, { code: "SP" }),
    ]);
    expect((await codes(db)).join(" ")).toBe(
      "QNA QNA-2 QNA-3 QNA-4 QNA-5 QNA-6 QNA-7 SP SP-2 SP-3 SP-4 SP-5 QNA-8 SP-6",
    );
  });

  test("what cannot be booked is refused alone, and nothing waits for it", async () => {
    const [db, intake] = await begin();
    await intake.record(gift(0));
    const bad = [
      gift(100, { amount: 0n }),
      gift(101, { amount: -5n }),
      gift(103, { code: "a\ud800" }),
      gift(104, { code: "Hòa".normalize("NFD") }),
      gift(105, { reason: "nul\0" as Reason }),
      gift(107, { to: "nowhere" }),
      gift(108, { to: "herd:1:BO:r1" }),
      gift(109, { receivedOn: "2024-02-30" }),
    ];
    const told = many(40).flatMap((good, n) => [...bad.slice(n, n + 1), good]);
    const settled = await Promise.allSettled(told.map((one) => intake.record(one)));
    const refused = told.filter((_, at) => settled[at]?.status === "rejected");
    expect(refused.map(({ key }) => key)).toEqual(bad.map(({ key }) => key));
    expect((await codes(db)).toSorted()).toEqual(
      many(40)
        .map(({ code }) => code)
        .toSorted(),
    );
    expect(await intake.record(gift(50))).toMatchObject({ state: "booked" });
  });

  test("any text arrives as it was", async () => {
    const [db, intake] = await begin();
    const words = ['"', "\\", "{}", "{a,b}", "NULL", "", " ", "a\nb\tc", "'; --", "đồng 😀", '\\"'];
    await intake.recordMany(
      words.map((word, n) =>
        gift(n, { key: `k${word}`, code: `c${n}${word}`, pledge: word, reason: word as Reason }),
      ),
    );
    expect(
      await db.rows(
        `select e.idempotency_key as key, d.code, d.pledge, e.reason from donation d join entry e on e.number = d.entry order by 1`,
      ),
    ).toEqual(
      words
        .map((word, n) => ({ key: `k${word}`, code: `c${n}${word}`, pledge: word, reason: word }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    );
  });

  test("recorded times never go back with the clock, and a late gift carries its reason", async () => {
    let now = NOW;
    const [db, intake] = await begin({ now: () => now });
    await intake.record(gift(1));
    now -= 86_400;
    await intake.record(gift(2));
    await intake.record(gift(3, { to: "fund:NEW", receivedOn: "2024-05-12" }));
    await intake.record(gift(4, { receivedOn: "2024-05-12" }));
    await intake.record(gift(5, { receivedOn: "2024-05-13" }));
    expect(await entries(db)).toEqual(
      [
        [DAY, null],
        [DAY, null],
        ["2024-05-12", "late-notice"],
        ["2024-05-12", "late-notice"],
        ["2024-05-13", null],
      ].map(([effective, reason], at) => ({
        number: BigInt(at + 1),
        effective,
        reason,
        recorded: BigInt(NOW),
      })),
    );
  });

  test("a clock a day or more behind the last entry numbers nothing, and says so", async () => {
    let now = NOW;
    const trouble: unknown[] = [];
    const [db, intake] = await begin({ now: () => now, onTrouble: (error) => trouble.push(error) });
    await intake.record(gift(1));
    now = NOW - 86_401;
    const told = await Promise.allSettled(
      [gift(2), gift(3), gift(4, { to: "fund:NEW" })].map((one) => intake.record(one)),
    );
    expect(told.map((one) => one.status === "rejected" && String(one.reason))).toEqual(
      told.map(() => expect.stringContaining("but the books were last written at 2024-05-20")),
    );
    await db.rows(`insert into sequencer_queue (key, gift) values ($1, $2), ($3, $4)`, [
      "bank:5",
      giftForQueue(gift(5)),
      "bank:6",
      giftForQueue(gift(6)),
    ]);
    expect(await intake.drain()).toBe(0);
    expect(await codes(db)).toEqual(["QN1"]);
    expect(trouble.map(String)).toEqual([expect.stringMatching(/^ClockWrong: /)]);
    now = NOW + 60;
    expect(await intake.drain()).toBe(2);
    await intake.record(gift(2));
    expect((await entries(db)).map(({ recorded }) => Number(recorded) - NOW)).toEqual([
      0, 60, 60, 60,
    ]);
  });

  test("in books that were replayed, the clock is judged by when that was done", async () => {
    const now = NOW - 400 * 86_400;
    const replay = await begin();
    await replay[1].record(gift(1));
    await replay[1].stop();
    const site = await another({ now: () => now, replayedAt: now - 3_600 });
    expect(await site.record(gift(2))).toMatchObject({ state: "booked" });
    await site.stop();
    const back = await another({ now: () => now - 2 * 86_400, replayedAt: now });
    await expect(back.record(gift(3))).rejects.toThrow("the clock says");
    expect((await entries(replay[0])).map(({ recorded }) => Number(recorded))).toEqual([NOW, NOW]);
  });

  test("what no axis can hold is refused by itself and handed to a person, also from the queue", async () => {
    const [db, intake] = await begin();
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    await intake.record(gift(1, { amount: most - 1_000n }));
    await db.rows(`insert into sequencer_queue (key, gift) values ($1, $2)`, [
      "bank:9",
      giftForQueue(gift(9, { amount: 5_000n })),
    ]);
    const told = [
      gift(2, { amount: 1_001n }),
      gift(3, { to: "fund:LD2" }),
      gift(4, { to: "fund:LD3", amount: most + 1n }),
      gift(5, { amount: 1_000n }),
      gift(6, { amount: 1n }),
    ];
    const answers = await intake.recordMany(told);
    expect(answers.map(({ state }) => state)).toEqual([
      "refused",
      "booked",
      "refused",
      "booked",
      "refused",
    ]);
    await intake.drain();
    expect(await queued(db)).toEqual([]);
    const raised = await db.rows<{ subject: string; facts: string }>(
      `select subject, facts from attention where kind = 'gift-too-large' order by subject`,
    );
    expect(raised.map(({ subject }) => subject)).toEqual(["bank:2", "bank:4", "bank:6", "bank:9"]);
    expect(JSON.parse(raised[0]?.facts ?? "").gift).toBe(giftForQueue(told[0]!));
    expect(await codes(db)).toEqual(["QN1", "QN3", "QN5"]);
  });

  describe("a gift for a commune that was merged", () => {
    const merge = async (db: Database, from: string, to: string | undefined) =>
      must(
        await ledgerStore(db, making).post({
          key: `close ${from}`,
          kind: "succession",
          effectiveOn: DAY,
          legs: to === undefined ? [] : [{ from, to, amount: 7n }],
          closes: [from],
        }),
      );

    test("goes where its money went, over two mergers, and once only", async () => {
      const [db, intake] = await begin();
      await intake.record(gift(1, { to: "commune:1:LD1", amount: 7n }));
      await merge(db, "commune:1:LD1", "commune:2:LD1");
      await merge(db, "commune:2:LD1", "commune:3:LD1");
      await db.rows(`insert into sequencer_queue (key, gift) values ($1, $2)`, [
        "bank:2",
        giftForQueue(gift(2, { to: "commune:1:LD1" })),
      ]);
      expect(await intake.drain()).toBe(1);
      const late = gift(3, { to: "commune:2:LD1" });
      expect(await intake.record(late)).toMatchObject({ state: "booked" });
      expect(await intake.record(late)).toEqual({ state: "already", entry: 5 });
      const books = await readBooks(db);
      expect(books.donations.map(({ account, amount }) => [account, amount])).toEqual([
        ["commune:1:LD1", 7n],
        ["commune:3:LD1", 1002n],
        ["commune:3:LD1", 1003n],
      ]);
    });

    test("goes by the law where its account was empty, and to suspense where nobody took over", async () => {
      const [db, intake] = await begin();
      await db.script(`delete from place; delete from campaign; delete from bank_account`);
      await twoCampaigns(db);
      await db.rows(
        `update place set successor = '20452', valid_to = '2024-05-01' where code = '20446'`,
      );
      for (const commune of ["20446", "20452"]) {
        const to = `commune:${commune}:LD2`;
        await intake.record(gift(Number(commune), { to, campaign: "LD2", amount: 7n }));
        await ledgerStore(db, making).post({
          key: `out ${commune}`,
          kind: "returned-money",
          effectiveOn: DAY,
          legs: [{ from: to, to: "fund:LD2", amount: 7n }],
        });
      }
      await merge(db, "commune:20446:LD2", undefined);
      await intake.record(gift(1, { to: "commune:20446:LD2", campaign: "LD2" }));
      await ledgerStore(db, making).post({
        key: "out again",
        kind: "returned-money",
        effectiveOn: DAY,
        legs: [{ from: "commune:20452:LD2", to: "fund:LD2", amount: 1001n }],
      });
      await merge(db, "commune:20452:LD2", undefined);
      await intake.record(gift(2, { to: "commune:20446:LD2", campaign: "LD2" }));
      await intake.record(gift(2, { to: "commune:20446:LD2", campaign: "LD2" }));
      const [first, second] = await db.rows<{ account: string; campaign: string | null }>(
        `select a.code as account, d.campaign from donation d join account a on a.id = d.account_id
          where d.code in ('QN1', 'QN2') order by d.code`,
      );
      expect(first).toEqual({ account: "commune:20452:LD2", campaign: "LD2" });
      expect(second).toEqual({ account: "suspense:C1", campaign: null });
      expect(
        await db.rows(`select kind, subject from attention where kind like 'gift-account%'`),
      ).toEqual([{ kind: "gift-account-closed", subject: "bank:2" }]);
      expect(await db.rows(`select 1 from attention where kind = 'key-conflict'`)).toEqual([]);
    });
  });

  test("a key used again for something else is shown to a person with both, booked or queued", async () => {
    const [db, intake] = await begin();
    await intake.record(gift(1));
    expect(await intake.record(gift(1, { evidence: [sha256Hex("other salt")] }))).toEqual({
      state: "already",
      entry: 1,
    });
    expect(await intake.record(gift(1, { amount: 5n }))).toEqual({
      state: "already",
      entry: 1,
      conflict: true,
    });
    await intake.record(gift(1, { amount: 5n }));
    const [first, other] = await intake.recordMany([
      gift(2),
      gift(2, { campaign: "LD9", to: "fund:LD9" }),
    ]);
    expect([first?.state, other]).toEqual([
      "booked",
      { state: "already", entry: 2, conflict: true },
    ]);
    const second = await another();
    // On one connection both hold the lock; on a server the second one queues.
    expect(["booked", "queued"]).toContain((await second.record(gift(3))).state);
    await second.record(gift(3, { channel: "cash" }));
    const raised = await db.rows<{ subject: string; facts: string }>(
      `select subject, facts from attention where kind = 'key-conflict' order by subject`,
    );
    expect(raised.map(({ subject }) => subject).slice(0, 2)).toEqual(["bank:1", "bank:2"]);
    const { first: before, second: after } = JSON.parse(raised[0]?.facts ?? "{}");
    expect([JSON.parse(before), JSON.parse(after)]).toMatchObject([
      { amount: "1001", campaign: "LD1", channel: "bank" },
      { amount: "5", campaign: "LD1", channel: "bank" },
    ]);
    // The holder of the lock may have booked it before it was told again; either way a person hears of it.
    await intake.drain();
    expect(
      await db.rows(
        `select subject from attention where kind = 'key-conflict' and subject = 'bank:3'`,
      ),
    ).toHaveLength(1);
  });

  test("a gift of a closed period is booked today, and today cannot be closed", async () => {
    const [db, intake] = await begin();
    const ledger = ledgerStore(db, making);
    await intake.record(gift(1));
    const close = { kind: "period-close", legs: [], role: "committee" } as const;
    expect(await ledger.post({ ...close, key: "today", effectiveOn: DAY })).toEqual({
      ok: false,
      problem: { code: "ledger.in-the-future", effectiveOn: DAY },
    });
    must(await ledger.post({ ...close, key: "c", effectiveOn: "2024-05-19" }));
    await intake.recordMany([
      gift(2, { receivedOn: "2024-05-18" }),
      gift(3, { receivedOn: "2024-05-18", to: "fund:NEW" }),
      gift(4),
    ]);
    expect((await entries(db)).slice(2).map(({ effective, reason }) => [effective, reason])) //
      .toEqual([
        [DAY, "closed-period"],
        [DAY, "closed-period"],
        [DAY, null],
      ]);
  });

  test("gifts and official acts at the same time are in each other's way, but never in each other's numbers", async () => {
    const [db, intake] = await begin();
    const ledger = ledgerStore(db, making);
    await intake.record(gift(1000, { amount: 1_000_000n }));
    const acts = Array.from({ length: 20 }, (_, n) =>
      ledger.post({
        key: `act:${n}`,
        kind: "disbursement",
        effectiveOn: DAY,
        legs: [{ from: "fund:LD1", to: `commune:${n % 3}:LD1`, amount: 40_000n }],
      }),
    );
    const gifts = many(200, (n) => ({ to: `fund:LD${1 + (n % 2)}` })).map((one) =>
      intake.record(one),
    );
    expect((await Promise.all(gifts)).every(({ state }) => state === "booked")).toBe(true);
    expect((await Promise.all(acts)).every(({ ok }) => ok)).toBe(true);
    const books = await readBooks(db);
    expect(books.entries).toHaveLength(221);
    await expectTraced(db, { ...books, donations: books.donations.slice(0, 5) });
  });

  test("who is told of bookings cannot undo them", async () => {
    const troubles: unknown[] = [];
    const [, intake] = await begin({
      onBooked: () => {
        throw new Error("listener");
      },
      onTrouble: (error) => void troubles.push(error),
    });
    const recorded = await intake.recordMany(many(3));
    expect(recorded.map(({ state }) => state)).toEqual(["booked", "booked", "booked"]);
    expect(troubles).not.toEqual([]);
  });

  test("what was queued is booked at the next start, once, and a broken one does not hold up others", async () => {
    const [db, intake] = await begin();
    await intake.record(gift(0));
    await intake.stop();
    const put = (one: IntakeGift) =>
      db.rows(`insert into sequencer_queue (key, gift) values ($1, $2)`, [
        one.key,
        giftForQueue(one),
      ]);
    await put(gift(7, { amount: -1n }));
    // Recorded by a process that may not number.
    expect(await intake.record(gift(1, { outcome: { ref: "p", providerCode: "00", inbox: 1 } }))) //
      .toEqual({ state: "queued" });
    expect(await intake.record(gift(1))).toEqual({ state: "already" });
    await put(gift(0));
    await put(gift(2, { code: "QN1" }));
    const troubles: unknown[] = [];
    const next = await another({ onTrouble: (error) => void troubles.push(error) });
    expect(await queued(db)).toEqual(["bank:7"]);
    expect(await codes(db)).toEqual(["QN0", "QN1", "QN1-2"]);
    expect(troubles).toHaveLength(1);
    expect(await next.record(gift(3))).toMatchObject({ state: "booked", entry: 4 });
    expect(await next.drain()).toBe(0);
  });
});
