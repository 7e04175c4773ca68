import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import type { Dong } from "../kernel/dong.ts";
import { ok, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** The end of a purchase: what was not spent goes back. */
export interface UnspentAdvance extends Act {
  readonly campaign: string;
  readonly purchase: string;
  /** đồng that were not spent */
  readonly amount: Dong;
}

/** What is left of an advance goes back to the commune (ledger.md 3.5); its trace says which gifts it is. */
export async function returnUnspent(
  services: Writing<ActStores & TermsStores>,
  order: UnspentAdvance,
): Promise<Result<Booked, TermsProblem | PostProblem>> {
  return services.write(async (stores) => {
    const matter = await unspentAdvanceOf(stores, order);
    return matter.ok ? bookMatter(stores, order, matter.value) : matter;
  });
}

/** What giving back the rest of an advance moves. */
export async function unspentAdvanceOf(
  stores: TermsStores,
  order: Pick<UnspentAdvance, "campaign" | "purchase" | "amount" | "on">,
): Promise<Result<ActMatter, TermsProblem>> {
  const found = await campaignOn(stores, order.campaign, order.on);
  if (!found.ok) return found;
  const { campaign, commune } = found.value;
  return ok({
    kind: "unspent-advance",
    legs: [
      {
        from: accountCode.proc(campaign.id, order.purchase),
        to: accountCode.commune(commune.code, campaign.id),
        amount: order.amount,
      },
    ],
  });
}

/** Money a commune gives back to the campaign's fund. */
export interface ReturnedMoney extends Pick<Act, "on"> {
  readonly campaign: string;
  /** đồng */
  readonly amount: Dong;
}

/** What a commune's paying back to the fund moves. */
export async function returnedMoneyOf(
  stores: TermsStores,
  order: ReturnedMoney,
): Promise<Result<ActMatter, TermsProblem>> {
  const found = await campaignOn(stores, order.campaign, order.on);
  if (!found.ok) return found;
  const { campaign, commune } = found.value;
  return ok({
    kind: "returned-money",
    legs: [
      {
        from: accountCode.commune(commune.code, campaign.id),
        to: accountCode.fund(campaign.id),
        amount: order.amount,
      },
    ],
  });
}
