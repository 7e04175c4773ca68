/**
 * `npm run work`: the worker beside one or more servers on PostgreSQL. It numbers gifts when no server does, and runs
 * the jobs; pg-boss sees to it that of several workers one runs each job.
 */
import { headFolder } from "#app/adapters/heads.ts";
import { createLog } from "#app/front/log.ts";
import { pendingMigrations } from "#db/migrate.ts";
import { jobRunStore } from "#db/stores/job-runs.ts";

import { compose } from "./compose.ts";
import { configuredEnvironment, openConfigured, stop } from "./configured.ts";
import { jobQueueReady, offer, openJobQueue } from "./job-queue.ts";
import { jobsOf, makeKnown, runJob, sealNow } from "./jobs.ts";
import { untilTold } from "./signals.ts";

const environment = configuredEnvironment();
const { DATABASE_URL: connectionString } = environment;
if (connectionString === undefined) {
  stop(
    "The embedded database has one process: `npm start` does this work itself. Set DATABASE_URL.",
  );
}
const log = createLog({ level: environment.LOG_LEVEL, process: "work" });
const db = await openConfigured(environment);
const pending = await pendingMigrations(db);
if (pending.length > 0) {
  await db.close();
  stop(`The tables are not up to date (${pending.join(", ")}): run \`npm run db:migrate\` first.`);
}
if (!(await jobQueueReady(db))) {
  await db.close();
  stop("The tables of the job queue are not up to date: run `npm run db:migrate` first.");
}
const composed = await compose({ db, environment, log });
const heads = headFolder(environment.HEADS_DIRECTORY);

const boss = await openJobQueue(db, connectionString);
boss.on("error", (error) => log.error({ err: error }, "the job queue had trouble"));
await boss.start();
const jobs = jobsOf(composed.services, db, log, heads);
const runs = jobRunStore(db, composed.services.now);
await makeKnown(jobs, runs);
for (const job of jobs) await offer(boss, job, (signal) => runJob(job, log, runs, signal));
log.info({ sequencing: composed.intake.sequencing() }, "working");

await untilTold();
log.info("stopping");
await boss.stop({ graceful: true, timeout: 10_000 });
await composed.stop();
await sealNow(composed.services, db, log, heads);
await db.close();
