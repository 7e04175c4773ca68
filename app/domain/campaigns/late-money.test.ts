import { expect, it } from "vitest";

import { graceDays, isLateMoney } from "./late-money.ts";

const END = "2026-10-31";

it("is in time until the last day, and late after it", () => {
  expect(isLateMoney(END, "2026-10-31", undefined)).toBe(false);
  expect(isLateMoney(END, "2026-11-01", undefined)).toBe(true);
});

it("honours a promise that was taken in before the end, for the days it has", () => {
  const promise = { promisedOn: "2026-10-20", graceDays: 60 };
  expect(isLateMoney(END, "2026-12-19", promise)).toBe(false);
  expect(isLateMoney(END, "2026-12-20", promise)).toBe(true);
  expect(isLateMoney(END, "2026-11-01", { ...promise, graceDays: 0 })).toBe(true);
});

it("gives no days where no rule gives any", async () => {
  const rules = (value: unknown) => ({ on: () => Promise.resolve(value) });
  expect(await graceDays(rules(60), END)).toBe(60);
  expect(await graceDays(rules(undefined), END)).toBe(0);
  expect(await graceDays(rules("60"), END)).toBe(0);
});
