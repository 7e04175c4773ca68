import { expect, test } from "vitest";

import { attemptState, canBePaid, openOf, standingOf } from "./standing.ts";

const gift = (amount: bigint) => ({ code: "QN", entry: 1, amount, receivedOn: "2026-11-20" });
const pledge = {
  amount: 100n,
  intent: "now" as const,
  promisedOn: null,
  state: "open" as const,
  gifts: [],
};
const NOON = Date.UTC(2026, 10, 23, 5) / 1000;

test("money that came decides before everything else", () => {
  expect(standingOf(pledge, NOON)).toBe("waiting");
  expect(standingOf({ ...pledge, gifts: [gift(40n)] }, NOON)).toBe("part");
  expect(standingOf({ ...pledge, gifts: [gift(40n), gift(60n)] }, NOON)).toBe("paid");
  expect(standingOf({ ...pledge, state: "expired", gifts: [gift(120n)] }, NOON)).toBe("paid");
  expect(standingOf({ ...pledge, state: "withdrawn" }, NOON)).toBe("withdrawn");
  expect(standingOf({ ...pledge, state: "expired", gifts: [gift(40n)] }, NOON)).toBe("part-ended");
  expect(openOf({ ...pledge, gifts: [gift(120n)] })).toBe(0n);
});

test("a promise is late only after its days of grace", () => {
  const promise = (promisedOn: string) =>
    standingOf({ ...pledge, intent: "promised", promisedOn }, NOON);
  expect(promise("2026-12-31")).toBe("promised");
  expect(promise("2026-11-20")).toBe("promised");
  expect(promise("2026-11-19")).toBe("late");
});

test("only what is not over can be paid", () => {
  expect(canBePaid("late")).toBe(true);
  expect(canBePaid("paid")).toBe(false);
  expect(canBePaid("expired")).toBe(false);
  expect(canBePaid("part-ended")).toBe(false);
});

test("an attempt without a final state is open until its time is over", () => {
  expect(attemptState({ state: null, expiresAt: NOON + 1 }, NOON)).toBe("open");
  expect(attemptState({ state: null, expiresAt: NOON - 1 }, NOON)).toBe("expired");
  expect(attemptState({ state: "paid", expiresAt: NOON - 1 }, NOON)).toBe("paid");
});
