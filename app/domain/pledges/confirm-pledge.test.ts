import { expect, test } from "vitest";

import { refusesConfirmation } from "./confirm-pledge.ts";

const facts = {
  intent: "promised",
  state: "open",
  confirmed: false,
  open: 40_000_000n,
  missing: 40_000_000n,
} as const;

test("whoever made a promise stands for it up to what is missing; above that an official has to", () => {
  expect(refusesConfirmation(facts, "link")).toBeUndefined();
  const above = { ...facts, open: 40_000_001n };
  for (const way of ["link", "person"] as const) {
    expect(refusesConfirmation(above, way)).toEqual({
      code: "pledge.above-missing",
      missing: 40_000_000n,
    });
  }
  expect(refusesConfirmation(above, "office")).toBeUndefined();
});

test("only an open promise is confirmed, by whomever", () => {
  expect(refusesConfirmation({ ...facts, intent: "now" }, "office")?.code).toBe(
    "pledge.no-promise",
  );
  for (const state of ["expired", "withdrawn"] as const) {
    expect(refusesConfirmation({ ...facts, state }, "office")?.code).toBe("pledge.over");
  }
  expect(refusesConfirmation({ ...facts, open: 0n }, "link")?.code).toBe("pledge.over");
});
