/**
 * Who is twinned with whom (plan 9295, III.7).
 *
 *   a plains unit      --- stands beside --->  a mountain district, and its communes      (the six pairs of the plan)
 *   a department, ...  --- stands beside --->  one commune                                (as published campaigns say)
 *
 * After 1 July 2025 the districts are no more, and tasks of bodies went to others: a pair names both, with its period.
 */
import type { Model } from "../campaigns/model.ts";
import type { PlaceName } from "../places/unit.ts";
import type { Bilingual } from "../kernel/bilingual.ts";
import type { Day } from "../kernel/calendar.ts";

/** A body that stands beside a place. */
export interface TwinBody {
  readonly id: string;
  readonly name: Bilingual;
}

/** A twinned body and the place it stands beside. */
export interface Pair {
  /** Part of its address, such as `tam-ky-nam-tra-my` or `so-tai-chinh-da-nang-20929`. */
  readonly id: string;
  readonly kind: "district" | "commune";
  readonly giver: TwinBody;
  /** Last day on which the giver itself had the task; null while it has. */
  readonly giverUntil: Day | null;
  /** Who has the giver's task today; null while it has it itself. */
  readonly giverNow: TwinBody | null;
  /** The district, or the commune as it was when the pair began. */
  readonly receiver: PlaceName;
  /** What the commune is today, where it was merged; else null. */
  readonly receiverNow: PlaceName | null;
  readonly from: Day;
  /** Last day; null while it has no end. */
  readonly to: Day | null;
  /** How we know: read off the order of the plan's two lists, a decision, or campaigns published with its name. */
  readonly basis: "plan-order" | "decided" | "campaigns";
  readonly source: string;
  /** Campaigns that bear its name, by id. */
  readonly campaigns: readonly string[];
}

/** The body that acts for a pair on a day: the giver, or who took its task over. */
export function actingGiver(
  { giver, giverUntil, giverNow }: Pick<Pair, "giver" | "giverUntil" | "giverNow">,
  day: Day,
): TwinBody {
  return giverUntil === null || day <= giverUntil ? giver : (giverNow ?? giver);
}

/** Whether a pair stands on some day of a year. */
export function standsIn({ from, to }: Pick<Pair, "from" | "to">, year: number): boolean {
  return from <= `${year}-12-31` && (to === null || `${year}-01-01` <= to);
}

/** Years of a pair until the year of `today`, newest first; a year that it saw only the last days of is none. */
export function yearsOf(pair: Pick<Pair, "from" | "to">, today: Day): number[] {
  const begun = Number(pair.from.slice(0, 4));
  const first = pair.from > `${begun}-12-01` ? begun + 1 : begun;
  const last = Number((pair.to !== null && pair.to < today ? pair.to : today).slice(0, 4));
  const years: number[] = [];
  for (let year = last; year >= first; year -= 1) years.push(year);
  return years;
}

/** A thing promised: `20 bags of cement`. */
export interface Goods {
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
}

/** One version of what was promised a commune for a year and a model. */
export interface PromiseVersion {
  readonly id: string;
  readonly pair: string;
  /** The commune as it was on the day of the promise. */
  readonly commune: PlaceName;
  readonly year: number;
  readonly model: Model;
  readonly version: number;
  /** đồng */
  readonly money: bigint;
  readonly goods: readonly Goods[];
  readonly organisation: Bilingual;
  readonly promisedOn: Day;
  /** The commune's signature or its no; null while it waits. */
  readonly answer: {
    readonly outcome: "confirmed" | "declined";
    readonly reason: string | null;
    readonly organisation: Bilingual;
    readonly on: Day;
  } | null;
}

/** All versions of one promise, and which of them holds. */
export interface PromiseStanding {
  readonly commune: PlaceName;
  readonly year: number;
  readonly model: Model;
  /** The last one both sides signed; null: none. */
  readonly signed: PromiseVersion | null;
  /** The newest, when the commune has not answered it. */
  readonly waiting: PromiseVersion | null;
  /** The newest, when the commune said no. */
  readonly declined: PromiseVersion | null;
  /** Newest first. */
  readonly versions: readonly PromiseVersion[];
}

/** Put versions together: one standing for each commune, year and model, newest year first. */
export function promisesOf(versions: readonly PromiseVersion[]): PromiseStanding[] {
  const groups = Map.groupBy(
    versions,
    ({ pair, commune, year, model }) =>
      `${pair} ${commune.code} ${commune.validFrom} ${year} ${model}`,
  );
  return [...groups.values()]
    .map(standingOf)
    .toSorted(
      (a, b) =>
        b.year - a.year || compare(a.commune.code, b.commune.code) || compare(a.model, b.model),
    );
}

function standingOf(group: readonly PromiseVersion[]): PromiseStanding {
  const versions = group.toSorted((a, b) => b.version - a.version);
  const [newest] = versions;
  if (!newest) throw new Error("no version of a promise");
  const { commune, year, model } = newest;
  return {
    commune,
    year,
    model,
    signed: versions.find(({ answer }) => answer?.outcome === "confirmed") ?? null,
    waiting: newest.answer === null ? newest : null,
    declined: newest.answer?.outcome === "declined" ? newest : null,
    versions,
  };
}

/** Whether two lists of goods are the same, in order. */
export function sameGoods(one: readonly Goods[], other: readonly Goods[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ what, quantity, unit }, at) => {
      const beside = other[at];
      return beside?.what === what && beside.quantity === quantity && beside.unit === unit;
    })
  );
}

/** Whether a version promises anything: the last version of a promise taken back promises nothing. */
export function promisesSomething({
  money,
  goods,
}: Pick<PromiseVersion, "money" | "goods">): boolean {
  return money > 0n || goods.length > 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first year, commune and model for which a pair has promised nothing yet; undefined where all are taken. */
export function firstFree(
  taken: readonly Pick<PromiseStanding, "commune" | "year" | "model">[],
  of: {
    readonly communes: readonly string[];
    readonly years: readonly number[];
    readonly models: readonly Model[];
  },
): { readonly commune: string; readonly year: number; readonly model: Model } | undefined {
  const known = new Set(
    taken.map(({ commune, year, model }) => `${year} ${commune.code} ${model}`),
  );
  for (const year of of.years) {
    for (const commune of of.communes) {
      const model = of.models.find((one) => !known.has(`${year} ${commune} ${one}`));
      if (model) return { commune, year, model };
    }
  }
  return undefined;
}
