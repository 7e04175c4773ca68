/**
 * What somebody says against a line of a list, or the whole list.
 *
 *   open --decided by the commune within its days--> upheld, refused
 *     |  not decided in time: late for all to see, and the district decides
 *     +-- against the commune's decision: an objection of its own, once, to the district
 *
 * Text and contact are sealed and never public; grounds and outcomes are codes.
 */
import { addDays, type Day, daysBetween, type Seconds } from "../kernel/calendar.ts";

/** What an objection says. */
export const OBJECTION_GROUNDS = [
  "not-poor",
  "has-job",
  "left-out",
  "relative",
  "already-supported",
  "not-resident",
  "unable",
  "no-meeting",
  "not-posted",
  "other",
] as const;
export type ObjectionGround = (typeof OBJECTION_GROUNDS)[number];

/** Grounds that say something of the list, not of one household on it. */
export const LIST_GROUNDS: readonly ObjectionGround[] = ["left-out", "no-meeting", "not-posted"];

/** How it came. */
export const NOTED_CHANNELS = ["paper", "phone", "spoken"] as const;
export type ObjectionChannel = "web" | (typeof NOTED_CHANNELS)[number];

/** Who decides it. */
export type ObjectionBody = "commune" | "district";

/** How one is upheld. */
const UPHELD_OUTCOMES = [
  /** The line leaves; the first reserve moves up in a version that is posted again. */
  "line-leaves",
  /** The list is compiled and posted again. */
  "list-anew",
  /** Found after the hand-over: what was given is taken back. */
  "recover",
  /** Found after the hand-over: what was given stays, with this reason on record. */
  "keep",
] as const;
/** How one is refused. */
const REFUSED_OUTCOMES = [
  /** Looked into: the household meets the conditions. */
  "conditions-met",
  /** Looked into: nothing shows what was said. */
  "not-shown",
  /** What was said is no condition of the programme. */
  "no-condition",
  /** The same was answered before. */
  "answered-before",
  /** Whoever objected took it back. */
  "taken-back",
] as const;
export type UpheldOutcome = (typeof UPHELD_OUTCOMES)[number];
export type ObjectionOutcome = UpheldOutcome | (typeof REFUSED_OUTCOMES)[number];

/** An objection as the office keeps it, without what is sealed. */
export interface Objection {
  /** `YK` + 6 + check sign. */
  readonly code: string;
  readonly list: string;
  /** Version in force when it was opened. */
  readonly version: number;
  /** Code of the line; null against the whole list. */
  readonly line: string | null;
  readonly ground: ObjectionGround;
  readonly channel: ObjectionChannel;
  /** Day it came. */
  readonly onDay: Day;
  readonly openedAt: Seconds;
  /** Official who noted it; null from the web. */
  readonly notedBy: string | null;
  /** The objection whose decision this one takes to the district; else null. */
  readonly againstDecision: string | null;
  /** Who it was opened to. */
  readonly body: ObjectionBody;
  readonly answerBy: Day;
  readonly state: "open" | "upheld" | "refused";
  readonly outcome: ObjectionOutcome | null;
  readonly decidedBy: string | null;
  readonly decidedOn: Day | null;
  readonly paper: string | null;
  readonly openedEntry: number;
  readonly decidedEntry: number | null;
}

type Standing = Pick<Objection, "body" | "state" | "onDay" | "answerBy" | "decidedOn">;

/** Who decides an objection on a day, or decided it: what a commune does not answer in time is the district's. */
export function bodyOn(objection: Standing, today: Day): ObjectionBody {
  const on = objection.decidedOn ?? today;
  return objection.body === "district" || on > objection.answerBy ? "district" : "commune";
}

/** Days by which the answer of the body that it was opened to is late; 0 while it is not. */
export function daysLateOn({ state, answerBy, decidedOn }: Standing, today: Day): number {
  return Math.max(0, daysBetween(answerBy, state === "open" ? today : (decidedOn ?? today)));
}

/** Last day for the body that has it now: the district gets as many days again. */
export function dueOn(objection: Standing, today: Day): Day {
  const { body, onDay, answerBy } = objection;
  const passed = body === "commune" && bodyOn(objection, today) === "district";
  return passed ? addDays(answerBy, daysBetween(onDay, answerBy)) : answerBy;
}

/** Days since it came, or until it was decided. */
export function daysOpen({ onDay, decidedOn }: Standing, today: Day): number {
  return daysBetween(onDay, decidedOn ?? today);
}

/** Whether its decision can still be taken to the district: the commune's, once. */
export function mayGoOn(
  objection: Standing & Pick<Objection, "againstDecision">,
  again: boolean,
): boolean {
  return (
    objection.state !== "open" &&
    objection.againstDecision === null &&
    !again &&
    bodyOn(objection, objection.decidedOn ?? objection.answerBy) === "commune"
  );
}

/** Outcomes that can be given: to a line before or after something was handed over, or to a list. */
export function outcomesFor(about: {
  readonly line: string | null;
  /** Something was handed over to the household, or to one of the list. */
  readonly handed: boolean;
  /** The line stands on the version in force. */
  readonly stands: boolean;
}): readonly ObjectionOutcome[] {
  const { line, handed, stands } = about;
  const upheld: UpheldOutcome[] = [];
  if (line !== null && stands && !handed) upheld.push("line-leaves");
  if (line === null || !stands) upheld.push("list-anew");
  if (line !== null && handed) upheld.push("recover");
  if (handed) upheld.push("keep");
  return [...upheld, ...REFUSED_OUTCOMES];
}

/** Whether an outcome upholds. */
export function upholds(outcome: ObjectionOutcome): outcome is UpheldOutcome {
  return UPHELD_OUTCOMES.some((one) => one === outcome);
}
