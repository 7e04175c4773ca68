import { type Act, bookAct } from "../acts/act.ts";
import type { Seconds } from "../kernel/calendar.ts";
import type { Sha256 } from "../kernel/digest.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { restingPieces } from "../ledger/trace.ts";
import { type AskServices, askRefund, type RefundStanding } from "./ask-gateway-refunds.ts";
import type {
  GatewayActStores,
  GatewayRefund,
  RefundReason,
  GatewayRefundServices,
} from "./ports.ts";
import { refundLegs } from "./refund-gift.ts";

/** An approved order to give a gift back. `key` was made with the order; `papers` hold the decision. */
export interface RefundOrder extends Act {
  /** Gift code. */
  readonly gift: string;
  readonly reason: RefundReason;
}

export type RefundOrderProblem =
  | PostProblem
  | { readonly code: "gift.unknown"; readonly gift: string }
  | { readonly code: "refund.no-paper" }
  | { readonly code: "refund.spent"; readonly left: Dong; readonly of: Dong }
  /** It came by bank: it goes back by bank (`refundGift`). */
  | { readonly code: "refund.no-gateway"; readonly gift: string }
  /** The gateway is switched off. */
  | { readonly code: "refund.channel-off"; readonly channel: string }
  /** The order under this key is for another gift. */
  | { readonly code: "refund.key-conflict"; readonly gift: string };

/** What ordering needs. */
export type RefundServices = AskServices & Pick<GatewayRefundServices, "sha256">;

/**
 * Give a gift back through the gateway that brought it, by an order that was approved:
 *
 *   set aside (fund → payable) and keep the order ─► ask the gateway ─► its answer ─► paid out (payable → world)
 *                                                                         refused ─► the setting aside turned round
 *
 * The money is set aside first, so that nobody spends what the gateway is already giving back. The order told again asks
 * nothing twice: a lost answer is asked for again under the same request id, here and by the job (`askOpenRefunds`).
 */
export async function refundThroughGateway(
  services: RefundServices,
  order: RefundOrder,
): Promise<Result<RefundStanding, RefundOrderProblem>> {
  const held = await services.gatewayActs.write((stores) =>
    holdForRefund(stores, { order, now: services.now(), sha256: services.sha256 }),
  );
  if (!held.ok) return held;
  if (!services[held.value.channel]) {
    return no({ code: "refund.channel-off", channel: held.value.channel });
  }
  return ok(await askRefund(services, held.value));
}

/**
 * Set a gift aside and keep the order, in the transaction of `stores`; for a caller that writes more with it. Nothing is
 * asked yet: `askRefund` does, after the commit.
 */
export async function holdForRefund(
  stores: GatewayActStores,
  at: { readonly order: RefundOrder; readonly now: Seconds; readonly sha256: Sha256 },
): Promise<Result<GatewayRefund, RefundOrderProblem>> {
  const { order } = at;
  const known = await stores.gatewayRefunds.find(order.key);
  if (known) {
    return known.gift === order.gift
      ? ok(known)
      : no({ code: "refund.key-conflict", gift: known.gift });
  }
  if (order.papers.length === 0) return no({ code: "refund.no-paper" });
  const gift = await stores.giftRanges.range(order.gift);
  if (!gift) return no({ code: "gift.unknown", gift: order.gift });
  const payment = await stores.gatewayRefunds.paymentOfGift(order.gift);
  if (payment?.outcome?.state !== "paid") {
    return no({ code: "refund.no-gateway", gift: order.gift });
  }
  const whole = { lo: gift.lo, length: gift.amount };
  const resting = restingPieces(await stores.ledger.forward(gift.account, whole));
  const legs = refundLegs(resting, gift.campaign);
  if ("left" in legs) return no({ code: "refund.spent", left: legs.left, of: gift.amount });
  // What leaves for the world leaves when the gateway has given it back.
  const aside = legs.legs.filter(({ to }) => to.startsWith("refund:"));
  const booked = await bookAct(stores, order, "refund", { legs: aside, donation: gift.code });
  if (!booked.ok) return booked;
  const refund: GatewayRefund = {
    key: order.key,
    gift: gift.code,
    payment: payment.ref,
    channel: payment.channel,
    amount: aside.reduce((sum, { amount }) => sum + amount, 0n),
    // Within VNPay's 32 signs; the same for the same order, whoever asks.
    requestId: at.sha256(`refund ${order.key}`).slice(0, 32),
    holdEntry: booked.value.entry,
    reason: order.reason,
    role: order.role,
    orderedAt: at.now,
    asked: 0,
  };
  await stores.gatewayRefunds.add(refund);
  return ok(refund);
}
