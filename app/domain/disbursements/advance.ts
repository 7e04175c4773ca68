import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { type LinesProblem, wrongLines } from "../list-lines/line-lock.ts";
import type { LineStores } from "../list-lines/ports.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** Money a commune sets aside or advances for one purchase. */
export interface Advance extends Act {
  readonly campaign: string;
  /** Number of the purchase within the campaign, such as `P03`. */
  readonly purchase: string;
  /** đồng */
  readonly amount: Dong;
  /** Codes of the lines it is for: needed where living things are bought. */
  readonly lines?: readonly string[];
  /** Heads to be bought; absent: not said. */
  readonly heads?: number;
}

export interface PurchaseProblem {
  readonly code: "purchase.bad-number";
  readonly purchase: string;
}

export type AdvanceProblem = TermsProblem | PostProblem | PurchaseProblem | LinesProblem;

/** The commune advances money for a purchase it leads with its twin (plan 9295, II.1.6 d). */
export async function advance(
  services: Writing<ActStores & TermsStores & LineStores>,
  order: Advance,
): Promise<Result<Booked, AdvanceProblem>> {
  return services.write(async (stores) => {
    const matter = await advanceOf(stores, order);
    return matter.ok ? bookMatter(stores, order, matter.value) : matter;
  });
}

/** Code of the purchase after `last`: `P04` after 3. Two digits at least, as the form wants it. */
export function nextPurchase(last: number): string {
  return `P${String(last + 1).padStart(2, "0")}`;
}

/** What an advance moves: for lines that are decided, posted and not objected to. */
export async function advanceOf(
  stores: TermsStores & LineStores,
  order: Pick<Advance, "campaign" | "purchase" | "amount" | "on" | "lines" | "heads">,
): Promise<Result<ActMatter, TermsProblem | PurchaseProblem | LinesProblem>> {
  if (!/^P\d{2,3}$/.test(order.purchase)) {
    return no({ code: "purchase.bad-number", purchase: order.purchase });
  }
  const found = await campaignOn(stores, order.campaign, order.on);
  if (!found.ok) return found;
  const { campaign, commune } = found.value;
  const wrong = await wrongLines(stores, { ...order, species: campaign.species });
  if (wrong) return no(wrong);
  return ok({
    kind: "advance",
    legs: [
      {
        from: accountCode.commune(commune.code, campaign.id),
        to: accountCode.proc(campaign.id, order.purchase),
        amount: order.amount,
      },
    ],
  });
}
