import type { ActStores, Writing } from "../acts/act.ts";
import type { HouseholdCategory } from "../animals/ports.ts";
import type { TermsStores } from "../campaigns/terms.ts";
import type { FileRegister } from "../files/ports.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { DatedRules } from "../kernel/dated-rules.ts";
import type { LineStores } from "../list-lines/ports.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { People } from "../people/ports.ts";
import type { GroupRules } from "./group-rules.ts";

/** Topics of a training before the hand-over. */
export const TRAINING_TOPICS = ["barn", "feed", "vaccination", "disease"] as const;
type TrainingTopic = (typeof TRAINING_TOPICS)[number];

/** The founding of a group, drafted or decided. */
export interface Founding {
  /** Id of the group, such as `LD1-N1`. */
  readonly groupId: string;
  readonly campaign: string;
  readonly list: string;
  readonly nameVi: string;
  readonly nameEn: string;
  /** Codes of lines. */
  readonly members: readonly string[];
  readonly leader: string;
  readonly deputy: string | null;
  readonly rules: GroupRules;
  readonly state: "drafted" | "decided";
  readonly draftedBy: string;
  readonly draftedAt: Seconds;
  readonly decidedBy: string | null;
  readonly decidedOn: Day | null;
  readonly decisionNumber: string | null;
  readonly paper: string | null;
  readonly entry: number | null;
}

/** A line of the version in force as a founding needs it. */
export interface FoundingLine {
  readonly code: string;
  readonly category: HouseholdCategory;
  readonly registration: string;
  /** Elected to lead. */
  readonly leader: boolean;
  /** Group that has it, drafted or decided; null while none has. */
  readonly group: string | null;
}

/** The list that a group is founded from. */
export interface FoundingList {
  readonly list: string;
  readonly version: number;
  readonly campaign: string;
  readonly round: number;
  readonly decidedOn: Day;
  /** Codes of the commune and of what it became. */
  readonly communes: readonly string[];
  readonly district: string;
  readonly species: string;
  /** What the campaign asks of groups without rules of their own. */
  readonly passOnHeads: number;
  readonly passOnAgeDays: number;
  readonly lines: readonly FoundingLine[];
}

/** The public row of a household. */
interface FoundedHousehold {
  readonly code: string;
  readonly campaign: string;
  readonly commune: string;
  readonly communeFrom: Day;
  readonly group: string;
  readonly round: number;
  readonly category: HouseholdCategory;
  readonly leader: number;
  readonly listedOn: Day;
  readonly registration: string;
}

/** Groups inside a transaction. */
export interface GroupBook {
  /** The list; undefined where none of this id has a version in force. */
  list(id: string): Promise<FoundingList | undefined>;
  find(group: string): Promise<Founding | undefined>;
  /** Id of the next group of a campaign. */
  nextId(campaign: string): Promise<string>;
  /** Write a draft, new or changed. */
  draft(founding: Founding): Promise<void>;
  /** Write the decision, and the group and its households as everybody knows them. */
  found(
    founding: Founding,
    commune: string,
    households: readonly FoundedHousehold[],
  ): Promise<void>;
  /** Whether a household signed its commitment. */
  committed(household: string): Promise<boolean>;
  commit(commitment: {
    readonly household: string;
    readonly onDay: Day;
    readonly paper: string;
    readonly textVersion: string;
    readonly language: string;
    readonly notedBy: string;
    readonly notedAt: Seconds;
  }): Promise<void>;
  /** Note a training; the number it gets within its group. */
  train(training: {
    readonly groupId: string;
    readonly topic: TrainingTopic;
    readonly onDay: Day;
    readonly trainer: string;
    readonly present: number;
    readonly notedBy: string;
    readonly notedAt: Seconds;
  }): Promise<number>;
}

/** What the verbs on groups read and write. */
export interface GroupStores extends ActStores, TermsStores, LineStores {
  readonly groups: GroupBook;
  readonly files: FileRegister;
  readonly people: Pick<People, "grantsOf">;
  readonly audit: AuditTrail;
}

/** What the verbs on groups need. */
export interface GroupDesk {
  readonly official: Writing<GroupStores>;
  readonly rules: DatedRules;
  now(): Seconds;
}

/** A member as everybody may know it. */
export interface GroupMember {
  readonly code: string;
  readonly committed: boolean;
  /** Living things it was given and has still. */
  readonly keeps: number;
}

/** A training as everybody may know it. */
export interface GroupTraining {
  readonly n: number;
  readonly topic: TrainingTopic;
  readonly onDay: Day;
  /** Body of the trainer. */
  readonly trainer: string;
  /** Households. */
  readonly present: number;
}

/** A group as everybody may know it. */
export interface PublicGroup {
  readonly id: string;
  readonly campaign: string;
  readonly campaignSlug: string;
  readonly campaignTitleVi: string;
  readonly campaignTitleEn: string;
  readonly species: string;
  readonly communeName: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly foundedOn: Day;
  readonly decisionNumber: string;
  /** Null for groups founded before foundings were kept here. */
  readonly entry: number | null;
  /** Null where the two numbers of the campaign hold. */
  readonly rules: GroupRules | null;
  readonly passOnHeads: number;
  readonly passOnAgeDays: number;
  readonly households: number;
  /** Members told by their code; none where they are too few (`householdsToldByList`). */
  readonly members: readonly GroupMember[];
  readonly lists: readonly string[];
  /** Code of the leader; null where it is told by its list only, or none is. */
  readonly leader: string | null;
  readonly deputy: string | null;
  /** Households that signed their commitment. */
  readonly committed: number;
  readonly trainings: readonly GroupTraining[];
  readonly herd: {
    readonly received: number;
    readonly born: number;
    readonly lost: number;
    readonly passedOn: number;
    readonly living: number;
    /** Heads still owed to the next round. */
    readonly owed: number;
  };
}

/** A group as the office's list shows it. */
export interface OfficeGroup extends Founding {
  readonly campaignTitleVi: string;
  readonly campaignTitleEn: string;
  readonly communes: readonly string[];
  readonly district: string;
  readonly draftedByName: string | null;
  readonly decidedByName: string | null;
  /** Codes of members that signed. */
  readonly committed: readonly string[];
  readonly trainings: readonly GroupTraining[];
}

/** Reading groups outside a transaction. */
export interface GroupReading {
  published(group: string): Promise<PublicGroup | undefined>;
  /** All foundings, drafts first. */
  all(): Promise<OfficeGroup[]>;
  one(group: string): Promise<OfficeGroup | undefined>;
  /** Lists with a version in force. */
  lists(): Promise<FoundingList[]>;
}
