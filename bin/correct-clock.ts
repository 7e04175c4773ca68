/**
 * `npm run clock:correct [-- --last ENTRY]`: when a wrong clock has recorded entries ahead of now, so that nothing can be
 * recorded any more. Without `--last` it says what it sees. With it, an entry is written that tells everybody that the clock was
 * wrong up to that entry; what was recorded stays as it is, and the audit trail has a line.
 */
import { parseArgs } from "node:util";

import { createLog } from "#app/front/log.ts";
import { correctClock } from "#app/domain/corrections/correct-clock.ts";
import { pendingMigrations } from "#db/migrate.ts";

import { compose } from "./compose.ts";
import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const USAGE = `Usage: npm run clock:correct [-- --last ENTRY]

  --last  number of the last entry, which a wrong clock recorded ahead of now; without it, only what is seen is told
`;

/** The entry that the command line names. */
function wishes(): number | undefined {
  try {
    const { values } = parseArgs({
      options: { last: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    if (values.help || (values.last !== undefined && !/^\d{1,15}$/.test(values.last))) stop(USAGE);
    return values.last === undefined ? undefined : Number(values.last);
  } catch (error) {
    return stop(`${(error as Error).message}\n\n${USAGE}`);
  }
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ["ledger.clock-off", "The clock of this machine is off the database's: set both right first."],
  ["ledger.clock-fits", "No entry lies ahead of the clock: there is nothing to correct."],
  ["entry.unknown", "There is no such entry."],
  [
    "clock.not-the-last",
    "Entries came after that one: run this without --last to see which is the last.",
  ],
]);

const last = wishes();
const environment = configuredEnvironment();
const db = await openConfigured(environment);
try {
  const pending = await pendingMigrations(db);
  if (pending.length > 0) stop("The tables are not up to date: run `npm run db:migrate` first.");
  const log = createLog({ level: "fatal", process: "correct-clock" });
  const composed = await compose({ db, environment, log });
  try {
    const { services } = composed;
    if (last === undefined) {
      const [head, clock] = await Promise.all([services.home.head(), services.intake.clock()]);
      const at = (seconds: number) => new Date(seconds * 1000).toISOString();
      console.log(`this machine says    ${at(services.now())}`);
      console.log(`the database says    ${at(services.now() - clock.ahead)}`);
      console.log(
        head ? `entry ${head.entry} was recorded ${at(head.recordedAt)}` : "there is no entry yet",
      );
      console.log(
        clock.problem?.code === "ledger.recorded-ahead" && head
          ? `A wrong clock recorded it. To answer it: npm run clock:correct -- --last ${head.entry}`
          : (WORDS.get(clock.problem?.code ?? "ledger.clock-fits") ?? ""),
      );
    } else {
      const done = await correctClock(services, last);
      if (!done.ok) stop(WORDS.get(done.problem.code) ?? JSON.stringify(done.problem));
      const { entry, again } = done.value;
      console.log(
        again
          ? `Entry ${entry} says so already.`
          : `Entry ${entry} says that the clock was wrong up to entry ${last}. Gifts and acts are recorded again.`,
      );
    }
  } finally {
    await composed.stop();
  }
} finally {
  await db.close();
}
