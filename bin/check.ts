/**
 * `npm run check:data`: recompute every invariant of the books, count the rows that break one and name the
 * first twenty of each.
 * Exits 0 when all hold, 1 when one does not.
 */
import { runChecks } from "#db/checks/run.ts";

import { openConfigured } from "./compose.ts";

const db = await openConfigured();
const results = await db.unhurried((own) => runChecks(own, () => Math.floor(Date.now() / 1000)));
await db.close();

for (const { name, ok, counted, broken, offenders } of results) {
  console.log(
    `${ok ? "ok    " : "BROKEN"} ${name} (${counted} looked at${ok ? "" : `, ${broken} broken`})`,
  );
  for (const { subject, fact } of offenders) console.log(`         ${subject}: ${fact}`);
}
const failed = results.filter(({ ok }) => !ok).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
