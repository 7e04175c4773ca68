/** The story of one gift, told from its file: what it became, where each đồng is, and every step with its proof. */
import { type Clause, clausesOf, type Outcome, outcomeOf, TURNED_CHARGEBACK } from "./became.ts";
import { courseOf, endingsOf } from "./course.ts";
import { type Flow, flowOf } from "./flow.ts";
import type { GiftFile, StoryAnimal, StoryEntry, StoryEvent } from "./ports.ts";
import { type Step, stepsOf } from "./steps.ts";

/** How far a gift is, as a whole: the furthest that all its đồng together deserve. */
type StoryState = "waiting" | "moving" | "delivered" | "undone";

/** An animal of the story with what is known of it now. */
export interface ToldAnimal extends StoryAnimal {
  /** Household that has it now; null when none or gone. */
  readonly household: string | null;
  readonly died: StoryEvent | null;
  readonly replacedBy: string | null;
}

export interface DonationStory {
  readonly gift: GiftFile["gift"];
  readonly state: StoryState;
  readonly clauses: readonly Clause[];
  readonly outcome: Outcome;
  readonly flow: Flow;
  readonly steps: readonly Step[];
  /** Things this gift is part of, in the order of its numbers. */
  readonly animals: readonly ToldAnimal[];
  /** Born of them, eldest first. */
  readonly offspring: readonly ToldAnimal[];
  readonly receivedBy: StoryEntry | undefined;
}

/** Tell the story; undefined when the trace has no start, which would be a broken ledger. */
export function tellStory(file: GiftFile): DonationStory | undefined {
  const course = courseOf(file.pieces);
  if (!course) return undefined;
  const byCode = new Map(file.animals.map((animal) => [animal.code, animal]));
  const endings = endingsOf(course);
  const kinds = new Map(
    file.entries.map(({ number, kind, reversedBy }) => {
      const turned = kind === "chargeback" && reversedBy !== null;
      return [number, turned ? TURNED_CHARGEBACK : kind];
    }),
  );
  const outcome = outcomeOf(endings, byCode, kinds);
  const offspring = file.animals.filter((animal) => animal.dam !== null && !animal.undone);
  return {
    gift: file.gift,
    state: stateOf(outcome),
    clauses: clausesOf(outcome, offspring),
    outcome,
    flow: flowOf(endings, file.gift, offspring),
    steps: stepsOf(file, course),
    animals: outcome.shares.flatMap(({ animal }) => told(byCode.get(animal))),
    offspring: offspring.flatMap(told),
    receivedBy: file.entries.find(({ number }) => number === file.gift.entry),
  };
}

/** The animal with its household and fate, read off its events. */
export function told(animal: StoryAnimal | undefined): ToldAnimal[] {
  if (!animal) return [];
  const events = animal.events.filter(({ undone }) => !undone);
  const died = events.find(({ kind }) => kind === "died") ?? null;
  const housed = events.findLast(
    ({ kind, household }) => household !== null && kind !== "died" && kind !== "returned",
  );
  const replaced = events.find(({ kind }) => kind === "replaced");
  return [
    {
      ...animal,
      household: housed?.household ?? null,
      died,
      replacedBy: replaced?.other ?? null,
    },
  ];
}

function stateOf({ shares, standing }: Outcome): StoryState {
  const open = standing.filter(({ stop }) => OPEN.has(stop));
  if (open.length > 0) {
    const still = open.every(({ stop }) => WAITING.has(stop));
    return still && shares.length === 0 ? "waiting" : "moving";
  }
  return shares.length > 0 ? "delivered" : "undone";
}

const WAITING: ReadonlySet<string> = new Set(["suspense", "clearing", "fund"]);
const OPEN: ReadonlySet<string> = new Set([...WAITING, "commune", "buying", "refund-due"]);
