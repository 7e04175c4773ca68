import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { EntryKind } from "../ledger/entry.ts";
import type { Shape } from "../places/map-paths.ts";

/** How far the books go: the last entry. */
export interface LedgerHead {
  readonly entry: number;
  readonly recordedAt: Seconds;
  /** Leaf hash of the last entry, hex. */
  readonly leafHash: string;
}

/** One line of "just booked". */
export interface LatestEntry {
  readonly entry: number;
  readonly kind: EntryKind;
  readonly effectiveOn: Day;
  /** đồng that changed hands in it; null when it moves heads only. */
  readonly amount: Dong | null;
  /** Heads that moved, where it moves heads only; else 0. */
  readonly heads: number;
  /** Delivered things named in it. */
  readonly things: number;
  /** First thing named in it, such as `LD1-0107`. */
  readonly thing: string | null;
  /** BO, DE, TB, LH, TC of what it names. */
  readonly species: string | null;
  readonly campaign: {
    readonly slug: string;
    readonly titleVi: string;
    readonly titleEn: string;
  } | null;
  readonly reverses: number | null;
}

/** A mountain district against the plan, with its outline. */
export interface DistrictProgress {
  readonly code: string;
  readonly name: string;
  /** Species the plan gives it: BO or DE. */
  readonly species: string;
  readonly planned: number;
  readonly plannedHouseholds: number;
  /** Handed over in it, of that species. */
  readonly delivered: number;
  readonly outline: Shape | null;
}

/** Read side of the frame and the home page. */
export interface HomeStore {
  /** The last entry; undefined while the books are empty. */
  head(): Promise<LedgerHead | undefined>;
  /** The last entries, newest first. */
  latest(limit: number): Promise<LatestEntry[]>;
  /** The plan's districts, by code. */
  districts(): Promise<DistrictProgress[]>;
}
