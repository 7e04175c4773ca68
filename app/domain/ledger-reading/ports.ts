import type { Day, Seconds } from "../kernel/calendar.ts";
import type { EntryKind } from "../ledger/entry.ts";
import type { ToldFacts } from "../ledger/facts.ts";

/** As a kind to filter by: every entry in which a gift was booked, whatever way it came. */
export const GIFTS = "gift";

/** Which entries to list; an absent field does not filter. */
export interface LedgerFilter {
  readonly kind?: EntryKind | typeof GIFTS;
  /** Campaign id. */
  readonly campaign?: string;
  /** Commune code, whatever its period. */
  readonly commune?: string;
  /** First and last effective day. */
  readonly from?: Day;
  readonly to?: Day;
}

/** Where a page of the list begins: newest, or older or newer than an entry. */
export type LedgerPlace =
  | { readonly at: "newest" }
  | { readonly at: "older"; readonly than: number }
  | { readonly at: "newer"; readonly than: number };

/** One entry in the list. */
export interface LedgerRow {
  readonly number: number;
  readonly kind: EntryKind;
  readonly on: Day;
  readonly recordedAt: Seconds;
  /** What left its first account: đồng, or heads; 0 for entries without movements. */
  readonly amount: bigint;
  /** VND, BO or DE; null for entries without movements. */
  readonly unit: string | null;
  /** Accounts of the first movement. */
  readonly from: string | null;
  readonly to: string | null;
  /** Different things named in it, and the first of them. */
  readonly things: number;
  readonly thing: string | null;
  /** BO, DE, TB, LH, TC of the first thing. */
  readonly species: string | null;
  readonly donation: string | null;
  readonly reverses: number | null;
  readonly reversedBy: number | null;
  /** What it tells, where it moves nothing and tells something. */
  readonly facts: ToldFacts | null;
}

/** A page of the list, newest first. */
export interface LedgerPage {
  readonly rows: readonly LedgerRow[];
  readonly older: boolean;
  readonly newer: boolean;
}

/** What all entries of a filter come to. */
export interface LedgerTally {
  readonly entries: number;
  /** Those newer than the entry that was named. */
  readonly newer: number;
  /** đồng that left the first account of each; null where they are too many to add up for a page, or move no đồng. */
  readonly amount: bigint | null;
}

/** What a filter form can offer. */
export interface LedgerChoices {
  readonly campaigns: readonly {
    readonly id: string;
    readonly titleVi: string;
    readonly titleEn: string;
    readonly species: string;
    readonly commune: string;
    readonly communeFrom: Day;
  }[];
  /** Communes by code and period, where the books have accounts for them. */
  readonly communes: readonly {
    readonly code: string;
    readonly validFrom: Day;
    readonly validTo: Day | null;
    readonly name: string;
    readonly fullName: string;
  }[];
}

/** One movement as the public sees it. */
export interface EntryMovement {
  readonly n: number;
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly amount: bigint;
  readonly fromLo: bigint | null;
  readonly toLo: bigint | null;
  readonly animal: string | null;
}

/** Everything the books hold of one entry. */
export interface EntryFile {
  readonly number: number;
  readonly kind: EntryKind;
  readonly effectiveOn: Day;
  readonly recordedAt: Seconds;
  readonly reverses: number | null;
  readonly reversedBy: number | null;
  readonly reason: string | null;
  /** Whose act it was, as its record says: `committee`, `commune:<code>`; null where a machine booked what it was shown. */
  readonly role: string | null;
  readonly donation: string | null;
  readonly movements: readonly EntryMovement[];
  readonly evidence: readonly { readonly kind: string; readonly digest: string }[];
  readonly animals: readonly { readonly code: string; readonly species: string }[];
  /** The canonical JSON as it was hashed. */
  readonly text: string;
  /** 64 hex signs. */
  readonly leafHash: string;
  /** Number of the last entry in the books. */
  readonly last: number;
}

/** Reading the books. */
export interface LedgerReading {
  list(filter: LedgerFilter, place: LedgerPlace, size: number): Promise<LedgerPage>;
  /** Count what a filter leaves; entries newer than `than` for themselves. Đồng are added up within one kind only. */
  tally(filter: LedgerFilter, than: number): Promise<LedgerTally>;
  choices(): Promise<LedgerChoices>;
  entry(number: number): Promise<EntryFile | undefined>;
  /** The stored bytes of an entry, to be handed out as they are. */
  bytes(number: number): Promise<Uint8Array | undefined>;
}
