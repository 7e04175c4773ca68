import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = new URL("../", import.meta.url);

/** The parts that making a migration reads, copied, so that what a test changes in them is nobody's. */
let house: URL;
beforeEach(async () => {
  house = pathToFileURL(`${await mkdtemp(join(tmpdir(), "ketnghia-generate-"))}/`);
  for (const path of [
    "db/schema/",
    "db/migrations/",
    "app/domain/",
    "bin/schema-snapshot.ts",
    "bin/generate-migration.ts",
    "drizzle.config.ts",
    "package.json",
  ]) {
    await cp(new URL(path, ROOT), new URL(path, house), { recursive: true });
  }
  await symlink(new URL("node_modules", ROOT), new URL("node_modules", house));
});
afterEach(() => rm(house, { recursive: true, force: true }));

function generate(...asked: string[]) {
  const { status, stdout, stderr } = spawnSync(execPath, ["bin/generate-migration.ts", ...asked], {
    cwd: fileURLToPath(house),
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

/** Files of the folder of migrations with their texts. */
async function migrations(): Promise<Map<string, string>> {
  const folder = new URL("db/migrations/", house);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.includes("."));
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(new URL(name, folder), "utf8")] as const),
    ),
  );
}

async function change(path: string, from: string, to: string): Promise<void> {
  const file = new URL(path, house);
  const text = await readFile(file, "utf8");
  expect(text.split(from)).toHaveLength(2);
  await writeFile(file, text.replace(from, to));
}

test("where nothing changed nothing is written", async () => {
  const before = await migrations();
  const { status, said } = generate("--name", "nothing");
  expect(said).toContain("No schema changes");
  expect(status).toBe(0);
  expect(await migrations()).toEqual(before);
});

test("a column more is that column's migration, the last of all, and then nothing is left", async () => {
  const before = await migrations();
  await change("db/schema/health.ts", "knownSince: bigint", "note: text(),\n  knownSince: bigint");
  expect(generate("--name", "note_of_job").status).toBe(0);
  const after = await migrations();
  const sql = [...after.keys()].filter((name) => name.endsWith(".sql")).toSorted();
  const more = sql.filter((name) => !before.has(name));
  expect(more).toHaveLength(1);
  expect(sql.at(-1)).toBe(more[0]);
  expect(more[0]).toMatch(/^\d{4}_note_of_job\.sql$/);
  expect(after.get(more[0]!)).toBe(`ALTER TABLE "job" ADD COLUMN "note" text;`);
  expect(generate("--name", "again").said).toContain("No schema changes");
  expect(await migrations()).toEqual(after);
});

test("a file written by hand is counted: the next one comes after it", async () => {
  await writeFile(new URL("db/migrations/0900_by_hand.sql", house), "select 1;");
  await change("db/schema/health.ts", "knownSince: bigint", "note: text(),\n  knownSince: bigint");
  expect(generate("--name", "note_of_job").status).toBe(0);
  expect([...(await migrations()).keys()]).toContain("0901_note_of_job.sql");
});

test("what was done by hand is noted without a further file", async () => {
  const before = await migrations();
  await change("db/schema/health.ts", "knownSince: bigint", "note: text(),\n  knownSince: bigint");
  expect(generate("--keep").status).toBe(0);
  const sql = (names: Iterable<string>) => [...names].filter((name) => name.endsWith(".sql"));
  expect(sql((await migrations()).keys())).toEqual(sql(before.keys()));
  expect(generate("--name", "again").said).toContain("No schema changes");
});

// The kit itself ends with 0 (docs/stack.md, drizzle-kit).
test("a question that nobody answers ends with 1 and writes nothing", async () => {
  const before = await migrations();
  await change("db/schema/health.ts", "knownSince: bigint", "knownFrom: bigint");
  const { status } = generate("--name", "renamed");
  expect(status).toBe(1);
  expect(await migrations()).toEqual(before);
});
