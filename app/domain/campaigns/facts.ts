import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { Unit } from "../places/unit.ts";
import { type CampaignTerms, communeOn, type TermsProblem, type TermsStores } from "./terms.ts";

/** A campaign and its commune as they are on one day. */
export interface CampaignOnDay {
  readonly campaign: CampaignTerms;
  /** The commune of that day: after a merger the successor, whose People's Committee holds the money. */
  readonly commune: Unit;
}

/** Find a campaign and the commune that answers for it on `day`. */
export async function campaignOn(
  { campaignTerms, places }: TermsStores,
  id: string,
  day: Day,
): Promise<Result<CampaignOnDay, TermsProblem>> {
  const campaign = await campaignTerms.terms(id);
  if (!campaign) return no({ code: "campaign.unknown", campaign: id });
  const commune = await communeOn(places, campaign, day);
  if (!commune) return no({ code: "campaign.no-commune", campaign: id, day });
  return ok({ campaign, commune });
}
