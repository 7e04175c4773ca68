import { expect, test } from "vitest";

import { advancesOn } from "./advances.ts";

const held = (campaign: string, since: string | null) => ({
  campaign,
  purchase: "P01",
  commune: null,
  balance: 10n,
  since,
});
const rows = [
  held("B", "2026-05-02"),
  held("C", null),
  held("A", "2026-05-02"),
  held("D", "2026-05-01"),
];
const told = (within: unknown) =>
  advancesOn(rows, within, "2026-06-01").map(
    ({ campaign, days, overdue }) => `${campaign} ${days}${overdue ? " late" : ""}`,
  );

test("the oldest first, late from the day after the last one the rule leaves", () => {
  expect(told(30)).toEqual(["D 31 late", "A 30", "B 30", "C 0"]);
});

test("no rule in force: nothing is late", () => {
  expect(told(undefined)).toEqual(["D 31", "A 30", "B 30", "C 0"]);
});
