import type { MatterProblem } from "./order-problem.ts";
import type { ActMatter } from "../acts/matter.ts";
import { PRICE_REASONS } from "../acts/reasons.ts";
import { lossOf } from "../animals/record-loss.ts";
import { campaignOn } from "../campaigns/facts.ts";
import { redesignationOf } from "../campaigns/redesignate.ts";
import { reversalOf } from "../corrections/reverse-entry.ts";
import { advanceOf } from "../disbursements/advance.ts";
import { disbursementOf } from "../disbursements/disburse.ts";
import { returnedMoneyOf, unspentAdvanceOf } from "../disbursements/return-money.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { suspenseAssignmentOf } from "../refunds/assign-suspense.ts";
import { refundOf } from "../refunds/refund-gift.ts";
import type { OrderMatter } from "./order.ts";
import type { OrderBooks } from "./ports.ts";

/** What an order moves if it were booked on `on`: refused as its verb would refuse it. */
export async function matterOf(
  stores: OrderBooks,
  matter: OrderMatter,
  on: Day,
): Promise<Result<ActMatter, MatterProblem>> {
  switch (matter.kind) {
    case "disbursement":
      return disbursementOf(stores, { ...matter, on });
    case "advance": {
      const wrong = await wrongPurchase(stores, matter, on);
      if (wrong) return no(wrong);
      const moves = await advanceOf(stores, { ...matter, on });
      if (!moves.ok || matter.priceReason === undefined) return moves;
      return ok({ ...moves.value, reason: matter.priceReason });
    }
    case "return":
      return matter.purchase === undefined
        ? returnedMoneyOf(stores, { ...matter, on })
        : unspentAdvanceOf(stores, { ...matter, purchase: matter.purchase, on });
    case "refund": {
      if (matter.way === "gateway") {
        const payment = await stores.gatewayRefunds.paymentOfGift(matter.gift);
        if (payment?.outcome?.state !== "paid") {
          return no({ code: "refund.no-gateway", gift: matter.gift });
        }
      }
      return refundOf(stores, matter);
    }
    case "redesignation":
      return "gift" in matter
        ? suspenseAssignmentOf(stores, { gift: matter.gift, campaign: matter.to, on })
        : redesignationOf(stores, { ...matter, on });
    case "write-off":
      return lossOf(stores, { ...matter, on });
    case "reversal":
      return reversalOf(stores, { ...matter, on });
  }
}

/** Most heads of one purchase where the campaign does not say how many it needs. */
const MOST_HEADS = 10_000;

/**
 * A purchase keeps the norm, or says why not (plan 9295, II.1.3); its heads, by which the price of one is worked out, are
 * no more than the campaign needs.
 */
async function wrongPurchase(
  stores: OrderBooks,
  { campaign: id, amount, heads, priceReason }: Extract<OrderMatter, { kind: "advance" }>,
  on: Day,
): Promise<MatterProblem | undefined> {
  const found = await campaignOn(stores, id, on);
  if (!found.ok) return found.problem;
  const { campaign } = found.value;
  if (on < campaign.startsOn) return { code: "order.before-start", startsOn: campaign.startsOn };
  const norm = await stores.campaignTerms.norm(campaign.species, on);
  if (!norm) return undefined;
  if (heads === undefined || heads < 1) return { code: "order.heads-needed" };
  const most = (await stores.campaignTerms.headsNeeded(id)) || MOST_HEADS;
  if (heads > most) return { code: "order.too-many-heads", most };
  const over = amount - norm.unitPrice * BigInt(heads);
  const explained = priceReason !== undefined && PRICE_REASONS.includes(priceReason);
  return over > 0n && !explained
    ? { code: "order.over-norm", norm: norm.unitPrice, heads, over }
    : undefined;
}
