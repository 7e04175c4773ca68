import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import type { Dong } from "../kernel/dong.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { takeFirst } from "../ledger/axis.ts";
import { accountCode } from "../ledger/chart.ts";
import type { Ledger, PostProblem } from "../ledger/ports.ts";

/** What returns read. */
export type ReturnStores = TermsStores & {
  readonly ledger: Pick<Ledger, "state" | "arrivedOn">;
};

export type ReturnProblem =
  | TermsProblem
  /** Money that came later than the return says it went. */
  | { readonly code: "return.before-arrival"; readonly arrivedOn: Day };

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
): Promise<Result<Booked, ReturnProblem | PostProblem>> {
  return services.write(async (stores) => {
    const matter = await unspentAdvanceOf(stores, order);
    return matter.ok ? bookMatter(stores, order, matter.value) : matter;
  });
}

/** What giving back the rest of an advance moves. */
export async function unspentAdvanceOf(
  stores: ReturnStores,
  order: Pick<UnspentAdvance, "campaign" | "purchase" | "amount" | "on">,
): Promise<Result<ActMatter, ReturnProblem>> {
  const found = await campaignOn(stores, order.campaign, order.on);
  if (!found.ok) return found;
  const { campaign, commune } = found.value;
  const leg = {
    from: accountCode.proc(campaign.id, order.purchase),
    to: accountCode.commune(commune.code, campaign.id),
    amount: order.amount,
  };
  const early = await beforeArrival(stores, leg, order.on);
  return early ? no(early) : ok({ kind: "unspent-advance", legs: [leg] });
}

/** Money a commune gives back to the campaign's fund. */
export interface ReturnedMoney extends Pick<Act, "on"> {
  readonly campaign: string;
  /** đồng */
  readonly amount: Dong;
}

/** What a commune's paying back to the fund moves. */
export async function returnedMoneyOf(
  stores: ReturnStores,
  order: ReturnedMoney,
): Promise<Result<ActMatter, ReturnProblem>> {
  const found = await campaignOn(stores, order.campaign, order.on);
  if (!found.ok) return found;
  const { campaign, commune } = found.value;
  const leg = {
    from: accountCode.commune(commune.code, campaign.id),
    to: accountCode.fund(campaign.id),
    amount: order.amount,
  };
  const early = await beforeArrival(stores, leg, order.on);
  return early ? no(early) : ok({ kind: "returned-money", legs: [leg] });
}

/** Why the numbers that would leave cannot leave on `on`: some came later. What is not there at all the booking tells. */
async function beforeArrival(
  { ledger }: Pick<ReturnStores, "ledger">,
  { from, amount }: { readonly from: string; readonly amount: Dong },
  on: Day,
): Promise<ReturnProblem | undefined> {
  const taken = takeFirst((await ledger.state(from))?.free ?? [], amount);
  if (!taken.ok) return undefined;
  let arrivedOn = on;
  for (const range of taken.value) {
    const day = await ledger.arrivedOn(from, range);
    if (day !== undefined && day > arrivedOn) arrivedOn = day;
  }
  return arrivedOn > on ? { code: "return.before-arrival", arrivedOn } : undefined;
}
