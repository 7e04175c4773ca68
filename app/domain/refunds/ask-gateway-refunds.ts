import type { Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { PaymentInFull, VnpayAnswer } from "../payments/ports.ts";
import {
  rawCode,
  type RefundTold,
  stateOfRefundAnswer,
  stateOfRefundQuery,
} from "../payments/vnpay-protocol.ts";
import type { GatewayRefund, GatewayRefundServices } from "./ports.ts";
import { settleRefund } from "./settle-gateway-refund.ts";

/** What asking needs. */
export type AskServices = Pick<
  GatewayRefundServices,
  | "now"
  | "sha256"
  | "randomHex"
  | "payments"
  | "inbox"
  | "attention"
  | "gatewayRefunds"
  | "gatewayActs"
  | "vnpay"
  | "stripe"
>;

/**
 * Where a refund stands: `accepted`: the gateway is at work on it; `unanswered`: it gave no answer that can be believed
 * and is asked again.
 */
export interface RefundStanding {
  readonly key: string;
  readonly state: "refunded" | "refused" | "accepted" | "unanswered";
}

/** Seconds after which an open refund is asked about again, by the times it was asked. */
const PAUSES = [300, 1_200, 3_600, 6 * 3_600, 24 * 3_600];
/** After this many questions a person has to find out; the job goes on asking once a day. */
const UNCLEAR_AFTER = 12;
const AT_ONCE = 50;
const encoder = new TextEncoder();

/** Ask about every open refund that is due; a job runs this every few minutes. */
export async function askOpenRefunds(
  services: AskServices,
): Promise<{ readonly asked: number; readonly settled: number }> {
  const open = await services.gatewayRefunds.open(AT_ONCE);
  const due = open.filter((refund) => isDue(refund, services.now()));
  let settled = 0;
  for (const refund of due) {
    const { state } = await askRefund(services, refund);
    if (state === "refunded" || state === "refused") settled += 1;
  }
  return { asked: due.length, settled };
}

/** Whether an open refund is to be asked about now. */
function isDue({ asked, lastAskedAt }: GatewayRefund, now: Seconds): boolean {
  if (lastAskedAt === undefined) return true;
  return now >= lastAskedAt + (PAUSES[Math.min(asked, PAUSES.length) - 1] ?? 0);
}

/** Ask the gateway to give the money back, or what became of that, and write down what it tells. */
export async function askRefund(
  services: AskServices,
  refund: GatewayRefund,
): Promise<RefundStanding> {
  const { key } = refund;
  if (refund.outcome) return { key, state: refund.outcome.state };
  const payment = await services.payments.find(refund.payment);
  if (!payment) throw new Error(`refund ${key} names no payment`);
  const at = services.now();
  await services.gatewayRefunds.asking(key, at);
  if (refund.asked + 1 === UNCLEAR_AFTER) {
    await services.attention.raise("refund-unclear", key, { why: "no-end", gift: refund.gift });
  }
  const told =
    refund.channel === "vnpay"
      ? await askVnpay(services, refund, payment, at)
      : await askStripe(services, refund, payment);
  if (!told.ok) return { key, state: "unanswered" };
  const { state, code, providerRef, paper } = told.value;
  const inbox = await services.inbox.keep({
    provider: `${refund.channel}-refund`,
    eventKey: refund.requestId,
    body: encoder.encode(paper),
    signatureValid: true,
  });
  const standing = await act(services, refund, { state, code, providerRef, paper, inbox, at });
  await services.inbox.answered(inbox, standing);
  return { key, state: standing };
}

interface Told {
  readonly state: RefundTold;
  /** The gateway's code, raw. */
  readonly code: string;
  readonly providerRef: string | undefined;
  readonly paper: string;
}

async function act(
  services: AskServices,
  refund: GatewayRefund,
  told: Told & { readonly inbox: number; readonly at: Seconds },
): Promise<RefundStanding["state"]> {
  switch (told.state) {
    case "unclear":
      await services.attention.raise("refund-unclear", refund.key, {
        code: told.code,
        gift: refund.gift,
        inbox: String(told.inbox),
      });
      return "unanswered";
    case "accepted":
      await services.gatewayRefunds.accepted(refund.key, told.at, told.providerRef);
      return "accepted";
    default:
      await services.gatewayRefunds.accepted(refund.key, told.at, told.providerRef);
      return settleRefund(services, refund, {
        state: told.state,
        code: told.code,
        paper: told.paper,
        inbox: told.inbox,
      });
  }
}

type Answered = Result<Told, { code: string }>;

/** The order until VNPay has taken it, then what became of it. */
async function askVnpay(
  { vnpay, sha256 }: AskServices,
  refund: GatewayRefund,
  payment: PaymentInFull,
  at: Seconds,
): Promise<Answered> {
  if (!vnpay) return no({ code: "refund.channel-off" });
  if (refund.acceptedAt !== undefined) {
    const question = sha256(`refund query ${refund.key} ${refund.asked} ${at}`).slice(0, 32);
    const answer = await vnpay.query(payment, question, at);
    return answer.ok ? ok(toldBy(answer.value, stateOfRefundQuery(answer.value))) : answer;
  }
  const answer = await vnpay.refund({
    requestId: refund.requestId,
    payment,
    amount: refund.amount,
    transaction: payment.outcome?.providerTransaction ?? "0",
    by: refund.role,
    // The moment of the order: asked again, it is the same order to the sign.
    at: refund.orderedAt,
  });
  if (!answer.ok) return answer;
  return ok(toldBy(answer.value, stateOfRefundAnswer(answer.value, refund.amount)));
}

function toldBy(answer: VnpayAnswer, state: RefundTold): Told {
  return {
    state,
    code: rawCode(answer),
    // The number VNPay gives here is that of the payment.
    providerRef: undefined,
    paper: JSON.stringify(Object.fromEntries(answer)),
  };
}

async function askStripe(
  { stripe }: AskServices,
  refund: GatewayRefund,
  payment: PaymentInFull,
): Promise<Answered> {
  if (!stripe) return no({ code: "refund.channel-off" });
  const intent = payment.outcome?.providerTransaction;
  if (intent === undefined) {
    return ok(stripeTold("unclear", "no-intent", undefined, refund));
  }
  const { requestId, amount } = refund;
  const answer = await stripe.refund({ intent, amount, requestId, ref: payment.ref });
  if (!answer.ok) {
    const { code, reason } = answer.problem;
    if (code === "stripe.unreachable") return answer;
    // Somebody gave it back at Stripe itself: a person has to see which of the two stands.
    const state = reason === "charge_already_refunded" ? "unclear" : "refused";
    return ok(stripeTold(state, reason, undefined, refund));
  }
  const { id, status } = answer.value;
  const state = answer.value.amount === amount ? stateOfStripe(status) : "unclear";
  return ok(stripeTold(state, status, id, refund));
}

function stripeTold(
  state: RefundTold,
  code: string,
  providerRef: string | undefined,
  { requestId, amount }: GatewayRefund,
): Told {
  const paper = JSON.stringify({
    refund: providerRef ?? null,
    status: code,
    order: requestId,
    amount: amount.toString(),
  });
  return { state, code, providerRef, paper };
}

/** The state that Stripe's status of a refund tells. */
export function stateOfStripe(status: string): Exclude<RefundTold, "unclear"> {
  if (status === "succeeded") return "refunded";
  return status === "failed" || status === "canceled" ? "refused" : "accepted";
}
