/**
 * `npm run db:migrate`: bring the tables of the configured database up to date, as their owner, those of the job queue too,
 * and give the application's role its rights. Exits 1 when there is no such role and this login may not make it.
 */
import { migrate } from "#db/migrate.ts";

import { configuredEnvironment, openConfigured } from "./configured.ts";
import { giveRights } from "./give-rights.ts";
import { prepareJobQueue } from "./job-queue.ts";

const db = await openConfigured(configuredEnvironment(), "owner");
try {
  const applied = await migrate(db);
  console.log(applied.length === 0 ? "nothing to do" : `applied: ${applied.join(", ")}`);
  if (!db.embedded) await prepareJobQueue(db);
  await giveRights(db);
} finally {
  await db.close();
}
