import type { Model } from "./model.ts";
import type { PlaceName } from "../places/unit.ts";
import type { Bilingual } from "../kernel/bilingual.ts";
import type { PublishedPicture } from "../files/office-file.ts";
import type { Day } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { EntryKind } from "../ledger/entry.ts";
import type { StageTotals } from "../ledger/totals.ts";
import type { OpinionSide, Verdict } from "./draft.ts";
import type { ShortfallPlan, SurplusPlan } from "./draft-content.ts";
import type { CampaignVersion } from "./version.ts";
import type { ProgressTerms } from "./lateness.ts";

export const MODELS: readonly Model[] = ["livestock", "start-up", "training", "village"];

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
  /** What one is counted in; empty where the thing says so itself. */
  readonly unit: Bilingual;
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
  /** What it owes in progress statements, and when it last filed one. */
  readonly progress: ProgressTerms;
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
  /** Need line it tells of: a class, a criterion, a kind of thing. */
  readonly need: Bilingual | null;
  readonly pictures: readonly ShownPicture[];
}

/** A public picture with what it shows in words. */
export interface ShownPicture {
  readonly picture: PublishedPicture;
  readonly alt: Bilingual;
}

/** What an office that was asked said before publication; null: it said nothing in time. */
export interface PublicOpinion {
  readonly side: OpinionSide;
  readonly office: Bilingual | null;
  readonly verdict: Verdict | null;
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
  /** Salted digest of the permitting decision on file; null where it was opened before they were filed here. */
  readonly decisionDigest: string | null;
  /** Office that drafted it; null where it was opened before drafts were kept here. */
  readonly draftedBy: Office | null;
  /** On the version that is published now; empty where none were asked for. */
  readonly opinions: readonly PublicOpinion[];
  readonly version: number;
  /** Day of that version. */
  readonly versionOn: Day;
  /** Target households by category; null where it was opened before they were asked for. */
  readonly targets: {
    readonly poor: number;
    readonly nearPoor: number;
    readonly escaped: number;
    readonly leader: number;
  } | null;
  /** Why it asks otherwise than by the norm, coded. */
  readonly normReasons: readonly string[];
  readonly surplus: SurplusPlan;
  readonly shortfall: ShortfallPlan | null;
  readonly reportingMonths: number;
  /** Heads passed on per head received, and the offspring's age in days when it is; 0 heads: none. */
  readonly passOn: { readonly heads: number; readonly ageDays: number };
  readonly pictures: readonly ShownPicture[];
  readonly surplusTo: { readonly slug: string; readonly title: Bilingual } | null;
  readonly notes: readonly CampaignNote[];
  readonly entries: readonly CampaignEntry[];
  /** Open promises that nobody has stood for: part of no total. `amount` is what they still owe, đồng. */
  readonly unconfirmed: { readonly count: number; readonly amount: Dong };
}

/** A campaign with all its versions, newest first. */
interface CampaignHistory {
  readonly slug: string;
  readonly title: Bilingual;
  readonly versions: readonly CampaignVersion[];
}

/** Reading campaigns. */
export interface Campaigns {
  /** Every campaign, newest first. */
  all(): Promise<CampaignSummary[]>;
  bySlug(slug: string): Promise<CampaignPage | undefined>;
  /** Every published state of a campaign, newest first; undefined when there is no such campaign. */
  versions(slug: string): Promise<CampaignHistory | undefined>;
}
