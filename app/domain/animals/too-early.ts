import type { Day } from "../kernel/calendar.ts";

/** An act on a day before the animal was there, or before what the books tell of it last. */
export interface TooEarly {
  readonly code: "animal.too-early";
  readonly animal: string;
  readonly since: Day;
}

/** Refused when `on` is before `since`, a day in the life of the animal that the act comes after. */
export function tooEarly(animal: string, since: Day | undefined, on: Day): TooEarly | undefined {
  return since !== undefined && on < since
    ? { code: "animal.too-early", animal, since }
    : undefined;
}
