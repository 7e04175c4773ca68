import type { Act } from "../acts/act.ts";
import { sealPaper } from "../acts/paper.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { Reason } from "../ledger/reasons.ts";
import { reversalLegs } from "../ledger/reversal.ts";
import type { PaymentInFull } from "../payments/ports.ts";
import { looksLikeReference } from "../kernel/reference-code.ts";
import {
  moneyIn,
  plainField,
  referenceIn,
  type StripeNotice,
  subjectOf,
} from "../payments/stripe-protocol.ts";
import { bookAct } from "../acts/act.ts";
import { stateOfStripe } from "./ask-gateway-refunds.ts";
import type { GatewayActStores, TakeBack, GatewayRefundServices } from "./ports.ts";
import { bookChargeback } from "./record-chargeback.ts";
import { settleRefund } from "./settle-gateway-refund.ts";

type Needs = Pick<
  GatewayRefundServices,
  "now" | "sha256" | "randomHex" | "payments" | "attention" | "gatewayRefunds" | "gatewayActs"
>;

/** How the event was answered. */
type Answer = "settled" | "repeated" | "raised" | "ignored";

/** What an event carries along. */
interface Kept {
  readonly notice: StripeNotice;
  readonly inbox: number;
  /** The event's text, the paper behind what it books. */
  readonly text: string;
}

const encoder = new TextEncoder();

/**
 * What Stripe's events of money going back mean for the books:
 *
 *   refund.*                   the end of an order of ours; others are counted by their charge
 *   charge.refunded            what is more than we ordered was given back at Stripe itself: a chargeback
 *   charge.dispute.created     the money is gone at once: a chargeback (an inquiry takes none and is only raised)
 *   charge.dispute.funds_reinstated, .closed as won     it came back: the chargeback is turned round
 *
 * Each is written once, in whichever order and however often they come. A person is told of all but our own orders.
 */
export async function takeMoneyBack(services: Needs, kept: Kept): Promise<Answer> {
  const { notice } = kept;
  if (/^(charge\.)?refund\./.test(notice.type)) return endOfOrder(services, kept);
  const payment = await paymentOf(services, notice);
  const gift = payment && (await services.gatewayRefunds.giftOfPayment(payment.ref));
  if (payment?.outcome?.state === "paid" && gift === undefined) {
    // Its gift waits for its numbers; Stripe tells again.
    throw new Error(`money of ${payment.ref} goes back before its gift is booked`);
  }
  if (!payment || gift === undefined) return raised(services, kept, "not-ours");
  if (notice.type === "charge.refunded") return refundedAtStripe(services, kept, payment, gift);
  return disputed(services, kept, payment, gift);
}

/** `refund.updated` and its like, for an order of ours. */
async function endOfOrder(services: Needs, kept: Kept): Promise<Answer> {
  const { notice, inbox, text } = kept;
  const metadata = notice.object["metadata"];
  const order =
    typeof metadata === "object" && metadata !== null
      ? plainField(metadata as Readonly<Record<string, unknown>>, "order")
      : undefined;
  const refund = order === undefined ? undefined : await services.gatewayRefunds.byRequest(order);
  const status = plainField(notice.object, "status") ?? "";
  const failed = stateOfStripe(status) === "refused" || notice.type.endsWith(".failed");
  if (!refund) {
    // Given back at Stripe itself: `charge.refunded` counts it, only a failure is news.
    return failed ? raised(services, kept, "refund-failed") : "ignored";
  }
  const state = failed ? "refused" : stateOfStripe(status);
  if (state === "accepted") {
    const id = plainField(notice.object, "id");
    await services.gatewayRefunds.accepted(refund.key, services.now(), id);
    return "settled";
  }
  const repeated = refund.outcome?.state === state;
  await settleRefund(services, refund, { state, code: status, paper: text, inbox });
  return repeated ? "repeated" : "settled";
}

async function refundedAtStripe(
  services: Needs,
  kept: Kept,
  payment: PaymentInFull,
  gift: string,
): Promise<Answer> {
  const { notice } = kept;
  const sum = moneyIn(notice.object, "amount_refunded");
  if (sum === undefined) return raised(services, kept, "no-amount");
  const act = actOf(
    services,
    kept,
    `chargeback:stripe:${subjectOf(notice)}:${sum}`,
    "bank-returned",
  );
  const answer = await services.gatewayActs.write(async (stores): Promise<Answer | "refused"> => {
    const known = await countedOf(stores, payment.ref);
    if (sum <= known) return "repeated";
    return bookTakeBack(stores, services, {
      act,
      gift,
      payment,
      amount: sum - known,
      kind: "refund",
    });
  });
  if (answer === "repeated") return answer;
  await raised(services, kept, answer === "refused" ? "cannot-be-booked" : "booked");
  return answer === "refused" ? "raised" : answer;
}

/** đồng of a payment that went back by our orders or is booked as given back at Stripe. */
async function countedOf({ gatewayRefunds }: GatewayActStores, ref: string): Promise<Dong> {
  const ordered = (await gatewayRefunds.ofPayment(ref)).filter(
    ({ outcome }) => outcome?.state !== "refused",
  );
  const taken = (await gatewayRefunds.takeBacks(ref)).filter(({ kind }) => kind === "refund");
  return [...ordered, ...taken].reduce((sum, { amount }) => sum + amount, 0n);
}

async function disputed(
  services: Needs,
  kept: Kept,
  payment: PaymentInFull,
  gift: string,
): Promise<Answer> {
  const { notice } = kept;
  const status = plainField(notice.object, "status") ?? "";
  const key = `chargeback:stripe:${subjectOf(notice)}`;
  const won = notice.type.endsWith(".funds_reinstated") || status === "won";
  const taken =
    notice.type.endsWith(".funds_withdrawn") ||
    (notice.type.endsWith(".created") && !status.startsWith("warning_"));
  if (won) return givenBack(services, kept, payment, key);
  const amount = moneyIn(notice.object, "amount");
  if (!taken || amount === undefined) return raised(services, kept, status);
  const act = actOf(services, kept, key, "disputed");
  const answer = await services.gatewayActs.write(async (stores): Promise<Answer | "refused"> => {
    const known = await stores.gatewayRefunds.takeBacks(payment.ref);
    if (known.some((one) => one.key === key)) return "repeated";
    return bookTakeBack(stores, services, { act, gift, payment, amount, kind: "dispute" });
  });
  if (answer === "repeated") return answer;
  await raised(services, kept, answer === "refused" ? "cannot-be-booked" : "booked");
  return answer === "refused" ? "raised" : answer;
}

/** A dispute was won: what its chargeback took is there again. */
async function givenBack(
  services: Needs,
  kept: Kept,
  payment: PaymentInFull,
  key: string,
): Promise<Answer> {
  const answer = await services.gatewayActs.write(async (stores): Promise<Answer | "refused"> => {
    const taken = (await stores.gatewayRefunds.takeBacks(payment.ref)).find(
      (one) => one.key === key,
    );
    const entry = taken && (await stores.ledger.find(taken.entry));
    if (!entry) return "refused";
    if (entry.reversedBy !== undefined) return "repeated";
    const legs = reversalLegs(entry.kind, entry.movements);
    if (!legs.ok) return "refused";
    const act = actOf(services, kept, `reversal:${entry.number}`, "dispute-won");
    const turned = await bookAct(stores, act, "reversal", {
      legs: legs.value,
      reverses: entry.number,
    });
    return turned.ok ? "settled" : "refused";
  });
  if (answer === "repeated") return answer;
  await raised(services, kept, answer === "refused" ? "cannot-be-booked" : "won");
  return answer === "refused" ? "raised" : answer;
}

async function bookTakeBack(
  stores: GatewayActStores,
  { now }: Pick<Needs, "now">,
  facts: {
    readonly act: Act;
    readonly gift: string;
    readonly payment: PaymentInFull;
    readonly amount: Dong;
    readonly kind: TakeBack["kind"];
  },
): Promise<"settled" | "refused"> {
  const { act, gift, amount, kind, payment } = facts;
  const booked = await bookChargeback(stores, { ...act, gift, amount });
  if (!booked.ok) return "refused";
  const { entry } = booked.value;
  const { key } = act;
  await stores.gatewayRefunds.addTakeBack({
    key,
    payment: payment.ref,
    kind,
    amount,
    entry,
    at: now(),
  });
  return "settled";
}

/** By our own reference, where Stripe copied it along, else by its id of the payment. */
async function paymentOf(
  { payments, gatewayRefunds }: Needs,
  notice: StripeNotice,
): Promise<PaymentInFull | undefined> {
  const reference = referenceIn(notice);
  const named =
    reference === undefined || !looksLikeReference(reference)
      ? undefined
      : await payments.find(reference);
  if (named?.channel === "stripe") return named;
  const intent = plainField(notice.object, "payment_intent");
  return intent === undefined ? undefined : gatewayRefunds.paymentOfTransaction("stripe", intent);
}

function actOf(services: Needs, { text }: Kept, key: string, reason: Reason): Act {
  return {
    key,
    on: dayOf(services.now()),
    role: "committee",
    papers: [sealPaper(services, "notice", encoder.encode(text))],
    reason,
  };
}

async function raised(services: Needs, { notice, inbox }: Kept, why: string): Promise<"raised"> {
  const kind = notice.type.startsWith("charge.dispute.")
    ? "payment-disputed"
    : "payment-taken-back";
  await services.attention.raise(kind, subjectOf(notice), {
    type: notice.type,
    event: notice.id,
    inbox: String(inbox),
    why,
  });
  return "raised";
}
