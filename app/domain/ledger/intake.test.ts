import { describe, expect, test } from "vitest";

import { addDays } from "../kernel/calendar.ts";
import { draftOfGift, type IntakeGift, kindOfGift, shownPaper } from "./intake.ts";
import type { Reason } from "./reasons.ts";

const TODAY = "2024-05-20";
const GIFT: IntakeGift = {
  key: "vnpay:QNAAAAAA1-1",
  code: "QNAAAAAA1",
  pledge: "QNAAAAAA1",
  campaign: "LD1",
  channel: "vnpay",
  to: "clearing:vnpay:LD1",
  amount: 50_000n,
  receivedOn: TODAY,
  evidence: [],
};

test("the account a gift enters says what kind of entry it makes", () => {
  expect(kindOfGift("clearing:vnpay:LD1")).toBe("donation-reported");
  expect(kindOfGift("fund:LD1")).toBe("donation-received");
  expect(kindOfGift("commune:20455:LD1")).toBe("direct-gift");
  expect(kindOfGift("suspense:mttq-1")).toBe("suspense-received");
});

test("a gift in time carries no reason, no evidence it has not, nothing of the donor", () => {
  expect(draftOfGift(GIFT, { today: TODAY })).toEqual({
    key: "vnpay:QNAAAAAA1-1",
    kind: "donation-reported",
    effectiveOn: TODAY,
    legs: [{ from: "world:donor:vnpay", to: "clearing:vnpay:LD1", amount: 50_000n }],
    donation: "QNAAAAAA1",
  });
});

test("digests become evidence, in order, called what they are: a gateway's notice is no bank line", () => {
  const evidenceOf = (gift: Partial<IntakeGift>) =>
    draftOfGift({ ...GIFT, evidence: ["aa", "bb"], ...gift }, { today: TODAY }).evidence;
  const both = (kind: string) => [
    { kind, digest: "aa" },
    { kind, digest: "bb" },
  ];
  expect(evidenceOf({})).toEqual(both("notice"));
  expect(evidenceOf({ channel: "stripe", to: "clearing:stripe:LD1" })).toEqual(both("notice"));
  expect(evidenceOf({ channel: "bank", to: "fund:LD1" })).toEqual(both("statement-line"));
});

test("a notice that was booked as a bank line is called what it is; what the bank showed stays", () => {
  expect(shownPaper("donation-reported", "statement-line")).toBe("notice");
  expect(shownPaper("donation-received", "statement-line")).toBe("statement-line");
  expect(shownPaper("donation-confirmed", "statement-line")).toBe("statement-line");
});

describe("a gift is never refused for its day", () => {
  const on = (receivedOn: string, closedUntil?: string, reason?: Reason) => {
    const { effectiveOn, reason: given } = draftOfGift(
      { ...GIFT, receivedOn, ...(reason === undefined ? {} : { reason }) },
      { today: TODAY, closedUntil },
    );
    return [effectiveOn, given];
  };

  test.each([
    ["7 days ago", addDays(TODAY, -7), undefined, [addDays(TODAY, -7), undefined]],
    ["8 days ago", addDays(TODAY, -8), undefined, [addDays(TODAY, -8), "late-notice"]],
    ["years ago", "2019-01-01", undefined, ["2019-01-01", "late-notice"]],
    ["tomorrow, by a bank's clock", addDays(TODAY, 1), undefined, [TODAY, undefined]],
    ["the last closed day", "2024-05-19", "2024-05-19", [TODAY, "closed-period"]],
    ["the day after", TODAY, "2024-05-19", [TODAY, undefined]],
    ["long closed", "2024-01-31", "2024-04-30", [TODAY, "closed-period"]],
    ["late but not closed", "2024-05-02", "2024-04-30", ["2024-05-02", "late-notice"]],
  ])("%s", (_, day, closedUntil, expected) => {
    expect(on(day, closedUntil)).toEqual(expected);
  });

  test("its own reason comes first", () => {
    expect(on("2024-01-31", "2024-04-30", "late-statement")).toEqual([TODAY, "late-statement"]);
  });
});
