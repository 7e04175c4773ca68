import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { EntryDraft } from "#app/domain/ledger/entry.ts";
import type { Ledger, PostProblem } from "#app/domain/ledger/ports.ts";
import type { Reason } from "#app/domain/ledger/reasons.ts";
import { reversalDraft } from "#app/domain/ledger/reversal.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { emptyLedger } from "../../tests/support/empty-ledger.ts";
import { expectSound, readBooks } from "../../tests/support/sound-books.ts";
import { ledgerStore } from "./ledger.ts";

const DAY = "2024-05-20";
let now = 0;
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  now: () => now,
};

const GIFT: EntryDraft = {
  key: "gift",
  kind: "donation-received",
  effectiveOn: DAY,
  legs: [{ from: "world:donor:bank", to: "fund:LD1", amount: 100n }],
};
const PAY: EntryDraft = {
  key: "pay",
  kind: "disbursement",
  effectiveOn: DAY,
  legs: [{ from: "fund:LD1", to: "commune:1:LD1", amount: 60n }],
};

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let ledger: Ledger;

  beforeAll(async () => {
    base = await testDatabase(kind);
    ledger = ledgerStore(base.db, making);
  });
  afterAll(() => base.close());
  beforeEach(async () => {
    now = Date.parse(`${DAY}T03:00:00Z`) / 1000;
    await emptyLedger(base.db);
    must(await ledger.post(GIFT));
  });

  async function expectRefused(draft: EntryDraft, problem: PostProblem): Promise<void> {
    const before = await readBooks(base.db);
    expect(await ledger.post(draft)).toEqual({ ok: false, problem });
    expect(await readBooks(base.db)).toEqual(before);
    expectSound(before);
  }

  test("the same request gets the first answer, whenever it comes; another is a conflict", async () => {
    const first = must(await ledger.post(PAY));
    expect(first).toEqual({
      number: 2,
      again: false,
      movements: [
        {
          entry: 2,
          n: 0,
          from: "fund:LD1",
          to: "commune:1:LD1",
          amount: 60n,
          fromLo: 1n,
          toLo: 1n,
        },
      ],
    });
    must(await ledger.post({ ...PAY, key: "more", legs: [{ ...PAY.legs[0]!, amount: 40n }] }));
    now += 400 * 86_400;
    // Late, and there is nothing left to pay: but it is not a new request.
    expect(await ledger.post(PAY)).toEqual({ ok: true, value: { ...first, again: true } });
    await expectRefused({ ...PAY, role: "committee" }, { code: "ledger.key-conflict", entry: 2 });
  });

  test("twenty of the same at once: one is booked", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ledger.post(PAY)));
    expect(answers.filter((one) => one.ok && !one.value.again)).toHaveLength(1);
    expect(new Set(answers.map((one) => one.ok && one.value.number))).toEqual(new Set([2]));
  });

  test("days: late without a reason, in the future, in a closed period", async () => {
    must(await ledger.post({ ...PAY, key: "7", effectiveOn: "2024-05-13" }));
    const late = { ...PAY, key: "8", effectiveOn: "2024-05-12", legs: [] };
    await expectRefused(late, { code: "ledger.late-without-reason", days: 8 });
    must(await ledger.post({ ...late, reason: "late-notice" }));
    await expectRefused(
      { ...late, key: "f", effectiveOn: "2024-05-21" },
      { code: "ledger.in-the-future", effectiveOn: "2024-05-21" },
    );
    const close = { key: "c", kind: "period-close", legs: [] } as const;
    must(await ledger.post({ ...close, effectiveOn: "2024-05-15" }));
    must(await ledger.post({ ...close, key: "older", effectiveOn: "2024-04-30" }));
    for (const effectiveOn of ["2024-05-15", "2024-05-14", "2024-04-01"]) {
      await expectRefused(
        { ...late, key: effectiveOn, effectiveOn, reason: "late-notice" },
        { code: "ledger.period-closed", closedUntil: "2024-05-15" },
      );
    }
    must(await ledger.post({ ...late, key: "after", effectiveOn: "2024-05-16" }));
  });

  test("midnight is that of Viet Nam", async () => {
    now = Date.parse("2024-05-20T17:00:00Z") / 1000;
    must(await ledger.post({ ...PAY, effectiveOn: "2024-05-21" }));
  });

  test("a period closes with true balances only", async () => {
    const close: EntryDraft = {
      key: "c",
      kind: "period-close",
      effectiveOn: "2024-05-19",
      legs: [],
      assertions: [
        { account: "fund:LD1", balance: 100n },
        { account: "commune:1:LD1", balance: 0n },
      ],
    };
    await expectRefused(
      { ...close, assertions: [{ account: "fund:LD1", balance: 99n }] },
      { code: "ledger.assertion-failed", account: "fund:LD1", balance: 100n },
    );
    expect(must(await ledger.post(close)).number).toBe(2);
  });

  test("an account closes empty, once, and nothing passes it afterwards", async () => {
    must(await ledger.post(PAY));
    const end: EntryDraft = {
      key: "end",
      kind: "succession",
      effectiveOn: DAY,
      legs: [{ from: "commune:1:LD1", to: "commune:2:LD1", amount: 60n }],
      closes: ["commune:1:LD1"],
    };
    const account = "commune:1:LD1";
    await expectRefused({ ...end, legs: [] }, { code: "ledger.not-empty", account, balance: 60n });
    await expectRefused(
      { ...end, closes: [account, "commune:9:LD1"] },
      { code: "ledger.unknown-account", account: "commune:9:LD1" },
    );
    must(await ledger.post(end));
    expect((await ledger.state(account))?.closed).toBe(true);
    await expectRefused(
      { ...end, key: "twice", legs: [] },
      { code: "ledger.account-closed", account },
    );
    await expectRefused({ ...PAY, key: "into" }, { code: "ledger.account-closed", account });
  });

  test("an entry is reversed once, while nothing of it has moved on", async () => {
    must(await ledger.post(PAY));
    const target = await ledger.find(2);
    const draft = must(reversalDraft(target!, { effectiveOn: DAY, reason: "entered-twice" }));
    const part = { from: "commune:1:LD1", to: "proc:LD1:P1", amount: 1n };
    must(await ledger.post({ ...PAY, key: "on", kind: "advance", legs: [part] }));
    await expectRefused(draft, {
      code: "ledger.moved-on",
      account: "commune:1:LD1",
      lo: 1n,
      length: 60n,
    });
    const back = { ...part, from: part.to, to: part.from };
    must(await ledger.post({ ...PAY, key: "back", kind: "unspent-advance", legs: [back] }));
    // What came back has a new number: the entry can no longer be turned round as a whole.
    expect(await ledger.post(draft)).toMatchObject({ problem: { code: "ledger.moved-on" } });

    const gift = must(
      reversalDraft((await ledger.find(1))!, { effectiveOn: DAY, reason: "entered-twice" }),
    );
    expect(await ledger.post(gift)).toMatchObject({ problem: { code: "ledger.moved-on" } });
    const advance = must(
      reversalDraft((await ledger.find(4))!, { effectiveOn: DAY, reason: "entered-twice" }),
    );
    expect(must(await ledger.post(advance)).number).toBe(5);
    await expectRefused(
      { ...advance, key: "other" },
      { code: "ledger.already-reversed", entry: 5 },
    );
    expect(await ledger.find(4)).toMatchObject({ reversedBy: 5 });
    expect(await ledger.find(5)).toMatchObject({ reverses: 4 });
    expect(await ledger.find(6)).toBeUndefined();
  });

  test("amounts at the edge of what can be published", async () => {
    const most = 2n ** 53n - 1n;
    const leg = { from: "world:donor:bank", to: "fund:BIG", amount: most };
    must(await ledger.post({ ...GIFT, key: "most", legs: [leg] }));
    expect(await ledger.state("fund:BIG")).toMatchObject({
      received: most,
      free: [{ lo: 1n, length: most }],
    });
    await expectRefused(
      { ...GIFT, key: "beyond", legs: [{ ...leg, amount: 5n }] },
      { code: "ledger.too-large", account: "fund:BIG", amount: 5n },
    );
    expectSound(await readBooks(base.db));
  });

  test("any text of an act arrives as it was; a very long reason too", async () => {
    const words = ['"', "\\", "{}", "NULL", "", "a\nb", "'; --", "đồng 😀", "x".repeat(100_000)];
    for (const [n, word] of words.entries()) {
      must(
        await ledger.post({
          ...GIFT,
          key: `k${n}${word}`,
          reason: word as Reason,
          role: word,
          evidence: [{ kind: word, digest: word }],
          animals: [
            {
              code: `a${n}${word}`,
              species: "TB",
              campaign: word,
              commune: word,
              round: 1,
              dam: word,
            },
          ],
          animalEvents: [
            { animal: `a${n}${word}`, kind: "born", on: DAY, household: word, cause: word },
          ],
        }),
      );
    }
    const rows = await base.db.rows<Record<string, string>>(
      `select e.reason, convert_from(e.bytes, 'UTF8')::jsonb ->> 'role' as role, v.digest, a.campaign, a.dam, h.household, h.cause
         from entry e join evidence v on v.entry = e.number join animal a on a.entry = e.number
         join animal_event h on h.entry = e.number order by e.number`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual(words.map((word) => Array(7).fill(word)));
    expectSound(await readBooks(base.db));
  });

  test("a payment out of an axis of many holes takes what is between them", async () => {
    for (let n = 0; n < 12; n += 1) {
      must(
        await ledger.post({
          ...GIFT,
          key: `hole:${n}`,
          kind: "refund",
          legs: [
            {
              from: "fund:LD1",
              to: "refund:payable:LD1",
              amount: 3n,
              take: [{ lo: BigInt(8 * n + 2), length: 3n }],
            },
          ],
        }),
      );
    }
    const { movements } = must(await ledger.post(PAY));
    expect(movements.reduce((sum, { amount }) => sum + amount, 0n)).toBe(60n);
    expect(movements).toHaveLength(13);
    expectSound(await readBooks(base.db));
  });
});
