import type { Writing } from "../acts/act.ts";
import { fitsCampaign, type OfficialAccount, type UnfitProblem } from "../bank-accounts/account.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { communeOn, type TermsProblem, type TermsStores } from "./terms.ts";

/** A campaign's donors are shown another official account from now on. */
export interface AccountChange {
  readonly campaign: string;
  readonly bankAccount: string;
  readonly on: Day;
}

/** Reading official accounts, and naming another for a campaign. */
export interface CampaignAccounts {
  find(id: string): Promise<OfficialAccount | undefined>;
  change(campaign: string, bankAccount: string, on: Day): Promise<void>;
}

export type ChangeProblem = TermsProblem | UnfitProblem;

/** Name another official account for a campaign: one in force, the appeal's or that of its own commune of the day. */
export async function changeAccount(
  services: Writing<TermsStores & { readonly campaignAccounts: CampaignAccounts }>,
  change: AccountChange,
): Promise<Result<{ readonly bankAccount: string }, ChangeProblem>> {
  return services.write(async ({ campaignTerms, places, campaignAccounts }) => {
    const campaign = await campaignTerms.terms(change.campaign);
    if (!campaign) return no({ code: "campaign.unknown", campaign: change.campaign });
    const commune = await communeOn(places, campaign, change.on);
    const fits = fitsCampaign(await campaignAccounts.find(change.bankAccount), {
      id: change.bankAccount,
      commune: commune?.code,
      day: change.on,
    });
    if (!fits.ok) return fits;
    await campaignAccounts.change(campaign.id, fits.value.id, change.on);
    return ok({ bankAccount: fits.value.id });
  });
}
