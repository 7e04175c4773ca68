import type { NormTerms } from "../campaigns/terms.ts";
import type { ListLine } from "./list-version.ts";
import type { Meeting, MeetingVote } from "./meeting.ts";
import type { Candidate } from "./ports.ts";

/** A meeting with what it voted. */
export interface VotedMeeting {
  readonly meeting: Meeting;
  readonly votes: readonly MeetingVote[];
}

/** A line before it has a code. */
export type UncodedLine = Omit<ListLine, "code">;

/** Why a household that was voted for is not on the list. */
const LEFT_OUT = [
  "withdrawn",
  "declined",
  "erased",
  "not-fit",
  "doubtful",
  "objected",
  "not-poor",
] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** A list put together from its meetings. */
export interface Compiled {
  readonly lines: readonly UncodedLine[];
  readonly leftOut: readonly { readonly registration: string; readonly why: LeftOut }[];
}

/** The meeting that counts of each village: its last one with quorum. */
export function countingMeetings(meetings: readonly Meeting[]): Meeting[] {
  const byVillage = Map.groupBy(
    meetings.filter(({ quorate }) => quorate),
    ({ village }) => village,
  );
  return [...byVillage.values()].flatMap((held) => held.at(-1) ?? []);
}

/** Why a household cannot be on the list; undefined when nothing is in the way. */
function whyNot(candidate: Candidate | undefined, leader: boolean): LeftOut | undefined {
  if (!candidate || candidate.erased) return "erased";
  if (candidate.state !== "open") return candidate.state;
  if (candidate.fit === false) return "not-fit";
  if (candidate.doubtful) return "doubtful";
  if (candidate.objected) return "objected";
  // The elected leader alone may be none of the three (plan 9295, II.1.2).
  return candidate.category === "other" && !leader ? "not-poor" : undefined;
}

/**
 * Put a list together: of each village those voted first and nothing is in the way of, up to the places it had, the others
 * as reserves. The villages take turns, so that no village stands behind another by its name.
 */
export function compile(
  held: readonly VotedMeeting[],
  candidates: ReadonlyMap<string, Candidate>,
  norm: Pick<NormTerms, "perHousehold" | "unitPrice">,
): Compiled {
  const leftOut: Compiled["leftOut"][number][] = [];
  const rows: (UncodedLine & { readonly at: number })[] = [];
  for (const { meeting, votes } of held) {
    const standing = votes
      .toSorted((a, b) => a.rank - b.rank)
      .flatMap(({ registration, ...vote }) => {
        const leader = meeting.leader === registration;
        const candidate = candidates.get(registration);
        const why = whyNot(candidate, leader);
        if (why === undefined && candidate) return [{ ...vote, candidate, leader }];
        leftOut.push({ registration, why: why ?? "erased" });
        return [];
      });
    standing.forEach(({ candidate, leader }, at) => {
      const lower = candidate.earlierSupport !== "none" && norm.perHousehold > 1;
      const heads = lower ? norm.perHousehold - 1 : norm.perHousehold;
      const last = meeting.tie !== null && at === meeting.places - 1;
      rows.push({
        at,
        registration: candidate.registration,
        village: candidate.village,
        rank: 0,
        reserve: at >= meeting.places,
        leader,
        category: candidate.category,
        heads,
        amount: norm.unitPrice * BigInt(heads),
        why: lower ? "earlier-support" : last ? "tie" : "vote",
      });
    });
  }
  const sorted = rows.toSorted(
    (a, b) =>
      Number(a.reserve) - Number(b.reserve) ||
      a.at - b.at ||
      (a.village < b.village ? -1 : a.village > b.village ? 1 : 0),
  );
  const lines = sorted.map((row, n): UncodedLine => {
    const { at: _, ...line } = row;
    return { ...line, rank: n + 1 };
  });
  return { lines, leftOut };
}

/**
 * Codes for lines: a household keeps the one it had in any version, a new one gets the next of its campaign in an order that
 * is drawn, as the paper hangs out with names and by its order a code would tell who is who.
 */
export function withCodes(
  campaign: string,
  lines: readonly UncodedLine[],
  known: ReadonlyMap<string, string>,
  last: number,
  draw: () => string,
): ListLine[] {
  const fresh = lines
    .filter(({ registration }) => !known.has(registration))
    .map(({ registration }) => ({ registration, lot: draw() }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
  const drawn = new Map(
    fresh.map(({ registration }, at) => [
      registration,
      `H-${campaign}-${String(last + at + 1).padStart(3, "0")}`,
    ]),
  );
  return lines.map((line) => ({
    ...line,
    code: known.get(line.registration) ?? drawn.get(line.registration) ?? "",
  }));
}

/** Codes have three digits. */
export const MOST_CODES = 999;

/** The lines without some of them: for each that was supported the first reserve moves up, and places are counted anew. */
export function linesWithout(lines: readonly ListLine[], gone: ReadonlySet<string>): ListLine[] {
  const left = lines.filter(({ code }) => !gone.has(code));
  let free = lines.filter(({ code, reserve }) => gone.has(code) && !reserve).length;
  const moved = left.map((line): ListLine => {
    if (!line.reserve || free === 0) return line;
    free -= 1;
    return { ...line, reserve: false, why: line.why === "vote" ? "reserve-called" : line.why };
  });
  return moved
    .toSorted((a, b) => Number(a.reserve) - Number(b.reserve) || a.rank - b.rank)
    .map((line, at) => ({ ...line, rank: at + 1 }));
}
