/**
 * `npm run check:data`: run every check of the books over everything, count what breaks one and name the first twenty of each;
 * keep the result, and when all hold, seal what came since and keep the head of it outside the database (docs/checks.md).
 * Exits 0 when all hold, 1 when one does not or another run is under way.
 */
import { headFolder } from "#app/adapters/heads.ts";
import { runAndKeep } from "#db/checks/kept-runs.ts";
import { sealBooks } from "#db/seals/seal-books.ts";

import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const environment = configuredEnvironment();
const folder = environment.HEADS_DIRECTORY;
const heads = headFolder(folder);
const now = () => Math.floor(Date.now() / 1000);

const db = await openConfigured(environment);
const report = await runAndKeep(db, "full", { now, heads });
if (!report) {
  await db.close();
  stop("The checks are being run by another process just now; ask again when it is done.");
}

for (const { name, ok, counted, broken, offenders } of report.results) {
  console.log(
    `${ok ? "ok    " : "BROKEN"} ${name} (${counted} looked at${ok ? "" : `, ${broken} broken`})`,
  );
  for (const { subject, fact, key } of offenders) {
    console.log(`         ${subject}${key === undefined ? "" : ` ${key}`}: ${fact}`);
  }
}
const known = report.results.find(({ name }) => name === "kept-heads")?.counted ?? 0;
if (known === 0) {
  console.log(
    `No head of this book is known in ${folder}: what was cut off before now cannot be seen.`,
  );
}
if (report.ok) {
  const { seals, rows, kept } = await sealBooks(db, now, heads);
  if (seals > 0) console.log(`Sealed ${rows} rows that came since the last seal.`);
  if (kept) console.log(`The head of seal ${kept.seal} is kept in ${folder}.`);
}
await db.close();

const failed = report.results.filter(({ ok }) => !ok).length;
console.log(`${report.results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
