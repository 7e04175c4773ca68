import type { Writing } from "../acts/act.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { communeOn, type TermsProblem, type TermsStores } from "./terms.ts";

/** A campaign's donors are shown another official account from now on. */
export interface AccountChange {
  readonly campaign: string;
  readonly bankAccount: string;
  readonly on: Day;
}

/** An official account as far as the rule needs it. */
export interface OfficialAccount {
  readonly id: string;
  readonly owner: "appeal" | "commune";
  /** Commune code when the owner is a commune. */
  readonly commune: string | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** Reading official accounts, and naming another for a campaign. */
export interface CampaignAccounts {
  find(id: string): Promise<OfficialAccount | undefined>;
  change(campaign: string, bankAccount: string): Promise<void>;
}

export type ChangeProblem =
  | TermsProblem
  | { code: "account.unknown"; account: string }
  | { code: "account.not-then"; account: string }
  | { code: "account.other-commune"; account: string };

/** Name another official account for a campaign: one in force, the appeal's or that of its own commune of the day. */
export async function changeAccount(
  services: Writing<TermsStores & { readonly campaignAccounts: CampaignAccounts }>,
  change: AccountChange,
): Promise<Result<{ readonly bankAccount: string }, ChangeProblem>> {
  return services.write(async ({ campaignTerms, places, campaignAccounts }) => {
    const campaign = await campaignTerms.terms(change.campaign);
    if (!campaign) return no({ code: "campaign.unknown", campaign: change.campaign });
    const commune = await communeOn(places, campaign, change.on);
    const account = await campaignAccounts.find(change.bankAccount);
    if (!account) return no({ code: "account.unknown", account: change.bankAccount });
    const open = account.validFrom <= change.on && change.on <= (account.validTo ?? change.on);
    if (!open) return no({ code: "account.not-then", account: account.id });
    if (account.owner === "commune" && account.commune !== commune?.code) {
      return no({ code: "account.other-commune", account: account.id });
    }
    await campaignAccounts.change(campaign.id, account.id);
    return ok({ bankAccount: account.id });
  });
}
