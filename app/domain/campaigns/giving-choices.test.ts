import { expect, test } from "vitest";

import { givingChoices } from "./giving-choices.ts";

const counts = { needed: 100, funded: 0, bought: 0, delivered: 0 };

test("livestock offers one head, a household's set by the norm, and half a head", () => {
  const norm = { id: "de-2021", perHousehold: 5, source: "" };
  const choices = givingChoices({ needs: [{ unitPrice: 4_000_000n, norm, counts }] });
  expect(choices.map(({ is, amount, query }) => [is, amount, query])).toEqual([
    ["unit", 4_000_000n, "units=1"],
    ["household", 20_000_000n, "households=1"],
    ["half", 2_000_000n, "amount=2000000"],
  ]);
});

test("where nothing is counted, plain amounts", () => {
  const line = { unitPrice: 60_000_000n, norm: null, counts: null };
  expect(givingChoices({ needs: [line, line] }).every(({ is }) => is === "plain")).toBe(true);
});
