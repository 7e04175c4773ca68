import { expect, test } from "vitest";

import { unitCounts, unitsMissing } from "./unit-counts.ts";

const facts = { needed: 100, delivered: 44, inPurchase: 0n, spendable: 0n, unitPrice: 20_000_000n };

test("what is delivered is bought and funded", () => {
  expect(unitCounts(facts)).toEqual({ needed: 100, delivered: 44, bought: 44, funded: 44 });
});

test("money buys whole units only, advanced money first", () => {
  const counts = unitCounts({ ...facts, inPurchase: 165_000_000n, spendable: 59_999_999n });
  expect(counts).toEqual({ needed: 100, delivered: 44, bought: 52, funded: 55 });
});

test("two halves in different places make one", () => {
  const counts = unitCounts({ ...facts, inPurchase: 10_000_000n, spendable: 10_000_000n });
  expect(counts).toMatchObject({ bought: 44, funded: 45 });
});

test("an over-subscribed campaign misses nothing", () => {
  const counts = unitCounts({ ...facts, spendable: 2_000_000_000n });
  expect(counts.funded).toBe(144);
  expect(unitsMissing(counts)).toBe(0);
  expect(unitsMissing({ ...counts, funded: 64 })).toBe(36);
});

test("no price, no promise", () => {
  expect(unitCounts({ ...facts, unitPrice: 0n, spendable: 5n }).funded).toBe(44);
});
