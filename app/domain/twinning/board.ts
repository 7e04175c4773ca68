import type { Model } from "../campaigns/model.ts";
import type { CampaignSummary } from "../campaigns/ports.ts";
import type { Day } from "../kernel/calendar.ts";
import type { LedgerTotals, StageTotals } from "../ledger/totals.ts";
import { sumTotals } from "../ledger/totals.ts";
import {
  type LeastModels,
  leastModels,
  type ModelStanding,
  modelStandings,
} from "./least-models.ts";
import {
  type Pair,
  promisesOf,
  promisesSomething,
  type PromiseStanding,
  type PromiseVersion,
  yearsOf,
} from "./pair.ts";

/** Rules of the day, from dated data. */
export interface TwinRules {
  readonly least: number;
  readonly reviewYears: number;
}

/** What the board is drawn from. */
export interface BoardFacts {
  readonly pairs: readonly Pair[];
  readonly versions: readonly PromiseVersion[];
  readonly campaigns: readonly CampaignSummary[];
  readonly rules: TwinRules;
}

/** One pair on the board. */
export interface PairLine {
  readonly pair: Pair;
  readonly models: readonly ModelStanding[];
  readonly rule: LeastModels;
  /** Other pairs on the same commune, whose models count too: they join forces (III.7). */
  readonly together: readonly Pair[];
  readonly promises: readonly PromiseStanding[];
  /** Money both sides signed for, all years. */
  readonly signed: bigint;
  /** Money the commune has not answered yet. */
  readonly waiting: bigint;
  /** Years of the pair without any promise. */
  readonly silent: readonly number[];
  readonly campaigns: readonly CampaignSummary[];
  readonly totals: StageTotals;
}

/** What was moved for a campaign in one year, of all its donors. */
export interface CampaignYear extends LedgerTotals {
  readonly campaign: string;
  readonly year: number;
  /** Things handed over. */
  readonly things: number;
}

/** One line of a year: what was promised for a model, and what its campaigns moved. */
export interface YearLine {
  readonly model: Model;
  readonly promises: readonly PromiseStanding[];
  readonly received: bigint;
  readonly disbursed: bigint;
  readonly delivered: bigint;
  /** Things by species, where any were handed over. */
  readonly things: readonly { readonly species: string; readonly count: number }[];
}

/** A year of a pair; no lines: nothing was promised and nothing moved. */
export interface PairYear {
  readonly year: number;
  /** Nobody promised anything for it. */
  readonly silent: boolean;
  readonly lines: readonly YearLine[];
}

/** Every pair with its models, promises and money. */
export function boardOf(facts: BoardFacts, today: Day): PairLine[] {
  const { pairs, versions, campaigns, rules } = facts;
  return pairs.map((pair) => {
    const together = pairs.filter((other) => other.id !== pair.id && joinsForces(pair, other));
    const group = new Set([pair, ...together].map(({ id }) => id));
    const promises = promisesOf(versions.filter((one) => one.pair === pair.id));
    const ofGroup = promisesOf(versions.filter((one) => group.has(one.pair)));
    const ids = new Set([pair, ...together].flatMap((one) => one.campaigns));
    const agreed = new Set<Model>([
      ...ofGroup.flatMap(({ signed, model }) =>
        signed && promisesSomething(signed) ? [model] : [],
      ),
      ...campaigns.flatMap(({ id, model }) => (ids.has(id) ? [model] : [])),
    ]);
    const promised = new Set<Model>(
      ofGroup.flatMap(({ waiting, model }) =>
        waiting && promisesSomething(waiting) ? [model] : [],
      ),
    );
    const own = campaigns.filter(({ id }) => pair.campaigns.includes(id));
    return {
      pair,
      models: modelStandings(agreed, promised),
      rule: leastModels({ agreed, ...rules, from: pair.from, to: pair.to }, today),
      together,
      promises,
      signed: promises.reduce((sum, { signed }) => sum + (signed?.money ?? 0n), 0n),
      waiting: promises.reduce((sum, { waiting }) => sum + (waiting?.money ?? 0n), 0n),
      silent: yearsOf(pair, today).filter((year) => !promises.some((one) => one.year === year)),
      campaigns: own.toSorted((a, b) => (a.startsOn < b.startsOn ? 1 : -1)),
      totals: sumTotals(own.map(({ totals }) => totals)),
    };
  });
}

/** Bodies on one commune join forces; the six districts of the plan have one plains unit each. */
function joinsForces(one: Pair, other: Pair): boolean {
  return (
    one.kind === "commune" &&
    other.kind === "commune" &&
    one.receiver.code === other.receiver.code &&
    one.receiver.validFrom === other.receiver.validFrom
  );
}

/** The years of a pair, newest first: promises beside what the books say was moved in that year. */
export function pairYears(line: PairLine, moved: readonly CampaignYear[], today: Day): PairYear[] {
  const byId = new Map(line.campaigns.map((one) => [one.id, one]));
  const years = new Set([
    ...yearsOf(line.pair, today),
    ...line.promises.map(({ year }) => year),
    ...moved.filter(({ campaign }) => byId.has(campaign)).map(({ year }) => year),
  ]);
  return [...years]
    .toSorted((a, b) => b - a)
    .map((year) => {
      const promises = line.promises.filter((one) => one.year === year);
      const rows = moved.filter((one) => one.year === year && byId.has(one.campaign));
      const models = line.models
        .map(({ model }) => model)
        .filter(
          (model) =>
            promises.some((one) => one.model === model) ||
            rows.some(({ campaign }) => byId.get(campaign)?.model === model),
        );
      return {
        year,
        silent: promises.length === 0,
        lines: models.map((model) => yearLine(model, promises, rows, byId)),
      };
    });
}

function yearLine(
  model: Model,
  promises: readonly PromiseStanding[],
  rows: readonly CampaignYear[],
  campaigns: ReadonlyMap<string, CampaignSummary>,
): YearLine {
  const own = rows.filter(({ campaign }) => campaigns.get(campaign)?.model === model);
  const things = new Map<string, number>();
  for (const { campaign, things: count } of own) {
    const species = campaigns.get(campaign)?.species;
    if (species !== undefined && count > 0) things.set(species, (things.get(species) ?? 0) + count);
  }
  const sum = (figure: "received" | "disbursed" | "delivered") =>
    own.reduce((all, row) => all + row[figure], 0n);
  return {
    model,
    promises: promises.filter((one) => one.model === model),
    received: sum("received"),
    disbursed: sum("disbursed"),
    delivered: sum("delivered"),
    things: [...things].map(([species, count]) => ({ species, count })),
  };
}
