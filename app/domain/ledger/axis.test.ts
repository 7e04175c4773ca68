import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { must } from "../kernel/result.ts";
import { overlap, type Range, takeExactly, takeFirst, total, without } from "./axis.ts";

const range = (lo: number, length: number): Range => ({ lo: BigInt(lo), length: BigInt(length) });

/** Sorted, disjoint, with holes between. */
const holed = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9 })), { maxLength: 8 })
  .map((steps) => {
    let at = 1;
    return steps.map(([gap, length]) => {
      const one = range(at + gap, length);
      at += gap + length;
      return one;
    });
  });

function numbers(ranges: readonly Range[]): bigint[] {
  return ranges.flatMap(({ lo, length }) =>
    Array.from({ length: Number(length) }, (_, n) => lo + BigInt(n)),
  );
}

describe("lowest numbers first", () => {
  test("taking skips holes", () => {
    expect(takeFirst([range(1, 3), range(10, 5)], 5n)).toEqual({
      ok: true,
      value: [range(1, 3), range(10, 2)],
    });
  });

  test("what is missing is told", () => {
    expect(takeFirst([range(1, 3)], 5n)).toEqual({
      ok: false,
      problem: { code: "ledger.not-enough", missing: 2n },
    });
    expect(takeFirst([], 1n)).toMatchObject({ problem: { missing: 1n } });
  });

  test("number for number, it takes the lowest and leaves the others", () => {
    fc.assert(
      fc.property(holed, fc.nat(40), (free, wish) => {
        const all = numbers(free);
        const amount = BigInt(Math.min(wish, all.length));
        const taken = must(takeFirst(free, amount));
        expect(numbers(taken)).toEqual(all.slice(0, Number(amount)));
        expect(numbers(without(free, taken))).toEqual(all.slice(Number(amount)));
      }),
    );
  });
});

describe("exactly these numbers", () => {
  const free = [range(1, 10), range(20, 10)];
  test.each([
    ["inside one range", [range(3, 4)]],
    ["a whole range", [range(20, 10)]],
    ["in any order", [range(25, 5), range(1, 2)]],
    ["side by side", [range(1, 5), range(6, 5)]],
    ["none", []],
  ])("%s", (_, wanted) => {
    expect(takeExactly(free, wanted)).toEqual({ ok: true, value: wanted });
  });

  test.each([
    ["over the end", range(8, 4)],
    ["in a hole", range(12, 1)],
    ["over a hole", range(8, 15)],
    ["after the head", range(30, 1)],
    ["none at all", range(3, 0)],
    ["fewer than none", range(3, -2)],
  ])("%s: refused", (_, wanted) => {
    expect(takeExactly(free, [range(1, 2), wanted])).toEqual({
      ok: false,
      problem: { code: "ledger.moved-on", ...wanted },
    });
  });

  test("the same number twice is refused", () => {
    expect(takeExactly(free, [range(1, 5), range(5, 2)])).toMatchObject({ ok: false });
    expect(takeExactly(free, [range(1, 5), range(1, 5)])).toMatchObject({ ok: false });
  });
});

test("without leaves what is not taken, number for number", () => {
  fc.assert(
    fc.property(holed, fc.infiniteStream(fc.boolean()), (free, coins) => {
      const all = numbers(free);
      const gone = all.filter(() => coins.next().value === true);
      const taken = gone.map((lo) => ({ lo, length: 1n }));
      const left = without(free, taken);
      expect(numbers(left)).toEqual(all.filter((number) => !gone.includes(number)));
      expect(total(left)).toBe(BigInt(all.length - gone.length));
    }),
  );
});

test("overlap is what both ranges have", () => {
  const any = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 10 }));
  fc.assert(
    fc.property(any, any, ([aLo, aLength], [bLo, bLength]) => {
      const a = range(aLo, aLength);
      const b = range(bLo, bLength);
      const both = numbers([a]).filter((number) => numbers([b]).includes(number));
      const shared = overlap(a, b);
      expect(numbers(shared ? [shared] : [])).toEqual(both);
      expect(overlap(b, a)).toEqual(shared);
    }),
  );
});
