/**
 * A money order: what one person asks, another approves and the accountant books.
 *
 *   requested --approve--> approved --book--> booked (an entry of the ledger)
 *     |  ^  \                 |  \
 *     |  |   send back  <-----+   cancel
 *     |  +-- change -- sent back
 *     +--> cancelled, refused
 *
 * Nothing is deleted: every step stays, each version with what was asked then.
 */
import { own } from "../kernel/own.ts";
import type { LossCause } from "../acts/reasons.ts";
import type { Reason } from "../ledger/reasons.ts";
import type { Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { MoneyKind } from "../people/office-act.ts";

export const ORDER_STATES = [
  "requested",
  "sent-back",
  "approved",
  "booked",
  "cancelled",
  "refused",
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What can be done with an order. */
export const ORDER_STEPS = [
  "request",
  "change",
  "send-back",
  "approve",
  "refuse",
  "book",
  "cancel",
] as const;
export type OrderStep = (typeof ORDER_STEPS)[number];

const NEXT: Readonly<Record<OrderState, Partial<Record<OrderStep, OrderState>>>> = {
  requested: {
    change: "requested",
    "send-back": "sent-back",
    approve: "approved",
    refuse: "refused",
    cancel: "cancelled",
  },
  "sent-back": { change: "requested", refuse: "refused", cancel: "cancelled" },
  approved: { "send-back": "sent-back", book: "booked", cancel: "cancelled" },
  booked: {},
  cancelled: {},
  refused: {},
};

/** The state a step leads to; undefined where the step is not possible. */
export function stateAfter(state: OrderState, step: OrderStep): OrderState | undefined {
  return NEXT[state][step];
}

/** Whether somebody still has to do something. */
export function isOpen(state: OrderState): boolean {
  return Object.keys(NEXT[state]).length > 0;
}

/** Where the money of a campaign comes from: each has its own dossier (features.md #71). */
export const MONEY_SOURCES = ["donation", "twinned-body", "programme", "other"] as const;
export type MoneySource = (typeof MONEY_SOURCES)[number];

/** What an order would move, by its kind. Amounts in đồng. */
export type OrderMatter =
  | {
      readonly kind: "disbursement";
      readonly campaign: string;
      readonly amount: Dong;
      readonly source: MoneySource;
    }
  | {
      readonly kind: "advance";
      readonly campaign: string;
      /** Number of the purchase, such as `P03`. */
      readonly purchase: string;
      readonly amount: Dong;
      readonly source: MoneySource;
      /** Things to be bought with it, where a norm says what one may cost. */
      readonly heads?: number;
      /** Codes of the lines of lists that it is for, where living things are bought. */
      readonly lines?: readonly string[];
      /** Why it is over the norm. */
      readonly priceReason?: Reason;
    }
  | {
      readonly kind: "return";
      readonly campaign: string;
      readonly amount: Dong;
      /** What is left of this purchase goes back to the commune; without it, the commune pays the fund back. */
      readonly purchase?: string;
    }
  | {
      readonly kind: "refund";
      readonly gift: string;
      readonly reason: "donor-asked" | "paid-twice";
      /** How the donor gets it: by transfer, or through the gateway it came by. */
      readonly way: "bank" | "gateway";
      /** The gift is spent: the reserve pays. */
      readonly spentBy?: "reserve";
    }
  | {
      readonly kind: "redesignation";
      readonly from: string;
      readonly to: string;
      readonly amount: Dong;
      readonly reason: "surplus" | "campaign-ended";
    }
  | {
      readonly kind: "redesignation";
      /** A gift in suspense whose purpose was found. */
      readonly gift: string;
      readonly to: string;
    }
  | { readonly kind: "write-off"; readonly animal: string; readonly cause: LossCause }
  | { readonly kind: "reversal"; readonly entry: number; readonly reason: Reason };

/** Numbers of one axis that an order takes; `lo` up to `lo + length - 1`. */
export interface Spent {
  readonly account: string;
  readonly lo: bigint;
  readonly length: Dong;
}

/** Whether two matters ask for the same. */
export function sameMatter(one: OrderMatter, other: OrderMatter): boolean {
  return factsOf(one) === factsOf(other);
}

const ABOUT: ReadonlySet<string> = new Set([
  "campaign",
  "purchase",
  "source",
  "gift",
  "from",
  "to",
  "animal",
  "entry",
]);

/** What a matter is about, however much it asks: its papers are about the same. */
export function aboutOf(matter: OrderMatter): string {
  return factsOf(matter, (name) => ABOUT.has(name));
}

function factsOf(matter: OrderMatter, which: (name: string) => boolean = Boolean): string {
  const names = Object.keys(matter).filter(which).toSorted();
  const values: Readonly<Record<string, unknown>> = { ...matter };
  return JSON.stringify(names.map((name) => [name, String(own(values, name))]));
}

/** What an order would spend, as of an entry. */
export interface Spending {
  /** Last entry when it was worked out. */
  readonly asOf: number;
  readonly ranges: readonly Spent[];
}

/** An order as it stands. */
export interface MoneyOrder {
  readonly id: string;
  /** Public number, from 1. */
  readonly number: number;
  readonly kind: MoneyKind;
  readonly state: OrderState;
  /** Rises with every step; a form made before is stale. */
  readonly version: number;
  readonly matter: OrderMatter;
  /** đồng that move; 0 where only a head does. */
  readonly amount: Dong;
  readonly place: OrderPlace;
  /** Ids of everybody who asked, changed it, or added a paper of the request. */
  readonly preparedBy: readonly string[];
  /** Ids of those who approved what stands now. */
  readonly approvedBy: readonly string[];
  /** Id of whoever booked it; empty before. */
  readonly bookedBy: readonly string[];
  readonly requestedAt: Seconds;
  readonly changedAt: Seconds;
  /** Organisations that asked and that approved: the public sees these, never people. */
  readonly requestedFor: string;
  readonly approvedFor: string | null;
  readonly approvedAt: Seconds | null;
  /** What would be spent, as it was shown when it was asked or approved last. */
  readonly spending: Spending;
  /** Entry it became. */
  readonly entry: number | null;
}

/** An order that nobody has approved, or whose approval is over. */
export const NOT_APPROVED = { approvedBy: [], approvedFor: null, approvedAt: null } as const;

/** Where an order belongs, for permissions and lists. */
export interface OrderPlace {
  /** Null for a gift without a purpose. */
  readonly campaign: string | null;
  /** The commune of today; null where there is none. */
  readonly commune: string | null;
  /** Codes of the commune and of what it was before or became. */
  readonly communes: readonly string[];
  /** Mountain district of 2024. */
  readonly district: string | null;
  /** The twinned organisation, by id. */
  readonly twin: string | null;
}

/** One step of an order as it was done; never changed. */
export interface OrderRecord {
  readonly n: number;
  readonly step: OrderStep;
  readonly version: number;
  readonly at: Seconds;
  readonly person: string;
  readonly role: string;
  readonly organisation: string;
  /** Coded. */
  readonly reason: string | null;
  /** For the office only. */
  readonly note: string;
  /** What was asked in this version; null for steps that change nothing of it. */
  readonly matter: OrderMatter | null;
  readonly amount: Dong | null;
  readonly entry: number | null;
}

/** Why an order is sent back to be changed. */
export const SEND_BACK_REASONS = [
  "papers-unclear",
  "amount-wrong",
  "purpose-wrong",
  "not-enough-money",
  "other",
] as const;
/** Why an order is given up. */
export const CANCEL_REASONS = [
  "not-needed",
  "asked-twice",
  "replaced",
  "campaign-stopped",
  "other",
] as const;
/** Why an order is refused for good. */
export const REFUSE_REASONS = ["not-allowed-use", "not-in-plan", "no-money", "other"] as const;

/** Most signs of a note. */
export const NOTE_LIMIT = 500;

/** What an order would move now, to the đồng. */
export interface Planned {
  readonly spending: Spending;
  /** đồng that move; 0 where only a head does. */
  readonly amount: Dong;
}

/** A gift's share of what an order spends. */
export interface SpentShare {
  /** Null for money that came in without a gift, such as a compensation. */
  readonly gift: string | null;
  /** Entry that brought it. */
  readonly entry: number;
  readonly amount: Dong;
}
