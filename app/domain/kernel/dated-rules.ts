import type { Day } from "./calendar.ts";

/** Rules that change over time and are no constants: limits, days of grace (rows with a period and a source). */
export interface DatedRules {
  /** The value of a rule in force on a day; undefined when there is none. */
  on(code: string, day: Day): Promise<unknown>;
}
