import type { GiftStores } from "../donations/gift-range.ts";
import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { LedgerAsked, PostProblem } from "../ledger/ports.ts";
import { restingPieces } from "../ledger/trace.ts";

/** A gift without a readable code, whose purpose a person has found out. */
export interface SuspenseAssignment extends Act {
  /** Gift code. */
  readonly gift: string;
  readonly campaign: string;
}

export type AssignProblem =
  | TermsProblem
  | PostProblem
  | { code: "gift.unknown"; gift: string }
  | { code: "gift.not-in-suspense"; gift: string }
  | { code: "gift.in-another-commune"; gift: string; commune: string };

/**
 * Move a gift out of suspense to the fund it was meant for, or to the commune where it came into the commune's own
 * account: its own numbers, nobody else's (payments.md 4.2, rule 6).
 */
export async function assignSuspense(
  services: Writing<ActStores & TermsStores & GiftStores>,
  act: SuspenseAssignment,
): Promise<Result<Booked, AssignProblem>> {
  return services.write(async (stores) => {
    const matter = await suspenseAssignmentOf(stores, act);
    return matter.ok ? bookMatter(stores, act, matter.value) : matter;
  });
}

/** What placing a gift moves. */
export async function suspenseAssignmentOf(
  stores: { readonly ledger: LedgerAsked } & TermsStores & GiftStores,
  act: Pick<SuspenseAssignment, "gift" | "campaign" | "on">,
): Promise<Result<ActMatter, Exclude<AssignProblem, PostProblem>>> {
  const found = await campaignOn(stores, act.campaign, act.on);
  if (!found.ok) return found;
  const gift = await stores.giftRanges.range(act.gift);
  if (!gift) return no({ code: "gift.unknown", gift: act.gift });
  if (gift.bankCommune !== null && gift.bankCommune !== found.value.commune.code) {
    const { gift: code } = act;
    return no({ code: "gift.in-another-commune", gift: code, commune: gift.bankCommune });
  }
  const pieces = await stores.ledger.forward(gift.account, {
    lo: gift.lo,
    length: gift.amount,
  });
  const still = restingPieces(pieces).filter(({ account }) => account === gift.account);
  const resting = still.reduce((sum, { amount }) => sum + amount, 0n);
  if (!gift.account.startsWith("suspense:") || resting !== gift.amount) {
    return no({ code: "gift.not-in-suspense", gift: act.gift });
  }
  return ok({
    kind: "suspense-assigned",
    legs: [
      {
        from: gift.account,
        to:
          gift.bankCommune === null
            ? accountCode.fund(act.campaign)
            : accountCode.commune(gift.bankCommune, act.campaign),
        amount: gift.amount,
        take: [{ lo: gift.lo, length: gift.amount }],
      },
    ],
    donation: gift.code,
  });
}
