import type { Db } from "../client.ts";

/** Runs kept of each job. */
const KEPT = 50;

/** When jobs ran: what health tells of them. */
export interface JobRuns {
  /** Say which jobs there are and how often each runs; jobs of older versions are forgotten. */
  known(jobs: readonly { readonly name: string; readonly everySeconds: number }[]): Promise<void>;
  /** Note that a job begins; answers how to note its end. */
  begun(name: string): Promise<(outcome: "done" | "failed") => Promise<void>>;
}

/** Runs of jobs, in a table of their own; the last of each are kept. */
export function jobRunStore(db: Db, now: () => number): JobRuns {
  return {
    async known(jobs) {
      await db.begin(async (tx) => {
        for (const { name, everySeconds } of jobs) {
          await tx.rows(
            `insert into job (name, every_seconds, known_since) values ($1, $2::integer, $3::bigint)
             on conflict (name) do update set every_seconds = excluded.every_seconds`,
            [name, everySeconds, now()],
          );
        }
        const names = JSON.stringify(jobs.map(({ name }) => name));
        await tx.rows(
          `delete from job where name not in (select json_array_elements_text(($1::text)::json))`,
          [names],
        );
      });
    },
    async begun(name) {
      const [run] = await db.rows<{ id: bigint }>(
        `insert into job_run (job, started_at) values ($1, $2::bigint) returning id`,
        [name, now()],
      );
      return async (outcome) => {
        await db.rows(
          `update job_run set ended_at = $2::bigint, outcome = $3 where id = $1::bigint`,
          [run?.id, now(), outcome],
        );
        await db.rows(
          `delete from job_run where job = $1 and id <= (
             select id from job_run where job = $1 order by id desc offset ${KEPT} limit 1)`,
          [name],
        );
      };
    },
  };
}
