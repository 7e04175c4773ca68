import type { Day } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { LedgerTotals } from "../ledger/totals.ts";
import type { Places } from "../places/ports.ts";
import { unitOn } from "../places/succession.ts";
import type { Unit } from "../places/unit.ts";

/** What official acts need to know of a campaign. */
export interface CampaignTerms {
  readonly id: string;
  readonly model: "livestock" | "start-up" | "training" | "village";
  /** BO, DE, TB, LH, TC */
  readonly species: string;
  readonly commune: string;
  /** First day of the commune row the campaign was opened for. */
  readonly communeFrom: Day;
  readonly goal: Dong;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly closedOn: Day | null;
  /** Heads owed per head received. */
  readonly passOnHeads: number;
  /** Age of an offspring when it may be passed on, days. */
  readonly passOnAgeDays: number;
  /** Campaign that takes a surplus; null for none named. */
  readonly surplusTo: string | null;
}

/** A norm in force on a day (plan 9295, II.1.3). */
export interface NormTerms {
  readonly id: string;
  readonly species: string;
  readonly perHousehold: number;
  /** Average price of one head. */
  readonly unitPrice: Dong;
}

/** Reading what official acts need of campaigns. */
export interface CampaignTermsReading {
  terms(id: string): Promise<CampaignTerms | undefined>;
  /** The livestock norm for a species on a day; undefined for things without a norm. */
  norm(species: string, day: Day): Promise<NormTerms | undefined>;
  /** How many of what it raises the campaign needs; 0 where it does not say. */
  headsNeeded(id: string): Promise<number>;
  /** Received, disbursed, delivered of one campaign, now. */
  totals(id: string): Promise<LedgerTotals>;
}

/** What acts on a campaign's money read. */
export interface TermsStores {
  readonly campaignTerms: CampaignTermsReading;
  readonly places: Places;
}

export type TermsProblem =
  | { code: "campaign.unknown"; campaign: string }
  | { code: "campaign.no-commune"; campaign: string; day: Day };

/** The unit that stands for the campaign's commune on `day`: itself, or what it was merged into. */
export async function communeOn(
  places: Places,
  campaign: Pick<CampaignTerms, "commune" | "communeFrom">,
  day: Day,
): Promise<Unit | undefined> {
  const lineage = await places.lineage(campaign.commune, campaign.communeFrom);
  const first = lineage[0];
  return first && unitOn(lineage, first, day);
}
