import { expect, test } from "vitest";

import type { EntryKind } from "../ledger/entry.ts";
import { latestLines } from "./latest-lines.ts";
import type { LatestEntry } from "./ports.ts";

const line = (entry: number, kind: EntryKind) => ({ entry, kind }) as LatestEntry;
const told = (lines: readonly LatestEntry[], most: number) =>
  latestLines(lines, most).map(({ entry }) => entry);

test("one line of each sort, and gifts are one sort whichever way they came", () => {
  const lines = [
    line(9, "donation-received"),
    line(8, "donation-confirmed"),
    line(7, "donation-reported"),
    line(6, "donation-received"),
    line(5, "disbursement"),
    line(4, "advance"),
    line(3, "disbursement"),
  ];
  expect(told(lines, 3)).toEqual([9, 5, 4]);
  expect(told(lines, 5)).toEqual([9, 8, 7, 5, 4]);
});

test("few entries are all shown, none twice", () => {
  expect(told([line(2, "disbursement"), line(3, "disbursement")], 6)).toEqual([3, 2]);
  expect(told([], 6)).toEqual([]);
});
