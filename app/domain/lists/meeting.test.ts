import { describe, expect, it } from "vitest";

import { isQuorate, quorumOf, rankVotes } from "./meeting.ts";

describe("quorum", () => {
  it("is the share of the rule row, and half where no row says one", () => {
    expect(quorumOf({ share: 60 })).toBe(60);
    for (const odd of [undefined, 60, { share: "viel" }, { share: 0 }, { share: 101 }]) {
      expect(quorumOf(odd)).toBe(50);
    }
  });

  it.each([
    [78, 39, true],
    [78, 38, false],
    [77, 39, true],
    [77, 38, false],
    [1, 0, false],
  ])("of %i called, %i came: %s", (called, present, enough) => {
    expect(isQuorate({ called, present }, 50)).toBe(enough);
  });
});

const votes = (...counts: number[]) =>
  counts.map((count, at) => ({
    registration: `r${at}`,
    votes: count,
    place: null as number | null,
  }));
const at = { places: 2, present: 30, tie: null };

describe("places by votes", () => {
  it("go to the most votes; equal votes that decide nothing need no words", () => {
    expect(rankVotes(votes(5, 9, 9, 1), at)).toEqual({
      votes: [
        { registration: "r1", votes: 9, rank: 1 },
        { registration: "r2", votes: 9, rank: 2 },
        { registration: "r0", votes: 5, rank: 3 },
        { registration: "r3", votes: 1, rank: 4 },
      ],
    });
  });

  it("with equal votes at the last place need how it was decided, and the order", () => {
    const tied = votes(9, 5, 5);
    expect(rankVotes(tied, at)).toEqual({ problem: { code: "meeting.tie", votes: 5 } });
    expect(rankVotes(tied, { ...at, tie: "lot" })).toEqual({
      problem: { code: "meeting.tie-places", votes: 5 },
    });
    const decided = tied.map((one, n) => ({ ...one, place: n === 0 ? null : 4 - n }));
    expect(rankVotes(decided, { ...at, tie: "lot" })).toMatchObject({
      votes: [{ registration: "r0" }, { registration: "r2" }, { registration: "r1" }],
    });
    expect(rankVotes(votes(9, 5, 4), { ...at, tie: "lot" })).toEqual({
      problem: { code: "meeting.no-tie" },
    });
  });

  it("refuse what cannot be", () => {
    expect(rankVotes([], at)).toEqual({ problem: { code: "meeting.no-votes" } });
    expect(rankVotes(votes(31), at)).toEqual({ problem: { code: "meeting.bad-votes" } });
    expect(rankVotes(votes(Number.NaN), at)).toEqual({ problem: { code: "meeting.bad-votes" } });
    expect(rankVotes([...votes(3), ...votes(2)], at)).toEqual({
      problem: { code: "meeting.voted-twice" },
    });
  });
});
