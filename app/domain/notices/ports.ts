import type { Day, Seconds } from "../kernel/calendar.ts";

/** One public list: the supported households of a campaign in one round. */
export interface NoticeListing {
  /** `LD1-r1` */
  readonly id: string;
  readonly campaign: string;
  readonly round: number;
  readonly species: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly slug: string;
  /** Commune row the campaign was opened for. */
  readonly commune: string;
  readonly communeFrom: Day;
  readonly communeName: string;
  /** Mountain district of 2024. */
  readonly district: string;
  readonly districtName: string;
  readonly households: number;
  readonly animals: number;
  /** Last day on which a household was listed. */
  readonly listedOn: Day;
}

/** A thing a household was given. */
export interface NoticeThing {
  readonly animal: string;
  readonly species: string;
  /** đồng; null when born or given in kind. */
  readonly price: bigint | null;
  /** Handed over bought, or passed on from another household. */
  readonly how: "handed-over" | "passed-on";
  readonly died: boolean;
}

/** A supported household as the web may show it. */
export interface NoticeHousehold {
  readonly code: string;
  readonly group: string;
  /** Only with a recorded consent that was not withdrawn. */
  readonly name: string | null;
  readonly things: readonly NoticeThing[];
}

/** Households of a list that have no line of their own, nor a name: of groups below five. */
export interface ToldTogether {
  readonly households: number;
  /** How many of them were given something bought, and something passed on. */
  readonly bought: number;
  readonly passed: number;
  readonly things: readonly NoticeThing[];
}

/** A whole list. */
export interface NoticeFile extends NoticeListing {
  /** The commune that holds the list when the books were last written: after a merger the successor. */
  readonly office: { readonly name: string; readonly fullName: string };
  readonly decisionNumber: string;
  readonly decisionDate: Day;
  /** Groups whose households are told by their code. */
  readonly groups: readonly {
    readonly id: string;
    readonly nameVi: string;
    readonly nameEn: string;
  }[];
  /** Households told by their code, in the groups above. */
  readonly rows: readonly NoticeHousehold[];
  /** All others in one line. */
  readonly together: ToldTogether | null;
  /** Households by category; never shown as they are, see `publishableCounts`. */
  readonly categories: readonly { readonly category: string; readonly count: number }[];
  /** The norm in force when the campaign was published: heads a household, average price. */
  readonly norm: {
    readonly perHousehold: number;
    readonly unitPrice: bigint;
    readonly source: string;
  } | null;
  /** How far the books went when the list was drawn up. */
  readonly upTo: {
    readonly entry: number;
    readonly recordedAt: Seconds;
    readonly leafHash: string;
  } | null;
}

/** Reading public lists. */
export interface NoticeReading {
  /** The lists of one campaign, first round first. */
  ofCampaign(campaign: string): Promise<NoticeListing[]>;
  /**
   * By their codes, the lists on which households stand with a line of their own; one that is told by its list only
   * (`householdsToldByList`), and a code that nobody has, are not in the answer.
   */
  listsWith(households: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** All lists. */
  all(): Promise<readonly NoticeListing[]>;
  /** One list by its id, in any letter case. */
  file(id: string): Promise<NoticeFile | undefined>;
}
