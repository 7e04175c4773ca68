import type { Dong } from "../kernel/dong.ts";

/** A line of the version of a list that is in force, as money for it is asked. */
export interface ListedLine {
  /** Public code such as `H-LD1-018`. */
  readonly code: string;
  readonly list: string;
  readonly version: number;
  /** Place, from 1; of reserves behind the others. */
  readonly rank: number;
  readonly heads: number;
  /** đồng of all its heads, by the norm of its day. */
  readonly amount: Dong;
  readonly reserve: boolean;
  /** Its version hung out for all its days, with proofs, and came down. */
  readonly posted: boolean;
  /** Codes of objections that lock it, the oldest first: open ones, and upheld ones that no version answered yet. */
  readonly objections: readonly string[];
  /** Heads that money may be asked for: all of them, or, once it was advanced, those that were lost since. */
  readonly openHeads: number;
  /** Number of the order that advanced it last; null while none did. */
  readonly advancedBy: number | null;
  /** Things it was given and has still. */
  readonly keeps: number;
}

/** The lists of one campaign, all rounds. */
export interface CampaignLines {
  /** Lines of the versions in force, by place. */
  readonly lines: readonly ListedLine[];
  /** Codes of lines that stand only in a version that is not decided yet. */
  readonly undecided: readonly string[];
}

/** Reading lines, inside the transaction of whoever spends for them. */
export interface ListLines {
  ofCampaign(campaign: string): Promise<CampaignLines>;
}

/** The stores of acts on lines. */
export interface LineStores {
  readonly listLines: ListLines;
}
