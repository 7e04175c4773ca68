/**
 * `npm run db:grants`: make the application's role if it is not there, and give it exactly the rights of `db/rights.ts`, as
 * the owner of the tables. Done twice it changes nothing. After a restore into another cluster, or when a start says so.
 */
import { wrongGrants } from "#db/grants.ts";
import { pendingMigrations } from "#db/migrate.ts";
import { APP_ROLE } from "#db/rights.ts";

import { configuredEnvironment, openConfigured, stop } from "./configured.ts";
import { giveRights } from "./give-rights.ts";
import { grantLines } from "./standing-words.ts";

const db = await openConfigured(configuredEnvironment(), "owner");
try {
  const pending = await pendingMigrations(db);
  if (pending.length > 0) stop("The tables are not up to date: run `npm run db:migrate`.");
  await giveRights(db);
  const left = await wrongGrants(db);
  if (left.length > 0) {
    stop(`These rights of ${APP_ROLE} could not be changed; somebody else granted them:

${grantLines(left)}`);
  }
  console.log(`The rights of ${APP_ROLE} are those of db/rights.ts.`);
} finally {
  await db.close();
}
