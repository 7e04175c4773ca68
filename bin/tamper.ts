/**
 * `node --env-file-if-exists=.env bin/tamper.ts [table ...]`: try every single change that a superuser could make behind the site's
 * back on the configured database, which must hold the demonstration, and tell which of them a check names. Each is taken back;
 * the tables are locked meanwhile. Exits 0 when each is named, refused or listed in docs/checks.md, else 1.
 */
import { argv } from "node:process";

import { headFolder } from "#app/adapters/heads.ts";
import { runChecks } from "#db/checks/run.ts";
import { tamperings, tryTampering } from "#db/checks/tamper.ts";
import { isDemonstration } from "#db/stores/content-version.ts";

import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const environment = configuredEnvironment();
if (environment.live)
  stop("This is for the demonstration: a live site is not tampered with, not even for a moment.");
const db = await openConfigured(environment, "owner");
if (!(await isDemonstration(db))) {
  await db.close();
  stop("This database does not hold the demonstration.");
}
const judging = {
  now: () => Math.floor(Date.now() / 1000),
  heads: headFolder(environment.HEADS_DIRECTORY),
};
// On books that are broken already every change would seem to be seen.
const broken = (await runChecks(db, judging.now, { heads: judging.heads })).filter(({ ok }) => !ok);
if (broken.length > 0) {
  await db.close();
  stop(
    `Checks that do not hold before anything is changed: ${broken.map(({ name }) => name).join(", ")}.`,
  );
}
const chosen = new Set(argv.slice(2));
const { all, empty } = await tamperings(db);
const counts = new Map<string, number>();
for (const one of all.filter(({ table }) => chosen.size === 0 || chosen.has(table))) {
  const { came, table, what, told } = await tryTampering(db, one, judging);
  counts.set(came, (counts.get(came) ?? 0) + 1);
  console.log(`${came.padEnd(7)} ${table}, ${what}: ${told}`);
}
await db.close();
if (empty.length > 0) console.log(`Tables without a row: ${empty.join(", ")}.`);
console.log([...counts].map(([came, count]) => `${count} ${came}`).join(", "));
process.exitCode = counts.has("unseen") ? 1 : 0;
