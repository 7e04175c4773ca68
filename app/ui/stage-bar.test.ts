import { expect, test } from "vitest";

import { barParts } from "./stage-bar.tsx";

test("each stage begins where the one after it in time ends", () => {
  const totals = { pledged: 80n, received: 60n, disbursed: 50n, delivered: 20n };
  expect(barParts(totals, 100n)).toEqual([
    { stage: "delivered", from: 0, to: 20 },
    { stage: "disbursed", from: 20, to: 50 },
    { stage: "received", from: 50, to: 60 },
    { stage: "pledged", from: 60, to: 80 },
  ]);
});

test("a stage that adds nothing is not drawn, and nothing leaves the bar", () => {
  const totals = { pledged: 150n, received: 150n, disbursed: 0n, delivered: 0n };
  expect(barParts(totals, 100n)).toEqual([{ stage: "received", from: 0, to: 100 }]);
  expect(barParts(totals, 0n)).toEqual([]);
});
