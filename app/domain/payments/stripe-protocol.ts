import { own } from "../kernel/own.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { contradicts, type FinalState } from "./vnpay-protocol.ts";

/**
 * What Stripe's events mean for us (payments.md section 3), as pure functions. Amounts in dong come whole: the đồng is a
 * zero-decimal currency there.
 */
export interface StripeNotice {
  /** Stripe's id of the event: repeats carry the same. */
  readonly id: string;
  readonly type: string;
  /** The object it is about: a session, a charge, a dispute, a payout. */
  readonly object: Readonly<Record<string, unknown>>;
}

/** A body that is no event. */
export type NoticeProblem = { readonly code: "stripe.not-an-event" };

/** Read an event from its JSON; the signature has been checked before. */
export function readStripeNotice(text: string): Result<StripeNotice, NoticeProblem> {
  const event = parsed(text);
  const data = recordOf(event?.["data"]);
  const object = recordOf(data?.["object"]);
  const id = event?.["id"];
  const type = event?.["type"];
  if (typeof id !== "string" || !isPlain(id, 255)) return no({ code: "stripe.not-an-event" });
  if (typeof type !== "string" || !object) return no({ code: "stripe.not-an-event" });
  return ok({ id, type, object });
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** The payment an event names: `client_reference_id`, or our own metadata. */
export function referenceIn(notice: StripeNotice): string | undefined {
  const reference =
    notice.object["client_reference_id"] ?? recordOf(notice.object["metadata"])?.["payment"];
  return typeof reference === "string" && isPlain(reference, 100) ? reference : undefined;
}

/** Visible ASCII, as all of Stripe's ids are: what else comes is stored nowhere (PostgreSQL has no NUL in text). */
function isPlain(text: string, longest: number): boolean {
  return text.length <= longest && /^[\x21-\x7e]+$/.test(text);
}

/** What to do with an event. */
export type StripeDecision =
  | { readonly act: "ignore"; readonly why: "type" | "not-ours" | "waiting" }
  | {
      readonly act: "raise";
      readonly kind: "payment-wrong-amount" | "payment-unknown";
      readonly subject: string;
    }
  /** Money goes back or is contested: `refunds/take-money-back.ts`. */
  | { readonly act: "money-back" }
  | { readonly act: "repeat"; readonly contradicts: boolean }
  | {
      readonly act: "settle";
      readonly state: FinalState;
      readonly code: string;
      readonly transaction?: string;
    };

/** The facts a decision rests on. */
export interface StripeFacts {
  readonly notice: StripeNotice;
  /** The payment the event names; undefined when we have none such. */
  readonly payment?:
    | {
        readonly amount: Dong;
        readonly outcome?: { readonly state: FinalState; readonly inbox?: number };
      }
    | undefined;
  readonly inbox?: number;
}

/** Decide an event; types we do not know are ignored, a paid session that does not fit ours is for a person. */
export function decideStripe(facts: StripeFacts): StripeDecision {
  const { notice, payment } = facts;
  if (MONEY_BACK.has(notice.type)) return { act: "money-back" };
  const told = stateTold(notice);
  if (told === undefined) return { act: "ignore", why: "type" };
  if (told === "waiting") return { act: "ignore", why: "waiting" };
  if (!payment) {
    // Another site may use the same account; but money that names nothing of ours has to be looked at.
    if (told === "failed") return { act: "ignore", why: "not-ours" };
    return { act: "raise", kind: "payment-unknown", subject: subjectOf(notice) };
  }
  if (told === "paid" && !fits(notice, payment.amount)) {
    return {
      act: "raise",
      kind: "payment-wrong-amount",
      subject: referenceIn(notice) ?? subjectOf(notice),
    };
  }
  if (payment.outcome && !(facts.inbox !== undefined && payment.outcome.inbox === facts.inbox)) {
    return { act: "repeat", contradicts: contradicts(payment.outcome.state, told) };
  }
  const transaction = notice.object["payment_intent"];
  return {
    act: "settle",
    state: told,
    code: notice.type,
    ...(typeof transaction === "string" && isPlain(transaction, 100) ? { transaction } : {}),
  };
}

/** Events by which money goes back or is contested. */
const MONEY_BACK: ReadonlySet<string> = new Set([
  "charge.refunded",
  "charge.refund.updated",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.closed",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.funds_reinstated",
]);

function stateTold(notice: StripeNotice): "paid" | "failed" | "waiting" | undefined {
  switch (notice.type) {
    case "checkout.session.completed":
      return notice.object["payment_status"] === "paid" ? "paid" : "waiting";
    case "checkout.session.async_payment_succeeded":
      return "paid";
    case "checkout.session.async_payment_failed":
    case "checkout.session.expired":
      return "failed";
    default:
      return undefined;
  }
}

function fits({ object }: StripeNotice, amount: Dong): boolean {
  const told = object["amount_total"];
  return (
    typeof told === "number" &&
    Number.isSafeInteger(told) &&
    BigInt(told) === amount &&
    String(object["currency"]).toLowerCase() === "vnd"
  );
}

/** A field of an object that is one of Stripe's plain words or ids. */
export function plainField(
  object: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  const value = own(object, name);
  return typeof value === "string" && isPlain(value, 100) ? value : undefined;
}

/** A positive amount of whole đồng in a field; undefined in another currency. */
export function moneyIn(object: Readonly<Record<string, unknown>>, name: string): Dong | undefined {
  const value = own(object, name);
  const counts = typeof value === "number" && Number.isSafeInteger(value) && value > 0;
  return counts && String(object["currency"]).toLowerCase() === "vnd" ? BigInt(value) : undefined;
}

/** Id of the object an event is about. */
export function subjectOf(notice: StripeNotice): string {
  const id = notice.object["id"];
  return typeof id === "string" && isPlain(id, 100) ? id : notice.id;
}
