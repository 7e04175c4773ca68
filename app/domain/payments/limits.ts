import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";

/** How a donor pays. */
export type PayChannel = "bank" | "vnpay" | "stripe";

/** Smallest and largest payment of a channel, in đồng. */
export interface PayLimits {
  readonly least: Dong;
  readonly most: Dong;
}

/**
 * Limits of one payment by channel. VNPay writes dong x 100 into 12 digits; Stripe takes eight digits and wants at
 * least about half a dollar, so cards have our own range (payments.md 1.1 and 3.3); NAPAS QR amounts have 13 digits.
 */
export const PAY_LIMITS: Readonly<Record<PayChannel, PayLimits>> = {
  bank: { least: 1_000n, most: 9_999_999_999_999n },
  vnpay: { least: 10_000n, most: 9_999_999_999n },
  stripe: { least: 50_000n, most: 50_000_000n },
};

/** An amount outside the limits of its channel, with the limit that it breaks (đồng as text). */
export type LimitProblem =
  | { readonly code: "payment.too-small"; readonly channel: PayChannel; readonly limit: string }
  | { readonly code: "payment.too-large"; readonly channel: PayChannel; readonly limit: string };

/** The amount, when the channel takes it. */
export function withinLimits(channel: PayChannel, amount: Dong): Result<Dong, LimitProblem> {
  const { least, most } = PAY_LIMITS[channel];
  if (amount < least) return no({ code: "payment.too-small", channel, limit: least.toString() });
  if (amount > most) return no({ code: "payment.too-large", channel, limit: most.toString() });
  return ok(amount);
}
