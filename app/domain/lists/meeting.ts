import type { Day, Seconds } from "../kernel/calendar.ts";

/** A meeting of a village on a round of a campaign. Never changed; one without quorum stays, and the next names it. */
export interface Meeting {
  readonly id: string;
  readonly campaign: string;
  readonly round: number;
  readonly village: string;
  readonly onDay: Day;
  readonly place: string;
  /** Households. */
  readonly called: number;
  readonly present: number;
  /** Households it could choose; those voted behind them are reserves. */
  readonly places: number;
  readonly way: "hands" | "ballots";
  /** Capacities. */
  readonly chair: string;
  readonly secretary: string;
  readonly quorate: boolean;
  /** The meeting without quorum that this one repeats. */
  readonly repeats: string | null;
  /** How a tie at the last place was decided. */
  readonly tie: Tie | null;
  /** Registrations. */
  readonly leader: string | null;
  readonly deputy: string | null;
  /** File of the office. */
  readonly minutes: string;
  readonly notedBy: string;
  readonly notedAt: Seconds;
}

/** What a meeting gave a household. */
export interface MeetingVote {
  readonly registration: string;
  readonly votes: number;
  /** Place from 1, no two alike. */
  readonly rank: number;
}

/** Ways to decide a tie at the last place. */
export const TIES = ["vote-again", "lot", "need"] as const;
export type Tie = (typeof TIES)[number];

export const WAYS = ["hands", "ballots"] as const;

/** How many of the called households must be there: the rule `meetings.quorum` of the day, percent of called. */
export function quorumOf(rule: unknown): number {
  const share =
    typeof rule === "object" && rule !== null && "share" in rule ? Number(rule.share) : Number.NaN;
  return Number.isFinite(share) && share > 0 && share <= 100 ? share : 50;
}

/** Whether enough came: at least the share, so half of 77 is 39. */
export function isQuorate(
  { called, present }: Pick<Meeting, "called" | "present">,
  share: number,
): boolean {
  return present * 100 >= called * share;
}

/** A household's votes as the form says them; `place` decides among equal votes, where the meeting decided it. */
export interface TypedVote {
  readonly registration: string;
  readonly votes: number;
  readonly place: number | null;
}

export type VoteProblem =
  | { code: "meeting.no-votes" }
  | { code: "meeting.bad-votes" }
  | { code: "meeting.voted-twice" }
  /** Equal votes on both sides of the last place, and nobody said how that was decided. */
  | { code: "meeting.tie"; votes: number }
  | { code: "meeting.tie-places"; votes: number }
  /** Said to have been a tie, and there was none. */
  | { code: "meeting.no-tie" };

/**
 * Places by votes, highest first. Equal votes on the two sides of the last place must have been decided by the meeting: then
 * each of them has a place of its own in the form. Elsewhere their order changes nothing for anybody but its row.
 */
export function rankVotes(
  typed: readonly TypedVote[],
  {
    places,
    present,
    tie,
  }: { readonly places: number; readonly present: number; readonly tie: Tie | null },
): { readonly votes: readonly MeetingVote[] } | { readonly problem: VoteProblem } {
  if (typed.length === 0) return { problem: { code: "meeting.no-votes" } };
  if (new Set(typed.map(({ registration }) => registration)).size < typed.length) {
    return { problem: { code: "meeting.voted-twice" } };
  }
  if (!typed.every(({ votes }) => Number.isInteger(votes) && votes >= 0 && votes <= present)) {
    return { problem: { code: "meeting.bad-votes" } };
  }
  const sorted = typed.toSorted(
    (a, b) =>
      b.votes - a.votes ||
      (a.place ?? Infinity) - (b.place ?? Infinity) ||
      (a.registration < b.registration ? -1 : 1),
  );
  const lastIn = sorted[places - 1];
  const firstOut = sorted[places];
  const tied = lastIn !== undefined && lastIn.votes === firstOut?.votes;
  if (tied) {
    const { votes } = lastIn;
    if (tie === null) return { problem: { code: "meeting.tie", votes } };
    const equal = sorted.filter((one) => one.votes === votes).map(({ place }) => place);
    if (equal.includes(null) || new Set(equal).size < equal.length) {
      return { problem: { code: "meeting.tie-places", votes } };
    }
  } else if (tie !== null) {
    return { problem: { code: "meeting.no-tie" } };
  }
  return {
    votes: sorted.map(({ registration, votes }, at) => ({ registration, votes, rank: at + 1 })),
  };
}
