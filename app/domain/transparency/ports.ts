import type { Seconds } from "../kernel/calendar.ts";

/** What one check of the books found. */
export interface CheckResult {
  /** Key of its name and explanation in `locales/<language>/transparency.json`. */
  readonly name: string;
  readonly ok: boolean;
  /** How many rows were looked at. */
  readonly counted: number;
  /** How many break it. */
  readonly broken: number;
  /** The first of them, by name. `key` names the row for whoever works on the machine; it is never stored. */
  readonly offenders: readonly {
    readonly subject: string;
    readonly fact: string;
    readonly key?: string;
  }[];
  readonly ranAt: Seconds;
  /** Looked at everything, not only at what came since the run before. */
  readonly whole: boolean;
  /** How long it took, milliseconds. */
  readonly ms: number;
}

/** A run looks at everything, or at what came since the one before. */
export type RunKind = "full" | "incremental";

/** A run of the checks as it is kept. */
export interface CheckReport {
  readonly kind: RunKind;
  readonly beganAt: Seconds;
  readonly endedAt: Seconds;
  /** Last entry that it looked at. */
  readonly entry: number;
  readonly ok: boolean;
  /** All checks; one that an incremental run leaves out stands with the result and time it had before. */
  readonly results: readonly CheckResult[];
  /** When the last full run ended; undefined before the first. */
  readonly fullAt?: Seconds;
}

/** What the checks of the books found. Nothing that is asked from outside ever starts a run. */
export interface Checks {
  /** The last run that ended; undefined before the first. */
  last(): Promise<CheckReport | undefined>;
}
