/** Verbs for rare entries: each on the hand-made books, with what strangers then recompute from the published files. */

import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Act, Writing } from "#app/domain/acts/act.ts";
import { sealValue } from "#app/domain/acts/paper.ts";
import { acceptGiftInKind, type GiftInKind } from "#app/domain/animals/accept-gift-in-kind.ts";
import { recordCompensation } from "#app/domain/animals/record-compensation.ts";
import { reverseEntry } from "#app/domain/corrections/reverse-entry.ts";
import { expireDonation } from "#app/domain/donations/expire-donation.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import { must } from "#app/domain/kernel/result.ts";
import { restingPieces } from "#app/domain/ledger/trace.ts";
import { tellStory } from "#app/domain/donations/story.ts";
import { recordChargeback } from "#app/domain/refunds/record-chargeback.ts";
import { settleDue } from "#app/domain/refunds/settle-due.ts";
import { runChecks } from "#db/checks/run.ts";

import { recompute } from "../../tests/outside/recompute.ts";
import { databaseKinds, type TestDatabase, testDatabase } from "../../tests/support/database.ts";
import { emptyLedger } from "../../tests/support/empty-ledger.ts";
import { bookByHand } from "../../tests/support/hand-made-books.ts";
import { officialActs, refused } from "../../tests/support/official-acts.ts";
import { publishAll, rowsOf, sourceOf } from "../../tests/support/published.ts";
import { expectSound, expectTraced, readBooks } from "../../tests/support/sound-books.ts";
import { postList } from "../../tests/support/posted-list.ts";
import { officialStores, officialWriting } from "./acts.ts";
import { donationStore } from "./donations.ts";
import { openDataStore } from "./open-data.ts";

const DAY = "2024-05-02";
const M = 1_000_000n;
const { making, act } = officialActs("kinds", () => DAY);

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let official: Writing<OfficeStores>;
  let stores: OfficeStores;

  beforeAll(async () => {
    base = await testDatabase(kind);
    official = officialWriting(base.db, making);
    stores = officialStores(base.db, making);
    await bookByHand(base.db);
    // The households of these books stand on lists that hung whole.
    await postList(base.db, making, { campaign: "LD1", lines: 13, trail: true });
    await postList(base.db, making, { campaign: "LD1", round: 2, lines: 3, from: 14, trail: true });
  });
  afterAll(() => base.close());

  const balance = async (account: string) => {
    const state = await stores.ledger.state(account);
    return (state?.received ?? 0n) - (state?.sent ?? 0n);
  };
  const moves = (movements: readonly { from: string; to: string; amount: bigint }[]) =>
    movements.map(({ from, to, amount }) => [from, to, amount]);
  const campaign = async (id: string) =>
    rowsOf(await publishAll(openDataStore(base.db)), "campaigns").find(
      (row) => row["campaign"] === id,
    );
  const gift = async (code: string) =>
    rowsOf(await publishAll(openDataStore(base.db)), "donations").find(
      (row) => row["donation"] === code,
    );

  /** What strangers and the nightly check say after each test. */
  async function expectPublic(): Promise<void> {
    const books = await readBooks(base.db);
    expectSound(books);
    await expectTraced(base.db, books);
    const files = await publishAll(openDataStore(base.db));
    expect((await recompute(sourceOf(files))).problems).toEqual([]);
    const checks = await runChecks(base.db, making.now);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  test("a reported gift that never came leaves clearing, once", async () => {
    const before = await campaign("LD1");
    const expiry = { ...act(), gift: "QNE" };
    const first = must(await expireDonation(official, expiry));
    expect(moves(first.movements)).toEqual([["clearing:vnpay:LD1", "world:donor:vnpay", 2n * M]]);
    expect(await expireDonation(official, expiry)).toMatchObject({
      value: { entry: first.entry, again: true },
    });
    expect(await gift("QNE")).toMatchObject({ state: "expired", returned: Number(2n * M) });
    const after = await campaign("LD1");
    expect(Number(before?.["received"]) - Number(after?.["received"])).toBe(Number(2n * M));

    const no = (code: string) => expireDonation(official, { ...act(), gift: code });
    expect(await no("QND")).toEqual(refused("gift.not-in-clearing", { gift: "QND" }));
    expect(await no("QNA")).toEqual(refused("gift.not-in-clearing", { gift: "QNA" }));
    expect(await no("QNZ")).toEqual(refused("gift.unknown", { gift: "QNZ" }));
    expect(await expireDonation(official, { ...act({ papers: [] }), gift: "QNA" })).toEqual(
      refused("expiry.no-paper"),
    );
    await expectPublic();
  });

  describe("a chargeback", () => {
    test("takes the gift's own numbers first; what a fee ate is owed", async () => {
      const before = await campaign("LD1");
      const charge = { ...act({ key: "chargeback:d1" }), gift: "QND", amount: 10n * M };
      const first = must(await recordChargeback(official, charge));
      expect(moves(first.movements)).toEqual([
        ["fund:LD1", "world:donor:vnpay", 9_890_000n],
        ["world:due", "due:20446", 110_000n],
      ]);
      expect(await recordChargeback(official, charge)).toMatchObject({
        value: { entry: first.entry, again: true },
      });
      expect(await recordChargeback(official, { ...charge, amount: 1n })).toEqual(
        refused("ledger.key-conflict", { entry: first.entry }),
      );
      expect(await gift("QND")).toMatchObject({ state: "reversed", returned: 9_890_000 });
      const after = await campaign("LD1");
      expect(Number(before?.["received"]) - Number(after?.["received"])).toBe(9_890_000);
      await expectPublic();
    });

    test("is recorded when nothing is left: the reserve pays, then the commune owes", async () => {
      must(
        await stores.ledger.post({
          key: "reserve",
          kind: "compensation",
          effectiveOn: DAY,
          legs: [{ from: "world:compensation", to: "reserve", amount: 4n * M }],
        }),
      );
      const delivered = (await campaign("LD1"))?.["delivered"];
      const owed = await balance("due:20446");
      const first = must(
        await recordChargeback(official, { ...act(), gift: "QNA", amount: 20n * M }),
      );
      expect(moves(first.movements)).toEqual([
        ["reserve", "world:donor:bank", 4n * M],
        ["world:due", "due:20446", 16n * M],
      ]);
      expect(await balance("reserve")).toBe(0n);
      expect(await balance("due:20446")).toBe(owed + 16n * M);
      expect((await campaign("LD1"))?.["delivered"]).toBe(delivered);
      expect(await gift("QNA")).toMatchObject({ state: "received", returned: 0 });
      const file = await donationStore(base.db).file("QNA");
      expect(file && tellStory(file)?.steps.at(-1)).toMatchObject({
        entry: first.entry,
        kind: "chargeback",
        amount: 20n * M,
      });
      await expectPublic();
    });

    test("what it left owed is paid off, in parts, never more, and moves no figure", async () => {
      const owed = await balance("due:20446");
      const [before, fund] = [await campaign("LD1"), await balance("fund:LD1")];
      const pay = (amount: bigint, more: Partial<Act> = {}) =>
        settleDue(official, { ...act(more), commune: "20446", amount });
      expect(await pay(1n, { papers: [] })).toEqual(refused("due.no-paper"));
      expect(await pay(owed + 1n)).toMatchObject(refused("ledger.not-enough"));
      const first = must(await pay(7n * M, { key: "due:1" }));
      expect(moves(first.movements)).toEqual([["due:20446", "world:due", 7n * M]]);
      expect(must(await pay(owed - 7n * M)).again).toBe(false);
      expect(await balance("due:20446")).toBe(0n);
      expect(await pay(1n)).toMatchObject(refused("ledger.not-enough"));
      expect([await campaign("LD1"), await balance("fund:LD1")]).toEqual([before, fund]);
      const committee = { ...act(), commune: null, amount: 1n };
      expect((await settleDue(official, committee)).ok).toBe(false);
      await expectPublic();
    });

    test("of a gift nobody could place takes it out of suspense", async () => {
      const first = must(
        await recordChargeback(official, { ...act(), gift: "QNSUSP", amount: 700_000n }),
      );
      expect(moves(first.movements)).toEqual([["suspense:KN", "world:donor:bank", 700_000n]]);
      // The bank takes it a second time: a fact too, and then only the committee can owe it.
      const second = must(
        await recordChargeback(official, { ...act(), gift: "QNSUSP", amount: 700_000n }),
      );
      expect(moves(second.movements)).toEqual([["world:due", "due:committee", 700_000n]]);
      await expectPublic();
    });

    test("that was won is turned round, and the money is there again", async () => {
      const fund = await balance("fund:LD2");
      const { entry } = must(
        await recordChargeback(official, { ...act(), gift: "QNL", amount: 1_000n }),
      );
      const back = must(await reverseEntry(official, { ...act(), entry, reason: "dispute-won" }));
      expect(back.again).toBe(false);
      expect(await balance("fund:LD2")).toBe(fund);
      await expectPublic();
    });

    test("of more than the gift, of nothing, or without a paper is refused", async () => {
      const no = (more: object) =>
        recordChargeback(official, { ...act(), gift: "QNL", amount: 1n, ...more });
      expect(await no({ amount: 9n * M + 1n })).toMatchObject(refused("chargeback.more-than-gift"));
      expect(await no({ amount: 0n })).toMatchObject(refused("ledger.not-positive"));
      expect(await no({ papers: [] })).toEqual(refused("chargeback.no-paper"));
      expect(await no({ gift: "QNZ" })).toEqual(refused("gift.unknown", { gift: "QNZ" }));
    });
  });

  test("compensation goes to the fund of the campaign that lost, at most what was lost", async () => {
    const fund = await balance("fund:LD1");
    const pay = (more: object = {}) =>
      recordCompensation(official, {
        ...act(),
        animal: "LD1-0002",
        amount: 6n * M,
        ...more,
      });
    const received = (await campaign("LD1"))?.["received"];
    const paper = act();
    const first = must(await pay(paper));
    expect(moves(first.movements)).toEqual([["world:compensation", "fund:LD1", 6n * M]]);
    expect(await pay(paper)).toMatchObject({ value: { entry: first.entry, again: true } });
    expect(await pay()).toEqual(
      refused("compensation.more-than-lost", { lost: 10n * M, compensated: 6n * M }),
    );
    must(await pay({ amount: 4n * M }));
    expect(await balance("fund:LD1")).toBe(fund + 10n * M);
    expect((await campaign("LD1"))?.["received"]).toBe(received);
    // It lives; its loss was reversed; nobody knows it.
    expect(await pay({ animal: "LD1-0001" })).toMatchObject(refused("compensation.nothing-lost"));
    expect(await pay({ animal: "LD2-0001" })).toMatchObject(refused("compensation.nothing-lost"));
    expect(await pay({ animal: "LD1-9999" })).toMatchObject(refused("animal.unknown"));
    expect(await pay({ papers: [] })).toEqual(refused("compensation.no-paper"));
    expect(await pay({ amount: -1n, animal: "LD1-0002" })).toMatchObject(
      refused("ledger.not-positive"),
    );
    await expectPublic();
  });

  test("animals given join the herd as heads; their value is a sealed note and no money", async () => {
    await base.db.rows(
      `insert into household_group (id, campaign, commune, name_vi, name_en, founded_on, decision_number)
       values ('G1', 'LD1', '20446', 'Nhóm 1', 'Group 1', $1, '1')`,
      [DAY],
    );
    const before = await campaign("LD1");
    const value = sealValue(making, "stated-value", "18000000");
    const given: GiftInKind = {
      ...act(),
      campaign: "LD1",
      round: 1,
      lines: [
        { code: "LD1-0004", sex: "F", household: "H-LD1-004", statedValue: value },
        { code: "LD1-0005", sex: "F", household: "H-LD1-004" },
      ],
    };
    const first = must(await acceptGiftInKind(official, given));
    expect(moves(first.movements)).toEqual([
      ["world:market:BO", "herd:20446:BO:r1", 1n],
      ["world:market:BO", "herd:20446:BO:r1", 1n],
      ["world:duty:BO", "owed:G1:BO", 2n],
    ]);
    expect(await acceptGiftInKind(official, given)).toMatchObject({
      value: { entry: first.entry, again: true },
    });
    expect(await campaign("LD1")).toEqual(before);
    const files = await publishAll(openDataStore(base.db));
    expect(rowsOf(files, "animals").find((row) => row["animal"] === "LD1-0004")).toMatchObject({
      price: null,
      account: null,
      state: "alive",
    });
    const [bytes] = await base.db.rows<{ text: string }>(
      `select convert_from(bytes, 'UTF8') as text from entry where number = $1`,
      [first.entry],
    );
    expect(bytes?.text).toContain(value.commitment);
    expect(bytes?.text).not.toContain("18000000");
    const kept = await base.db.rows(`select 1 from opening where digest = $1`, [value.commitment]);
    expect(kept).toHaveLength(1);

    const no = (more: Partial<GiftInKind>) =>
      acceptGiftInKind(official, { ...given, ...act(), ...more });
    const one = (code: string, household?: string) => ({
      lines: [household === undefined ? { code } : { code, household }],
    });
    expect(await no(one("LD1-0004"))).toMatchObject(refused("animal.exists"));
    expect(await no(one("LD2-0009"))).toMatchObject(refused("animal.bad-code"));
    expect(await no({ lines: [{ code: "LD1-0008" }, { code: "LD1-0008" }] })).toMatchObject(
      refused("animal.exists"),
    );
    expect(await no(one("LD1-0006", "H-X"))).toMatchObject(refused("household.unknown"));
    expect(await no(one("LD1-0006", "H-LD1-004"))).toMatchObject(
      refused("household.over-norm", { perHousehold: 2 }),
    );
    expect(await no({ ...one("LD1-0006"), round: 0 })).toMatchObject(
      refused("gift-in-kind.bad-round"),
    );
    expect(await no({ lines: [] })).toEqual(refused("gift-in-kind.nothing"));
    expect(await no({ ...one("LD1-0006"), papers: [] })).toEqual(refused("gift-in-kind.no-paper"));
    await expectPublic();
  });

  describe("whatever a gateway takes back", () => {
    beforeEach(() => emptyLedger(base.db));

    test(
      "is recorded to the đồng, and no other gift loses a number",
      { timeout: 120_000 },
      async () => {
        const step = fc.record({
          what: fc.constantFrom("gift", "gift", "pay out", "reserve", "charge", "charge", "charge"),
          which: fc.nat(20),
          amount: fc.integer({ min: 1, max: 60 }),
        });
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
            await emptyLedger(base.db);
            const gifts: { code: string; amount: bigint }[] = [];
            for (const { what, which, amount: size } of steps) {
              const amount = BigInt(size);
              if (what === "gift") {
                gifts.push({ code: `QN${gifts.length}`, amount });
                await give(`QN${gifts.length - 1}`, amount, which % 3);
              } else if (what === "pay out") {
                await stores.ledger.post({
                  key: act().key,
                  kind: "disbursement",
                  effectiveOn: DAY,
                  legs: [{ from: "fund:LD1", to: "commune:20446:LD1", amount }],
                });
              } else if (what === "reserve") {
                await stores.ledger.post({
                  key: act().key,
                  kind: "donation-received",
                  effectiveOn: DAY,
                  legs: [{ from: "world:donor:cash", to: "reserve", amount }],
                });
              } else {
                const mine = gifts[which % Math.max(gifts.length, 1)];
                if (!mine) continue;
                await charge(mine, amount, gifts);
              }
            }
            const books = await readBooks(base.db);
            expectSound(books);
            await expectTraced(base.db, books);
          }),
          { numRuns: 12 },
        );
      },
    );

    const places = ["fund:LD1", "clearing:stripe:LD1", "suspense:KN"] as const;

    async function give(code: string, amount: bigint, place: number): Promise<void> {
      const to = places[place] ?? places[0];
      const channel = to.startsWith("clearing") ? "stripe" : "bank";
      const { number, movements } = must(
        await stores.ledger.post({
          key: `gift ${code}`,
          kind: "donation-received",
          effectiveOn: DAY,
          legs: [{ from: `world:donor:${channel}`, to, amount }],
          donation: code,
        }),
      );
      await base.db.rows(
        `insert into donation (code, entry, campaign, channel, account_id, lo, amount, received_on)
         select $1, $2, $3, $4, id, $5, $6, $7 from account where code = $8`,
        [
          code,
          number,
          place === 2 ? null : "LD1",
          channel,
          movements[0]?.toLo ?? 0n,
          amount,
          DAY,
          to,
        ],
      );
    }

    const restingOf = async (code: string) => {
      const found = await stores.giftRanges.range(code);
      if (!found) throw new Error(`no gift ${code}`);
      const { account, lo, amount: length } = found;
      return restingPieces(await stores.ledger.forward(account, { lo, length }));
    };

    async function charge(
      mine: { code: string; amount: bigint },
      amount: bigint,
      gifts: readonly { code: string }[],
    ): Promise<void> {
      const others = gifts.filter(({ code }) => code !== mine.code);
      const before = await Promise.all(others.map(({ code }) => restingOf(code)));
      const free = (await restingOf(mine.code))
        .filter(({ account }) => /^(fund|clearing|suspense):/.test(account))
        .reduce((sum, piece) => sum + piece.amount, 0n);
      const reserve = await balance("reserve");
      const booked = await recordChargeback(official, { ...act(), gift: mine.code, amount });
      if (amount > mine.amount) {
        expect(booked.ok).toBe(false);
        return;
      }
      const { movements } = must(booked);
      const sum = (test: (one: { from: string; to: string }) => boolean) =>
        movements.filter(test).reduce((all, one) => all + one.amount, 0n);
      const least = (a: bigint, b: bigint) => (a < b ? a : b);
      const own = least(amount, free);
      expect(sum(({ from }) => /^(fund|clearing|suspense):/.test(from))).toBe(own);
      expect(sum(({ from }) => from === "reserve")).toBe(least(amount - own, reserve));
      expect(sum(() => true)).toBe(amount);
      expect(await Promise.all(others.map(({ code }) => restingOf(code)))).toEqual(before);
    }
  });
});
