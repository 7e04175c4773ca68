/**
 * A campaign before donors see it, and every change of one afterwards (plan 9295, II.1.6 b; features.md #7, #70):
 *
 *   drafting --submit--> submitted --both opinions--> opinions --publish--> published
 *      ^                     |  (or after the days of waiting)  |
 *      |                     +--publish-------------------------+
 *   sent-back <--send-back---+----------------------------------+      any open state --cancel--> cancelled
 *
 * The commune drafts, the district's office and the twin give opinions, the Committee decides. What was decided is never
 * changed: a published campaign is changed by a draft of its next version.
 */
import type { FileSubject } from "../files/office-file.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import { daysBetween } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { Subject } from "../people/may.ts";
import type { DraftContent, Section } from "./draft-content.ts";

export const DRAFT_STATES = [
  "drafting",
  "submitted",
  "opinions",
  "sent-back",
  "published",
  "cancelled",
] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/** What can be done with a draft. `complete`: the last opinion that was asked for came in. */
export const DRAFT_VERBS = [
  "save",
  "save-decision",
  "submit",
  "opine",
  "complete",
  "send-back",
  "publish",
  "cancel",
] as const;
export type DraftVerb = (typeof DRAFT_VERBS)[number];

const NEXT: Readonly<Record<DraftVerb, Partial<Record<DraftState, DraftState>>>> = {
  save: { drafting: "drafting", "sent-back": "sent-back" },
  // The permitting decision often comes last: its number and file may still be filed while opinions are given.
  "save-decision": {
    drafting: "drafting",
    "sent-back": "sent-back",
    submitted: "submitted",
    opinions: "opinions",
  },
  submit: { drafting: "submitted", "sent-back": "submitted" },
  opine: { submitted: "submitted" },
  complete: { submitted: "opinions" },
  "send-back": { submitted: "sent-back", opinions: "sent-back" },
  publish: { submitted: "published", opinions: "published" },
  cancel: {
    drafting: "cancelled",
    "sent-back": "cancelled",
    submitted: "cancelled",
    opinions: "cancelled",
  },
};

export type StateProblem =
  | { code: "draft.already-decided"; state: DraftState }
  | { code: "draft.wrong-state"; state: DraftState; verb: DraftVerb };

/** The state after `verb`. */
export function nextState(state: DraftState, verb: DraftVerb): Result<DraftState, StateProblem> {
  const next = NEXT[verb][state];
  if (next) return ok(next);
  return isDecided(state)
    ? no({ code: "draft.already-decided", state })
    : no({ code: "draft.wrong-state", state, verb });
}

/** Whether nothing more can happen to it. */
export function isDecided(state: DraftState): boolean {
  return state === "published" || state === "cancelled";
}

/** Who is asked for an opinion on a submitted draft. */
export const OPINION_SIDES = ["district", "twin"] as const;
export type OpinionSide = (typeof OPINION_SIDES)[number];

export const VERDICTS = ["agrees", "agrees-with-remarks", "disagrees"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** An opinion on what was submitted in `round`. Only side, office and verdict are ever public. */
export interface Opinion {
  readonly n: number;
  readonly round: number;
  readonly side: OpinionSide;
  readonly verdict: Verdict;
  readonly remarks: string;
  readonly organisation: string;
  readonly person: string;
  readonly at: Seconds;
}

/** Sides whose opinion on the present submission is still awaited. */
export function awaited(
  round: number,
  opinions: readonly Pick<Opinion, "round" | "side">[],
): OpinionSide[] {
  const given = new Set(opinions.filter((one) => one.round === round).map(({ side }) => side));
  return OPINION_SIDES.filter((side) => !given.has(side));
}

/**
 * The day from which the Committee may publish without the opinions that are missing; a silent office must not stop an
 * appeal for ever, and its silence is public.
 */
export function mayPublish(
  draft: Pick<CampaignDraft, "state" | "submittedOn">,
  today: Day,
  waitingDays: number,
): Result<true, { code: "draft.opinions-awaited"; days: number }> {
  if (draft.state === "opinions" || draft.submittedOn === null) return ok(true);
  const left = waitingDays - daysBetween(draft.submittedOn, today);
  return left > 0 ? no({ code: "draft.opinions-awaited", days: left }) : ok(true);
}

/** Days an office has for its opinion where no rule says otherwise. */
export const OPINION_DAYS = 10;

/** A draft as stored. */
export interface CampaignDraft {
  readonly id: string;
  readonly formKey: string;
  /** Campaign that it changes; null for a new one. */
  readonly amends: string | null;
  /** Campaign that it became or changed. */
  readonly campaign: string | null;
  readonly commune: string;
  readonly communeFrom: Day;
  /** Its commune's code and those of what that became. */
  readonly communes: readonly string[];
  /** Mountain district of 2024. */
  readonly district: string;
  /** The twin it names, or what that became by now; null while none is named. */
  readonly twinNow: string | null;
  readonly state: DraftState;
  /** Raised by every change; decisions carry it. */
  readonly version: number;
  /** How many times it was submitted. */
  readonly round: number;
  readonly submittedOn: Day | null;
  readonly content: DraftContent;
  /** How often each section was saved: two sections may be open at once. */
  readonly revisions: Readonly<Partial<Record<Section, number>>>;
  /** People who wrote or submitted it: none of them may publish it. */
  readonly preparedBy: readonly string[];
  /** Organisation that drafts it. */
  readonly office: string;
  readonly createdAt: Seconds;
  readonly changedAt: Seconds;
}

/** What `may` is asked about a draft. */
export function subjectOf(
  draft: Pick<CampaignDraft, "communes" | "district" | "twinNow" | "preparedBy">,
): Subject {
  return { ...subjectOfCampaign(draft), preparedBy: draft.preparedBy };
}

/** What `may` is asked about a published campaign, or about a line of the list of both. */
export function subjectOfCampaign({
  communes,
  district,
  twinNow,
}: Pick<CampaignDraft, "communes" | "district" | "twinNow">): Subject {
  return { communes, district, ...(twinNow === null ? {} : { twin: twinNow }) };
}

/** What files of a campaign or of its draft belong to. */
export function fileSubjectOf(
  id: string,
  place: Pick<CampaignDraft, "communes" | "district" | "twinNow">,
): FileSubject {
  const { communes, district, twinNow: twin } = place;
  return { kind: "campaign", id, communes, district, twin };
}

/** What happened to a draft, for the office: who, when, why. */
export interface DraftStep {
  readonly n: number;
  readonly step: "begun" | "submitted" | "opinion" | "sent-back" | "published" | "cancelled";
  /** Coded. */
  readonly reason: string | null;
  /** For the office only. */
  readonly note: string;
  readonly person: string;
  readonly organisation: string;
  readonly role: string;
  readonly at: Seconds;
}
