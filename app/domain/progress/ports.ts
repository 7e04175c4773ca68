import type { PlaceName } from "../places/unit.ts";
import type { Bilingual } from "../kernel/bilingual.ts";
import type { Writing } from "../acts/act.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { People } from "../people/ports.ts";
import type { Places } from "../places/ports.ts";
import type { Owing } from "../campaigns/lateness.ts";

/** What the books say of a campaign up to one entry. Nobody types these. */
export interface ProgressFigures {
  /** Number of the last entry that counts; 0 in empty books. */
  readonly entry: number;
  readonly received: Dong;
  readonly disbursed: Dong;
  /** Paid by the commune for what it buys. */
  readonly spent: Dong;
  readonly delivered: Dong;
  /** Animals handed over or born, and not lost since. */
  readonly alive: number;
  readonly lost: number;
  readonly born: number;
}

/** A progress statement as the public reads it. */
export interface ProgressStatement extends ProgressFigures {
  readonly campaign: string;
  /** Number within its campaign, from 1. */
  readonly n: number;
  readonly filedOn: Day;
  /** Days after it was due; 0: in time. */
  readonly daysLate: number;
  readonly textVi: string;
  /** Null where the commune wrote none. */
  readonly textEn: string | null;
  /** The office that filed it. */
  readonly office: Bilingual;
}

/** A campaign that owes statements, for the office's lists. */
export interface OwingCampaign extends Owing {
  readonly id: string;
  readonly slug: string;
  readonly title: Bilingual;
  /** BO, DE, TB, LH, TC */
  readonly species: string;
  /** The commune that answers for it today. */
  readonly commune: PlaceName;
  /** Codes of the commune, and of what it was and became: for permission. */
  readonly communes: readonly string[];
  readonly district: string;
  /** Its twin, or what that became by now. */
  readonly twinNow: string | null;
}

/** A campaign whose statement is overdue. */
interface Overdue {
  readonly campaign: OwingCampaign;
  readonly dueOn: Day;
  readonly daysLate: number;
  readonly heldUp: boolean;
}

/** Reading statements. */
export interface ProgressReading {
  /** Newest first. */
  statements(campaign: string): Promise<ProgressStatement[]>;
  /** Campaigns with what they owe, by id. */
  owing(): Promise<OwingCampaign[]>;
  campaign(id: string): Promise<OwingCampaign | undefined>;
  /** Figures of a campaign as the books stood at a moment. */
  figures(campaign: string, at: Seconds): Promise<ProgressFigures>;
  /** Who has not reported, the latest first: for the office's home. */
  overdue(day: Day): Promise<Overdue[]>;
}

/** A statement as stored. */
interface StoredStatement extends ProgressFigures {
  readonly campaign: string;
  readonly filedOn: Day;
  readonly filedAt: Seconds;
  readonly daysLate: number;
  readonly textVi: string;
  readonly textEn: string | null;
  readonly organisation: string;
  readonly filedBy: string;
}

/** What a form filed, by its key. */
export interface FiledStatement extends Pick<
  StoredStatement,
  "campaign" | "textVi" | "textEn" | "filedBy"
> {
  readonly n: number;
}

/** Storing statements, within a transaction. */
export interface ProgressBook extends Pick<ProgressReading, "campaign" | "figures"> {
  /** What a form with this key filed. */
  byKey(key: string): Promise<FiledStatement | undefined>;
  /** Answers the statement's number. */
  file(statement: StoredStatement, key: string): Promise<number>;
}

/** What filing needs. */
export interface ProgressDesk {
  readonly official: Writing<{
    readonly progress: ProgressBook;
    readonly people: Pick<People, "grantsOf">;
    readonly places: Places;
    readonly audit: AuditTrail;
  }>;
  now(): Seconds;
}
