import { addDays, type Day, daysBetween, type Seconds } from "../kernel/calendar.ts";

/** That a version of a list hangs out (niêm yết). */
export interface Notice {
  readonly id: string;
  readonly list: string;
  readonly version: number;
  readonly fromDay: Day;
  /** Last day, by the rules of the day it was put up. */
  readonly toDay: Day;
  /** Day on which a clerk took it down; null while it hangs. */
  readonly downOn: Day | null;
  /** Last day on which it hung; null until it is ended. */
  readonly endedOn: Day | null;
  readonly outcome: NoticeOutcome | null;
  readonly postedBy: string;
  readonly postedAt: Seconds;
  readonly endedBy: string | null;
  readonly confirmedBy: string | null;
  readonly postedEntry: number;
  readonly endedEntry: number | null;
  readonly places: readonly NoticePlace[];
}

/** A place where it hangs, with its proofs: files of the office. */
export interface NoticePlace {
  readonly n: number;
  readonly kind: "office" | "village" | "web";
  /** Name of the village; empty elsewhere. */
  readonly place: string;
  readonly upPhoto: string | null;
  readonly downPhoto: string | null;
  /** Minutes signed by two. */
  readonly minutes: string | null;
  readonly loudspeakerDays: readonly Day[];
}

/** How a notice ended. Only `whole` counts. */
const NOTICE_OUTCOMES = ["whole", "torn-down", "replaced", "no-proof"] as const;
export type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number];

/** A whole number out of a rule row; the fallback where no row says one. */
export function daysOf(rule: unknown, fallback: number): number {
  return typeof rule === "number" && Number.isInteger(rule) && rule > 0 ? rule : fallback;
}

/** Days a notice hung, the first and the last among them. */
export function daysHung({ fromDay }: Pick<Notice, "fromDay">, last: Day): number {
  return Math.max(0, daysBetween(fromDay, last) + 1);
}

/**
 * Last day of a notice put up on a day. A version after an upheld objection hangs for the days that are left of the notice it
 * replaced, but for as many as the rule says at least.
 */
export function lastDayOf(
  from: Day,
  rules: { readonly leastDays: number; readonly leastAfterChange: number },
  earlier: Pick<Notice, "fromDay" | "endedOn" | "outcome"> | undefined,
): Day {
  const counts = earlier?.outcome === "replaced" || earlier?.outcome === "whole";
  const hung = earlier && counts && earlier.endedOn ? daysHung(earlier, earlier.endedOn) : 0;
  const days =
    earlier && counts ? Math.max(rules.leastAfterChange, rules.leastDays - hung) : rules.leastDays;
  return addDays(from, Math.min(days, rules.leastDays) - 1);
}

/** Days left to object on a day, that day among them; 0 once the last one is over. */
export function daysLeft(
  { toDay, outcome }: Pick<Notice, "toDay" | "outcome">,
  today: Day,
): number {
  return outcome === null ? Math.max(0, daysBetween(today, toDay) + 1) : 0;
}

/** Proofs that are missing, by place; the web proves itself. */
export function missingProofs(
  places: readonly NoticePlace[],
): { readonly n: number; readonly what: "upPhoto" | "downPhoto" | "minutes" }[] {
  return places
    .filter(({ kind }) => kind !== "web")
    .flatMap((place) =>
      (["upPhoto", "downPhoto", "minutes"] as const)
        .filter((what) => place[what] === null)
        .map((what) => ({ n: place.n, what })),
    );
}

/** The notice of a version that tells how it stands: the one that hangs, a whole one, else the last. */
export function noticeOf(notices: readonly Notice[], version: number): Notice | undefined {
  const own = notices.filter((one) => one.version === version);
  return (
    own.find(({ outcome }) => outcome === null) ??
    own.find(({ outcome }) => outcome === "whole") ??
    own.at(-1)
  );
}
