import type { ImportJob, StatementImports } from "#app/domain/bank-lines/import-job.ts";
import { no, ok } from "#app/domain/kernel/result.ts";
import { importStatement } from "#app/domain/bank-lines/import-statement.ts";

import { readStatementFile } from "./statement-file.ts";

/** Ended imports that are remembered. */
const REMEMBERED = 50;

/** What importing needs, and how long things take. */
export type ImportMaking = Parameters<typeof importStatement>[0] & {
  newId(): string;
  onTrouble(error: unknown): void;
};

/**
 * Imports of this process. They outlive the request that began them; what they have kept is committed in parts, so that a
 * restart loses nothing, and the same file again goes on where it stopped.
 */
export function statementImports(making: () => ImportMaking): StatementImports {
  const jobs = new Map<string, { job: ImportJob; ended: Promise<void> }>();
  const put = (job: ImportJob, ended: Promise<void>) => {
    jobs.delete(job.id);
    jobs.set(job.id, { job, ended });
    for (const id of [...jobs.keys()].slice(0, -REMEMBERED)) {
      if (jobs.get(id)?.job.state !== "running") jobs.delete(id);
    }
  };
  return {
    async start(bytes, account) {
      const services = making();
      const read = await readStatementFile(bytes, services.giveWay);
      if (!read.ok) return no(read.problem);
      const statement = read.value;
      const job: ImportJob = {
        id: services.newId(),
        startedAt: services.now(),
        account: account ?? statement.accountNumber ?? null,
        lines: statement.rows.length,
        state: "running",
        summary: null,
        problem: null,
      };
      const ended = importStatement(services, statement, account).then(
        (done) => {
          put(
            done.ok
              ? { ...job, state: "done", account: done.value.account, summary: done.value }
              : { ...job, state: "refused", problem: done.problem },
            Promise.resolve(),
          );
        },
        (error: unknown) => {
          services.onTrouble(error);
          put({ ...job, state: "failed" }, Promise.resolve());
        },
      );
      put(job, ended);
      return ok(job);
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
