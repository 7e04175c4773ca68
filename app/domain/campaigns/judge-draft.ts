import { dayOf } from "../kernel/calendar.ts";
import type { CampaignDraft } from "./draft.ts";
import type { CampaignDrafts, DraftServices } from "./draft-ports.ts";
import type { Judging } from "./draft-problems.ts";
import type { CampaignTermsReading } from "./terms.ts";

/** What a draft is judged by today: the norm in force, and the campaign it changes. */
export async function judgingOf(
  services: Pick<DraftServices, "now">,
  stores: {
    readonly drafts: Pick<CampaignDrafts, "published">;
    readonly campaignTerms: Pick<CampaignTermsReading, "norm">;
  },
  draft: CampaignDraft,
): Promise<Judging> {
  const today = dayOf(services.now());
  const { species } = draft.content;
  const norm = species === "" ? undefined : await stores.campaignTerms.norm(species, today);
  if (draft.amends === null) return { today, norm };
  const published = await stores.drafts.published(draft.amends);
  if (!published) throw new Error(`campaign ${draft.amends} of draft ${draft.id} is gone`);
  const { content, closedOn } = published;
  const { model, startsOn, endsOn } = content;
  const amends = { model, species: content.species, startsOn, endsOn, closedOn };
  return { today, norm, amends };
}
