import type { ActStores, Writing } from "../acts/act.ts";
import type { TermsStores } from "../campaigns/terms.ts";
import type { FileStores } from "../files/ports.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { DatedRules } from "../kernel/dated-rules.ts";
import type { Sha256 } from "../kernel/digest.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { People } from "../people/ports.ts";
import type { RegisterNames } from "../register/personal-data.ts";
import type { ListLine, ListVersion } from "./list-version.ts";
import type { Meeting, MeetingVote } from "./meeting.ts";
import type { Notice, NoticeOutcome, NoticePlace } from "./notice.ts";
import type { Opinion } from "./opinion.ts";
import type { LineStanding } from "./standing.ts";
import type { WorkingGroup } from "./capacity.ts";

/** A registration as a list needs to know it: nothing that says who it is. */
export interface Candidate {
  /** Random id. */
  readonly registration: string;
  readonly village: string;
  readonly category: ListLine["category"];
  readonly state: "open" | "withdrawn" | "declined";
  /** `none`, or the coded programme that helped before. */
  readonly earlierSupport: string;
  /** What the last site check found; null where there was none. */
  readonly fit: boolean | null;
  /** A match with another household that nobody decided, or that was decided to be the same one. */
  readonly doubtful: boolean;
  /** An objection against its line was upheld. */
  readonly objected: boolean;
  /** Its row of the register was erased. */
  readonly erased: boolean;
}

/** Storing lists and what leads to them, within a transaction. */
export interface ListBook {
  /** Mountain district and twin of a campaign. */
  offices(campaign: string): Promise<{ district: string; twin: string } | undefined>;
  candidates(campaign: string, round: number): Promise<Candidate[]>;
  /** Decisions on a commune's working group, oldest first. */
  workingGroups(commune: string): Promise<WorkingGroup[]>;
  keepWorkingGroup(group: WorkingGroup): Promise<void>;
  meeting(id: string): Promise<Meeting | undefined>;
  /** Meetings of a round, oldest first. */
  meetings(campaign: string, round: number): Promise<Meeting[]>;
  votes(meeting: string): Promise<MeetingVote[]>;
  keepMeeting(meeting: Meeting, votes: readonly MeetingVote[]): Promise<void>;
  /** Versions of a list, oldest first. */
  versions(list: string): Promise<ListVersion[]>;
  /** Lines of a version, in the order of their ranks. */
  lines(list: string, version: number): Promise<ListLine[]>;
  /** Public codes of registrations that a version of any list of this campaign gave. */
  codes(campaign: string): Promise<ReadonlyMap<string, string>>;
  /** Highest number among codes of the campaign's households, listed or supported; 0: none. */
  lastCode(campaign: string): Promise<number>;
  addVersion(version: ListVersion): Promise<void>;
  keepVersion(version: ListVersion): Promise<void>;
  /** Write the lines of a version that is being compiled in place of those it had. */
  keepLines(list: string, version: number, lines: readonly ListLine[]): Promise<void>;
  opinions(list: string): Promise<Opinion[]>;
  addOpinion(opinion: Opinion): Promise<void>;
  notice(id: string): Promise<Notice | undefined>;
  /** Notices of a list, oldest first, with their places. */
  notices(list: string): Promise<Notice[]>;
  addNotice(notice: Notice): Promise<void>;
  keepPlace(notice: string, place: NoticePlace): Promise<void>;
  /** A clerk took it down on a day; somebody else confirms it. */
  tookDown(notice: string, by: string, on: Day): Promise<void>;
  endNotice(
    notice: string,
    end: {
      readonly on: Day;
      readonly outcome: NoticeOutcome;
      readonly by: string;
      readonly confirmedBy: string | null;
      readonly entry: number;
    },
  ): Promise<void>;
  /** How lines stand: of the version in force of one list, or of every list in force with one of these codes. */
  standing(
    of: { readonly list: string } | { readonly codes: readonly string[] },
  ): Promise<LineStanding[]>;
}

/** What the acts about lists reach. */
export interface ListStores extends TermsStores, ActStores, FileStores {
  readonly lists: ListBook;
  readonly people: Pick<People, "grantsOf">;
  readonly audit: AuditTrail;
  readonly rules: DatedRules;
  readonly registerNames: RegisterNames;
}

/** What the verbs about lists need. */
export interface ListServices {
  now(): Seconds;
  /** 26 signs that nobody can guess. */
  newId(): string;
  readonly sha256: Sha256;
  readonly official: Writing<ListStores>;
}

/** A list as the office's lists show it. */
export interface ListHead {
  readonly list: string;
  readonly version: number;
  readonly campaign: string;
  readonly round: number;
  readonly state: ListVersion["state"];
  readonly changedAt: Seconds;
}

/** A campaign whose lists a person works at. */
export interface ListCampaign {
  readonly id: string;
  readonly slug: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly species: string;
  readonly commune: string;
  readonly communeFrom: Day;
  readonly communeName: string;
  readonly communes: readonly string[];
  readonly district: string;
  readonly twin: string;
  /** Heads a household by the norm in force, and the price of one; null where no norm says. */
  readonly norm: { readonly perHousehold: number; readonly unitPrice: bigint } | null;
  /** Rounds in which somebody registered. */
  readonly rounds: readonly number[];
}

/** A published list on the page of all: the version in force, and whether it hangs. */
export interface PublicListHead extends ListHead {
  readonly slug: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly communeName: string;
  readonly district: string;
  readonly households: number;
  readonly heads: number;
  readonly amount: bigint;
  readonly decidedOn: Day;
  readonly notice: Pick<Notice, "id" | "fromDay" | "toDay" | "outcome" | "endedOn"> | null;
}

/** A version of a list, as anybody may see it. */
export interface PublicList {
  readonly campaign: ListCampaign;
  /** The commune that answers for it now: after a merger the successor. */
  readonly office: { readonly name: string; readonly fullName: string };
  readonly version: ListVersion;
  readonly lines: readonly ListLine[];
  /** All versions that were decided, oldest first. */
  readonly versions: readonly ListVersion[];
  readonly notices: readonly Notice[];
  readonly meetings: readonly Meeting[];
  /** Codes of lines whose household was given something. */
  readonly handedOver: readonly string[];
  /** Open objections by line; null key: against the list. Grounds are coded. */
  readonly objections: readonly {
    readonly code: string;
    readonly line: string | null;
    readonly ground: string;
    readonly answerBy: Day;
  }[];
}

/** A notice as the feed tells it. */
export interface PostedNotice {
  readonly id: string;
  readonly list: string;
  readonly version: number;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly communeName: string;
  readonly households: number;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly postedAt: Seconds;
}

/** Looking at lists outside a transaction. */
export interface ListReading {
  /** Published campaigns of things with a norm, with the rounds in which households registered. */
  campaigns(day: Day): Promise<ListCampaign[]>;
  campaign(id: string, day: Day): Promise<ListCampaign | undefined>;
  candidates: ListBook["candidates"];
  workingGroups: ListBook["workingGroups"];
  meeting: ListBook["meeting"];
  meetings: ListBook["meetings"];
  votes: ListBook["votes"];
  versions: ListBook["versions"];
  lines: ListBook["lines"];
  opinions: ListBook["opinions"];
  notice: ListBook["notice"];
  notices: ListBook["notices"];
  /** The newest version of each list. */
  heads(): Promise<ListHead[]>;
  /** Lists in force, those that hang first. */
  published(): Promise<PublicListHead[]>;
  /** A version of a list that was decided, the one in force when none is named; the id in any letter case. */
  public(list: string, version: number | undefined, day: Day): Promise<PublicList | undefined>;
  /** Number of the version of a list that is in force; undefined where none was decided. */
  byId(list: string): Promise<number | undefined>;
  /** The list in force on which a household has a line. */
  lineAt(code: string): Promise<string | undefined>;
  /** The version that carries a checksum. */
  byChecksum(
    checksum: string,
  ): Promise<
    { readonly list: string; readonly version: number; readonly inForce: number } | undefined
  >;
  /** Notices put up last, newest first. */
  newestNotices(most: number): Promise<PostedNotice[]>;
}
