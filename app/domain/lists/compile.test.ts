import { describe, expect, it } from "vitest";

import {
  compile,
  countingMeetings,
  linesWithout,
  type VotedMeeting,
  withCodes,
} from "./compile.ts";
import { totalsOf } from "./list-version.ts";
import type { Meeting } from "./meeting.ts";
import type { Candidate } from "./ports.ts";

const NORM = { perHousehold: 2, unitPrice: 20_000_000n };

function candidate(registration: string, changed: Partial<Candidate> = {}): Candidate {
  return {
    registration,
    village: registration.slice(0, 1),
    category: "poor",
    state: "open",
    earlierSupport: "none",
    fit: null,
    doubtful: false,
    objected: false,
    erased: false,
    ...changed,
  };
}

function meeting(village: string, places: number, changed: Partial<Meeting> = {}): Meeting {
  return {
    id: village,
    campaign: "LD1",
    round: 1,
    village,
    onDay: "2026-01-01",
    place: "nhà thôn",
    called: 10,
    present: 9,
    places,
    way: "hands",
    chair: "village",
    secretary: "commune",
    quorate: true,
    repeats: null,
    tie: null,
    leader: null,
    deputy: null,
    minutes: "file",
    notedBy: "clerk",
    notedAt: 1,
    ...changed,
  };
}

const voted = (one: Meeting, ...registrations: string[]): VotedMeeting => ({
  meeting: one,
  votes: registrations.map((registration, at) => ({ registration, votes: 9 - at, rank: at + 1 })),
});
const known = (...all: Candidate[]) => new Map(all.map((one) => [one.registration, one]));
const put = (lines: readonly { registration: string; reserve: boolean }[]) =>
  lines.map(({ registration, reserve }) => (reserve ? `${registration}*` : registration));

describe("a list from its meetings", () => {
  it("lets villages take turns, and puts those behind the places in reserve", () => {
    const { lines } = compile(
      [voted(meeting("b", 2), "b1", "b2", "b3"), voted(meeting("a", 1), "a1", "a2")],
      known(...["b1", "b2", "b3", "a1", "a2"].map((one) => candidate(one))),
      NORM,
    );
    expect(put(lines)).toEqual(["a1", "b1", "b2", "a2*", "b3*"]);
    expect(lines.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
  });

  it("leaves out who may not be on it, each with why, and the next moves up", () => {
    const { lines, leftOut } = compile(
      [voted(meeting("a", 2), "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9")],
      known(
        candidate("a1", { state: "withdrawn" }),
        candidate("a2", { state: "declined" }),
        candidate("a3", { fit: false }),
        candidate("a4", { doubtful: true }),
        candidate("a5", { objected: true }),
        candidate("a6", { erased: true }),
        candidate("a7", { category: "other" }),
        candidate("a8", { fit: true }),
        candidate("a9"),
      ),
      NORM,
    );
    expect(put(lines)).toEqual(["a8", "a9"]);
    expect(leftOut.map(({ why }) => why)).toEqual([
      "withdrawn",
      "declined",
      "not-fit",
      "doubtful",
      "objected",
      "erased",
      "not-poor",
    ]);
  });

  it("lets the elected leader be of any category, and gives less to who was helped before", () => {
    const { lines } = compile(
      [voted(meeting("a", 2, { leader: "a1", tie: "lot" }), "a1", "a2", "a3")],
      known(
        candidate("a1", { category: "other" }),
        candidate("a2"),
        candidate("a3", { earlierSupport: "loan" }),
      ),
      NORM,
    );
    expect(lines).toMatchObject([
      { leader: true, heads: 2, why: "vote" },
      { heads: 2, amount: 40_000_000n, why: "tie" },
      { heads: 1, amount: 20_000_000n, why: "earlier-support", reserve: true },
    ]);
    expect(totalsOf(lines)).toEqual({
      households: 2,
      reserves: 1,
      heads: 4,
      amount: 80_000_000n,
    });
  });

  it("counts the last meeting with quorum of each village", () => {
    const held = [
      meeting("a", 1, { id: "1", quorate: false }),
      meeting("a", 1, { id: "2" }),
      meeting("b", 1, { id: "3" }),
      meeting("a", 1, { id: "4" }),
      meeting("b", 1, { id: "5", quorate: false }),
    ];
    expect(countingMeetings(held).map(({ id }) => id)).toEqual(["4", "3"]);
  });
});

describe("codes", () => {
  const lines = compile(
    [voted(meeting("a", 3), "a1", "a2", "a3")],
    known(candidate("a1"), candidate("a2"), candidate("a3")),
    NORM,
  ).lines;

  it("are kept in all versions, and new ones are drawn", () => {
    const lots = ["z", "a"];
    const coded = withCodes("LD1", lines, new Map([["a2", "H-LD1-001"]]), 7, () => lots.shift()!);
    expect(coded.map(({ code }) => code)).toEqual(["H-LD1-009", "H-LD1-001", "H-LD1-008"]);
  });
});

describe("a list without some of its lines", () => {
  const lines = withCodes(
    "LD1",
    compile(
      [voted(meeting("a", 2), "a1", "a2", "a3", "a4")],
      known(...["a1", "a2", "a3", "a4"].map((one) => candidate(one))),
      NORM,
    ).lines,
    new Map(["a1", "a2", "a3", "a4"].map((one) => [one, one])),
    0,
    () => "",
  );

  it("calls the first reserve for a household, and nobody for a reserve", () => {
    const left = linesWithout(lines, new Set(["a1"]));
    expect(put(left)).toEqual(["a2", "a3", "a4*"]);
    expect(left[1]).toMatchObject({ why: "reserve-called", rank: 2 });
    expect(put(linesWithout(lines, new Set(["a3"])))).toEqual(["a1", "a2", "a4*"]);
    expect(put(linesWithout(lines, new Set(["a1", "a2", "a3"])))).toEqual(["a4"]);
    expect(linesWithout(lines, new Set(["nobody"]))).toEqual(lines);
  });
});
