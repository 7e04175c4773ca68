import { describeProblem, type Environment, readEnvironment } from "#app/adapters/environment.ts";
import { answersLate } from "#db/answers.ts";
import type { Database } from "#db/client.ts";
import { openPostgres } from "#db/postgres.ts";
import { FolderNotWritable, writableFolder } from "#db/embedded-folder.ts";
import { DirectoryInUse, lockDirectory } from "#db/embedded-lock.ts";
import { APP_ROLE } from "#db/rights.ts";
import { hearingProblem, ownerProblem, roleProblem, standingProblem } from "#db/standing.ts";

import { ownerText, refusalText, standingText } from "./standing-words.ts";

/** As whom a process works: the tables' owner migrates, loads the plan and gives the first roles; the rest is the application. */
export type WorkingAs = "application" | "owner";

/** The environment of this process; with a readable message on standard error and exit code 1 when it is wrong. */
export function configuredEnvironment(): Environment {
  const read = readEnvironment(process.env);
  if (!read.ok) stop(describeProblem(read.problem));
  return read.value;
}

/**
 * The database that the environment names: PostgreSQL, else the embedded one, locked against a second process. A live
 * book is opened by the application only with its restricted role in force, by a login that cannot put it off; any book on
 * PostgreSQL only where connections hear one another.
 */
export async function openConfigured(
  environment: Environment = configuredEnvironment(),
  as: WorkingAs = "application",
): Promise<Database> {
  const { DATABASE_URL, DATABASE_OWNER_URL } = environment;
  const url = as === "owner" ? (DATABASE_OWNER_URL ?? DATABASE_URL) : DATABASE_URL;
  if (url === undefined) return openLocked(environment.EMBEDDED_DIRECTORY);
  return as === "owner" ? openAsOwner(url, environment) : openAsApplication(url, environment);
}

async function openAsOwner(url: string, environment: Environment): Promise<Database> {
  const db = openPostgres(url, { max: environment.DATABASE_CONNECTIONS, unhurried: true });
  const problem = await asked(db, () => ownerProblem(db));
  if (problem) await stopOver(db, ownerText(problem));
  return db;
}

async function openAsApplication(url: string, environment: Environment): Promise<Database> {
  const max = environment.DATABASE_CONNECTIONS;
  const whole = openPostgres(url, { max });
  const role = environment.DATABASE_ROLE ?? (await appRole(whole));
  // A login that may not take the role on would be refused by the server; why is told better by us.
  const db = role === undefined ? whole : openPostgres(url, { max, role });
  if (db !== whole) await whole.close();
  const problem = await asked(db, async () => {
    const standing = environment.live
      ? await standingProblem(db, environment.DATABASE_ROLE)
      : role && (await roleProblem(db, role));
    return standing || hearingProblem(db);
  });
  if (problem) await stopOver(db, standingText(problem));
  return db;
}

/** The application's role, where it is there and this login may take it on; undefined also where the login is that role. */
async function appRole(db: Database): Promise<string | undefined> {
  const rows = await asked(db, () =>
    db.rows(
      `select 1 from pg_roles where rolname = $1 and rolname <> current_user
          and pg_has_role(current_user, oid, 'member')`,
      [APP_ROLE],
    ),
  );
  return rows.length > 0 ? APP_ROLE : undefined;
}

/** How long a start waits for a server that is too busy to answer, milliseconds; one that refuses is told at once. */
const START_MOST = 30_000;

/** What the database answers; it is closed, and the process ended with a message, when it does not. */
async function asked<Value>(db: Database, ask: () => Promise<Value>): Promise<Value> {
  const until = performance.now() + START_MOST;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (answersLate(error) && performance.now() < until) continue;
      return stopOver(db, refusalText(error));
    }
  }
}

async function stopOver(db: Database, message: string): Promise<never> {
  await db.close();
  return stop(message);
}

async function openLocked(directory: string): Promise<Database> {
  try {
    await writableFolder(directory);
    const lock = await lockDirectory(directory);
    // A server over PostgreSQL starts without loading what it never needs.
    const { openEmbedded } = await import("#db/embedded.ts");
    const db = await openEmbedded({ directory });
    return {
      ...db,
      async close() {
        await db.close();
        await lock.release();
      },
    };
  } catch (error) {
    if (error instanceof FolderNotWritable || error instanceof DirectoryInUse) stop(error.message);
    throw error;
  }
}

/** End with a message for whoever started the process. */
export function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
