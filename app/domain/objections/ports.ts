import type { ActStores, Writing } from "../acts/act.ts";
import type { FileRegister } from "../files/ports.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { DatedRules } from "../kernel/dated-rules.ts";
import type { Dong } from "../kernel/dong.ts";
import type { DrawSigns } from "../kernel/reference-code.ts";
import type { ListBook } from "../lists/ports.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { People } from "../people/ports.ts";
import type { SealedTexts } from "../register/personal-data.ts";
import type { Objection } from "./objection.ts";

/** A list as an objection to it needs to know it. */
export interface ObjectedList {
  readonly list: string;
  /** Version in force. */
  readonly version: number;
  readonly campaign: string;
  /** Code of the commune of today. */
  readonly commune: string;
  /** Codes of the commune and of what it became. */
  readonly communes: readonly string[];
  /** Mountain district of 2024. */
  readonly district: string;
  /** Something of this list hung out once. */
  readonly posted: boolean;
  /** Lines of the version in force. */
  readonly lines: readonly { readonly code: string; readonly reserve: boolean }[];
}

/** What is kept of an objection's own words. */
export interface SealedWords {
  readonly sealedText: Uint8Array;
  readonly sealedContact: Uint8Array | null;
}

/** How an objection was decided. */
interface StoredDecision extends Pick<Objection, "outcome" | "decidedBy" | "decidedOn"> {
  readonly state: "upheld" | "refused";
  /** File of the office. */
  readonly paper: string;
  readonly decidedEntry: number;
}

/** Objections inside a transaction. */
export interface ObjectionBook {
  /** The list; undefined where none of this id has a version in force. */
  list(id: string): Promise<ObjectedList | undefined>;
  find(code: string): Promise<Objection | undefined>;
  byKey(formKey: string): Promise<Objection | undefined>;
  /** The one that takes this decision to the district; undefined while there is none. */
  against(code: string): Promise<string | undefined>;
  /** Open ones from the web, against a line or the whole list. */
  openFromWeb(list: string, line: string | null): Promise<number>;
  /** Things that were handed over to a household, or to all of a list. */
  handedOver(list: string, line: string | null): Promise<number>;
  add(objection: Objection & SealedWords & { readonly formKey: string }): Promise<void>;
  decide(code: string, decision: StoredDecision): Promise<void>;
}

/** What the verbs on objections read and write. */
export interface ObjectionStores extends ActStores {
  readonly objections: ObjectionBook;
  readonly lists: ListBook;
  readonly files: FileRegister;
  readonly people: Pick<People, "grantsOf">;
  readonly audit: AuditTrail;
}

/** What the verbs on objections need. */
export interface ObjectionDesk {
  readonly official: Writing<ObjectionStores>;
  readonly sealed: SealedTexts;
  readonly rules: DatedRules;
  readonly drawSigns: DrawSigns;
  now(): Seconds;
}

/** An objection as anybody may follow it: codes, days, amounts. */
export interface PublicObjection extends Omit<
  Objection,
  "notedBy" | "decidedBy" | "paper" | "openedAt"
> {
  readonly campaign: string;
  readonly campaignSlug: string;
  readonly campaignTitleVi: string;
  readonly campaignTitleEn: string;
  readonly communeName: string;
  /** The one that takes its decision to the district. */
  readonly again: string | null;
  /** đồng that it locks now; 0 once it is decided and answered. */
  readonly locked: Dong;
}

/** An objection as the office's list shows it. */
export interface OfficeObjection extends PublicObjection {
  readonly openedAt: Seconds;
  readonly communes: readonly string[];
  readonly district: string;
  /** Names of people; null from the web, or while open. */
  readonly notedByName: string | null;
  readonly decidedByName: string | null;
  readonly paper: string | null;
  /** Things that were handed over to the household, or to the list. */
  readonly handedOver: number;
  /** Its line, or its list, stands on the version in force. */
  readonly stands: boolean;
}

/** A list that somebody may object to. */
export interface OpenToObjection extends ObjectedList {
  readonly round: number;
  readonly campaignSlug: string;
  readonly campaignTitleVi: string;
  readonly campaignTitleEn: string;
  readonly communeName: string;
  /** Last day of the notice that hangs; null when none does. */
  readonly hangsUntil: Day | null;
}

/** What objections hold back in a campaign now. */
export interface CampaignLock {
  /** đồng */
  readonly amount: Dong;
  /** Objections that wait. */
  readonly open: number;
  /** Lists they are about. */
  readonly lists: readonly string[];
}

/** Reading objections outside a transaction. */
export interface ObjectionReading {
  published(code: string): Promise<PublicObjection | undefined>;
  /** Of one list, the newest first. */
  ofList(list: string): Promise<PublicObjection[]>;
  /** All of them, open ones first, those due first. */
  all(): Promise<OfficeObjection[]>;
  one(code: string): Promise<OfficeObjection | undefined>;
  /** The list as its form shows it; undefined where it has no version in force. */
  list(id: string): Promise<OpenToObjection | undefined>;
  lists(): Promise<OpenToObjection[]>;
  /** What is sealed; undefined where there is no such objection. */
  words(code: string): Promise<SealedWords | undefined>;
  locked(campaign: string): Promise<CampaignLock>;
}

/** What a look at an objection's own words needs. */
export interface ObjectionLooking {
  readonly objections: Pick<ObjectionReading, "one" | "words">;
  readonly sealed: SealedTexts;
  readonly audit: AuditTrail;
}
