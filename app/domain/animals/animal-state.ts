/**
 * What is known of a delivered thing or animal now. Events of entries that were reversed never happened. In this order:
 *
 *   reversed   the entry that made it was reversed
 *   dead       it died
 *   returned   it was given back
 *   delivered  a thing or a class (TB, LH, TC): handed over
 *   alive      an animal (BO, DE)
 */
export const ANIMAL_STATES = ["alive", "dead", "returned", "delivered", "reversed"] as const;
export type AnimalState = (typeof ANIMAL_STATES)[number];

const ANIMALS: ReadonlySet<string> = new Set(["BO", "DE"]);

/** State of one, by its species and the kinds of its events that stand. */
export function animalState(facts: {
  readonly species: string;
  /** The entry that made it was reversed. */
  readonly undone: boolean;
  readonly events: readonly string[];
}): AnimalState {
  if (facts.undone) return "reversed";
  if (facts.events.includes("died")) return "dead";
  if (facts.events.includes("returned")) return "returned";
  return ANIMALS.has(facts.species) ? "alive" : "delivered";
}
