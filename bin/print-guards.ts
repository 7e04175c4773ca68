/**
 * `node bin/print-guards.ts > db/checks/guards.json`: what guards the books in the database, as the migrations make it in an
 * empty one. `check:data` compares the live database with it; a test fails while the list says something else.
 */
import { stdout } from "node:process";

import { guardsText, readGuards } from "#db/checks/guards.ts";
import { openEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";

const db = await openEmbedded();
await migrate(db);
stdout.write(guardsText(await readGuards(db)));
await db.close();
