/** What is kept about a household beside itself: consents, matches, visits, requests; their codes. */
import type { Day, Seconds } from "../kernel/calendar.ts";

/** Kinds of data that the web may show with consent alone. */
export const CONSENT_KINDS = ["name", "photo", "voice"] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** How consent is given: signed, by thumb print before a witness, spoken and recorded. Withdrawn it may be by any word. */
export const CONSENT_CHANNELS = ["signed", "thumb-print", "recorded", "spoken"] as const;

/** Languages in which the wording is explained: Vietnamese and those spoken in the six districts. */
export const CONSENT_LANGUAGES = [
  "vi",
  "cotu",
  "sedang",
  "gietrieng",
  "cor",
  "bahnar",
  "other",
] as const;

/** The wording that is signed now; a new one gets a new number, and older consents keep theirs. */
export const CONSENT_TEXT = "2026-1";

/** That consent was given or withdrawn. */
export interface Consent {
  readonly household: string;
  readonly kind: ConsentKind;
  readonly n: number;
  readonly given: boolean;
  readonly onDay: Day;
  readonly channel: string;
  readonly textVersion: string;
  readonly language: string;
  /** File of the office; null where the channel leaves none. */
  readonly paper: string | null;
  readonly takenBy: string;
  readonly takenAt: Seconds;
}

/** What is equal in two households. */
const MATCHES = ["book", "phone", "name", "spelling"] as const;
export type Match = (typeof MATCHES)[number];

/** What a person found. */
export const DUPLICATE_DECISIONS = ["different", "same", "allowed"] as const;

/** Why, coded: each decision has its own. */
export const DUPLICATE_REASONS = {
  different: ["other-person", "relatives", "shared-phone", "typed-wrong-number"],
  same: ["moved", "spelled-otherwise", "registered-twice", "head-changed"],
  allowed: ["split-household", "other-model", "lost-support", "later-round"],
} as const;

/** Two households that may be one. */
export interface DuplicateMatch {
  readonly id: string;
  readonly one: string;
  readonly other: string;
  readonly matches: readonly string[];
  readonly proposedAt: Seconds;
}

/** A match with what became of it. */
export interface DuplicateCheck extends DuplicateMatch {
  readonly decision: (typeof DUPLICATE_DECISIONS)[number] | null;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Seconds | null;
}

/** Who was there, by capacity. */
export const PRESENT_CAPACITIES = [
  "commune",
  "village",
  "front",
  "women",
  "farmers",
  "youth",
  "veterinary",
  "twin",
  "household",
] as const;

/** What is looked at in every household: yes or no. */
export const SITE_QUESTIONS = [
  "lives-here",
  "category-holds",
  "can-work",
  "has-grass",
  "has-barn",
  "wants-to-keep",
] as const;
export type SiteQuestion = (typeof SITE_QUESTIONS)[number];

/** A visit to a household before the list. */
export interface SiteCheck {
  readonly registration: string;
  readonly n: number;
  readonly onDay: Day;
  readonly present: readonly string[];
  readonly answers: Readonly<Record<string, string | number | boolean>>;
  /** It can keep what it asks for. */
  readonly fit: boolean;
  readonly checkedBy: string;
  readonly checkedAt: Seconds;
}

/** What a person may ask about their own data. */
export const REQUEST_KINDS = ["access", "correct", "erase"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Ways in which such a request comes. */
export const REQUEST_CHANNELS = ["office", "paper", "phone", "by-another"] as const;

/** What became of it, coded: each kind has its own. */
export const REQUEST_OUTCOMES = {
  access: ["shown", "not-theirs"],
  correct: ["corrected", "nothing-wrong", "not-theirs"],
  erase: ["erased", "kept-by-law", "not-theirs"],
} as const satisfies Record<RequestKind, readonly string[]>;

/** A request with both clocks of the law: answered within working days, acted on within hours. */
export interface HouseholdRequest {
  readonly id: string;
  readonly household: string;
  readonly kind: RequestKind;
  readonly receivedOn: Day;
  readonly channel: string;
  readonly answerBy: Day;
  readonly actBy: Day;
  readonly notedBy: string;
  readonly notedAt: Seconds;
  readonly answeredOn: Day | null;
  readonly doneOn: Day | null;
  readonly outcome: string | null;
  readonly doneBy: string | null;
}
