import fc from "fast-check";
import { expect, test } from "vitest";

import { type Label, placeLabels } from "./map-labels.ts";

const MAP = { width: 460, height: 480 };

function overlaps(a: Label, b: Label): boolean {
  const x = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
  const y = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
  return x > 0 && y > 0;
}

test("free labels stay, covered ones part", () => {
  const free = { x: 100, y: 400, width: 80, height: 40 };
  const left = { x: 90, y: 60, width: 84, height: 40 };
  const right = { x: 150, y: 50, width: 92, height: 40 };
  const [stay, a, b] = placeLabels([free, left, right], MAP, 4);
  expect(stay).toEqual(free);
  expect(a && b && overlaps(a, b)).toBe(false);
});

test("six labels anywhere end apart and on the map", () => {
  const label = fc.record({
    x: fc.integer({ min: 0, max: 460 }),
    y: fc.integer({ min: 0, max: 480 }),
    width: fc.constant(90),
    height: fc.constant(40),
  });
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), (labels) => {
      const placed = placeLabels(labels, MAP, 2);
      for (const [n, one] of placed.entries()) {
        expect(one.x - one.width / 2).toBeGreaterThanOrEqual(-1);
        expect(one.x + one.width / 2).toBeLessThanOrEqual(461);
        for (const other of placed.slice(n + 1)) expect(overlaps(one, other)).toBe(false);
      }
    }),
    { numRuns: 300, seed: 9295 },
  );
});
