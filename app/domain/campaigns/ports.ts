import type { Day } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { EntryKind } from "../ledger/entry.ts";
import type { StageTotals } from "../ledger/totals.ts";

export type Model = "livestock" | "start-up" | "training" | "village";
export const MODELS: readonly Model[] = ["livestock", "start-up", "training", "village"];

/** Text in both languages of the site. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/** An administrative unit as a reader is shown it. */
export interface PlaceName {
  readonly code: string;
  readonly name: string;
  /** With its kind: `Xã La Dêê`. */
  readonly fullName: string;
  /** First day of the period it is meant in: a code alone does not say which unit. */
  readonly validFrom: Day;
}

/** Units counted along their way, whole ones only. */
export interface UnitCounts {
  readonly needed: number;
  /** Paid for by what was received: bought, and what the rest would buy at the norm. */
  readonly funded: number;
  readonly bought: number;
  /** Handed over to a household. */
  readonly delivered: number;
}

/** One line of what is needed, with how far it has come. */
export interface NeedLine {
  readonly species: string;
  readonly title: Bilingual;
  readonly quantity: number;
  /** đồng for one */
  readonly unitPrice: Dong;
  /** The norm it was computed from. */
  readonly norm: {
    readonly id: string;
    readonly perHousehold: number;
    readonly source: string;
  } | null;
  /** Only where it is the campaign's one line: things do not say for which of several lines they came. */
  readonly counts: UnitCounts | null;
}

/** A campaign as lists show it. */
export interface CampaignSummary {
  readonly id: string;
  readonly slug: string;
  readonly model: Model;
  /** BO, DE, TB, LH, TC */
  readonly species: string;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  /** The commune it was opened for, as it was then. */
  readonly commune: PlaceName;
  /** What that commune is now, when it was merged; else null. */
  readonly communeNow: PlaceName | null;
  /** Mountain district of 2024. */
  readonly district: PlaceName;
  /** The twinned unit. */
  readonly twin: { readonly id: string; readonly name: Bilingual };
  readonly goal: Dong;
  readonly totals: StageTotals;
  /** Units of its need line, where it has but one; else it is told in đồng only. */
  readonly units: UnitCounts | null;
  /** Things handed over, of whatever line. */
  readonly things: number;
  /** Households that were handed something in the first round. */
  readonly households: number;
  /** Gifts booked for it. */
  readonly gifts: number;
  /** Times money was sent from its fund to the commune. */
  readonly disbursements: number;
  readonly startsOn: Day;
  readonly endsOn: Day;
  /** Day it was stopped early; null when it runs to its end. */
  readonly closedOn: Day | null;
  readonly searchText: string;
}

/** An office that answers for something. */
export interface Office {
  readonly name: Bilingual;
  /** Who took over its task; null while it is in office. */
  readonly successor: Bilingual | null;
}

/** Where the money goes. */
export interface GivingAccount {
  readonly holder: string;
  readonly bankName: string;
  /** Six-digit NAPAS number of the bank. */
  readonly bin: string;
  readonly number: string;
  readonly owner: "appeal" | "commune";
}

/** News of a campaign. */
export interface CampaignNote {
  readonly publishedOn: Day;
  readonly text: Bilingual;
  readonly entry: number | null;
  readonly animal: string | null;
}

/** One booked line of a campaign, for its ledger excerpt. */
export interface CampaignEntry {
  readonly entry: number;
  readonly kind: EntryKind;
  readonly effectiveOn: Day;
  /** đồng that moved; null when it moves heads only. */
  readonly amount: Dong | null;
  readonly heads: number;
  readonly things: number;
  readonly thing: string | null;
  /** BO, DE, TB, LH, TC of what it names. */
  readonly species: string | null;
  readonly reverses: number | null;
}

/** A campaign with all that its page shows. */
export interface CampaignPage extends CampaignSummary {
  readonly story: Bilingual;
  readonly householdsNeeded: number;
  readonly needs: readonly NeedLine[];
  readonly account: GivingAccount;
  /** Standing code of the campaign, for people who type it from a poster. */
  readonly code: string;
  readonly responsible: Office;
  readonly publishedBy: Office;
  readonly publishedOn: Day;
  readonly decisionNumber: string;
  readonly decisionDate: Day;
  readonly surplusTo: { readonly slug: string; readonly title: Bilingual } | null;
  readonly notes: readonly CampaignNote[];
  readonly entries: readonly CampaignEntry[];
}

/** Reading campaigns. */
export interface Campaigns {
  /** Every campaign, newest first. */
  all(): Promise<CampaignSummary[]>;
  bySlug(slug: string): Promise<CampaignPage | undefined>;
}
