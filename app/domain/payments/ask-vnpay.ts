import { settlePayment } from "./book-payment.ts";
import type { PaymentInFull, VnpayAnswer, PaymentServices } from "./ports.ts";
import { QUERY_MARKS, queryIsDue, rawCode, stateOfQuery } from "./vnpay-protocol.ts";

type Needs = Pick<
  PaymentServices,
  | "now"
  | "sha256"
  | "intake"
  | "payments"
  | "inbox"
  | "attention"
  | "openings"
  | "randomHex"
  | "vnpay"
>;

/** What one round of asking did. */
export interface Asked {
  readonly asked: number;
  readonly settled: number;
  /** Questions without a believable answer; they are put again in the next round. */
  readonly unanswered: number;
}

const AT_ONCE = 50;
const encoder = new TextEncoder();

/**
 * Ask VNPay about payments that are still open after their window: 20 minutes, 1 hour, 6 hours and 24 hours after it
 * closed (payments.md 1.5). A job runs this every few minutes. Only an answer with a right signature counts.
 */
export async function askAboutOpenPayments(services: Needs): Promise<Asked> {
  const now = services.now();
  const open = await services.payments.unsettled(
    now - (QUERY_MARKS[0] ?? 0),
    QUERY_MARKS.length,
    AT_ONCE,
  );
  const due = open.filter(({ payment, asked }) => queryIsDue(payment.expiresAt, asked, now));
  let settled = 0;
  let unanswered = 0;
  for (const { payment, asked } of due) {
    const result = await ask(services, payment, asked);
    if (result === "settled") settled += 1;
    if (result === "unanswered") unanswered += 1;
  }
  return { asked: due.length, settled, unanswered };
}

async function ask(
  services: Needs,
  payment: PaymentInFull,
  asked: number,
): Promise<"settled" | "open" | "unanswered"> {
  const { vnpay } = services;
  if (!vnpay) return "unanswered";
  const at = services.now();
  // New for each question, and within VNPay's 32 signs.
  const requestId = services.sha256(encoder.encode(`${payment.ref} ${asked} ${at}`)).slice(0, 32);
  const answer = await vnpay.query(payment, requestId, at);
  if (!answer.ok) return "unanswered";
  const paper = JSON.stringify(Object.fromEntries(answer.value));
  const inbox = await services.inbox.keep({
    provider: "vnpay-query",
    eventKey: payment.ref,
    body: encoder.encode(paper),
    signatureValid: true,
  });
  const result = await act(services, payment, answer.value, inbox, paper);
  await services.inbox.answered(inbox, result);
  return result;
}

async function act(
  services: Needs,
  payment: PaymentInFull,
  answer: VnpayAnswer,
  inbox: number,
  paper: string,
): Promise<"settled" | "open"> {
  const state = stateOfQuery(answer, payment.amount);
  if (state === "open") return "open";
  if (state === "wrong-amount") {
    await services.attention.raise("payment-wrong-amount", payment.ref, {
      ours: payment.amount.toString(),
      told: answer.get("vnp_Amount") ?? "",
      inbox: String(inbox),
    });
    return "open";
  }
  const transaction = answer.get("vnp_TransactionNo");
  await settlePayment(services, {
    payment,
    state,
    providerCode: rawCode(answer),
    ...(transaction && transaction !== "0" ? { providerTransaction: transaction } : {}),
    inbox,
    paper,
  });
  return "settled";
}
