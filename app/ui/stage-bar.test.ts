import { expect, test } from "vitest";

import { barParts } from "./stage-bar.tsx";

test("each stage begins where the one after it in time ends", () => {
  const totals = { pledged: 80n, received: 60n, unsettled: 0n, disbursed: 50n, delivered: 20n };
  expect(barParts(totals, 100n)).toEqual([
    { stage: "delivered", from: 0, to: 20 },
    { stage: "disbursed", from: 20, to: 50 },
    { stage: "received", from: 50, to: 60 },
    { stage: "pledged", from: 60, to: 80 },
  ]);
});

test("a stage that adds nothing is not drawn, and nothing leaves the bar", () => {
  const totals = { pledged: 150n, received: 150n, unsettled: 0n, disbursed: 0n, delivered: 0n };
  expect(barParts(totals, 100n)).toEqual([{ stage: "received", from: 0, to: 100 }]);
  expect(barParts(totals, 0n)).toEqual([]);
});

test("the scale is the goal: whatever is promised beyond it, what was delivered keeps its length", () => {
  const totals = { received: 60n, unsettled: 0n, disbursed: 50n, delivered: 44n };
  const usual = barParts({ ...totals, pledged: 80n }, 100n);
  const promised = barParts({ ...totals, pledged: 900_000n }, 100n);
  expect(promised[0]).toEqual({ stage: "delivered", from: 0, to: 44 });
  expect(promised.slice(0, 3)).toEqual(usual.slice(0, 3));
  expect(promised.at(-1)).toEqual({ stage: "pledged", from: 60, to: 100 });
});
