import { getConstructionPlans, getMigrationPlans, PgBoss } from "pg-boss";
import library from "pg-boss/package.json" with { type: "json" };

import type { Db } from "#db/client.ts";
import { JOBS_SCHEMA } from "#db/grants.ts";
import { connectionOptions } from "#db/limits.ts";

import { cronOf, type Job } from "./jobs.ts";

/** Version of the tables that this pg-boss works with. */
const VERSION = library.pgboss.schema;

/**
 * Make the tables of the job queue, or bring them up to date, as the owner: whoever works the queue may then do without the
 * right to make tables. Done twice it changes nothing.
 */
export async function prepareJobQueue(db: Db): Promise<void> {
  const version = await queueVersion(db);
  if (version === undefined) await db.script(getConstructionPlans(JOBS_SCHEMA));
  else if (version < VERSION) await db.script(getMigrationPlans(JOBS_SCHEMA, version));
}

/** Whether the worker can begin: the tables are those of this pg-boss, and it may read them. */
export async function jobQueueReady(db: Db): Promise<boolean> {
  return (await queueVersion(db)) === VERSION;
}

async function queueVersion(db: Db): Promise<number | undefined> {
  const [there] = await db.rows<{ readable: boolean | null }>(
    `select has_schema_privilege(current_user, n.oid, 'USAGE') and has_table_privilege(current_user, c.oid, 'SELECT') as readable
       from pg_namespace n join pg_class c on c.relnamespace = n.oid and c.relname = 'version'
      where n.nspname = '${JOBS_SCHEMA}'`,
  );
  if (!there?.readable) return undefined;
  const [row] = await db.rows<{ version: number }>(
    `select max(version)::integer as version from ${JOBS_SCHEMA}.version`,
  );
  return row?.version;
}

/** The queue, by connections that work as `db` does, with its limits; it makes and changes no table. */
export async function openJobQueue(db: Db, url: string): Promise<PgBoss> {
  const [who] = await db.rows<{ role: string }>(`select current_user::text as role`);
  const address = new URL(url);
  const asked = address.searchParams.get("options");
  const options = connectionOptions("unhurried", asked, `-c role=${who?.role}`);
  address.searchParams.set("options", options);
  return new PgBoss({
    connectionString: address.href,
    schema: JOBS_SCHEMA,
    max: 2,
    migrate: false,
    createSchema: false,
    // Rebuilding an index is the owner's.
    reindex: false,
  });
}

/** Seconds that nothing runs longer than, a check of large books included; until then a second run is refused. */
export const LONGEST_RUN = 6 * 3600;

/**
 * Run a job whenever it is due: once at a time over all workers, waiting or running, and again when it failed. A daily one
 * whose minute fell into a stopped worker runs once at the next start. `run` answers false when the job failed; its signal
 * is raised when the queue has given the run up, after `LONGEST_RUN` or at the end of this process.
 */
export async function offer(
  boss: PgBoss,
  job: Pick<Job, "name" | "rhythm">,
  run: (signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  const limits = { retryLimit: 2, retryDelay: 30, expireInSeconds: LONGEST_RUN };
  // A queue that is there already is left as it is by the first; its policy it was made with, the limits can be changed.
  await boss.createQueue(job.name, { policy: "exclusive", ...limits });
  await boss.updateQueue(job.name, limits);
  const missed = "dailyAt" in job.rhythm ? "once" : "skip";
  await boss.schedule(job.name, cronOf(job.rhythm), {}, { tz: "Asia/Ho_Chi_Minh", missed });
  await boss.work(job.name, async ([given]) => {
    if (!(await run(given?.signal ?? new AbortController().signal))) {
      throw new Error(`${job.name} failed`);
    }
  });
}
