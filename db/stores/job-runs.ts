import { building } from "../building.ts";
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
      const { orm, t, op } = await building(db);
      const { id, job } = t.jobRun;
      const [run] = await orm
        .insert(t.jobRun)
        .values({ job: name, startedAt: now() })
        .returning({ id });
      return async (outcome) => {
        if (!run) return;
        await orm.update(t.jobRun).set({ endedAt: now(), outcome }).where(op.eq(id, run.id));
        const newestOver = orm
          .select({ id })
          .from(t.jobRun)
          .where(op.eq(job, name))
          .orderBy(op.desc(id))
          .offset(KEPT)
          .limit(1);
        await orm.delete(t.jobRun).where(op.and(op.eq(job, name), op.lte(id, newestOver)));
      };
    },
  };
}
