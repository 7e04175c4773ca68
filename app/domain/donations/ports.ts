import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Piece } from "../ledger/trace.ts";

/** One booked gift as the public may know it. */
export interface GiftFacts {
  readonly code: string;
  readonly entry: number;
  /** Code of the pledge it pays; null for gifts without one. */
  readonly pledge: string | null;
  /** Campaign it was first given to; null while in suspense. */
  readonly campaign: string | null;
  readonly channel: string;
  readonly account: string;
  readonly lo: bigint;
  /** đồng */
  readonly amount: bigint;
  readonly receivedOn: Day;
  /** Only where the donor chose to be named. */
  readonly donorName: string | null;
}

/** What a story needs of a campaign. */
export interface StoryCampaign {
  readonly id: string;
  readonly slug: string;
  readonly species: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly commune: string;
  readonly communeFrom: Day;
  /** Heads a group passes on per head received; 0 for things that have no young. */
  readonly passOnHeads: number;
  /** Age at which young may be passed on, days. */
  readonly passOnAgeDays: number;
}

/** What a story needs of an entry. */
export interface StoryEntry {
  readonly number: number;
  readonly kind: string;
  readonly effectiveOn: Day;
  readonly recordedAt: Seconds;
  readonly reverses: number | null;
  readonly reversedBy: number | null;
  readonly reason: string | null;
  /** What left its first account, đồng (heads for entries without money); of a chargeback all it took. */
  readonly amount: bigint;
  readonly evidence: readonly { readonly kind: string; readonly digest: string }[];
}

/** Something that happened to an animal. */
export interface StoryEvent {
  readonly animal: string;
  readonly n: number;
  readonly kind: "handed-over" | "born" | "died" | "passed-on" | "replaced" | "returned";
  readonly on: Day;
  readonly entry: number;
  readonly household: string | null;
  readonly other: string | null;
  readonly cause: string | null;
  /** The entry that says so was reversed: it never happened. */
  readonly undone: boolean;
}

/** A delivered thing, or an animal born of one. */
export interface StoryAnimal {
  readonly code: string;
  /** BO, DE, TB, LH, TC */
  readonly species: string;
  readonly campaign: string;
  readonly commune: string;
  readonly round: number;
  readonly entry: number;
  /** đồng; null when born or given in kind. */
  readonly price: bigint | null;
  readonly dam: string | null;
  readonly bornOn: Day | null;
  readonly sex: "F" | "M" | null;
  readonly priceReason: string | null;
  /** The entry that made it was reversed. */
  readonly undone: boolean;
  readonly events: readonly StoryEvent[];
}

/** A commune in one period, as far as a name and an address need it. */
export interface StoryPlace {
  readonly code: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly name: string;
  readonly fullName: string;
  readonly slug: string;
}

/** Everything from which the story of one gift is told. */
export interface GiftFile {
  readonly gift: GiftFacts;
  readonly campaigns: readonly StoryCampaign[];
  readonly pieces: readonly Piece[];
  /** What moved the gift or its animals; and what gave it back or took it back from other money, with its reversal. */
  readonly entries: readonly StoryEntry[];
  /** The animals the gift is part of, and all that were born of them. */
  readonly animals: readonly StoryAnimal[];
  readonly places: readonly StoryPlace[];
  /** Other payments of the same pledge. */
  readonly siblings: readonly { readonly code: string; readonly amount: bigint }[];
}

/** A pledge without money, as its own holder may see it. */
export interface WaitingPledge {
  readonly code: string;
  readonly amount: bigint;
  readonly intent: "now" | "promised";
  readonly promisedOn: Day | null;
  readonly state: "open" | "withdrawn" | "expired";
  readonly campaign: StoryCampaign | null;
}

/** Reading gifts and where they went. */
export interface DonationReading {
  /** The file of a booked gift; undefined when no gift has this code. */
  file(code: string): Promise<GiftFile | undefined>;
  /** The pledge of this code; undefined when there is none. */
  waiting(code: string): Promise<WaitingPledge | undefined>;
  /** Slug of the campaign whose standing code this is. */
  standing(code: string): Promise<string | undefined>;
}
