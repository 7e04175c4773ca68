import { describe, expect, test } from "vitest";

import { lineMoney, lineProblem, wrongAmong, wrongLines, wrongReceivers } from "./line-lock.ts";
import type { CampaignLines, ListedLine } from "./ports.ts";

const M = 1_000_000n;
const line = (n: number, more: Partial<ListedLine> = {}): ListedLine => ({
  code: `H-LD1-00${n}`,
  list: "LD1-r1",
  version: 1,
  rank: n,
  heads: 1,
  amount: 15n * M,
  reserve: false,
  posted: true,
  objections: [],
  openHeads: 1,
  advancedBy: null,
  keeps: 0,
  ...more,
});
const CAMPAIGN: CampaignLines = {
  lines: [
    line(1),
    line(2, { objections: ["YKA", "YKB"] }),
    line(3, { posted: false }),
    line(4, { openHeads: 0, advancedBy: 12 }),
    line(5, { reserve: true, objections: ["YKC"] }),
    line(6, { heads: 10, amount: 20n * M, openHeads: 3, advancedBy: 9 }),
  ],
  undecided: ["H-LD1-007"],
};

describe("one line", () => {
  test.each([
    ["H-LD1-001", undefined],
    ["H-LD1-002", { code: "order.line-locked", line: "H-LD1-002", objection: "YKA" }],
    ["H-LD1-003", { code: "order.line-not-posted", line: "H-LD1-003", list: "LD1-r1" }],
    // Handed over to, not asked for again.
    ["H-LD1-004", undefined],
    ["H-LD1-005", { code: "order.line-reserve", line: "H-LD1-005" }],
    ["H-LD1-007", { code: "order.line-not-decided", line: "H-LD1-007" }],
    ["H-LD1-999", { code: "order.line-unknown", line: "H-LD1-999" }],
  ])("%s", (code, problem) => {
    expect(lineProblem(CAMPAIGN, code)).toEqual(problem);
  });
});

describe("what is asked for", () => {
  test.each([
    [{}, { code: "order.lines-needed" }],
    [{ lines: ["H-LD1-001"], heads: 1 }, undefined],
    [{ lines: ["H-LD1-001", "H-LD1-006"], heads: 4 }, undefined],
    [
      { lines: ["H-LD1-001"], heads: 2 },
      { code: "order.lines-heads", heads: 2, open: 1 },
    ],
    [
      { lines: ["H-LD1-006"], heads: 10 },
      { code: "order.lines-heads", heads: 10, open: 3 },
    ],
    [{ lines: ["H-LD1-001", "H-LD1-001"] }, { code: "order.line-twice", line: "H-LD1-001" }],
    [{ lines: ["H-LD1-004"] }, { code: "order.line-advanced", line: "H-LD1-004", number: 12 }],
    [
      { lines: ["H-LD1-001", "H-LD1-002"], heads: 2 },
      { code: "order.line-locked", line: "H-LD1-002", objection: "YKA" },
    ],
  ])("%j", (asked, problem) => {
    expect(wrongAmong(CAMPAIGN, asked)).toEqual(problem);
  });

  const stores = (lines: CampaignLines) => ({ listLines: { ofCampaign: async () => lines } });
  const asked = { campaign: "LD1", heads: 1 };

  test("lines are asked for where living things are bought, and there alone", async () => {
    expect(await wrongLines(stores(CAMPAIGN), { ...asked, species: "BO" })).toEqual({
      code: "order.lines-needed",
    });
    expect(await wrongLines(stores(CAMPAIGN), { ...asked, species: "TB" })).toBeUndefined();
  });

  test("a campaign without a list asks for lines all the same", async () => {
    const nothing = { lines: [], undecided: [] };
    expect(await wrongLines(stores(nothing), { ...asked, species: "DE" })).toEqual({
      code: "order.lines-needed",
    });
  });

  test("a household with an objection is handed nothing", async () => {
    const hand = (households: string[]) =>
      wrongReceivers(stores(CAMPAIGN), { id: "LD1", species: "BO" }, households);
    expect(await hand(["H-LD1-001", "H-LD1-004"])).toBeUndefined();
    expect(await hand(["H-LD1-001", "H-LD1-002"])).toMatchObject({ code: "order.line-locked" });
  });
});

test("what can be asked and what is locked: reserves and lines that have theirs are in neither", () => {
  expect(lineMoney(CAMPAIGN)).toEqual({
    free: 21n * M,
    locked: 15n * M,
    lockedLines: ["H-LD1-002"],
  });
});
