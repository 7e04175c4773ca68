import { type CampaignTerms, communeOn, type TermsStores } from "../campaigns/terms.ts";
import type { FileSubject } from "../files/office-file.ts";
import type { Day } from "../kernel/calendar.ts";
import type { Subject } from "../people/may.ts";
import type { Unit } from "../places/unit.ts";
import type { ListBook, ListCampaign } from "./ports.ts";

/** Where a list belongs. */
export interface ListPlace {
  readonly campaign: CampaignTerms;
  /** The commune that answers for it today; undefined where none does. */
  readonly commune: Unit | undefined;
  /** Codes of the commune the campaign was opened for and of what became of it. */
  readonly communes: readonly string[];
  readonly district: string;
  readonly twin: string;
}

/** Find out where a campaign's lists belong; undefined when there is no such campaign. */
export async function placeOfCampaign(
  stores: TermsStores & { readonly lists: Pick<ListBook, "offices"> },
  id: string,
  day: Day,
): Promise<ListPlace | undefined> {
  const campaign = await stores.campaignTerms.terms(id);
  const offices = campaign && (await stores.lists.offices(id));
  if (!campaign || !offices) return undefined;
  const lineage = await stores.places.lineage(campaign.commune, campaign.communeFrom);
  return {
    campaign,
    commune: await communeOn(stores.places, campaign, day),
    communes: [...new Set(lineage.map(({ code }) => code))],
    ...offices,
  };
}

/** What `may` is asked about a list. */
export function subjectOfList(
  { communes, district, twin }: Pick<ListCampaign, "communes" | "district" | "twin">,
  preparedBy?: readonly string[],
): Subject {
  return { communes, district, twin, ...(preparedBy ? { preparedBy } : {}) };
}

/** What files of a list, a meeting or a notice belong to. */
export function fileSubjectOfList(
  kind: Extract<FileSubject["kind"], "meeting" | "list" | "notice">,
  id: string,
  { communes, district, twin }: Pick<ListPlace, "communes" | "district" | "twin">,
): FileSubject {
  return { kind, id, communes, district, twin };
}

/** The office that acts, as the ledger names it. */
export function roleOf({ commune, campaign }: Pick<ListPlace, "commune" | "campaign">): string {
  return `commune:${commune?.code ?? campaign.commune}`;
}
