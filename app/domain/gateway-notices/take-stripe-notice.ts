import type { GatewayRefundServices } from "../refunds/ports.ts";
import { takeMoneyBack } from "../refunds/take-money-back.ts";
import { settlePayment } from "../payments/book-payment.ts";
import { looksLikeReference } from "../kernel/reference-code.ts";
import {
  decideStripe,
  readStripeNotice,
  referenceIn,
  type StripeNotice,
} from "../payments/stripe-protocol.ts";

/** What taking a notice needs. */
export type StripeNoticeNeeds = Pick<
  GatewayRefundServices,
  | "now"
  | "sha256"
  | "intake"
  | "payments"
  | "inbox"
  | "attention"
  | "openings"
  | "randomHex"
  | "gatewayRefunds"
  | "gatewayActs"
  | "stripe"
>;

/** How a webhook call is answered: `refused` is 400, the others 200. */
export type StripeAnswer = "refused" | "settled" | "repeated" | "raised" | "ignored";

const decoder = new TextDecoder();

/**
 * Take a webhook call: the bytes exactly as they came and the `Stripe-Signature` header. The raw event is kept first, in
 * its own commit; without a right signature nothing changes.
 */
export async function takeStripeNotice(
  services: StripeNoticeNeeds,
  body: Uint8Array,
  header: string | undefined,
): Promise<StripeAnswer> {
  if (!services.stripe) return "refused";
  const read = readStripeNotice(decoder.decode(body));
  const signed =
    header !== undefined && (await services.stripe.signatureFits(body, header, services.now()));
  if (!signed || !read.ok) {
    const event = { provider: "stripe", eventKey: services.sha256(body), body } as const;
    await services.inbox.keepRefused({ ...event, signatureValid: signed }, "refused");
    return "refused";
  }
  const { id } = read.value;
  const repeated = await services.inbox.wasAnswered("stripe", id);
  const event = { provider: "stripe", eventKey: id, body, signatureValid: true } as const;
  const inbox = await services.inbox.keepOnce(event, services.sha256(body));
  if (repeated) {
    await services.inbox.answered(inbox, "repeated");
    return "repeated";
  }
  return answerKept(services, inbox, read.value, decoder.decode(body));
}

/** Decide a signed event that is in the inbox, act on it, and note the answer. Doing it again changes nothing. */
export async function answerKeptStripe(
  services: StripeNoticeNeeds,
  inbox: number,
  body: Uint8Array,
): Promise<StripeAnswer> {
  const text = decoder.decode(body);
  const read = readStripeNotice(text);
  if (read.ok) return answerKept(services, inbox, read.value, text);
  await services.inbox.answered(inbox, "refused");
  return "refused";
}

async function answerKept(
  services: StripeNoticeNeeds,
  inbox: number,
  notice: StripeNotice,
  text: string,
): Promise<StripeAnswer> {
  const answer = await decideAndAct(services, inbox, notice, text);
  const first = await services.inbox.answered(inbox, answer);
  return answer === "settled" && !first ? "repeated" : answer;
}

async function decideAndAct(
  services: StripeNoticeNeeds,
  inbox: number,
  notice: StripeNotice,
  text: string,
): Promise<StripeAnswer> {
  const reference = referenceIn(notice);
  const found =
    reference === undefined || !looksLikeReference(reference)
      ? undefined
      : await services.payments.find(reference);
  const payment = found?.channel === "stripe" ? found : undefined;
  const decision = decideStripe({ notice, payment, inbox });
  switch (decision.act) {
    case "ignore":
      return "ignored";
    case "raise":
      await services.attention.raise(decision.kind, decision.subject, {
        type: notice.type,
        event: notice.id,
        inbox: String(inbox),
      });
      return "raised";
    case "money-back":
      return takeMoneyBack(services, { notice, inbox, text });
    case "repeat":
      if (decision.contradicts && payment) {
        await services.attention.raise("payment-after-end", payment.ref, {
          code: notice.type,
          stored: payment.outcome?.state ?? "",
          inbox: String(inbox),
        });
      }
      return "repeated";
    case "settle": {
      if (!payment) return "ignored";
      const settled = await settlePayment(services, {
        payment,
        state: decision.state,
        providerCode: decision.code,
        ...(decision.transaction === undefined
          ? {}
          : { providerTransaction: decision.transaction }),
        inbox,
        paper: text,
      });
      return settled === "first" ? "settled" : "repeated";
    }
  }
}
