/**
 * Each campaign owes a progress statement every so many days (rule `progress.every-days`; plan 9295, III.7 asks for one a
 * year at least), or as often as it promised itself. A late one is told on its page; after the grace period no new pledge is
 * taken until it is filed (features.md #8).
 *
 *   opened or last filed --every-days--> due --grace-days--> held up
 *                                     in time | late        | held up
 */
import { lastDay } from "./state.ts";
import { addDays, type Day, daysBetween } from "../kernel/calendar.ts";

/** A number that holds from a day on. */
export interface DatedNumber {
  readonly from: Day;
  /** Last day; null while it has no end. */
  readonly to: Day | null;
  readonly value: number;
}

/** What a campaign owes, and what it has filed. */
export interface ProgressTerms {
  /** Day of the last statement; null: none yet. */
  readonly filedOn: Day | null;
  /** Rows of the rule `progress.every-days`. */
  readonly everyDays: readonly DatedNumber[];
  /** Rows of the rule `progress.grace-days`. */
  readonly graceDays: readonly DatedNumber[];
  /** Days between statements that the campaign itself promised; null: it promised nothing. */
  readonly promisedDays: number | null;
}

/** Where a campaign stands with its statements. */
export type Lateness =
  /** No rule asks for statements. */
  | { readonly is: "not-asked" }
  /** A statement was filed on its last day or later: nothing more is owed. */
  | { readonly is: "done" }
  | { readonly is: "in-time"; readonly dueOn: Day }
  | {
      readonly is: "late";
      readonly dueOn: Day;
      readonly daysLate: number;
      readonly heldUpFrom: Day;
    }
  | {
      readonly is: "held-up";
      readonly dueOn: Day;
      readonly daysLate: number;
      readonly heldUpFrom: Day;
    };

/** A campaign as far as the rule needs it. */
export interface Owing {
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly closedOn: Day | null;
  readonly progress: ProgressTerms;
}

/** Where a campaign stands with its statements on a day. */
export function latenessOf(campaign: Owing, today: Day): Lateness {
  const { filedOn, everyDays, graceDays, promisedDays } = campaign.progress;
  const begun = everyDays.map(({ from }) => from).toSorted()[0];
  if (begun === undefined || everyDays.every(({ to }) => to !== null && to < today)) {
    return { is: "not-asked" };
  }
  if (filedOn !== null && filedOn >= lastDay(campaign)) return { is: "done" };
  // Nothing was owed before the rule began.
  const since = [filedOn ?? campaign.startsOn, begun].toSorted()[1] ?? begun;
  const asked = valueOn(everyDays, since);
  if (asked === undefined) return { is: "not-asked" };
  const dueOn = addDays(since, promisedDays === null ? asked : Math.min(asked, promisedDays));
  if (today <= dueOn) return { is: "in-time", dueOn };
  const heldUpFrom = addDays(dueOn, (valueOn(graceDays, dueOn) ?? 0) + 1);
  const daysLate = daysBetween(dueOn, today);
  return { is: today < heldUpFrom ? "late" : "held-up", dueOn, daysLate, heldUpFrom };
}

/** Whether no new pledge is taken because the statement is overdue. */
export function isHeldUp(campaign: Owing, today: Day): boolean {
  return latenessOf(campaign, today).is === "held-up";
}

/** Days by which a statement filed on `today` is late; 0: in time. */
export function daysLateOn(campaign: Owing, today: Day): number {
  const lateness = latenessOf(campaign, today);
  return lateness.is === "late" || lateness.is === "held-up" ? lateness.daysLate : 0;
}

/** The value that holds on a day: of the rows in force, the one that began last. */
export function valueOn(rows: readonly DatedNumber[], day: Day): number | undefined {
  return rows
    .filter(({ from, to }) => from <= day && (to === null || day <= to))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1)?.value;
}
