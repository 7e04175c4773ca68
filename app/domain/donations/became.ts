/**
 * What the đồng of a gift became, said in clauses: "một con bò, một phần con thứ hai, và một con bê".
 * A clause is a code with figures; the words are in `locales/<language>/donation.json`.
 */
import { accountSpec } from "../ledger/chart.ts";
import type { Piece } from "../ledger/trace.ts";
import type { Ending } from "./course.ts";
import type { StoryAnimal } from "./ports.ts";

/** Where money can stand when it has not become a thing. */
type Stop =
  | "suspense"
  | "clearing"
  | "fund"
  | "commune"
  | "buying"
  | "fee"
  | "refund-due"
  | "refunded"
  | "undone"
  /** A gateway or bank took it back. */
  | "taken-back"
  /** It was taken back, and a dispute that was won brought it back under new numbers. */
  | "won-back"
  /** It had been reported and never came. */
  | "never-came"
  | "reserve"
  | "lost";

/** One part of the headline. */
export type Clause =
  | { readonly is: "whole"; readonly species: string; readonly count: number }
  /** A part of one more, the `nth` of its species. */
  | { readonly is: "part-next"; readonly species: string; readonly nth: number }
  /** Parts of `count` things, none of them whole (or several beside whole ones when `more`). */
  | {
      readonly is: "part";
      readonly species: string;
      readonly count: number;
      readonly more: boolean;
    }
  /** Young of things that are wholly this gift's; of others (`shared`) it has only its part. */
  | {
      readonly is: "offspring";
      readonly species: string;
      readonly count: number;
      readonly shared: boolean;
      /** There are others that are wholly its own. */
      readonly more: boolean;
    }
  /** Things that died: whole ones of this gift, or parts of them. */
  | {
      readonly is: "dead";
      readonly species: string;
      readonly count: number;
      readonly whole: boolean;
      readonly replaced: boolean;
    }
  | { readonly is: Stop; readonly amount: bigint; readonly all: boolean };

/** This gift's share in one delivered thing. */
export interface Share {
  readonly animal: string;
  readonly species: string;
  /** đồng of this gift in it. */
  readonly amount: bigint;
  /** Its whole price, đồng. */
  readonly price: bigint;
  readonly fate: Fate;
}

/** Whether a thing still is; a dead one may have been replaced. */
type Fate = "here" | "dead" | "replaced";

/** A part that is no thing (yet): where it stands. */
export interface StandingMoney {
  readonly stop: Stop;
  readonly account: string;
  readonly campaign: string | null;
  readonly commune: string | null;
  readonly amount: bigint;
}

/** The ends of a gift's course, as shares in things and money elsewhere; together they are the gift. */
export interface Outcome {
  readonly shares: readonly Share[];
  readonly standing: readonly StandingMoney[];
}

/** What `outcomeOf` is told instead of `chargeback` where that was turned round later. */
export const TURNED_CHARGEBACK = "chargeback-turned";

/**
 * Sort the ends of a course into shares of things and money elsewhere. An animal that died keeps its share. `kinds` tells
 * the kind of each entry, by which money left the books.
 */
export function outcomeOf(
  endings: readonly Ending[],
  animals: ReadonlyMap<string, Pick<StoryAnimal, "species" | "price" | "events">>,
  kinds: ReadonlyMap<number, string> = new Map(),
): Outcome {
  const shares = new Map<string, Share>();
  const standing = new Map<string, StandingMoney>();
  for (const { way, amount } of endings) {
    const end = way[way.length - 1];
    if (!end) continue;
    const thing = thingOf(way);
    const animal = thing === undefined ? undefined : animals.get(thing);
    if (thing !== undefined && animal) {
      const before = shares.get(thing)?.amount ?? 0n;
      const price = animal.price ?? amount;
      shares.set(thing, {
        animal: thing,
        species: animal.species,
        amount: before + amount,
        price,
        fate: fateOf(animal),
      });
    } else {
      const money = standingOf(end, amount, kinds.get(end.entry ?? 0));
      const key = `${money.stop} ${money.account}`;
      const before = standing.get(key)?.amount ?? 0n;
      standing.set(key, { ...money, amount: before + amount });
    }
  }
  return { shares: [...shares.values()], standing: [...standing.values()] };
}

/** What the events that stand say of a thing. */
function fateOf({ events }: Pick<StoryAnimal, "events">): Fate {
  const happened = (kind: string) => events.some((event) => event.kind === kind && !event.undone);
  if (!happened("died")) return "here";
  return happened("replaced") ? "replaced" : "dead";
}

/** The thing a way ends in: delivered, or delivered and then lost. */
export function thingOf(way: readonly Piece[]): string | undefined {
  const end = way[way.length - 1];
  if (!end) return undefined;
  if (end.account.startsWith("delivered:")) return end.animal;
  if (!end.account.startsWith("loss:")) return undefined;
  return end.animal ?? way.findLast(({ account }) => account.startsWith("delivered:"))?.animal;
}

/** The headline of a gift, most telling part first. */
export function clausesOf(
  outcome: Outcome,
  offspring: readonly Pick<StoryAnimal, "code" | "species" | "dam">[],
): Clause[] {
  const clauses: Clause[] = [];
  for (const species of distinct(outcome.shares.map((share) => share.species))) {
    const shares = outcome.shares.filter(
      (share) => share.species === species && share.fate === "here",
    );
    const whole = shares.filter(({ amount, price }) => amount === price).length;
    const parts = shares.length - whole;
    if (whole > 0) clauses.push({ is: "whole", species, count: whole });
    if (whole > 0 && parts === 1) clauses.push({ is: "part-next", species, nth: whole + 1 });
    else if (parts > 0) clauses.push({ is: "part", species, count: parts, more: whole > 0 });
  }
  clauses.push(...deadOf(outcome.shares));
  clauses.push(...youngOf(outcome.shares, offspring));
  const sums = new Map<Stop, bigint>();
  for (const { stop, amount } of outcome.standing) {
    sums.set(stop, (sums.get(stop) ?? 0n) + amount);
  }
  const all = sums.size === 1 && outcome.shares.length === 0;
  for (const stop of STOPS) {
    const amount = sums.get(stop);
    if (amount !== undefined) clauses.push({ is: stop, amount, all });
  }
  return clauses;
}

/** Young as clauses: no đồng is in them, so a gift has of them what it has of the first mother. */
function youngOf(
  shares: readonly Share[],
  offspring: readonly Pick<StoryAnimal, "code" | "species" | "dam">[],
): Clause[] {
  const dams = new Map(offspring.map(({ code, dam }) => [code, dam]));
  const whole = new Set(
    shares.filter(({ amount, price }) => amount === price).map((one) => one.animal),
  );
  const own = ({ dam }: Pick<StoryAnimal, "dam">): boolean => {
    let mother = dam;
    for (let step = 0; mother !== null && dams.has(mother) && step < offspring.length; step += 1) {
      mother = dams.get(mother) ?? null;
    }
    return mother !== null && whole.has(mother);
  };
  return distinct(offspring.map(({ species }) => species)).flatMap((species) => {
    const young = offspring.filter((one) => one.species === species);
    const mine = young.filter(own).length;
    const shared = young.length - mine;
    const clauses: Clause[] = [];
    if (mine > 0) {
      clauses.push({ is: "offspring", species, count: mine, shared: false, more: false });
    }
    if (shared > 0) {
      clauses.push({ is: "offspring", species, count: shared, shared: true, more: mine > 0 });
    }
    return clauses;
  });
}

function deadOf(shares: readonly Share[]): Clause[] {
  const clauses = new Map<string, Extract<Clause, { is: "dead" }>>();
  for (const { species, fate, amount, price } of shares) {
    if (fate === "here") continue;
    const [whole, replaced] = [amount === price, fate === "replaced"];
    const key = `${species}|${whole}|${replaced}`;
    const count = (clauses.get(key)?.count ?? 0) + 1;
    clauses.set(key, { is: "dead", species, count, whole, replaced });
  }
  return [...clauses.values()];
}

const STOPS: readonly Stop[] = [
  "buying",
  "commune",
  "fund",
  "clearing",
  "suspense",
  "refunded",
  "refund-due",
  "undone",
  "taken-back",
  "won-back",
  "never-came",
  "lost",
  "reserve",
  "fee",
];

function standingOf(
  { account }: Piece,
  amount: bigint,
  broughtBy: string | undefined,
): StandingMoney {
  const spec = accountSpec(account);
  const { kind, campaign, commune } = spec.ok
    ? spec.value
    : { kind: undefined, campaign: undefined, commune: undefined };
  return {
    stop: stopOf(account, kind, broughtBy),
    account,
    campaign: campaign ?? null,
    commune: commune ?? null,
    amount,
  };
}

function stopOf(account: string, kind: string | undefined, broughtBy: string | undefined): Stop {
  switch (kind) {
    case "suspense":
    case "clearing":
    case "fund":
    case "commune":
    case "fee":
    case "reserve":
      return kind;
    case "proc":
    case "delivered":
      return "buying";
    case "refund":
      return "refund-due";
    case "loss":
      return "lost";
    default:
      if (account === "world:refund") return "refunded";
      if (broughtBy === "chargeback") return "taken-back";
      if (broughtBy === TURNED_CHARGEBACK) return "won-back";
      return broughtBy === "donation-expired" ? "never-came" : "undone";
  }
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}
