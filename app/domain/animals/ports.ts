import type { Day } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";

/** An animal as official acts need to know it: as it is now. What a reversed entry told never happened. */
export interface HerdAnimal {
  /** Public code such as `LD1-0107`. */
  readonly code: string;
  /** BO, DE, TB, LH, TC */
  readonly species: string;
  readonly campaign: string;
  readonly commune: string;
  /** Round it is in now: each passing on adds one. */
  readonly round: number;
  /** False once it died or was returned, and where it never was. */
  readonly alive: boolean;
  /** The entry that brought it was reversed: it never was. */
  readonly undone: boolean;
  /** Its numbers on the delivered axis, where they came to rest last; absent when born or given in kind. */
  readonly range?: { readonly account: string; readonly lo: bigint; readonly price: Dong };
  readonly dam?: string;
  readonly bornOn?: Day;
  readonly sex?: "F" | "M";
  /** Public code of the household that has it, or had it last. */
  readonly keeper?: string;
  /** Day on which it came: handed over or born. */
  readonly cameOn?: Day;
  /** Day of the last thing that happened to it; to bear young is one, to be replaced when dead is none. */
  readonly lastOn?: Day;
}

/** A household of a list as official acts need to know it. */
export interface ListedHousehold {
  /** Public code such as `H-LD1-018`. */
  readonly code: string;
  readonly campaign: string;
  readonly group: string;
  readonly round: number;
  /** Living things it was given and has still. */
  readonly keeps: number;
  /** What its group's founding says instead of the campaign; absent where it says nothing. */
  readonly rules?: { readonly heads: number; readonly leastAgeDays: number };
}

/** Classes of plan 9295, II.1.2. */
export type HouseholdCategory = "poor" | "near_poor" | "escaped" | "other";

/** Animals, households and groups. */
export interface Herds {
  /** Those of these codes that are known. */
  animals(codes: readonly string[]): Promise<HerdAnimal[]>;
  /** Those of these codes that are listed. */
  households(codes: readonly string[]): Promise<ListedHousehold[]>;
  /** The last later entry, not reversed, in the life of an animal of this entry; undefined when there is none. */
  laterEntry(entry: number): Promise<{ animal: string; entry: number } | undefined>;
}

/** The stores of acts on animals. */
export interface HerdStores {
  readonly herds: Herds;
}

/** What was lost with an animal, and what came for it. */
export interface Losses {
  /** đồng written off for it and not reversed, and đồng paid for that so far. */
  of(animal: string): Promise<{ readonly lost: Dong; readonly compensated: Dong }>;
}

/** The stores of compensation. */
export interface CompensationStores extends HerdStores {
  readonly losses: Losses;
}
