import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { must } from "../kernel/result.ts";
import type { Leg } from "./entry.ts";
import { type AccountState, layOut } from "./lay-out.ts";
import type { BookedMovement } from "./movement.ts";
import { originPieces, restingPieces, traceBack, traceForward } from "./trace.ts";

/** Movements of entries laid out one after another, one entry a leg. */
function book(legs: readonly Leg[]): BookedMovement[] {
  let states: ReadonlyMap<string, AccountState> = new Map();
  return legs.flatMap((leg, at) => {
    const laid = must(layOut(states, [leg]));
    states = new Map([...states, ...laid.states]);
    return laid.movements.map((movement, n) => ({ ...movement, entry: at + 1, n }));
  });
}

const give = (to: string, amount: bigint): Leg => ({ from: "world:donor:bank", to, amount });
const FUND = "fund:A";
const COMMUNE = "commune:1:A";
const PROC = "proc:A:1";
const HERD = "delivered:1:A:r1";

describe("a gift that became parts of two cows", () => {
  const movements = book([
    give(FUND, 30n),
    give(FUND, 50n),
    give(FUND, 40n),
    { from: FUND, to: COMMUNE, amount: 90n },
    { from: COMMUNE, to: PROC, amount: 85n },
    { from: PROC, to: HERD, amount: 40n, animal: "A-1" },
    { from: PROC, to: HERD, amount: 30n, animal: "A-2" },
    { from: PROC, to: COMMUNE, amount: 15n },
  ]);

  test("forward: each step, and where it rests", () => {
    const pieces = traceForward(movements, FUND, { lo: 31n, length: 50n });
    expect(pieces.map(({ depth, account, amount, offset }) => [depth, account, amount, offset])) //
      .toEqual([
        [0, FUND, 50n, 0n],
        [1, COMMUNE, 50n, 0n],
        [2, PROC, 50n, 0n],
        [3, HERD, 10n, 0n],
        [3, HERD, 30n, 10n],
        [3, COMMUNE, 10n, 40n],
      ]);
    expect(
      restingPieces(pieces).map(({ account, lo, amount, animal }) => [account, lo, amount, animal]),
    ).toEqual([
      [HERD, 31n, 10n, "A-1"],
      [HERD, 41n, 30n, "A-2"],
      [COMMUNE, 91n, 10n, undefined],
    ]);
  });

  test("a gift of which only a part went on rests in two places", () => {
    const pieces = traceForward(movements, FUND, { lo: 81n, length: 40n });
    expect(restingPieces(pieces).map(({ account, lo, amount }) => [account, lo, amount])).toEqual([
      [COMMUNE, 101n, 5n],
      [COMMUNE, 86n, 5n],
      [FUND, 91n, 30n],
    ]);
  });

  test("back: a cow's gifts, in order", () => {
    const pieces = traceBack(movements, HERD, { lo: 1n, length: 40n });
    expect(
      originPieces(pieces).map(({ account, via, entry, amount, offset }) => [
        account,
        via,
        entry,
        amount,
        offset,
      ]),
    ).toEqual([
      ["world:donor:bank", FUND, 1, 30n, 0n],
      ["world:donor:bank", FUND, 2, 10n, 30n],
    ]);
  });

  test("numbers that no movement touched rest where they are", () => {
    expect(restingPieces(traceForward(movements, FUND, { lo: 100n, length: 3n }))).toEqual([
      { depth: 0, account: FUND, lo: 100n, amount: 3n, offset: 0n },
    ]);
    expect(traceForward(movements, "fund:Z", { lo: 1n, length: 1n })).toHaveLength(1);
  });
});

test("money that goes to and fro on the same accounts is followed through every turn", () => {
  const movements = book([
    give(FUND, 10n),
    { from: FUND, to: COMMUNE, amount: 10n },
    { from: COMMUNE, to: FUND, amount: 10n },
    { from: FUND, to: COMMUNE, amount: 6n },
    { from: COMMUNE, to: FUND, amount: 3n },
  ]);
  const pieces = traceForward(movements, FUND, { lo: 1n, length: 10n });
  expect(
    restingPieces(pieces).map(({ account, lo, amount, offset }) => [account, lo, amount, offset]),
  ) //
    .toEqual([
      [FUND, 21n, 3n, 0n],
      [COMMUNE, 14n, 3n, 3n],
      [FUND, 17n, 4n, 6n],
    ]);
});

/** Legs of any way between a few axes, as far as there is money. */
const walk = fc.array(
  fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 60 }), fc.nat(100)),
  { minLength: 1, maxLength: 40 },
);
const AXES = [FUND, COMMUNE, PROC, "fund:B", HERD];

function anyBooks(steps: readonly [number, number, number, number][]): BookedMovement[] {
  const first = must(
    layOut(
      new Map(),
      AXES.map((axis) => give(axis, 30n)),
    ),
  );
  const movements = first.movements.map((movement, n) => ({ ...movement, entry: 1, n }));
  let states = first.states;
  for (const [at, [from, to, amount, share]] of steps.entries()) {
    const leg = {
      from: from === to ? "world:donor:bank" : AXES[from]!,
      to: AXES[to]!,
      amount: BigInt(amount),
    };
    const free = states.get(leg.from)?.free.find(({ length }) => length > 3n);
    const hole = share < 40 && free && { amount: 2n, take: [{ lo: free.lo + 1n, length: 2n }] };
    const laid = layOut(states, [{ ...leg, ...hole }]);
    if (!laid.ok) continue;
    states = new Map([...states, ...laid.value.states]);
    movements.push(...laid.value.movements.map((m, n) => ({ ...m, entry: at + 2, n })));
  }
  return movements;
}

test("what entered is found again, đồng for đồng, and every end leads back to it", () => {
  fc.assert(
    fc.property(walk, (steps) => {
      const movements = anyBooks(steps);
      for (const { to, toLo, amount, entry, from } of movements) {
        if (toLo === undefined || !from.startsWith("world:")) continue;
        const rest = restingPieces(traceForward(movements, to, { lo: toLo, length: amount }));
        // The pieces lie side by side over the whole gift.
        let at = 0n;
        for (const piece of rest) {
          expect(piece.offset).toBe(at);
          at += piece.amount;
        }
        expect(at).toBe(amount);
        for (const { account, lo, amount: length } of rest) {
          if (lo === undefined) continue;
          const origins = originPieces(traceBack(movements, account, { lo, length }));
          expect(origins.map((origin) => origin.entry)).toEqual([entry]);
          expect(origins[0]?.amount).toBe(length);
        }
      }
    }),
    { numRuns: 60 },
  );
});
