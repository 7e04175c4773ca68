import type { GatewayRefundServices } from "../refunds/ports.ts";
import { settlePayment } from "../payments/book-payment.ts";
import { looksLikeReference } from "../kernel/reference-code.ts";
import {
  decideIpn,
  dongOf,
  fieldsOf,
  type Pairs,
  rawCode,
  type RspCode,
  signedText,
} from "../payments/vnpay-protocol.ts";

/** What taking a notice needs. */
export type VnpayNoticeNeeds = Pick<
  GatewayRefundServices,
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

/** Longest query string that is looked at; VNPay's has some 600 signs. */
const LONGEST_QUERY = 8_192;
const encoder = new TextEncoder();

/**
 * Take an IPN (`query` is the query string as it came, without the question mark) and answer it. The raw event is kept
 * first, once however often it is told, in its own commit; a wrong signature is answered 97 and changes nothing.
 */
export async function takeVnpayNotice(services: VnpayNoticeNeeds, query: string): Promise<RspCode> {
  if (!services.vnpay || query.length > LONGEST_QUERY) return "97";
  const body = encoder.encode(query);
  const event = { provider: "vnpay", eventKey: services.sha256(body), body } as const;
  const pairs = pairsOf(query);
  const signed = signedText(pairs);
  if (signed === undefined || !services.vnpay.signatureFits(pairs)) {
    await services.inbox.keepRefused({ ...event, signatureValid: false }, "97");
    return "97";
  }
  // Signs beside the signed ones make no other notice of it.
  const identity = services.sha256(encoder.encode(signed));
  const inbox = await services.inbox.keepOnce({ ...event, signatureValid: true }, identity);
  return answerKeptNotice(services, inbox, query);
}

/** Decide a signed notice that is in the inbox, act on it, and note the answer. Doing it again changes nothing. */
export async function answerKeptNotice(
  services: VnpayNoticeNeeds,
  inbox: number,
  query: string,
): Promise<RspCode> {
  const answer = await decideAndAct(services, inbox, query);
  const first = await services.inbox.answered(inbox, answer);
  // Told again, or by several at once: it was confirmed before.
  return answer === "00" && !first ? "02" : answer;
}

async function decideAndAct(
  services: VnpayNoticeNeeds,
  inbox: number,
  query: string,
): Promise<RspCode> {
  const fields = fieldsOf(pairsOf(query));
  const ref = fields.get("vnp_TxnRef") ?? "";
  const found = looksLikeReference(ref) ? await services.payments.find(ref) : undefined;
  const payment = found?.channel === "vnpay" ? found : undefined;
  const decision = decideIpn({
    signatureValid: true,
    tmnCode: services.vnpay?.tmnCode ?? "",
    fields,
    payment,
    inbox,
  });
  if (!payment) return decision.answer;
  if (decision.act === "raise") {
    await services.attention.raise("payment-wrong-amount", ref, {
      ours: payment.amount.toString(),
      told: (dongOf(fields.get("vnp_Amount")) ?? "").toString(),
      inbox: String(inbox),
    });
  }
  if (decision.act === "repeat" && decision.contradicts) {
    await services.attention.raise("payment-after-end", ref, {
      code: rawCode(fields),
      stored: payment.outcome?.state ?? "",
      inbox: String(inbox),
    });
  }
  if (decision.act !== "settle") return decision.answer;
  const transaction = /^\w{1,50}$/.exec(fields.get("vnp_TransactionNo") ?? "")?.[0];
  const settled = await settlePayment(services, {
    payment,
    state: decision.state,
    providerCode: decision.code,
    ...(transaction && transaction !== "0" ? { providerTransaction: transaction } : {}),
    inbox,
    paper: query,
  });
  return settled === "first" ? "00" : "02";
}

function pairsOf(query: string): Pairs {
  return [...new URLSearchParams(query)];
}
