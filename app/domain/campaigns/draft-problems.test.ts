import { expect, it } from "vitest";

import { type DraftContent, EMPTY_CONTENT, needLinesOf } from "./draft-content.ts";
import { type AmendedTerms, type Judging, problemsOf } from "./draft-problems.ts";

const NORM = { id: "bo-2021", species: "BO", perHousehold: 2, unitPrice: 20_000_000n };
const JUDGING: Judging = { today: "2026-11-23", norm: NORM };
const WHOLE: DraftContent = {
  ...EMPTY_CONTENT,
  model: "livestock",
  species: "BO",
  titleVi: "Bò sinh sản cho 20 hộ",
  summaryVi: "Hai mươi hộ, mỗi hộ hai con.",
  storyVi: "Chuyện.",
  twin: "ubnd-da-nang",
  responsible: "ubnd-20443-2025",
  poor: 12,
  nearPoor: 6,
  escaped: 1,
  leader: 1,
  bankAccount: "van-dong",
  startsOn: "2026-12-01",
  endsOn: "2027-06-30",
  decisionNumber: "1201/QĐ-UBND",
  decisionDate: "2026-11-02",
  surplus: "reserve",
  shortfall: "fewer",
  passOnHeads: 1,
  passOnAgeDays: 365,
};
const codes = (content: Partial<DraftContent>, judging = JUDGING) =>
  problemsOf({ ...WHOLE, ...content }, judging).map(({ field, code }) => `${field} ${code}`);

it("finds nothing wrong with a whole draft, and every section with an empty one", () => {
  expect(codes({})).toEqual([]);
  const sections = new Set(problemsOf(EMPTY_CONTENT, JUDGING).map(({ section }) => section));
  expect([...sections]).toEqual([
    "purpose",
    "offices",
    "needs",
    "account",
    "time",
    "decision",
    "plans",
    "story",
  ]);
});

it("computes what is needed from the norm: households times what one gets at its price", () => {
  expect(needLinesOf(WHOLE, NORM)).toMatchObject([
    { species: "BO", quantity: 40, unitPrice: 20_000_000n },
  ]);
  expect(needLinesOf({ ...WHOLE, poor: null, nearPoor: 0, escaped: 0, leader: 0 }, NORM)).toEqual(
    [],
  );
});

it("wants a coded reason of the right kind for each way of leaving the norm", () => {
  const line = {
    titleVi: "Bò",
    titleEn: "",
    unitVi: "con",
    unitEn: "",
    quantity: 30,
    unitPrice: "22000000",
    catalogue: "",
  };
  const own = { byNorm: false, needs: [line] };
  expect(codes(own)).toEqual([
    "normReason-price unexplained-price",
    "normReason-heads unexplained-heads",
  ]);
  expect(codes({ ...own, normReasons: ["price-market", "heads-by-means"] })).toEqual([]);
});

it("wants lines that can be counted and paid", () => {
  const line = { titleVi: "Máy", titleEn: "", unitVi: "", unitEn: "", catalogue: "" };
  const village = { model: "village", species: "TC", byNorm: true } as const;
  const judging = { today: JUDGING.today, norm: undefined };
  expect(codes({ ...village, needs: [] }, judging)).toEqual(["needs missing"]);
  expect(codes({ ...village, needs: [{ ...line, quantity: 0, unitPrice: "5" }] }, judging)).toEqual(
    ["needs line-unfinished"],
  );
  expect(codes({ ...village, needs: [{ ...line, quantity: 1, unitPrice: "x" }] }, judging)).toEqual(
    ["needs line-unfinished"],
  );
  expect(
    codes(
      { ...village, needs: [{ ...line, quantity: 100_000, unitPrice: "900000000000" }] },
      judging,
    ),
  ).toEqual(["needs too-large"]);
});

it("takes English as a whole or not at all", () => {
  expect(codes({ titleEn: "Cows" })).toEqual(["summaryEn english-half", "storyEn english-half"]);
  expect(codes({ titleEn: "Cows", summaryEn: "Cows.", storyEn: "Cows." })).toEqual([]);
});

it("never lets a new campaign begin in the past or end before it begins", () => {
  expect(codes({ startsOn: "2026-11-22" })).toEqual(["startsOn starts-past"]);
  expect(codes({ endsOn: "2026-12-01" })).toEqual(["endsOn ends-first"]);
  expect(codes({ decisionDate: "2026-11-24" })).toEqual(["decisionDate decided-later"]);
});

it("does not count leaders alone as the households of a group", () => {
  expect(codes({ poor: 0, nearPoor: 0, escaped: 0, leader: 3 })).toEqual(["leader only-leaders"]);
});

const NOW: AmendedTerms = {
  model: "livestock",
  species: "BO",
  startsOn: "2026-01-01",
  endsOn: "2026-12-31",
  closedOn: null,
};
const change = (content: Partial<DraftContent>, amends = NOW) =>
  codes(
    { startsOn: NOW.startsOn, endsOn: NOW.endsOn, reason: "correction", ...content },
    { ...JUDGING, amends },
  );

it("keeps to donors what a published campaign promised", () => {
  expect(change({})).toEqual([]);
  expect(change({ reason: "" })).toEqual(["reason missing"]);
  expect(change({ startsOn: "2026-02-01" })).toEqual(["startsOn began"]);
  expect(change({ endsOn: "2026-11-20" })).toEqual(["endsOn ends-past"]);
  expect(change({ endsOn: "2027-03-31", reason: "extended" })).toEqual([]);
  expect(change({ closedOn: "2026-11-23", reason: "closed-early" })).toEqual([]);
  expect(change({ closedOn: "2026-11-22" })).toEqual(["closedOn ends-past"]);
  expect(change({ closedOn: "2027-01-01" })).toEqual(["closedOn closes-after"]);
});

it("never takes up a campaign again that has ended: no money after the promised end", () => {
  const ended = { ...NOW, endsOn: "2026-10-31" };
  expect(change({ endsOn: "2027-03-31" }, ended)).toEqual(["endsOn ended"]);
  expect(change({ endsOn: "2026-10-31" }, ended)).toEqual([]);
  const closed = { ...NOW, closedOn: "2026-11-01" };
  expect(change({ closedOn: "" }, closed)).toEqual(["endsOn ended"]);
});
