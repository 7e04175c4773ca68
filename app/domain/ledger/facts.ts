import { type EntryKind, TELLING_KINDS, type TellingKind } from "./entry.ts";

/** What a telling entry says, as text by name: codes, numbers, days. Lists of lines are counted only. */
export type ToldFacts = Readonly<Record<string, string>>;

/** Whether an entry tells by its facts. */
export function isTelling(kind: EntryKind): kind is TellingKind {
  return TELLING_KINDS.some((one) => one === kind);
}

/** The facts of an entry as its published bytes have them; undefined where it has none. */
export function factsIn(text: string): ToldFacts | undefined {
  const { facts } = JSON.parse(text) as { facts?: Readonly<Record<string, unknown>> };
  return facts === undefined ? undefined : flat(facts, "");
}

function flat(facts: Readonly<Record<string, unknown>>, before: string): ToldFacts {
  const told: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts)) {
    const key = `${before}${name}`;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      told[key] = String(value);
    } else if (Array.isArray(value)) {
      told[key] = String(value.length);
    } else if (typeof value === "object" && value !== null) {
      Object.assign(told, flat(value as Readonly<Record<string, unknown>>, `${key}.`));
    }
  }
  return told;
}
