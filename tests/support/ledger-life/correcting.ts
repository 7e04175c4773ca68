/** Reversals, repeats, closes, the clock, and anything at all. */
import fc from "fast-check";
import { expect } from "vitest";

import { addDays } from "#app/domain/kernel/calendar.ts";
import { reversalDraft } from "#app/domain/ledger/reversal.ts";

import { balance, type CoinLeg, type Heaps } from "./dong-by-dong.ts";
import { coinLegOf, command, type Model, of, post, type Real, today, which } from "./life.ts";

export const reversed = command("reversed", fc.record({ which, last: fc.boolean() }), turnRound);

async function turnRound(
  input: { which: number; last: boolean },
  model: Model,
  real: Real,
): Promise<void> {
  const entries = model.entries.length;
  if (entries === 0) return;
  const number = input.last ? entries : 1 + (input.which % entries);
  const target = await real.ledger.find(number);
  if (!target) return;
  const draft = reversalDraft(target, { effectiveOn: today(model), reason: "entered-twice" });
  if (!draft.ok) {
    expect(["reversal", "period-close", "succession"]).toContain(target.kind);
    return;
  }
  if (model.reversed.has(number)) {
    const other = { ...draft.value, key: `again:${(model.acts += 1)}` };
    expect(await real.ledger.post(other)).toMatchObject({
      ok: false,
      problem: { code: "ledger.already-reversed" },
    });
    return;
  }
  const { legs, ...rest } = draft.value;
  const before = model.heaps;
  const done = await post(model, real, rest, legs.map(coinLegOf));
  if (done) {
    model.reversed.add(number);
    expectUndone(before, model.heaps, target.movements);
  } else {
    // Of the last entry nothing has moved on yet, unless it sent parts of what it brought in other parts.
    expect(number < entries || target.kind === "redesignation").toBe(true);
  }
}

/** Each account has what it had before the entry: the same coins, but for those that come back from the world. */
function expectUndone(
  before: Heaps,
  after: Heaps,
  movements: readonly { from: string; to: string; amount: bigint }[],
): void {
  const change = new Map<string, bigint>();
  for (const { from, to, amount } of movements) {
    change.set(from, (change.get(from) ?? 0n) + amount);
    change.set(to, (change.get(to) ?? 0n) - amount);
  }
  for (const [account, amount] of change) {
    if (account.startsWith("world:")) continue;
    const changed = balance(after, account) - balance(before, account);
    expect([account, BigInt(changed)]).toEqual([account, amount]);
  }
}

/** Anything from anywhere to anywhere. */
const ANYWHERE =
  `fund:LD1 fund:LD2 commune:1:LD1 commune:2:LD2 proc:LD1:P1 reserve refund:payable:LD1
  delivered:1:LD1:r1 clearing:bank:LD1 suspense:b1 due:1 world:donor:bank world:refund world:due herd:1:BO:r1
  world:market:BO owed:g1:BO herd:1:DE:r1 loss:flood:LD1`.split(/\s+/);
export const anything = command(
  "anything",
  fc.record({
    legs: fc.array(
      fc.record({
        from: fc.constantFrom(...ANYWHERE),
        to: fc.constantFrom(...ANYWHERE),
        amount: fc.integer({ min: 0, max: 12 }),
        take: fc.oneof<fc.Arbitrary<NonNullable<CoinLeg["take"]>>[]>(
          fc.constant("lowest"),
          fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 })), {
            minLength: 1,
            maxLength: 2,
          }),
          fc.nat(2),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    daysAgo: fc.integer({ min: -1, max: 10 }),
    reason: fc.boolean(),
  }),
  async ({ legs, daysAgo, reason }, model, real) => {
    await post(
      model,
      real,
      {
        kind: "redesignation",
        effectiveOn: addDays(today(model), -daysAgo),
        ...(reason ? { reason: "late-notice" } : {}),
      },
      legs,
    );
  },
);

export const again = command("again", fc.record({ which, changed: fc.boolean() }), postAgain);

async function postAgain(
  input: { which: number; changed: boolean },
  model: Model,
  real: Real,
): Promise<void> {
  const before = of(model.posted, input.which);
  if (!before) return;
  const draft = input.changed ? { ...before.draft, reason: "paid-twice" as const } : before.draft;
  const answer = await real.ledger.post(draft);
  if (input.changed) {
    expect(answer).toMatchObject({ ok: false, problem: { code: "ledger.key-conflict" } });
  } else {
    expect(answer).toMatchObject({ ok: true, value: { number: before.number, again: true } });
  }
}

export const closed = command(
  "closed",
  fc.record({
    daysAgo: fc.integer({ min: 0, max: 3 }),
    wrong: fc.boolean(),
    commune: fc.boolean(),
  }),
  close,
);

async function close(
  { daysAgo, wrong, ...input }: { daysAgo: number; wrong: boolean; commune: boolean },
  model: Model,
  real: Real,
): Promise<void> {
  if (input.commune) return succeed(model, real);
  const standing = [...model.heaps.axes.keys(), ...model.heaps.counts.keys()];
  const assertions = standing.map((account, n) => ({
    account,
    balance: BigInt(balance(model.heaps, account) + (wrong && n === 0 ? 1 : 0)),
  }));
  const effectiveOn = addDays(today(model), -daysAgo);
  if (wrong && assertions.length > 0 && daysAgo > 0) {
    const draft = {
      key: "wrong",
      kind: "period-close",
      effectiveOn,
      legs: [],
      assertions,
    } as const;
    expect(await real.ledger.post(draft)).toMatchObject({
      ok: false,
      problem: { code: "ledger.assertion-failed" },
    });
    return;
  }
  const done = await post(model, real, { kind: "period-close", effectiveOn, assertions }, []);
  if (done && effectiveOn > model.closedUntil) model.closedUntil = effectiveOn;
}

/** Commune 2 goes to commune 1, once; its accounts close. */
async function succeed(model: Model, real: Real): Promise<void> {
  const old = [...model.heaps.axes.keys()].filter(
    (code) => code.startsWith("commune:2:") && !model.heaps.closed.has(code),
  );
  if (old.length === 0 || model.acts % 3 !== 0) return;
  const legs = old.flatMap((from) => {
    const all = balance(model.heaps, from);
    return all > 0 ? [{ from, to: from.replace(":2:", ":1:"), amount: all }] : [];
  });
  if (await post(model, real, { kind: "succession", closes: old }, legs)) {
    model.heaps = { ...model.heaps, closed: new Set([...model.heaps.closed, ...old]) };
    for (const { from, to } of legs) model.movedTo.set(from, to);
  }
}

export const clock = command("clock", fc.integer({ min: -5, max: 9 }), async (days, model) => {
  model.now += days * 86_400;
});
