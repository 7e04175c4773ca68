import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** Money a commune sets aside or advances for one purchase. */
export interface Advance extends Act {
  readonly campaign: string;
  /** Number of the purchase within the campaign, such as `P03`. */
  readonly purchase: string;
  /** đồng */
  readonly amount: Dong;
}

export type AdvanceProblem =
  | TermsProblem
  | PostProblem
  | { code: "purchase.bad-number"; purchase: string };

/** The commune advances money for a purchase it leads with its twin (plan 9295, II.1.6 d). */
export async function advance(
  services: Writing<ActStores & TermsStores>,
  order: Advance,
): Promise<Result<Booked, AdvanceProblem>> {
  if (!/^P\d{2,3}$/.test(order.purchase)) {
    return no({ code: "purchase.bad-number", purchase: order.purchase });
  }
  return services.write(async (stores) => {
    const found = await campaignOn(stores, order.campaign, order.on);
    if (!found.ok) return found;
    const { campaign, commune } = found.value;
    return bookAct(stores, order, "advance", {
      legs: [
        {
          from: accountCode.commune(commune.code, campaign.id),
          to: accountCode.proc(campaign.id, order.purchase),
          amount: order.amount,
        },
      ],
    });
  });
}
