import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { traceBack } from "../ledger/trace.ts";
import type { BookedMovement } from "../ledger/movement.ts";
import { proofOf, sharesOf } from "./shares.ts";

/** Gifts of these sizes into one fund, all of it sent on, then animals of these prices bought first in, first out. */
function books(gifts: readonly bigint[], prices: readonly bigint[]): BookedMovement[] {
  const movements: BookedMovement[] = [];
  let lo = 1n;
  gifts.forEach((amount, entry) => {
    movements.push({ entry, n: 0, from: "world:donor:bank", to: "fund:A1", amount, toLo: lo });
    lo += amount;
  });
  let at = 1n;
  prices.forEach((amount, place) => {
    movements.push({
      entry: gifts.length + place,
      n: 0,
      from: "fund:A1",
      to: "delivered:20455:A1:r1",
      amount,
      fromLo: at,
      toLo: at,
      animal: `A1-${place}`,
    });
    at += amount;
  });
  return movements;
}

const amount = fc.bigInt({ min: 1n, max: 50_000_000n });

describe("the shares of an animal", () => {
  test("sum to its price and tile its numbers, whatever the gifts were", () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), amount, (gifts, skipped) => {
        const total = gifts.reduce((sum, gift) => sum + gift, 0n);
        const before = skipped < total ? skipped : 0n;
        const price = total - before;
        const prices = before === 0n ? [price] : [before, price];
        const owned = { account: "delivered:20455:A1:r1", lo: before + 1n, price };
        const pieces = traceBack(books(gifts, prices), owned.account, {
          lo: owned.lo,
          length: price,
        });
        const shares = sharesOf({ pieces, owned, gifts: [] });
        expect(proofOf({ owned, rivals: [] }, shares)).toEqual({
          price,
          sum: price,
          tiled: true,
          rivals: [],
        });
      }),
    );
  });

  test("do not pass for whole when one is missing, twice there, or too long", () => {
    const owned = { account: "delivered:20455:A1:r1", lo: 11n, price: 10n };
    const share = (lo: bigint, hi: bigint) => ({
      entry: Number(lo),
      source: "world:donor:bank",
      gift: null,
      amount: hi - lo + 1n,
      runs: [{ lo, hi }],
    });
    const tiled = (...shares: ReturnType<typeof share>[]) =>
      proofOf({ owned, rivals: [] }, shares)?.tiled;
    expect(tiled(share(11n, 15n), share(16n, 20n))).toBe(true);
    expect(tiled(share(11n, 15n), share(17n, 20n))).toBe(false);
    expect(tiled(share(11n, 15n), share(15n, 20n))).toBe(false);
    expect(tiled(share(11n, 15n), share(16n, 21n))).toBe(false);
    expect(tiled(share(11n, 15n))).toBe(false);
    expect(tiled()).toBe(false);
  });

  test("are nothing for an animal that was born", () => {
    expect(sharesOf({ pieces: [], owned: null, gifts: [] })).toEqual([]);
    expect(proofOf({ owned: null, rivals: [] }, [])).toBeUndefined();
  });
});
