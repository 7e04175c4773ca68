import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { totalmem, tmpdir } from "node:os";
import { join } from "node:path";

import postgres from "postgres";

import { findPostgresProgram, findProgram, mustRun, run } from "./programs.ts";

/** A PostgreSQL for one run of the bench. */
export interface Server {
  /** In words: where it came from, its version. */
  readonly about: string;
  /** Make an empty database; answers its address. Dropped by `close`. */
  createDatabase(name: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * PostgreSQL at `BENCH_DATABASE_URL` or `TEST_DATABASE_URL`, else one of our own in a temporary folder with default
 * durability; undefined when there is neither.
 */
export async function openServer(port: number): Promise<Server | undefined> {
  const given = process.env.BENCH_DATABASE_URL ?? process.env.TEST_DATABASE_URL;
  if (given) return serverAt(given, async () => undefined, "given by the environment");
  return startPrivate(port);
}

async function serverAt(
  adminUrl: string,
  stop: () => Promise<void>,
  origin: string,
): Promise<Server> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  const [row] = await admin<{ version: string; fsync: string; commit: string }[]>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commit`;
  const made: string[] = [];
  return {
    about: `PostgreSQL ${row?.version}, ${origin}, fsync=${row?.fsync} synchronous_commit=${row?.commit}`,
    async createDatabase(name) {
      const full = `ketnghia_bench_${process.pid}_${name}`;
      await admin.unsafe(`create database ${full}`);
      made.push(full);
      const url = new URL(adminUrl);
      url.pathname = `/${full}`;
      return url.href;
    },
    async close() {
      for (const name of made) await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end({ timeout: 5 });
      await stop();
    },
  };
}

async function startPrivate(port: number): Promise<Server | undefined> {
  const initdb = await findPostgresProgram("initdb");
  const pgCtl = await findPostgresProgram("pg_ctl");
  if (!initdb || !pgCtl) return undefined;
  const asOwner = await ownerCommand();
  if (!asOwner) return undefined;

  const folder = await mkdtemp(join(tmpdir(), "ketnghia-bench-pg-"));
  await asOwner.take(folder);
  const data = join(folder, "data");
  const owned = (program: string, args: string[]) =>
    mustRun(
      asOwner.command[0] ?? program,
      [...asOwner.command.slice(1), ...(asOwner.command.length ? [program] : []), ...args],
      { cwd: folder },
    );
  await owned(initdb, ["-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"]);
  await writeFile(join(data, "postgresql.conf"), settings(port, folder));
  await owned(pgCtl, ["-D", data, "-l", join(folder, "log"), "-w", "-t", "60", "start"]);
  const stop = async () => {
    await run(
      asOwner.command[0] ?? pgCtl,
      [
        ...asOwner.command.slice(1),
        ...(asOwner.command.length ? [pgCtl] : []),
        "-D",
        data,
        "-m",
        "immediate",
        "-w",
        "stop",
      ],
      { cwd: folder },
    );
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return await serverAt(
      `postgres://bench@127.0.0.1:${port}/postgres`,
      stop,
      "private to this run",
    );
  } catch (error) {
    await stop();
    throw error;
  }
}

/** PostgreSQL refuses to run as root: then it runs as the system's `postgres`, in a folder of its own. */
async function ownerCommand(): Promise<
  { command: string[]; take(folder: string): Promise<void> } | undefined
> {
  if (process.getuid?.() !== 0) return { command: [], take: async () => undefined };
  const id = await run("id", ["-u", "postgres"]);
  const setpriv = await findProgram("setpriv");
  const runuser = await findProgram("runuser");
  if (id.code !== 0 || (!setpriv && !runuser)) return undefined;
  const uid = Number(id.out);
  const gid = Number(await mustRun("id", ["-g", "postgres"]));
  return {
    command: setpriv
      ? [setpriv, `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"]
      : [runuser!, "-u", "postgres", "--"],
    take: (folder) => chown(folder, uid, gid),
  };
}

/** Default durability; memory as a machine of this size would be set up; no just-in-time compilation of tiny queries. */
function settings(port: number, folder: string): string {
  const sharedMb = Math.min(2048, Math.floor(totalmem() / 4 / 2 ** 20));
  return [
    `listen_addresses = '127.0.0.1'`,
    `port = ${port}`,
    `unix_socket_directories = '${folder}'`,
    `max_connections = 100`,
    `shared_buffers = ${sharedMb}MB`,
    `max_wal_size = 4GB`,
    `jit = off`,
    `fsync = on`,
    `synchronous_commit = on`,
    `full_page_writes = on`,
    `wal_level = replica`,
    "",
  ].join("\n");
}
