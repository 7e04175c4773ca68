import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { LEAST_COUNT, publishableCounts } from "./small-cells.ts";

const counts = (...of: number[]) => of.map((households, n) => ({ category: `c${n}`, households }));
const shown = (...of: number[]) =>
  publishableCounts(counts(...of)).map(({ households }) => households);

describe("counts that may be published", () => {
  it("are all, where each is five or more", () => {
    expect(shown(12, 5, 30)).toEqual([30, 12, 5]);
  });

  it("leave out those below five, and one more where these would follow from the sum", () => {
    expect(shown(20, 3, 3)).toEqual([20]);
    expect(shown(20, 8, 3)).toEqual([20]);
    expect(shown(8, 1)).toEqual([]);
    expect(shown(4)).toEqual([]);
  });

  it("never let fewer than five be worked out", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }), (of) => {
        const all = of.reduce((sum, count) => sum + count, 0);
        const told = shown(...of);
        const hidden = all - told.reduce((sum, count) => sum + count, 0);
        expect(told.every((count) => count >= LEAST_COUNT)).toBe(true);
        expect(hidden === 0 || hidden >= LEAST_COUNT || told.length === 0).toBe(true);
      }),
    );
  });
});
