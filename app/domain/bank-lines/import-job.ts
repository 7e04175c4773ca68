import type { Seconds } from "../kernel/calendar.ts";
import type { Result } from "../kernel/result.ts";
import type { ImportProblem, ImportSummary } from "./import-statement.ts";
import type { ReadProblem, ReadStatement } from "./read-statement.ts";

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

/** Imports that were started in the office; each runs on while its page refreshes itself. */
export interface StatementImports {
  /** Read a bank's file, in turns with whatever else this process does. */
  read(bytes: Uint8Array): Promise<Result<ReadStatement, ReadProblem>>;
  /** Do an import's work behind the request that began it; what became of it is told under the job's id. */
  run(job: ImportJob, work: () => Promise<Result<ImportSummary, ImportProblem>>): void;
  /** Undefined: nothing is known of it here, such as after a restart; the same file again changes nothing. */
  job(id: string): ImportJob | undefined;
  /** Wait until it ended, no longer than so many milliseconds. */
  settled(id: string, most: number): Promise<void>;
}
