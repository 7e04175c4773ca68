import type { Writing } from "../acts/act.ts";
import type { TermsStores } from "../campaigns/terms.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { DatedRules } from "../kernel/dated-rules.ts";
import { no } from "../kernel/result.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { People } from "../people/ports.ts";
import type { RegisterHousehold, Registration } from "./household.ts";
import type {
  Consent,
  ConsentKind,
  DuplicateCheck,
  DuplicateMatch,
  HouseholdRequest,
  SiteCheck,
} from "./matters.ts";
import type { Marks } from "./names.ts";
import type { RegisterNames, SealedTexts } from "./personal-data.ts";

/** A key of the register as the database has it: wrapped by the key outside. */
export interface WrappedKey {
  readonly id: string;
  readonly wrapped: Uint8Array;
  readonly madeAt: Seconds;
  /** Null for the one that seals now. */
  readonly retiredAt: Seconds | null;
}

/** The wrapped keys. */
export interface RegisterKeys {
  /** All, the newest first. */
  all(): Promise<WrappedKey[]>;
  /** One more; one of this id that is there already stays as it is. */
  add(id: string, wrapped: Uint8Array): Promise<void>;
}

/** What keeps the keys in order. */
export interface RegisterKeyDesk extends RegisterKeys {
  /** All but these no longer seal. */
  retireOthers(stay: readonly string[]): Promise<void>;
  /** The same key under another wrap. */
  rewrap(id: string, wrapped: Uint8Array): Promise<void>;
}

/** Sealing with keys from a database or a transaction. */
export type SealingOver = (keys: RegisterKeys) => SealedTexts;

/** The answer where the key is another, or gone. */
export const LOST = no({ code: "register.key-lost" });

/** Nothing is sealed, and nothing opened. */
export const SHUT: SealedTexts = {
  seal: () => Promise.resolve(LOST),
  open: () => Promise.resolve(LOST),
  mark: () => Promise.resolve(LOST),
};

/** Where no key was given. */
export const noSealing: SealingOver = () => SHUT;

/** A household to be kept: the facts, the sealed rest, and the marks by which it is found. */
export interface KeptHousehold
  extends Omit<RegisterHousehold, "communes" | "district" | "communeName" | "erasedAt">, Marks {
  readonly sealed: Uint8Array;
}

/** A household that has a mark in common with another. */
export interface AlikeHousehold {
  readonly id: string;
  readonly commune: string;
  readonly communes: readonly string[];
  readonly village: string;
  readonly nameMark: string | null;
  readonly bookMark: string | null;
  readonly phoneMark: string | null;
  readonly sealed: Uint8Array;
  readonly keptAt: Seconds;
}

/** A registration that may come onto a list, without names. */
export interface Candidate {
  readonly registration: string;
  readonly household: string;
  readonly village: string;
  readonly category: RegisterHousehold["category"];
  readonly categoryOn: Day;
  readonly state: Registration["state"];
  readonly erased: boolean;
  /** What the last site check found; null: none yet. */
  readonly fit: boolean | null;
  /** Matches that nobody judged yet. */
  readonly openChecks: number;
  /** Judged to be one with a household that is registered in this or another round: it is on no list twice. */
  readonly sameAs: readonly string[];
}

/** A row of the office's list of households, without names. */
export interface HouseholdLine extends RegisterHousehold {
  readonly registrations: readonly Pick<Registration, "id" | "campaign" | "round" | "state">[];
  readonly openChecks: number;
  readonly openRequests: number;
}

/** Which households are asked for. */
export interface HouseholdFilter {
  /** Codes of communes or districts; undefined: everywhere. */
  readonly places?: readonly string[] | undefined;
  readonly campaign?: string | undefined;
  readonly round?: number | undefined;
  readonly state?: Registration["state"] | undefined;
}

/** Reading the register without names. */
export interface RegisterReading {
  household(id: string): Promise<RegisterHousehold | undefined>;
  /** Households of some places, by commune, village and age of the row. */
  households(filter: HouseholdFilter): Promise<HouseholdLine[]>;
  registration(id: string): Promise<Registration | undefined>;
  registrationsOf(household: string): Promise<Registration[]>;
  /** Everybody who asked to take part in a round of a campaign. */
  candidates(campaign: string, round: number): Promise<Candidate[]>;
  siteChecks(registrations: readonly string[]): Promise<SiteCheck[]>;
  /** Of one household, oldest first. */
  consents(household: string): Promise<Consent[]>;
  requests(household: string): Promise<HouseholdRequest[]>;
  request(id: string): Promise<HouseholdRequest | undefined>;
  check(id: string): Promise<DuplicateCheck | undefined>;
  /** Checks that some of these households are in, open ones first, oldest first. */
  checksOf(households: readonly string[]): Promise<DuplicateCheck[]>;
  /** Open checks with a household in these places; undefined: everywhere. */
  openChecks(places: readonly string[] | undefined): Promise<DuplicateCheck[]>;
  /** What is sealed of households that were not erased, for searching; who is shown is noted by `RegisterNames`. */
  sealedOf(households: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Households that have one of these marks. */
  alike(marks: readonly Marks[]): Promise<AlikeHousehold[]>;
}

/** The register inside a transaction. */
export interface Register extends RegisterReading {
  add(households: readonly KeptHousehold[]): Promise<void>;
  /** False: somebody else changed it since `version - 1`. */
  change(household: KeptHousehold): Promise<boolean>;
  /** Value and marks emptied, with the salt of its seals and the texts of its requests; consents are over. */
  erase(household: string, at: Seconds): Promise<void>;
  addRegistrations(registrations: readonly Registration[]): Promise<void>;
  setState(registration: string, state: Registration["state"]): Promise<void>;
  propose(matches: readonly DuplicateMatch[]): Promise<number>;
  judge(check: DuplicateCheck): Promise<void>;
  addSiteCheck(check: SiteCheck): Promise<void>;
  addConsent(consent: Consent): Promise<void>;
  addRequest(request: HouseholdRequest & { readonly sealed: Uint8Array }): Promise<void>;
  /** Answered, done, or both. */
  closeRequest(request: HouseholdRequest): Promise<void>;
  /** Sealed text of a request; empty once erased. */
  requestText(id: string): Promise<Uint8Array | undefined>;
  /** Whether a name may stand on the web: the last word on it. */
  consentNow(household: string, kind: ConsentKind): Promise<boolean>;
}

/** What acts on the register read and write. */
export interface RegisterStores extends TermsStores {
  readonly register: Register;
  readonly registerNames: RegisterNames;
  readonly sealed: SealedTexts;
  readonly rules: DatedRules;
  readonly people: Pick<People, "grantsOf">;
  readonly audit: AuditTrail;
}

/** What acts on the register need from outside. */
export interface RegisterNeeds {
  readonly official: Writing<RegisterStores>;
  now(): Seconds;
  newId(): string;
}
