import type { Seconds } from "../kernel/calendar.ts";

/** What one invariant of the books found. */
export interface CheckResult {
  /** Key of its name and explanation in `locales/<language>/transparency.json`. */
  readonly name: string;
  readonly ok: boolean;
  /** How many rows were looked at. */
  readonly counted: number;
  /** How many break it. */
  readonly broken: number;
  /** The first of them, by name. */
  readonly offenders: readonly { readonly subject: string; readonly fact: string }[];
  readonly ranAt: Seconds;
}

/** The invariants of the books, run now (once for each state of the ledger). */
export interface Checks {
  run(): Promise<CheckResult[]>;
}
