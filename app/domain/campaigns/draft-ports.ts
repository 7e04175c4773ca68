import type { Model } from "./model.ts";
import type { Writing } from "../acts/act.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { DrawSigns } from "../kernel/reference-code.ts";
import type { FileStores } from "../files/ports.ts";
import type { CampaignAccounts } from "./change-account.ts";
import type { CampaignDraft, DraftState, DraftStep, Opinion } from "./draft.ts";
import type { DraftContent } from "./draft-content.ts";
import type { CampaignRegister, StoredCampaign } from "./open-campaign.ts";
import type { TermsStores } from "./terms.ts";

/** A campaign as a draft of its next version begins. */
export interface PublishedContent {
  readonly content: DraftContent;
  readonly commune: string;
  readonly communeFrom: Day;
  readonly district: string;
  /** Its twin, or what that became by now. */
  readonly twinNow: string | null;
  readonly closedOn: Day | null;
  readonly version: number;
}

/** Storing drafts. */
export interface CampaignDrafts {
  find(id: string): Promise<CampaignDraft | undefined>;
  /** The draft that a form made, if it was sent before. */
  byKey(formKey: string): Promise<CampaignDraft | undefined>;
  /** The open draft that changes a campaign. */
  openAmendment(campaign: string): Promise<CampaignDraft | undefined>;
  add(draft: CampaignDraft): Promise<void>;
  /** Store what changed; the version of `draft` is the new one. */
  keep(draft: CampaignDraft): Promise<void>;
  opinions(id: string): Promise<Opinion[]>;
  addOpinion(draft: string, opinion: Omit<Opinion, "n">): Promise<void>;
  steps(id: string): Promise<DraftStep[]>;
  addStep(draft: string, step: Omit<DraftStep, "n">): Promise<void>;
  /** Days an office has for its opinion, by the rule of the day. */
  opinionDays(day: Day): Promise<number>;
  /** What a published campaign says now. */
  published(campaign: string): Promise<PublishedContent | undefined>;
  /** Change a published campaign; answers the number of its new version. */
  amend(campaign: AmendedCampaign): Promise<number>;
}

/** A published campaign as it shall be from now on. */
export interface AmendedCampaign extends Omit<
  StoredCampaign,
  "slug" | "code" | "model" | "species" | "commune" | "communeFrom" | "district"
> {
  readonly closedOn: Day | null;
  /** Coded, public. */
  readonly reason: string;
}

/** Files as far as campaigns name them. */
export interface CampaignFiles {
  /** The salted digest of a filed paper; undefined when there is no such file, or it is no paper. */
  paper(file: string): Promise<{ readonly digest: string } | undefined>;
  /** Whether it is a picture that may be shown. */
  isPicture(file: string): Promise<boolean>;
  /** Those of the files that were filed for a campaign of one of these communes, or for its draft. */
  ofCommunes(files: readonly string[], communes: readonly string[]): Promise<string[]>;
}

/** What the verbs of drafts read and write, within one transaction. */
export interface DraftStores extends TermsStores, FileStores {
  readonly drafts: CampaignDrafts;
  readonly campaignRegister: CampaignRegister;
  readonly campaignAccounts: CampaignAccounts;
  readonly campaignFiles: CampaignFiles;
}

/** What the verbs of drafts need from outside. */
export interface DraftServices {
  now(): Seconds;
  newId(): string;
  readonly drawSigns: DrawSigns;
  readonly official: Writing<DraftStores>;
}

/** A draft, or a published campaign, as the office's list shows it. */
export interface DraftLine {
  /** Id of the draft; of the campaign where it is published. */
  readonly id: string;
  readonly title: string;
  readonly model: Model | "";
  readonly species: string;
  readonly commune: string;
  readonly communeName: string;
  readonly communes: readonly string[];
  readonly district: string;
  /** The twin it names, or what that became by now; null while none is named. */
  readonly twinNow: string | null;
  readonly state: DraftState;
  readonly amends: string | null;
  readonly campaign: string | null;
  readonly goal: Dong | null;
  readonly office: string;
  readonly changedAt: Seconds;
  readonly submittedOn: Day | null;
  /** Sides that gave an opinion on the present submission. */
  readonly opinions: number;
  readonly searchText: string;
}

/** A published campaign as the office works with it. */
export interface CampaignDesk {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly model: Model;
  readonly version: number;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly closedOn: Day | null;
  readonly communeName: string;
  readonly communes: readonly string[];
  readonly district: string;
  readonly twinNow: string | null;
  /** Drafts that made it and its versions, newest first. */
  readonly drafts: readonly { readonly id: string; readonly version: number }[];
  readonly needs: readonly { readonly n: number; readonly titleVi: string }[];
  /** Delivered things, by public code. */
  readonly things: readonly string[];
  readonly news: readonly {
    readonly n: number;
    readonly publishedOn: Day;
    readonly textVi: string;
    readonly textEn: string;
    readonly pictures: readonly { readonly file: string; readonly altVi: string }[];
  }[];
}

/** What a clerk chooses among. */
export interface DraftChoices {
  readonly accounts: readonly {
    readonly id: string;
    readonly holder: string;
    readonly bankName: string;
    readonly number: string;
    readonly owner: "appeal" | "commune";
  }[];
  readonly twins: readonly OfficeChoice[];
  readonly offices: readonly OfficeChoice[];
  readonly campaigns: readonly {
    readonly id: string;
    readonly slug: string;
    readonly title: string;
  }[];
}
export interface OfficeChoice {
  readonly id: string;
  readonly nameVi: string;
  readonly nameEn: string;
  /** The twin that the plan names for the district. */
  readonly proposed: boolean;
}

/** A commune in force, for the form of a new draft. */
export interface CommuneChoice {
  readonly code: string;
  readonly validFrom: Day;
  readonly fullName: string;
  readonly district: string;
  readonly districtName: string;
}

/** Reading drafts for the office's pages. */
export interface DraftReading {
  find(id: string): Promise<CampaignDraft | undefined>;
  opinions(id: string): Promise<Opinion[]>;
  steps(id: string): Promise<DraftStep[]>;
  opinionDays(day: Day): Promise<number>;
  published(campaign: string): Promise<PublishedContent | undefined>;
  /** The open draft that changes a campaign. */
  openAmendment(campaign: string): Promise<CampaignDraft | undefined>;
  /** All open and given-up drafts, and all published campaigns. */
  list(): Promise<DraftLine[]>;
  /** A published campaign for the office. */
  campaign(id: string): Promise<CampaignDesk | undefined>;
  choices(draft: CampaignDraft, day: Day): Promise<DraftChoices>;
  /** Mountain communes in force on `day`. */
  communes(day: Day): Promise<CommuneChoice[]>;
  norm: TermsStores["campaignTerms"]["norm"];
  /** Names of people and offices on a draft's page. */
  names(ids: { readonly people: readonly string[]; readonly offices: readonly string[] }): Promise<{
    readonly people: ReadonlyMap<string, string>;
    readonly offices: ReadonlyMap<string, { readonly vi: string; readonly en: string }>;
  }>;
}
