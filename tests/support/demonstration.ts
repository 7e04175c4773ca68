import { spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import pg from "pg";

import { inject } from "vitest";

import { freshDatabase, TEST_SERVER } from "./database.ts";
import { sourceFiles, textOf } from "./source-tree.ts";

/** A copy of the demonstration for one test file: the environment that a process needs to work on it. */
export interface Demonstration {
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** A copy of the whole demonstration, which may be changed at will. `prepareDemonstration` must have run. */
export async function demonstration(): Promise<Demonstration> {
  const version = inject("replay");
  const folder = await mkdtemp(join(tmpdir(), "ketnghia-demo-"));
  // Heads of its own: two copies that go on by themselves are two stories of one book.
  const heads = join(folder, "heads");
  await cp(headsOf(version), heads, { recursive: true });
  const remove = () => rm(folder, { recursive: true, force: true });
  if (TEST_SERVER) {
    const { url, drop } = await freshDatabase(TEST_SERVER, { template: templateOf(version) });
    return {
      environment: { DATABASE_URL: url, HEADS_DIRECTORY: heads },
      remove: async () => {
        await drop();
        await remove();
      },
    };
  }
  await cp(folderOf(version), join(folder, "data"), { recursive: true });
  return {
    environment: {
      DATABASE_URL: "",
      EMBEDDED_DIRECTORY: join(folder, "data"),
      HEADS_DIRECTORY: heads,
    },
    remove,
  };
}

/**
 * Replay the plan once, as `npm run db:seed` does, unless this version of the code already did. Called before the
 * integration and browser tests; every test file then works on a copy. Answers its version.
 */
export async function prepareDemonstration(): Promise<string> {
  const version = versionOfReplay();
  const heads = headsOf(version);
  if (TEST_SERVER) await prepareTemplate(TEST_SERVER, templateOf(version), heads);
  else await prepareFolder(folderOf(version), heads);
  return version;
}

declare module "vitest" {
  export interface ProvidedContext {
    /** Version of the prepared replay: what the tests of this run copy. */
    replay: string;
  }
}

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/ketnghia/", import.meta.url));

/** Changes with everything the replay is made of. */
function versionOfReplay(): string {
  const parts = sourceFiles()
    .filter((path) => /^(db|app\/domain|app\/adapters)\/|^bin\/(seed|migrate|replay)/.test(path))
    .filter((path) => !path.endsWith(".test.ts"))
    .toSorted()
    .map((path) => `${path}\n${textOf(path)}`);
  return hash("sha256", parts.join("\n"), "hex").slice(0, 16);
}

function folderOf(version: string): string {
  return join(CACHE, `demo-${version}`);
}

/** Heads of the prepared demonstration; that on the server is another book than that in a folder. */
function headsOf(version: string): string {
  return join(CACHE, `demo-heads-${TEST_SERVER ? "server" : "folder"}-${version}`);
}

function templateOf(version: string): string {
  return `ketnghia_demo_${version}`;
}

async function prepareFolder(folder: string, heads: string): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(CACHE, { recursive: true });
  const aside = `${folder}.${process.pid}`;
  await run("migrate", { DATABASE_URL: "", EMBEDDED_DIRECTORY: aside });
  await run("seed", {
    DATABASE_URL: "",
    EMBEDDED_DIRECTORY: aside,
    HEADS_DIRECTORY: `${aside}.heads`,
  });
  await rm(`${aside}.lock`, { force: true });
  for (const old of await readdir(CACHE)) {
    if (/^demo-(heads-folder-)?[0-9a-f]{16}$/.test(old))
      await rm(join(CACHE, old), { recursive: true, force: true });
  }
  await rename(`${aside}.heads`, heads);
  await rename(aside, folder);
}

async function prepareTemplate(server: string, name: string, heads: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    const found = await admin.query(`select 1 from pg_database where datname = $1`, [name]);
    if (found.rows.length > 0 && existsSync(heads)) return;
    await admin.query(`drop database if exists ${name}`);
    await rm(heads, { recursive: true, force: true });
    const making = await freshDatabase(server);
    await run("migrate", { DATABASE_URL: making.url });
    await run("seed", { DATABASE_URL: making.url, HEADS_DIRECTORY: heads });
    const made = new URL(making.url).pathname.slice(1);
    await admin.query(`alter database ${made} rename to ${name}`);
  } finally {
    await admin.end();
  }
}

async function run(name: "migrate" | "seed", environment: Record<string, string>): Promise<void> {
  const file = fileURLToPath(new URL(`../../bin/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, NODE_ENV: "production", DEMO: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  child.stderr.on("data", (part) => (said += part));
  const [code] = (await once(child, "exit")) as [number | null];
  if (code === 0) return;
  const log = join(tmpdir(), `ketnghia-${name}-${process.pid}.log`);
  await writeFile(log, said);
  throw new Error(`bin/${name}.ts ended with ${code}; ${log} says:\n${said.slice(-2000)}`);
}
