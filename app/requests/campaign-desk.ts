import { data } from "react-router";

import type { CampaignDesk } from "#app/domain/campaigns/draft-ports.ts";
import type { Services } from "#app/domain/services.ts";

/** The published campaign that an address of the office names; 404 where there is none. */
export async function campaignDesk(
  services: Pick<Services, "drafts">,
  id: string,
): Promise<CampaignDesk> {
  const campaign = await services.drafts.campaign(id);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  return campaign;
}
