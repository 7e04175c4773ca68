import type { StoryAnimal, StoryCampaign, StoryEntry, StoryPlace } from "../donations/ports.ts";
import type { Day } from "../kernel/calendar.ts";
import type { Piece } from "../ledger/trace.ts";

/** A gift found at the far end of an animal's trace. */
export interface GiftOfEntry {
  readonly entry: number;
  readonly code: string;
  readonly channel: string;
  readonly amount: bigint;
  readonly receivedOn: Day;
  /** Only where the donor chose to be named. */
  readonly donorName: string | null;
}

/** The average price that applied when an animal was bought. */
export interface NormThen {
  readonly unitPrice: bigint;
  readonly perHousehold: number;
  readonly source: string;
}

/** Everything from which the page of one animal is told. */
export interface AnimalFile {
  readonly animal: StoryAnimal;
  /** Its range on the delivered axis; null when born or given in kind. */
  readonly owned: { readonly account: string; readonly lo: bigint; readonly price: bigint } | null;
  /** 64 hex signs: salted commitment to the ear tag number. */
  readonly tagCommitment: string | null;
  /** Backward trace of its range. */
  readonly pieces: readonly Piece[];
  readonly gifts: readonly GiftOfEntry[];
  /** The animal, its dams upwards, and all that were born of it. */
  readonly kin: readonly StoryAnimal[];
  readonly campaign: StoryCampaign;
  readonly places: readonly StoryPlace[];
  /** The commune it is in now: after a merger the successor. */
  readonly communeNow: { readonly name: string; readonly fullName: string } | null;
  readonly entries: readonly StoryEntry[];
  readonly norm: NormThen | null;
  /** Prices of all things of the species bought for the campaign, lowest first. */
  readonly prices: readonly bigint[];
  /** Other animals whose range on the same axis meets this one's: none, or the books are broken. */
  readonly rivals: readonly string[];
}

/** Reading animals and what else was handed over. */
export interface AnimalReading {
  /** By public code, in any letter case. */
  file(code: string): Promise<AnimalFile | undefined>;
  /** All that was handed over for a campaign and was born of it, in the order of the ledger. */
  ofCampaign(campaign: string): Promise<StoryAnimal[]>;
}
