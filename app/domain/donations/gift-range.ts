import type { Dong } from "../kernel/dong.ts";
import type { Channel } from "../ledger/chart.ts";

/** A booked gift as far as giving it back or placing it needs it. */
export interface GiftRange {
  readonly code: string;
  /** Account it first entered, and its first number there. */
  readonly account: string;
  readonly lo: bigint;
  /** đồng */
  readonly amount: Dong;
  readonly channel: Channel;
  /** Null while it was in suspense. */
  readonly campaign: string | null;
  /** Commune whose own bank account it came into; null when that is the appeal's. */
  readonly bankCommune: string | null;
}

/** Finding gifts by code. */
export interface GiftRanges {
  range(code: string): Promise<GiftRange | undefined>;
}

/** What acts on one gift read. */
export interface GiftStores {
  readonly giftRanges: GiftRanges;
}
