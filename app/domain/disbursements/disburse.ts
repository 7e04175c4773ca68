import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** An order to pay a campaign's money to its commune. */
export interface Disbursement extends Act {
  readonly campaign: string;
  /** đồng */
  readonly amount: Dong;
}

export interface BeforeStart {
  readonly code: "disbursement.before-start";
  readonly startsOn: string;
}

export type DisburseProblem =
  | TermsProblem
  | PostProblem
  | BeforeStart
  | { code: "disbursement.no-paper" };

/**
 * Pay money of the fund to the commune People's Committee, lowest numbers first: it manages and spends it directly
 * (plan 9295, II.1.6 b). After a merger the successor commune is paid. Needs a payment order or decision.
 */
export async function disburse(
  services: Writing<ActStores & TermsStores>,
  order: Disbursement,
): Promise<Result<Booked, DisburseProblem>> {
  if (order.papers.length === 0) return no({ code: "disbursement.no-paper" });
  return services.write(async (stores) => {
    const matter = await disbursementOf(stores, order);
    return matter.ok ? bookMatter(stores, order, matter.value) : matter;
  });
}

/** What a disbursement moves: the money of one campaign, to the commune that stands for it on that day. */
export async function disbursementOf(
  stores: TermsStores,
  order: Pick<Disbursement, "campaign" | "amount" | "on">,
): Promise<Result<ActMatter, TermsProblem | BeforeStart>> {
  const found = await campaignOn(stores, order.campaign, order.on);
  if (!found.ok) return found;
  const { campaign, commune } = found.value;
  if (order.on < campaign.startsOn) {
    return no({ code: "disbursement.before-start", startsOn: campaign.startsOn });
  }
  return ok({
    kind: "disbursement",
    legs: [
      {
        from: accountCode.fund(campaign.id),
        to: accountCode.commune(commune.code, campaign.id),
        amount: order.amount,
      },
    ],
  });
}
