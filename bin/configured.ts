import { describeProblem, type Environment, readEnvironment } from "#app/adapters/environment.ts";
import { type Database, openEmbedded, openPostgres } from "#db/client.ts";
import { type DirectoryInUse, lockDirectory } from "#db/embedded-lock.ts";

/** The role with no more rights than the site needs, made by the migrations. */
const APP_ROLE = "ketnghia_app";

/** As whom a process works: the tables' owner migrates and seeds, everything else is the application. */
export type WorkingAs = "application" | "owner";

/** The environment of this process; with a readable message on standard error and exit code 1 when it is wrong. */
export function configuredEnvironment(): Environment {
  const read = readEnvironment(process.env);
  if (!read.ok) stop(describeProblem(read.problem));
  return read.value;
}

/** The database that the environment names: PostgreSQL, else the embedded one, locked against a second process. */
export async function openConfigured(
  environment: Environment = configuredEnvironment(),
  as: WorkingAs = "application",
): Promise<Database> {
  const { DATABASE_URL: url } = environment;
  return url === undefined
    ? openLocked(environment.EMBEDDED_DIRECTORY)
    : openServer(url, environment, as);
}

async function openServer(url: string, environment: Environment, as: WorkingAs): Promise<Database> {
  const max = environment.DATABASE_CONNECTIONS;
  const limits = { max, unhurried: as === "owner" };
  const whole = openPostgres(url, limits);
  const role = as === "owner" ? undefined : (environment.DATABASE_ROLE ?? (await appRole(whole)));
  if (role === undefined) return whole;
  await whole.close();
  return openPostgres(url, { ...limits, role });
}

/** The application's role, where the migrations could make it and this user may take it on. */
async function appRole(db: Database): Promise<string | undefined> {
  try {
    const rows = await db.rows(
      `select 1 from pg_roles where rolname = $1 and rolname <> current_user
          and pg_has_role(current_user, oid, 'member')`,
      [APP_ROLE],
    );
    return rows.length > 0 ? APP_ROLE : undefined;
  } catch (error) {
    await db.close();
    stop(`The database does not answer: ${(error as Error).message}`);
  }
}

async function openLocked(directory: string): Promise<Database> {
  try {
    const lock = await lockDirectory(directory);
    const db = await openEmbedded({ directory });
    return {
      ...db,
      async close() {
        await db.close();
        await lock.release();
      },
    };
  } catch (error) {
    if (
      (error as { code?: string }).code === ("EMBEDDED_IN_USE" satisfies DirectoryInUse["code"])
    ) {
      stop((error as Error).message);
    }
    throw error;
  }
}

/** End with a message for whoever started the process. */
export function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
