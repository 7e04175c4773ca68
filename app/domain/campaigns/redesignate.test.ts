import { expect, it } from "vitest";

import { wrongRedesignation } from "./redesignate.ts";

const FROM = {
  goal: 1_200n,
  surplusTo: null,
  endsOn: "2023-12-31",
  closedOn: null,
};
const act = { reason: "surplus", to: "KD1", amount: 62n, on: "2023-07-01" } as const;

it("gives away a surplus only, to the đồng", () => {
  expect(wrongRedesignation(act, FROM, { received: 1_262n })).toBeUndefined();
  expect(wrongRedesignation(act, FROM, { received: 1_261n })).toEqual({
    code: "redesignation.not-surplus",
    surplus: 61n,
  });
  expect(wrongRedesignation(act, FROM, { received: 900n })).toEqual({
    code: "redesignation.not-surplus",
    surplus: 0n,
  });
});

it("gives the rest of an ended campaign from the day after its end, or after it was stopped", () => {
  const rest = { ...act, reason: "campaign-ended" as const };
  const totals = { received: 500n };
  expect(wrongRedesignation({ ...rest, on: "2023-12-31" }, FROM, totals)?.code).toBe(
    "redesignation.still-open",
  );
  expect(wrongRedesignation({ ...rest, on: "2024-01-01" }, FROM, totals)).toBeUndefined();
  const stopped = { ...FROM, closedOn: "2023-05-31" };
  expect(wrongRedesignation({ ...rest, on: "2023-06-01" }, stopped, totals)).toBeUndefined();
});

it("keeps to the campaign that the page named", () => {
  const named = { ...FROM, surplusTo: "LD1" };
  expect(wrongRedesignation(act, named, { received: 2_000n })).toEqual({
    code: "redesignation.other-target",
    printed: "LD1",
  });
  expect(wrongRedesignation({ ...act, to: "LD1" }, named, { received: 2_000n })).toBeUndefined();
});
