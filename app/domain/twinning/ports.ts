import type { Model } from "../campaigns/model.ts";
import type { PlaceName } from "../places/unit.ts";
import type { Writing } from "../acts/act.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { People } from "../people/ports.ts";
import type { Places } from "../places/ports.ts";
import type { CampaignYear, TwinRules } from "./board.ts";
import type { Goods, Pair, PromiseVersion } from "./pair.ts";

/** Reading pairs and promises. */
export interface TwinningReading {
  /** The plan's six first, in its order; then by the place and the body. */
  pairs(): Promise<Pair[]>;
  /** Id of the pair a campaign belongs to; undefined when there is none. */
  pairOf(campaign: string): Promise<string | undefined>;
  /** Every version of every promise, or of one pair's. */
  versions(pair?: string): Promise<PromiseVersion[]>;
  /** Rules of a day. */
  rules(day: Day): Promise<TwinRules>;
  /** What was moved for these campaigns, year by year; over all years it is their totals. */
  years(campaigns: readonly string[]): Promise<CampaignYear[]>;
  /** Communes whose People's Committee can sign for a pair on `day`. */
  communes(pair: Pair, day: Day): Promise<PlaceName[]>;
}

/** A promise as stored. */
export interface StoredPromise {
  readonly id: string;
  readonly pair: string;
  readonly commune: string;
  readonly communeFrom: Day;
  readonly year: number;
  readonly model: Model;
  readonly version: number;
  readonly money: bigint;
  readonly goods: readonly Goods[];
  readonly organisation: string;
  readonly promisedBy: string;
  readonly promisedAt: Seconds;
}

/** A commune's answer as stored. */
interface StoredAnswer {
  readonly outcome: "confirmed" | "declined";
  readonly reason: string | null;
  readonly organisation: string;
  readonly answeredBy: string;
  readonly answeredAt: Seconds;
}

/** Storing promises and answers, within a transaction. */
export interface TwinningBook {
  pair(id: string): Promise<Pair | undefined>;
  communes(pair: Pair, day: Day): Promise<PlaceName[]>;
  promise(id: string): Promise<(StoredPromise & { readonly answered: boolean }) | undefined>;
  /** Number of the newest version; 0: none. */
  newest(
    of: Pick<StoredPromise, "pair" | "commune" | "communeFrom" | "year" | "model">,
  ): Promise<number>;
  byKey(key: string): Promise<string | undefined>;
  promised(promise: StoredPromise, key: string): Promise<void>;
  answered(promise: string, answer: StoredAnswer): Promise<void>;
}

/** What the verbs on promises need. */
export interface TwinningDesk {
  readonly official: Writing<{
    readonly twinning: TwinningBook;
    readonly people: Pick<People, "grantsOf">;
    readonly places: Places;
    readonly audit: AuditTrail;
  }>;
  now(): Seconds;
  newId(): string;
}
