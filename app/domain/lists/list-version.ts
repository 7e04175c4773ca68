import type { Day, Seconds } from "../kernel/calendar.ts";

/** One version of the list of a campaign's round. */
export interface ListVersion {
  /** `LD1-r1` */
  readonly list: string;
  /** From 1. */
  readonly version: number;
  readonly campaign: string;
  readonly round: number;
  readonly state: "compiling" | "submitted" | "decided" | "replaced" | "dropped";
  /** Why there is a version after the first; null for the first. */
  readonly reason: AnewReason | null;
  /** Raised by each change: a form made from an older one is refused. */
  readonly revision: number;
  /** Ids of people. */
  readonly compiledBy: readonly string[];
  readonly submittedOn: Day | null;
  readonly decidedBy: string | null;
  readonly decidedOn: Day | null;
  readonly decisionNumber: string | null;
  /** File of the office. */
  readonly paper: string | null;
  /** Printed on the sheet with names alone. */
  readonly sheetNumber: string | null;
  /** 64 hex signs. */
  readonly checksum: string | null;
  readonly entry: number | null;
  readonly changedAt: Seconds;
}

/** A line of a list. */
export interface ListLine {
  /** `H-LD1-018`, drawn; the same in all versions. */
  readonly code: string;
  readonly registration: string;
  readonly village: string;
  /** From 1; reserves behind the others. */
  readonly rank: number;
  readonly reserve: boolean;
  readonly leader: boolean;
  readonly category: "poor" | "near_poor" | "escaped" | "other";
  readonly heads: number;
  /** đồng: heads by the norm of the day it was compiled. */
  readonly amount: bigint;
  readonly why: Why;
}

/** Why a household is on a list with this place and level. */
export const WHYS = ["vote", "tie", "earlier-support", "ability", "reserve-called"] as const;
type Why = (typeof WHYS)[number];

/** Why a list gets a version more. */
const ANEW_REASONS = ["objection-upheld", "declined", "correction"] as const;
export type AnewReason = (typeof ANEW_REASONS)[number];
/** Those that a clerk may give; an upheld objection is decided elsewhere. */
export const CLERK_REASONS = ["declined", "correction"] as const;

/** Id of the list of a campaign's round. */
export function listId(campaign: string, round: number): string {
  return `${campaign}-r${round}`;
}

/** Campaign and round of a list's id, in any letter case; undefined for what is no such id. */
export function readListId(text: string): { campaign: string; round: number } | undefined {
  const match = /^([A-Za-z0-9.-]{1,40})-[rR]([1-9]\d{0,2})$/.exec(text);
  return match?.[1] && match[2]
    ? { campaign: match[1].toUpperCase(), round: Number(match[2]) }
    : undefined;
}

/** Sums of a list: of those it supports, and how many wait as reserves. */
export interface ListTotals {
  readonly households: number;
  readonly reserves: number;
  readonly heads: number;
  /** đồng */
  readonly amount: bigint;
}

/** What the lines of a list come to. */
export function totalsOf(
  lines: readonly Pick<ListLine, "reserve" | "heads" | "amount">[],
): ListTotals {
  const supported = lines.filter(({ reserve }) => !reserve);
  return {
    households: supported.length,
    reserves: lines.length - supported.length,
    heads: supported.reduce((sum, { heads }) => sum + heads, 0),
    amount: supported.reduce((sum, { amount }) => sum + amount, 0n),
  };
}

/** The version that somebody works at; undefined when none is. */
export function atWork(versions: readonly ListVersion[]): ListVersion | undefined {
  return versions.find(({ state }) => state === "compiling" || state === "submitted");
}

/** The version in force; undefined before the first decision. */
export function inForce(versions: readonly ListVersion[]): ListVersion | undefined {
  return versions.find(({ state }) => state === "decided");
}
