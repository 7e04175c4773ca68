import type { DatedRules } from "../kernel/dated-rules.ts";
import type { Openings } from "../acts/paper.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Sha256 } from "../kernel/digest.ts";
import type { Dong } from "../kernel/dong.ts";
import type { Result } from "../kernel/result.ts";
import type { GiveWay } from "../kernel/steps.ts";
import type { Intake } from "../ledger/intake.ts";
import type { Places } from "../places/ports.ts";
import type { DrawSigns } from "../kernel/reference-code.ts";
import type { FinalState, Pairs } from "./vnpay-protocol.ts";

/** A channel that pays through a gateway. */
export type GatewayChannel = "vnpay" | "stripe";

/** A pledge as paying needs it. */
export interface PayablePledge {
  readonly code: string;
  readonly campaign: string;
  /** đồng promised */
  readonly amount: Dong;
  /** đồng of it that were received so far. */
  readonly received: Dong;
  readonly state: "open" | "withdrawn" | "expired";
  /** Last day on which its campaign takes gifts. */
  readonly lastDay: Day;
}

/** One attempt to pay through a gateway. */
export interface Payment {
  /** Our reference at the gateway, such as `QNK7F3K27-1`. */
  readonly ref: string;
  readonly pledge: string;
  readonly channel: GatewayChannel;
  /** đồng */
  readonly amount: Dong;
  readonly createdAt: Seconds;
  readonly expiresAt: Seconds;
  /** The gateway's own id of it, when it gave one. */
  readonly providerRef?: string;
}

/**
 * Marks by which a browser shows, for a day, that it made a pledge (by its code) or started an attempt (by its reference).
 * Nobody can guess one, and no server remembers any.
 */
export interface PayerMarks {
  of(subject: string): string;
  fits(subject: string, mark: string): boolean;
}

/** The final state of a payment. */
export interface Outcome {
  readonly state: FinalState;
  /** The gateway's code, raw. */
  readonly providerCode: string;
  readonly providerTransaction?: string;
  /** Event that told it. */
  readonly inbox?: number;
  readonly at: Seconds;
}

/** A payment with what became of it and whom it is for. */
export interface PaymentInFull extends Payment {
  readonly campaign: string;
  readonly outcome?: Outcome;
}

/** Payments and their final states. */
export interface Payments {
  pledge(code: string): Promise<PayablePledge | undefined>;
  /** Store a new attempt; false when its reference is taken. */
  open(payment: Payment): Promise<boolean>;
  /** Attempts made for a pledge so far. */
  attempts(pledge: string): Promise<PaymentInFull[]>;
  /** Keep the gateway's own id of an attempt. Where the payer was sent is never kept: VNPay's address has the payer's in it. */
  sent(ref: string, providerRef: string): Promise<void>;
  find(ref: string): Promise<PaymentInFull | undefined>;
  /** Write a final state that moves no money; false when there is one already. */
  close(ref: string, outcome: Outcome): Promise<boolean>;
  /**
   * VNPay payments without a final state whose window closed before `moment` and that were asked for fewer than `most`
   * times; oldest first, with the times asked so far.
   */
  unsettled(
    moment: Seconds,
    most: number,
    limit: number,
  ): Promise<{ payment: PaymentInFull; asked: number }[]>;
}

/** From whom an event came. */
export type Provider = "vnpay" | "stripe" | "vnpay-query" | "vnpay-refund" | "stripe-refund";

/** An event as it came. */
interface RawEvent {
  readonly provider: Provider;
  /** The provider's own id of it, or a digest of its bytes. */
  readonly eventKey: string;
  readonly body: Uint8Array;
  readonly signatureValid: boolean;
}

/** Raw events, kept before anything is decided. */
export interface Inbox {
  /** Keep an event in a commit of its own; answers its number. */
  keep(event: RawEvent): Promise<number>;
  /**
   * Keep a signed event that may be told again, in a commit of its own: once, however often and by how many at once.
   * `identity` is the digest of what was signed. Answers the number of the one that stands for all; how often it was told,
   * and when last, is counted beside it.
   */
  keepOnce(event: RawEvent, identity: string): Promise<number>;
  /**
   * Keep an event whose signature is wrong, with its answer, for people to look at; dropped when there were too many
   * lately. It never changes a state.
   */
  keepRefused(event: RawEvent, outcome: string): Promise<void>;
  /** Note what we answered; the first answer stays. False: there is one already. */
  answered(inbox: number, outcome: string): Promise<boolean>;
  /** Whether an event with this id was answered before. */
  wasAnswered(provider: Provider, eventKey: string): Promise<boolean>;
  /** Signed events without an answer that came before `moment`, oldest first. */
  unanswered(moment: Seconds, limit: number): Promise<{ id: number; event: RawEvent }[]>;
}

/** Things for a person to look at; each is raised once. */
export interface Attention {
  raise(
    kind: AttentionKind,
    subject: string,
    facts: Readonly<Record<string, string>>,
  ): Promise<void>;
}

/** Why a person should look. */
export type AttentionKind =
  | "payment-wrong-amount"
  | "payment-held"
  | "payment-after-end"
  | "payment-unknown"
  | "payment-taken-back"
  | "payment-disputed"
  | "line-reversed"
  | "line-wrong-account"
  /** Money for a campaign that had ended: it went to suspense. */
  | "line-after-end"
  | "statement-balance"
  /** A key was used again for something else: both are in the facts (ledger.md 3.10). */
  | "key-conflict"
  /** No account can hold it: the numbers of its axis would end. */
  | "gift-too-large"
  /** Its account was closed and no successor is known: it went to suspense. */
  | "gift-account-closed"
  | "refund-refused"
  | "refund-unclear"
  /** Waited too long: a gift for its number, an event for its answer, a payment for its end, an approved order for its booking. */
  | "wait-gift"
  | "wait-event"
  | "wait-payment"
  | "wait-order";

/** What VNPay is asked to collect. */
interface VnpayOrder {
  readonly ref: string;
  readonly amount: Dong;
  readonly info: string;
  /** Payer's network address. */
  readonly address: string;
  readonly locale: "vi" | "en";
  readonly returnUrl: string;
  readonly createdAt: Seconds;
  readonly expiresAt: Seconds;
}

/** A checked answer of VNPay's API, field by field. */
export type VnpayAnswer = ReadonlyMap<string, string>;

/** Why an answer of VNPay's API is not believed or did not come. */
export type VnpayApiProblem =
  | { readonly code: "vnpay.unreachable"; readonly reason: string }
  | { readonly code: "vnpay.unsigned" }
  | { readonly code: "vnpay.wrong-signature" }
  | { readonly code: "vnpay.not-ours" };

/** What a refund asks for. */
interface VnpayRefund {
  readonly requestId: string;
  readonly payment: Payment;
  readonly amount: Dong;
  /** VNPay's number of the payment; `0` when unknown. */
  readonly transaction: string;
  /** The officer's office, in plain letters. */
  readonly by: string;
  readonly at: Seconds;
}

/** VNPay, as far as the domain needs it. */
export interface VnpayGateway {
  readonly tmnCode: string;
  paymentUrl(order: VnpayOrder): string;
  /** Whether `vnp_SecureHash` is ours, compared in constant time. */
  signatureFits(pairs: Pairs): boolean;
  /** Ask what became of a payment; `requestId` is new each time. */
  query(
    payment: Payment,
    requestId: string,
    at: Seconds,
  ): Promise<Result<VnpayAnswer, VnpayApiProblem>>;
  refund(wish: VnpayRefund): Promise<Result<VnpayAnswer, VnpayApiProblem>>;
}

/** What Stripe is asked to collect. */
interface StripeOrder {
  readonly ref: string;
  readonly amount: Dong;
  readonly title: string;
  readonly locale: "vi" | "en";
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: Seconds;
}

/** Stripe refused or did not answer. */
interface StripeProblem {
  readonly code: "stripe.refused" | "stripe.unreachable";
  readonly reason: string;
}

/** What Stripe is asked to give back. */
interface StripeRefundOrder {
  /** Stripe's id of the payment. */
  readonly intent: string;
  readonly amount: Dong;
  /** Ours, the same in every attempt. */
  readonly requestId: string;
  /** Our reference of the payment. */
  readonly ref: string;
}

/** A refund as Stripe tells it. */
interface StripeRefund {
  readonly id: string;
  /** pending, requires_action, succeeded, failed, canceled */
  readonly status: string;
  readonly amount: Dong;
}

/** Stripe, as far as the domain needs it. */
export interface StripeGateway {
  /** Open a Checkout Session; the same `ref` gives the same session. */
  openSession(order: StripeOrder): Promise<Result<{ id: string; url: string }, StripeProblem>>;
  /** Give money back, or tell what became of the same order given before. */
  refund(order: StripeRefundOrder): Promise<Result<StripeRefund, StripeProblem>>;
  /** Whether the `Stripe-Signature` header fits the bytes and is at most five minutes old. */
  signatureFits(body: Uint8Array, header: string, now: Seconds): Promise<boolean>;
}

/** What the verbs of this concept need from outside. */
export interface PaymentServices {
  now(): Seconds;
  /** Asked between the portions of long work. */
  readonly giveWay: GiveWay;
  readonly sha256: Sha256;
  readonly drawSigns: DrawSigns;
  readonly intake: Intake;
  readonly payments: Payments;
  readonly inbox: Inbox;
  readonly attention: Attention;
  readonly openings: Openings;
  /** That many random bytes, as hexadecimal digits. */
  randomHex(bytes: number): string;
  readonly places: Places;
  readonly rules: DatedRules;
  /** Absent: VNPay giving is off. */
  readonly vnpay?: VnpayGateway;
  /** Absent: card giving is off. */
  readonly stripe?: StripeGateway;
  /** A QR picture as a `data:` address for `<img>`. */
  qrPicture(text: string): string;
  /** The same as a PNG that can be saved and opened in a bank's app, which reads pictures and no SVG; as an address. */
  qrFile(text: string): Promise<string>;
}
