import { describe, expect, it } from "vitest";

import { daysLeft, lastDayOf, missingProofs, type NoticePlace, noticeOf } from "./notice.ts";
import { lineState, type LineStanding, standingOf } from "./standing.ts";

const RULES = { leastDays: 20, leastAfterChange: 3 };
const DAY = "2026-11-20";

describe("the last day", () => {
  it("is the last of the days the rule asks, the first among them", () => {
    expect(lastDayOf(DAY, RULES, undefined)).toBe("2026-12-09");
  });

  it.each([
    // Hung 5 days before it was replaced: 15 are left.
    ["2026-11-10", "2026-11-14", "replaced", "2026-12-04"],
    // Hung nearly all: the least after a change.
    ["2026-10-20", "2026-11-08", "whole", "2026-11-22"],
    // What does not count, does not count.
    ["2026-11-10", "2026-11-14", "torn-down", "2026-12-09"],
    ["2026-11-10", "2026-11-14", "no-proof", "2026-12-09"],
  ] as const)("after a notice from %s to %s (%s): %s", (fromDay, endedOn, outcome, last) => {
    expect(lastDayOf(DAY, RULES, { fromDay, endedOn, outcome })).toBe(last);
  });
});

it("days left are told up to the last one, and none once it ended", () => {
  const notice = { toDay: "2026-12-04", outcome: null };
  expect(daysLeft(notice, "2026-11-30")).toBe(5);
  expect(daysLeft(notice, "2026-12-04")).toBe(1);
  expect(daysLeft(notice, "2026-12-05")).toBe(0);
  expect(daysLeft({ ...notice, outcome: "torn-down" }, "2026-11-30")).toBe(0);
});

it("every place but the web proves itself by two photos and minutes", () => {
  const place = (n: number, kind: NoticePlace["kind"], proof: string | null): NoticePlace => ({
    n,
    kind,
    place: "",
    upPhoto: proof,
    downPhoto: proof,
    minutes: null,
    loudspeakerDays: [],
  });
  expect(
    missingProofs([place(1, "office", "f"), place(2, "village", null), place(3, "web", null)]),
  ).toEqual([
    { n: 1, what: "minutes" },
    { n: 2, what: "upPhoto" },
    { n: 2, what: "downPhoto" },
    { n: 2, what: "minutes" },
  ]);
});

it("of the notices of a version the one that hangs tells, then a whole one, then the last", () => {
  const one = (id: string, version: number, outcome: "whole" | "torn-down" | null) =>
    ({ id, version, outcome }) as Parameters<typeof noticeOf>[0][number];
  const torn = one("torn", 1, "torn-down");
  const whole = one("whole", 1, "whole");
  const hanging = one("hanging", 1, null);
  expect(noticeOf([torn, hanging], 1)?.id).toBe("hanging");
  expect(noticeOf([whole, torn], 1)?.id).toBe("whole");
  expect(noticeOf([torn], 1)?.id).toBe("torn");
  expect(noticeOf([torn], 2)).toBeUndefined();
});

it("only lines that hung whole and are no reserves may be spent for", () => {
  const line = (notice: LineStanding["notice"], reserve = false): LineStanding => ({
    code: "H-LD1-001",
    registration: "r",
    list: "LD1-r1",
    version: 1,
    campaign: "LD1",
    round: 1,
    reserve,
    heads: 2,
    amount: 40n,
    notice,
  });
  const all = [null, "hanging", "whole", "torn-down", "no-proof", "replaced"] as const;
  expect(all.map((notice) => lineState(line(notice)))).toEqual([
    "decided",
    "hanging",
    "whole",
    "not-counted",
    "not-counted",
    "not-counted",
  ]);
  const standing = standingOf([...all.map((notice) => line(notice)), line("whole", true)]);
  expect(standing).toMatchObject({ amount: 240n, spendable: 40n });
});
