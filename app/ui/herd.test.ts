import { expect, test } from "vitest";

import { herdRuns } from "./herd.tsx";

test("every needed unit is in exactly one state", () => {
  expect(herdRuns({ needed: 100, delivered: 44, bought: 52, funded: 64 })).toEqual({
    delivered: { from: 0, length: 44 },
    bought: { from: 44, length: 8 },
    funded: { from: 52, length: 12 },
    missing: { from: 64, length: 36 },
  });
});

test("more than needed draws no further square", () => {
  const runs = herdRuns({ needed: 10, delivered: 9, bought: 12, funded: 14 });
  expect(Object.values(runs).reduce((sum, { length }) => sum + length, 0)).toBe(10);
  expect(runs.missing.length).toBe(0);
  expect(runs.funded.length).toBe(0);
});
