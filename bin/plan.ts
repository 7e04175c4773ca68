/**
 * `npm run db:plan`: load places, outlines, norms, targets, twins, rules and offices of the plan, as the owner of the tables.
 * Adds what is not there and changes nothing that is, so it may be run again, also on a live book with entries.
 */
import { pendingMigrations } from "#db/migrate.ts";
import { seedPlan } from "#db/seeds/plan.ts";
import { contentChanged, markLive } from "#db/stores/content-version.ts";

import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const environment = configuredEnvironment();
const db = await openConfigured(environment, "owner");
try {
  const pending = await pendingMigrations(db);
  if (pending.length > 0) stop("The tables are not up to date: run `npm run db:migrate` first.");
  const added = await seedPlan(db);
  if (environment.live) await markLive(db);
  if (added > 0) await contentChanged(db, "plan");
  console.log(
    added === 0
      ? "Everything of the plan is there already."
      : `The plan is loaded: ${added} rows of places, outlines, norms, targets, twins, rules and offices.`,
  );
} finally {
  await db.close();
}
