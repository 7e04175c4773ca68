/** The timeline of a gift: one step an entry, in the order in which the entries were recorded. */
import { own } from "../kernel/own.ts";
import type { Day } from "../kernel/calendar.ts";
import { accountSpec } from "../ledger/chart.ts";
import { LATE_AFTER_DAYS } from "../ledger/entry.ts";
import { addDays, dayOf, daysBetween } from "../kernel/calendar.ts";
import { sumOf } from "../kernel/dong.ts";
import { type Course, piecesOf } from "./course.ts";
import type { GiftFile, StoryAnimal, StoryEntry } from "./ports.ts";

/** The colour and mark of a step: the four stages, offspring, or an undoing. */
type Stage = "received" | "disbursed" | "delivered" | "offspring" | "undone";

/** A thing in a step. */
export interface StepThing {
  readonly animal: string;
  readonly species: string;
  /** đồng of this gift; 0 for offspring. */
  readonly amount: bigint;
  readonly price: bigint | null;
  readonly priceReason: string | null;
  readonly household: string | null;
  readonly dam: string | null;
  readonly sex: "F" | "M" | null;
  /** What replaced it, where it died or was returned and something did. */
  readonly replacedBy: string | null;
  readonly cause: string | null;
  /** Day on which young may be passed on, where that is still to come or to be done. */
  readonly dueOn: Day | null;
}

/** One act that concerned this gift or what it became. */
export interface Step {
  readonly entry: number;
  /** Kind of the entry; `replacement` where all it did here was to replace something this gift had bought. */
  readonly kind: string;
  readonly stage: Stage;
  readonly on: Day;
  /** Recorded more than a week after it happened. */
  readonly late: boolean;
  /** đồng of this gift that it moved, or that were paid for it from elsewhere; 0 where it moved none. */
  readonly amount: bigint;
  /** đồng (or heads) the whole act moved. */
  readonly whole: bigint;
  /** đồng of this gift that went into charges. */
  readonly fee: bigint;
  /** Numbers of this gift on the axis where the step brought it, when they are one run. */
  readonly numbers: { readonly lo: bigint; readonly hi: bigint } | null;
  readonly campaign: string | null;
  readonly commune: string | null;
  readonly channel: string | null;
  readonly reason: string | null;
  readonly reverses: number | null;
  readonly reversedBy: number | null;
  readonly things: readonly StepThing[];
  readonly evidence: StoryEntry["evidence"];
}

const STAGES: Readonly<Record<string, Stage>> = {
  disbursement: "disbursed",
  "direct-gift": "disbursed",
  advance: "disbursed",
  "unspent-advance": "disbursed",
  "returned-money": "disbursed",
  succession: "disbursed",
  purchase: "delivered",
  "gift-in-kind": "delivered",
  birth: "offspring",
  "pass-on": "offspring",
  "duty-waived": "offspring",
  loss: "undone",
  refund: "undone",
  chargeback: "undone",
  reversal: "undone",
  "donation-expired": "undone",
};

/** The steps of a gift from its file and its course. */
export function stepsOf(file: GiftFile, course: Course): Step[] {
  const entries = new Map(file.entries.map((entry) => [entry.number, entry]));
  const acts = new Map<number, Act>();
  const act = (number: number): Act => {
    const known = acts.get(number);
    if (known) return known;
    const fresh: Act = { pieces: [], things: [] };
    acts.set(number, fresh);
    return fresh;
  };
  act(file.gift.entry).pieces.push(course.piece);
  for (const piece of piecesOf(course)) {
    if (piece.entry !== undefined) act(piece.entry).pieces.push(piece);
  }
  // Paid by the reserve or owed by a commune, no đồng of the gift itself moves.
  for (const entry of file.entries) {
    if (standsAside(entry, entries)) act(entry.number);
  }
  const shares = shareOf(course);
  for (const animal of file.animals) {
    if (shares.has(animal.code) || animal.dam !== null) act(animal.entry).things.push(animal);
    for (const event of animal.events) {
      const there = act(event.entry).things;
      if (!there.includes(animal)) there.push(animal);
    }
  }
  return [...acts]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([number, { pieces, things }]) => {
      const entry = entries.get(number);
      return entry ? [stepOf(file, entry, pieces, things, shares)] : [];
    });
}

const ASIDE: ReadonlySet<string> = new Set(["refund", "chargeback"]);

/** Whether an entry gives a gift back or takes it back, or undoes that, whoever's đồng it moves. */
function standsAside(entry: StoryEntry, entries: ReadonlyMap<number, StoryEntry>): boolean {
  if (entry.kind !== "reversal") return ASIDE.has(entry.kind);
  return ASIDE.has(entries.get(entry.reverses ?? 0)?.kind ?? "");
}

interface Act {
  readonly pieces: Course["piece"][];
  readonly things: StoryAnimal[];
}

function stepOf(
  file: GiftFile,
  entry: StoryEntry,
  pieces: readonly Course["piece"][],
  things: readonly StoryAnimal[],
  shares: ReadonlyMap<string, bigint>,
): Step {
  const fees = pieces.filter(({ account }) => account.startsWith("fee:"));
  const main = pieces.filter(({ account }) => !account.startsWith("fee:"));
  // An entry can move the same đồng twice (refund: fund, payable, world); each đồng counts once.
  const depths = [...new Set(pieces.map(({ depth }) => depth))];
  const amount = depths
    .map((depth) => sumOf(pieces.filter((piece) => piece.depth === depth)))
    .reduce((most, here) => (here > most ? here : most), 0n);
  const last = main.filter(({ depth }) => depth === Math.max(...main.map((piece) => piece.depth)));
  const where = accountSpec(last[0]?.account ?? file.gift.account);
  const told = things.map((animal) =>
    thingOf(file, entry.number, animal, shares.get(animal.code) ?? 0n),
  );
  const replaces =
    pieces.length === 0 && told.length > 0 && told.every(({ replacedBy }) => replacedBy !== null);
  return {
    entry: entry.number,
    kind: replaces ? "replacement" : entry.kind,
    stage: own(STAGES, entry.kind) ?? "received",
    on: entry.effectiveOn,
    late: daysBetween(entry.effectiveOn, dayOf(entry.recordedAt)) > LATE_AFTER_DAYS,
    // A chargeback takes the gift back, whichever accounts it takes the đồng from.
    amount:
      things.length === 0 && (pieces.length === 0 || entry.kind === "chargeback")
        ? entry.amount
        : amount,
    whole: entry.amount,
    fee: sumOf(fees),
    numbers: runOf(last),
    campaign: (where.ok ? where.value.campaign : undefined) ?? file.gift.campaign,
    commune: (where.ok ? where.value.commune : undefined) ?? null,
    channel: entry.number === file.gift.entry ? file.gift.channel : null,
    reason: entry.reason,
    reverses: entry.reverses,
    reversedBy: entry.reversedBy,
    things: told,
    evidence: entry.evidence,
  };
}

function thingOf(file: GiftFile, entry: number, animal: StoryAnimal, amount: bigint): StepThing {
  const here = animal.events.filter((event) => event.entry === entry);
  return {
    animal: animal.code,
    species: animal.species,
    amount,
    price: animal.price,
    priceReason: animal.priceReason,
    household: here.find(({ household }) => household !== null)?.household ?? null,
    dam: animal.dam,
    sex: animal.sex,
    replacedBy:
      here.find(({ kind, other }) => kind === "replaced" && other !== null)?.other ?? null,
    cause: here.find(({ cause }) => cause !== null)?.cause ?? null,
    dueOn: dueOn(file.campaigns, animal),
  };
}

/** When an offspring is old enough to be passed on; null once it was, or when it never will be. */
export function dueOn(campaigns: GiftFile["campaigns"], animal: StoryAnimal): Day | null {
  const campaign = campaigns.find(({ id }) => id === animal.campaign);
  if (animal.dam === null || animal.bornOn === null || !campaign || animal.undone) return null;
  const settled = animal.events.some(
    ({ kind, undone }) => !undone && (kind === "passed-on" || kind === "died"),
  );
  return settled || campaign.passOnHeads === 0
    ? null
    : addDays(animal.bornOn, campaign.passOnAgeDays);
}

/** đồng of the gift in each delivered thing, also where it was lost later. */
function shareOf(course: Course): Map<string, bigint> {
  const shares = new Map<string, bigint>();
  const seen = new Set<string>();
  for (const piece of piecesOf(course)) {
    if (piece.animal === undefined || !piece.account.startsWith("delivered:")) continue;
    const once = `${piece.animal}|${piece.offset}`;
    if (seen.has(once)) continue;
    seen.add(once);
    shares.set(piece.animal, (shares.get(piece.animal) ?? 0n) + piece.amount);
  }
  return shares;
}

function runOf(pieces: readonly Course["piece"][]): Step["numbers"] {
  const sorted = pieces
    .flatMap(({ lo, amount }) => (lo === undefined ? [] : [{ lo, hi: lo + amount - 1n }]))
    .toSorted((a, b) => (a.lo < b.lo ? -1 : 1));
  const first = sorted[0];
  if (!first || sorted.length !== pieces.length) return null;
  let hi = first.hi;
  for (const next of sorted.slice(1)) {
    if (next.lo !== hi + 1n) return null;
    hi = next.hi;
  }
  return { lo: first.lo, hi };
}
