import type { Bilingual } from "../kernel/bilingual.ts";
import type { GivingAccount } from "../campaigns/ports.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { PayChannel } from "../payments/limits.ts";

/** A promise to give, or a gift about to be paid. */
export interface Pledge {
  /** Reference code: memo of the transfer, address of "follow my gift". */
  readonly code: string;
  /** Campaign id. */
  readonly campaign: string;
  readonly amount: Dong;
  readonly intent: "now" | "promised";
  /** Day promised for; null when `now`. */
  readonly promisedOn: Day | null;
  readonly donorKind: "person" | "organisation";
  /** As typed, NFC; empty when none was given. */
  readonly donorName: string;
  readonly namePublic: boolean;
  readonly channel: PayChannel;
  readonly locale: "vi" | "en";
  readonly createdAt: Seconds;
  /** Made by the form before the first send. */
  readonly formKey: string;
}

/**
 * A pledge as its own page shows it to whoever made it; to everybody else who has the code, `publishedOf` it. It has neither
 * the donor's name nor anything of attempts to pay.
 */
export interface PledgePage {
  readonly code: string;
  readonly amount: Dong;
  readonly intent: "now" | "promised";
  readonly promisedOn: Day | null;
  /** Null where it is nobody's business. */
  readonly channel: PayChannel | null;
  readonly state: "open" | "withdrawn" | "expired";
  /** Null where it is nobody's business. */
  readonly createdAt: Seconds | null;
  readonly campaign: { readonly slug: string; readonly title: Bilingual };
  readonly account: GivingAccount;
  /** Gifts booked under this code, oldest first. */
  readonly gifts: readonly {
    readonly code: string;
    readonly entry: number;
    readonly amount: Dong;
    readonly receivedOn: Day;
  }[];
}

/** Storing and reading pledges. */
export interface Pledges {
  /**
   * Store a pledge. `again`: its form was sent before, that pledge's code is answered; `taken`: its code is in use,
   * draw another.
   */
  add(
    pledge: Pledge,
  ): Promise<{ readonly done: "added" | "again" | "taken"; readonly code: string }>;
  page(code: string): Promise<PledgePage | undefined>;
  /** Expire the open promises for a day before this one that are not paid in full; answers how many. */
  expire(before: Day): Promise<number>;
}
