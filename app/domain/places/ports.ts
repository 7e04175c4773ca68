import type { Day } from "../kernel/calendar.ts";
import type { Unit } from "./unit.ts";

/** Reading administrative units. */
export interface Places {
  /** The unit of this code and first day, and everything it became, in order of time. */
  lineage(code: string, validFrom: Day): Promise<Unit[]>;
  /** All periods of a code, oldest first. */
  periods(code: string): Promise<Unit[]>;
}
