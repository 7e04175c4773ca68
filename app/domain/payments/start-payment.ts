import { type Day, dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { type LimitProblem, limitsOn, withinLimits } from "./limits.ts";
import type { GatewayChannel, PayablePledge, Payment, PaymentServices } from "./ports.ts";
import { payerAddress, plainOrderInfo, VNPAY_WINDOW } from "./vnpay-protocol.ts";

/** A wish to pay a pledge through a gateway. */
export interface PayWish {
  /** Pledge code. */
  readonly code: string;
  readonly channel: GatewayChannel;
  readonly locale: "vi" | "en";
  /** Payer's network address, which VNPay wants. */
  readonly address: string;
  /** Whole address the browser comes back to. */
  readonly returnUrl: string;
  /** Whole address when the payer turns back before paying. */
  readonly cancelUrl: string;
  /** What the gateway shows as the thing paid for. */
  readonly title: string;
}

export type StartProblem =
  | LimitProblem
  | { readonly code: "payment.no-such-pledge" }
  | { readonly code: "payment.pledge-closed"; readonly state: string }
  | { readonly code: "payment.already-paid" }
  | { readonly code: "payment.campaign-ended"; readonly on: Day }
  | { readonly code: "payment.channel-off"; readonly channel: GatewayChannel }
  | { readonly code: "payment.too-many-attempts" }
  | { readonly code: "payment.gateway"; readonly reason: string };

/** Where the payer is sent, and under which reference. */
export interface StartedPayment {
  readonly ref: string;
  readonly url: string;
}

type Needs = Pick<PaymentServices, "now" | "payments" | "rules" | "vnpay" | "stripe">;

/** Stripe keeps a session open for 30 minutes at least; a little more covers clocks that differ. */
const STRIPE_WINDOW = 35 * 60;
/** More attempts for one pledge are a loop or an attack. */
const MOST_ATTEMPTS = 200;

/**
 * Start paying what a pledge still lacks: the attempt is stored first, then the gateway is asked. Nothing here moves
 * money; only the gateway's own message does.
 */
export async function startPayment(
  services: Needs,
  wish: PayWish,
): Promise<Result<StartedPayment, StartProblem>> {
  const gateway = services[wish.channel];
  if (!gateway) return no({ code: "payment.channel-off", channel: wish.channel });
  const pledge = await services.payments.pledge(wish.code);
  if (!pledge) return no({ code: "payment.no-such-pledge" });
  if (pledge.state !== "open") return no({ code: "payment.pledge-closed", state: pledge.state });
  if (dayOf(services.now()) > pledge.lastDay) {
    return no({ code: "payment.campaign-ended", on: pledge.lastDay });
  }
  const missing = pledge.amount - pledge.received;
  if (missing <= 0n) return no({ code: "payment.already-paid" });
  const limits = await limitsOn(services.rules, dayOf(services.now()));
  const amount = withinLimits(limits, wish.channel, missing);
  if (!amount.ok) return amount;

  const payment = await openAttempt(services, pledge, wish.channel, amount.value);
  if (!payment) return no({ code: "payment.too-many-attempts" });
  const sent = await send(services, wish, payment);
  if (!sent.ok) return sent;
  const { providerRef } = sent.value;
  if (providerRef !== undefined) await services.payments.sent(payment.ref, providerRef);
  return ok({ ref: payment.ref, url: sent.value.url });
}

/** Store the next attempt; two at once find different numbers because the reference is unique. */
async function openAttempt(
  { now, payments }: Needs,
  pledge: PayablePledge,
  channel: GatewayChannel,
  amount: bigint,
): Promise<Payment | undefined> {
  const before = (await payments.attempts(pledge.code)).length;
  const createdAt = now();
  for (let n = before + 1; n <= MOST_ATTEMPTS; n += 1) {
    const payment: Payment = {
      ref: `${pledge.code}-${n}`,
      pledge: pledge.code,
      channel,
      amount,
      createdAt,
      expiresAt: createdAt + (channel === "vnpay" ? VNPAY_WINDOW : STRIPE_WINDOW),
    };
    if (await payments.open(payment)) return payment;
  }
  return undefined;
}

async function send(
  { vnpay, stripe }: Needs,
  wish: PayWish,
  payment: Payment,
): Promise<Result<{ url: string; providerRef?: string }, StartProblem>> {
  if (wish.channel === "vnpay") {
    if (!vnpay) return no({ code: "payment.channel-off", channel: "vnpay" });
    const { ref, amount, createdAt, expiresAt } = payment;
    const info = plainOrderInfo(`Ung ho ${payment.pledge}`);
    const address = payerAddress(wish.address);
    const { locale, returnUrl } = wish;
    return ok({
      url: vnpay.paymentUrl({
        ref,
        amount,
        info,
        address,
        locale,
        returnUrl,
        createdAt,
        expiresAt,
      }),
    });
  }
  if (!stripe) return no({ code: "payment.channel-off", channel: "stripe" });
  const session = await stripe.openSession({
    ref: payment.ref,
    amount: payment.amount,
    title: wish.title,
    locale: wish.locale,
    successUrl: wish.returnUrl,
    cancelUrl: wish.cancelUrl,
    expiresAt: payment.expiresAt,
  });
  if (!session.ok) return no({ code: "payment.gateway", reason: session.problem.reason });
  return ok({ url: session.value.url, providerRef: session.value.id });
}
