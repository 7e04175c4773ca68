import { hash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";

import { PGlite } from "@electric-sql/pglite";
import pg from "pg";

import type { Database } from "#db/client.ts";
import { openEmbedded, pgliteDatabase } from "#db/embedded.ts";
import { openPostgres } from "#db/postgres.ts";
import { migrate } from "#db/migrate.ts";

/** A database of its own for one test file, migrated and empty. */
export interface TestDatabase {
  readonly db: Database;
  readonly kind: "embedded" | "postgres";
  /** Its address, on a PostgreSQL server. */
  readonly url?: string;
  close(): Promise<void>;
}

/** PostgreSQL server for tests: databases are made in it and dropped. Absent: tests run on embedded PGlite alone. */
export const TEST_SERVER = process.env["TEST_DATABASE_URL"] || undefined;

/** What a test that must hold on both runs on here: `describe.each(databaseKinds())`. */
export function databaseKinds(): ("embedded" | "postgres")[] {
  return TEST_SERVER ? ["embedded", "postgres"] : ["embedded"];
}

/** An empty migrated database; on PostgreSQL when a server is given and `kind` does not say otherwise. */
export function testDatabase(
  kind: "embedded" | "postgres" = TEST_SERVER ? "postgres" : "embedded",
): Promise<TestDatabase> {
  return kind === "embedded" ? embedded() : onServer();
}

async function embedded(): Promise<TestDatabase> {
  const dump = new Blob([await migratedDump()]);
  const db = await openEmbedded({ dump });
  return { db, kind: "embedded", close: () => db.close() };
}

async function onServer(): Promise<TestDatabase> {
  if (!TEST_SERVER) throw new Error("TEST_DATABASE_URL is not set");
  const { url, drop } = await freshDatabase(TEST_SERVER);
  const db = openPostgres(url, { max: 8 });
  await db.unhurried(migrate);
  return {
    db,
    kind: "postgres",
    url,
    async close() {
      await db.close();
      await drop();
    },
  };
}

/** Make a database on a server, empty or as a copy; `drop` removes it with whatever is still connected. */
export async function freshDatabase(
  server: string,
  options: { template?: string } = {},
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `ketnghia_test_${process.pid}_${crypto.randomUUID().slice(0, 8)}`;
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await admin(`create database ${name}${options.template ? ` template ${options.template}` : ""}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => admin(`drop database if exists ${name} with (force)`),
  };
}

const CACHE = new URL("../../node_modules/.cache/ketnghia/", import.meta.url);
const ROOT = new URL("../../", import.meta.url);

/**
 * A migrated PGlite data folder as bytes: starting PGlite and migrating takes seconds, loading this half of one. It is
 * kept under a name that changes with the migrations, so it is made once, whichever of several processes comes first.
 */
async function migratedDump(): Promise<Uint8Array<ArrayBuffer>> {
  const file = new URL(`migrated-${await versionOfTables()}.tar`, CACHE);
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
  }
  const pglite = await PGlite.create();
  try {
    await migrate(pgliteDatabase(pglite));
    const bytes = new Uint8Array(await (await pglite.dumpDataDir("none")).arrayBuffer());
    await mkdir(CACHE, { recursive: true });
    const aside = new URL(`${file.href}.${process.pid}.${crypto.randomUUID()}`);
    await writeFile(aside, bytes);
    await rename(aside, file);
    await removeOld(file);
    return bytes;
  } finally {
    await pglite.close();
  }
}

/** What makes the tables, and where the rights on them come from. */
const MAKERS = ["db/migrate.ts", "db/rights.ts", "db/grants.ts"].map((name) => new URL(name, ROOT));

async function versionOfTables(): Promise<string> {
  const folder = new URL("db/migrations/", ROOT);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  const files = [...names.map((name) => new URL(name, folder)), ...MAKERS];
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const driver = await readFile(
    new URL("node_modules/@electric-sql/pglite/package.json", ROOT),
    "utf8",
  );
  const { version } = JSON.parse(driver) as { version: string };
  return hash("sha256", JSON.stringify([version, names, texts]), "hex").slice(0, 16);
}

async function removeOld(file: URL): Promise<void> {
  for (const name of await readdir(CACHE)) {
    if (/^migrated-[0-9a-f]{16}\.tar$/.test(name) && !file.href.endsWith(name)) {
      await rm(new URL(name, CACHE), { force: true });
    }
  }
}
