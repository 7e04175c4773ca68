import { expect, test } from "vitest";

import { priceBins } from "./price-bins.ts";

test("every price is in one bin, the one looked at and the norm where they belong", () => {
  const prices = [19_000_000n, 19_500_000n, 20_000_000n, 20_000_000n, 21_000_000n];
  const bins = priceBins(prices, 20_000_000n, 20_000_000n);
  expect(bins.low).toBe(19_000_000n);
  expect(bins.high).toBe(21_000_000n);
  expect(bins.counts).toEqual([1, 0, 1, 0, 2, 0, 0, 1]);
  expect(bins.own).toBe(4);
  expect(bins.norm).toBe(0.5);
});

test("one price alone is one bar", () => {
  expect(priceBins([5n], 5n, null)).toEqual({ counts: [1], low: 5n, high: 5n, own: 0, norm: null });
});

test("a norm below all prices begins the picture", () => {
  const bins = priceBins([20n, 30n], 30n, 10n);
  expect(bins.norm).toBe(0);
  expect(bins.counts.reduce((sum, one) => sum + one, 0)).toBe(2);
});
