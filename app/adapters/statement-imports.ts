import type { ImportJob, StatementImports } from "#app/domain/bank-lines/import-job.ts";
import type { GiveWay } from "#app/domain/kernel/steps.ts";

import { readStatementFile } from "./statement-file.ts";

/** Ended imports that are remembered. */
const REMEMBERED = 50;

/**
 * Imports of this process. They outlive the request that began them; what they have kept is committed in parts, so that a
 * restart loses nothing, and the same file again goes on where it stopped.
 */
export function statementImports({
  giveWay,
  onTrouble,
}: {
  readonly giveWay: GiveWay;
  onTrouble(error: unknown): void;
}): StatementImports {
  const jobs = new Map<string, { job: ImportJob; ended: Promise<void> }>();
  const put = (job: ImportJob, ended: Promise<void>) => {
    jobs.delete(job.id);
    jobs.set(job.id, { job, ended });
    for (const id of [...jobs.keys()].slice(0, -REMEMBERED)) {
      if (jobs.get(id)?.job.state !== "running") jobs.delete(id);
    }
  };
  return {
    read: (bytes) => readStatementFile(bytes, giveWay),
    run(job, work) {
      const ended = work().then(
        (done) => {
          put(
            done.ok
              ? { ...job, state: "done", account: done.value.account, summary: done.value }
              : { ...job, state: "refused", problem: done.problem },
            Promise.resolve(),
          );
        },
        (error: unknown) => {
          onTrouble(error);
          put({ ...job, state: "failed" }, Promise.resolve());
        },
      );
      put(job, ended);
    },
    job: (id) => jobs.get(id)?.job,
    async settled(id, most) {
      const known = jobs.get(id);
      if (!known) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const soon = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, most);
      });
      await Promise.race([known.ended, soon]);
      clearTimeout(timer);
    },
  };
}
