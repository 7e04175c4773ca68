/** The life of an animal as the books tell it, and its family. */
import type { StoryAnimal, StoryEntry } from "../donations/ports.ts";
import type { Day } from "../kernel/calendar.ts";
import type { AnimalFile } from "./animal-file.ts";

/** One thing that happened. */
export interface LifeEvent {
  readonly kind: StoryAnimal["events"][number]["kind"] | "gave-birth";
  readonly on: Day;
  readonly entry: StoryEntry;
  readonly household: string | null;
  /** The other animal: dam, replacement, or the young born. */
  readonly other: string | null;
  readonly cause: string | null;
  readonly undone: boolean;
}

/** An animal with its young below it. */
export interface Family {
  readonly animal: StoryAnimal;
  readonly young: readonly Family[];
}

/** What happened to an animal, in the order of the books. */
export function lifeOf(file: Pick<AnimalFile, "animal" | "kin" | "entries">): LifeEvent[] {
  const entries = new Map(file.entries.map((entry) => [entry.number, entry]));
  const own = file.animal.events.flatMap((event) => {
    const entry = entries.get(event.entry);
    return entry ? [{ ...event, entry }] : [];
  });
  const births = file.kin
    .filter(({ dam }) => dam === file.animal.code)
    .flatMap((young) => {
      const entry = entries.get(young.entry);
      if (!entry) return [];
      return [
        {
          kind: "gave-birth" as const,
          on: young.bornOn ?? entry.effectiveOn,
          entry,
          household: null,
          other: young.code,
          cause: null,
          undone: young.undone,
        },
      ];
    });
  return [...own, ...births].toSorted((a, b) => a.entry.number - b.entry.number);
}

/** The family an animal stands in: its eldest known dam at the top, all that descend from the line below. */
export function familyOf(file: Pick<AnimalFile, "animal" | "kin">): Family {
  const byCode = new Map(file.kin.map((one) => [one.code, one]));
  let top = file.animal;
  const seen = new Set([top.code]);
  while (top.dam !== null && !seen.has(top.dam)) {
    const dam = byCode.get(top.dam);
    if (!dam) break;
    seen.add(dam.code);
    top = dam;
  }
  return below(top, file.kin, new Set());
}

function below(animal: StoryAnimal, kin: readonly StoryAnimal[], seen: Set<string>): Family {
  seen.add(animal.code);
  return {
    animal,
    young: kin
      .filter(({ dam, code }) => dam === animal.code && !seen.has(code))
      .map((one) => below(one, kin, seen)),
  };
}
