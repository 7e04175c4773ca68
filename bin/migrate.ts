/** `npm run db:migrate`: bring the tables of the configured database up to date, as their owner. */
import { migrate } from "#db/migrate.ts";

import { configuredEnvironment, openConfigured } from "./configured.ts";

const db = await openConfigured(configuredEnvironment(), "owner");
try {
  const applied = await migrate(db);
  console.log(applied.length === 0 ? "nothing to do" : `applied: ${applied.join(", ")}`);
} finally {
  await db.close();
}
