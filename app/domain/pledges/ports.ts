import type { Bilingual } from "../kernel/bilingual.ts";
import type { GivingAccount } from "../campaigns/ports.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { Channel } from "../ledger/chart.ts";
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
  /** When somebody stood for the promise; null: nobody has, and it counts nowhere. */
  readonly confirmedAt: Seconds | null;
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
    readonly channel: Channel;
    /** A gateway told of it and no bank statement shows it yet. */
    readonly unsettled: boolean;
  }[];
}

/** Who stands for a promise, and how that is known. */
export type Confirmation =
  /** Its maker, by the address in the letter that was sent for it. */
  | { readonly way: "link"; readonly at: Seconds }
  /** Its maker, signed in while making it. */
  | { readonly way: "person"; readonly person: string; readonly at: Seconds }
  /** An official who spoke with its maker; the note says with whom and what was said. */
  | {
      readonly way: "office";
      readonly person: string;
      readonly note: string;
      readonly at: Seconds;
    };

/** What decides whether a promise may be confirmed, read under a lock that its campaign's other promises wait for. */
export interface ConfirmFacts {
  readonly intent: "now" | "promised";
  readonly state: PledgePage["state"];
  readonly confirmed: boolean;
  /** đồng of it that are still to come. */
  readonly open: Dong;
  /** đồng of the campaign's goal that are neither received nor promised by promises that count. */
  readonly missing: Dong;
}

/** A promise that nobody has stood for, as the office lists it. */
export interface UnconfirmedPromise {
  readonly code: string;
  readonly campaign: { readonly id: string; readonly slug: string; readonly title: Bilingual };
  readonly amount: Dong;
  readonly promisedOn: Day;
  readonly donorKind: "person" | "organisation";
  /** As typed; empty when none was given. Private: for the office alone. */
  readonly donorName: string;
  readonly createdAt: Seconds;
  /** đồng of the goal that are neither received nor promised by promises that count. */
  readonly missing: Dong;
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
  /**
   * Confirm a promise, if `judge` finds nothing against it; answers what it found. `again`: it was confirmed before, and stays
   * so as it was.
   */
  confirm<Problem>(
    code: string,
    confirmation: Confirmation,
    judge: (facts: ConfirmFacts) => Problem | undefined,
  ): Promise<Problem | "done" | "again" | "not-found">;
  /** Take an open promise back that is not paid in full; false when it is none. */
  withdraw(code: string): Promise<boolean>;
  /** Open promises that nobody has stood for, oldest first; `skip` of them left out. */
  unconfirmed(skip: number, size: number): Promise<UnconfirmedPromise[]>;
  unconfirmedCount(): Promise<number>;
  /** Expire the open promises for a day before this one that are not paid in full; answers how many. */
  expire(before: Day): Promise<number>;
}
