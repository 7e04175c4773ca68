import type { GiftStores } from "../donations/gift-range.ts";
import type { ActStores, Writing } from "../acts/act.ts";
import type { TermsStores } from "../campaigns/terms.ts";
import type { Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { GatewayChannel, PaymentInFull, PaymentServices } from "../payments/ports.ts";

/** Why a gift is given back. */
export type RefundReason = "donor-asked" | "paid-twice";

/** A gift on its way back through the gateway that brought it. */
export interface GatewayRefund {
  /** Key of the order. */
  readonly key: string;
  /** Gift code. */
  readonly gift: string;
  /** Our reference of the payment. */
  readonly payment: string;
  readonly channel: GatewayChannel;
  /** đồng */
  readonly amount: Dong;
  /** Ours at the gateway, the same in every attempt; at most 32 signs. */
  readonly requestId: string;
  /** Entry that set the money aside. */
  readonly holdEntry: number;
  readonly reason: RefundReason;
  /** The office that ordered it. */
  readonly role: string;
  readonly orderedAt: Seconds;
  /** The gateway's own id of it. */
  readonly providerRef?: string;
  /** When the gateway took the order; absent while no answer has come. */
  readonly acceptedAt?: Seconds;
  /** How often the gateway was asked, and when last. */
  readonly asked: number;
  readonly lastAskedAt?: Seconds;
  readonly outcome?: RefundOutcome;
}

/** What became of it, written once. */
interface RefundOutcome {
  readonly state: "refunded" | "refused";
  /** The gateway's code, raw. */
  readonly providerCode: string;
  /** Entry that paid it out, or that turned the setting aside round. */
  readonly entry: number;
  readonly inbox?: number;
  readonly at: Seconds;
}

/** Money a gateway took back without an order of ours. */
export interface TakeBack {
  readonly key: string;
  readonly payment: string;
  readonly kind: "refund" | "dispute";
  readonly amount: Dong;
  readonly entry: number;
  readonly at: Seconds;
}

/** Refunds through gateways. */
export interface GatewayRefunds {
  find(key: string): Promise<GatewayRefund | undefined>;
  byRequest(requestId: string): Promise<GatewayRefund | undefined>;
  /** All of one payment, oldest first. */
  ofPayment(ref: string): Promise<GatewayRefund[]>;
  /** Keep an order before anything is asked. */
  add(refund: Omit<GatewayRefund, "asked" | "outcome">): Promise<void>;
  /** Note that the gateway is asked now. */
  asking(key: string, at: Seconds): Promise<void>;
  /** Note that the gateway took the order. */
  accepted(key: string, at: Seconds, providerRef?: string): Promise<void>;
  /** Write what became of it; false when that is written already. */
  close(key: string, outcome: RefundOutcome): Promise<boolean>;
  /** Those without an outcome, asked longest ago first. */
  open(limit: number): Promise<GatewayRefund[]>;
  /** The gateway payment that brought a gift. */
  paymentOfGift(gift: string): Promise<PaymentInFull | undefined>;
  /** The gift that a gateway payment brought; undefined while it is not booked. */
  giftOfPayment(ref: string): Promise<string | undefined>;
  /** The payment that a gateway knows under its own transaction id. */
  paymentOfTransaction(
    channel: GatewayChannel,
    transaction: string,
  ): Promise<PaymentInFull | undefined>;
  takeBacks(ref: string): Promise<TakeBack[]>;
  /** Keep what was taken back; once by its key. */
  addTakeBack(taken: TakeBack): Promise<void>;
}

/** What acts on gateway refunds read and write, in one transaction. */
export interface GatewayActStores extends ActStores, GiftStores, TermsStores {
  readonly gatewayRefunds: GatewayRefunds;
}

/** What the verbs of this concept need from outside. */
export interface GatewayRefundServices extends PaymentServices {
  /** Refunds that are under way through gateways. */
  readonly gatewayRefunds: GatewayRefunds;
  /** Official acts on gateway money, each in a transaction of its own, one at a time. Never inside another `write`. */
  readonly gatewayActs: Writing<GatewayActStores>;
}
