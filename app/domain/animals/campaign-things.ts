/** Everything that was handed over for one campaign, and all that was born of it: the way from a herd to one animal. */
import type { StoryAnimal } from "../donations/ports.ts";
import { told } from "../donations/story.ts";
import type { Day } from "../kernel/calendar.ts";
import { type AnimalState, animalState } from "./animal-state.ts";

/** One thing or animal of a campaign, as its list shows it. */
export interface CampaignThing {
  /** Public code, such as `LD1-0031`. */
  readonly code: string;
  /** BO, DE, TB, LH, TC */
  readonly species: string;
  readonly state: AnimalState;
  /** As what its household is told in public: its code, or the line of its list; null when none has it. */
  readonly household: string | null;
  /** Day it was handed over, or born; told by its week. */
  readonly on: Day | null;
  /** đồng; null when born or given in kind. */
  readonly price: bigint | null;
  /** Its mother; null when it was bought or given. */
  readonly dam: string | null;
  /** What it was bought or given to replace; else null. */
  readonly replaces: string | null;
  /** It went on to a household of a later round. */
  readonly passedOn: boolean;
}

/** The things of a campaign in three parts; what was reversed is in none of them. */
export interface CampaignThings {
  /** Handed over first, in the order of the ledger: as many as the campaign counts as delivered. */
  readonly delivered: readonly CampaignThing[];
  /** Came for one that died. */
  readonly replacements: readonly CampaignThing[];
  /** Born of them, eldest first. */
  readonly young: readonly CampaignThing[];
}

/** Sort the things of a campaign, given in the order of their entries. */
export function campaignThings(animals: readonly StoryAnimal[]): CampaignThings {
  const things = animals.filter(({ undone }) => !undone).map(thingOf);
  return {
    delivered: things.filter(({ dam, replaces }) => dam === null && replaces === null),
    replacements: things.filter(({ dam, replaces }) => dam === null && replaces !== null),
    young: things
      .filter(({ dam }) => dam !== null)
      .toSorted((a, b) => compare(a.on ?? "", b.on ?? "") || compare(a.code, b.code)),
  };
}

function thingOf(animal: StoryAnimal): CampaignThing {
  const events = animal.events.filter(({ undone }) => !undone);
  const handed = events.find(({ kind }) => kind === "handed-over");
  const state = animalState({
    species: animal.species,
    undone: animal.undone,
    events: events.map(({ kind }) => kind),
  });
  return {
    code: animal.code,
    species: animal.species,
    state,
    household: told(animal)[0]?.household ?? null,
    on: animal.dam === null ? (handed?.on ?? null) : animal.bornOn,
    price: animal.price,
    dam: animal.dam,
    replaces: handed?.other ?? null,
    passedOn: events.some(({ kind }) => kind === "passed-on"),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
