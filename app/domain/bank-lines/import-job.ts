import type { Seconds } from "../kernel/calendar.ts";
import type { Result } from "../kernel/result.ts";
import type { ImportProblem, ImportSummary } from "./import-statement.ts";
import type { ReadProblem } from "./read-statement.ts";

/** An import that runs, or has ended. */
export interface ImportJob {
  readonly id: string;
  readonly startedAt: Seconds;
  readonly account: string | null;
  /** Lines that the file has. */
  readonly lines: number;
  readonly state: "running" | "done" | "refused" | "failed";
  readonly summary: ImportSummary | null;
  readonly problem: ImportProblem | null;
}

/** A file that cannot be read as a statement at all. */
export type UnreadStatement = ReadProblem;

/** Imports that were started in the office; each runs on while its page refreshes itself. */
export interface StatementImports {
  /** Read the file, in turns with others, and begin; answers when it is read. */
  start(
    bytes: Uint8Array,
    account: string | undefined,
  ): Promise<Result<ImportJob, UnreadStatement>>;
  /** Undefined: nothing is known of it here, such as after a restart; the same file again changes nothing. */
  job(id: string): ImportJob | undefined;
  /** Wait until it ended, no longer than so many milliseconds. */
  settled(id: string, most: number): Promise<void>;
}
