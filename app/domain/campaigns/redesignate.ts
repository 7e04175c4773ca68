import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { LedgerTotals } from "../ledger/totals.ts";
import type { PostProblem } from "../ledger/ports.ts";
import type { CampaignTerms, TermsProblem, TermsStores } from "./terms.ts";

/** A decision to use money of one campaign for another. */
export interface Redesignation extends Act {
  readonly reason: "surplus" | "campaign-ended";
  readonly from: string;
  readonly to: string;
  /** đồng */
  readonly amount: Dong;
}

export type RedesignateProblem =
  | TermsProblem
  | PostProblem
  | { code: "redesignation.no-decision" }
  | { code: "redesignation.same"; campaign: string }
  | { code: "redesignation.other-target"; printed: string }
  | { code: "redesignation.not-surplus"; surplus: Dong }
  | { code: "redesignation.still-open"; endsOn: string };

/**
 * Move money of a campaign's fund to another's, visibly: an over-subscribed campaign gives only what is over its goal,
 * and to the campaign its page named; an ended one may give what is left (ledger.md 3.2; features.md 4.8).
 */
export async function redesignate(
  services: Writing<ActStores & TermsStores>,
  act: Redesignation,
): Promise<Result<Booked, RedesignateProblem>> {
  if (!act.papers.some(({ kind }) => kind === "decision")) {
    return no({ code: "redesignation.no-decision" });
  }
  return services.write(async (stores) => {
    const matter = await redesignationOf(stores, act);
    return matter.ok ? bookMatter(stores, act, matter.value) : matter;
  });
}

/** What a re-designation moves. */
export async function redesignationOf(
  stores: TermsStores,
  act: Pick<Redesignation, "reason" | "from" | "to" | "amount" | "on">,
): Promise<Result<ActMatter, Exclude<RedesignateProblem, PostProblem>>> {
  if (act.from === act.to) return no({ code: "redesignation.same", campaign: act.from });
  const from = await stores.campaignTerms.terms(act.from);
  if (!from) return no({ code: "campaign.unknown", campaign: act.from });
  const to = await stores.campaignTerms.terms(act.to);
  if (!to) return no({ code: "campaign.unknown", campaign: act.to });
  const wrong = wrongRedesignation(act, from, await stores.campaignTerms.totals(from.id));
  if (wrong) return no(wrong);
  return ok({
    kind: "redesignation",
    reason: act.reason,
    legs: [{ from: accountCode.fund(from.id), to: accountCode.fund(to.id), amount: act.amount }],
  });
}

/** What forbids the act; undefined when nothing does. */
export function wrongRedesignation(
  act: Pick<Redesignation, "reason" | "to" | "amount" | "on">,
  from: Pick<CampaignTerms, "goal" | "surplusTo" | "endsOn" | "closedOn">,
  totals: Pick<LedgerTotals, "received">,
): Exclude<RedesignateProblem, PostProblem> | undefined {
  if (from.surplusTo !== null && from.surplusTo !== act.to) {
    return { code: "redesignation.other-target", printed: from.surplusTo };
  }
  if (act.reason === "surplus") {
    const over = totals.received - from.goal;
    const surplus = over > 0n ? over : 0n;
    return act.amount > surplus ? { code: "redesignation.not-surplus", surplus } : undefined;
  }
  const ended = from.closedOn ?? from.endsOn;
  return act.on <= ended ? { code: "redesignation.still-open", endsOn: ended } : undefined;
}
