/**
 * What `db/schema` says, as drizzle-kit writes it down. The last such snapshot stands in `db/migrations/meta`, under the
 * number of the last migration: what the schema says beyond it is what the next migration has to do.
 */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";

import type { DrizzleSnapshotJSON } from "drizzle-kit/api";

const SCHEMA = new URL("../db/schema/", import.meta.url);
const MIGRATIONS = new URL("../db/migrations/", import.meta.url);
const META = new URL("meta/", MIGRATIONS);

/** A name's `NNNN_`: files that share a number stand in the order of their names. */
const NUMBER = /^(\d{4})_/;

/** The tables as the sources say them. */
export async function snapshotOfSchema(
  before: { prevId?: string } = {},
): Promise<DrizzleSnapshotJSON> {
  const { generateDrizzleJson } = await import("drizzle-kit/api");
  const names = (await readdir(SCHEMA)).toSorted();
  const rooms = await Promise.all(names.map((name) => import(new URL(name, SCHEMA).href)));
  const tables = Object.assign({}, ...rooms) as Record<string, unknown>;
  return generateDrizzleJson(tables, before.prevId, undefined, "snake_case");
}

/** The statements that make these tables in an empty database: what the sources say, and nothing written by hand. */
export async function statementsOfSchema(): Promise<string[]> {
  const { generateDrizzleJson, generateMigration } = await import("drizzle-kit/api");
  const nothing = generateDrizzleJson({}, undefined, undefined, "snake_case");
  return generateMigration(nothing, await snapshotOfSchema());
}

/** The snapshot that was kept last. */
export async function keptSnapshot(): Promise<DrizzleSnapshotJSON> {
  const last = (await snapshots(META)).at(-1);
  if (!last) throw new Error(`no snapshot in ${META.pathname}`);
  return JSON.parse(await readFile(new URL(last, META), "utf8")) as DrizzleSnapshotJSON;
}

/** Whether two snapshots say the same, whatever they are called. */
export function saysTheSame(one: DrizzleSnapshotJSON, other: DrizzleSnapshotJSON): boolean {
  return withoutNames(one) === withoutNames(other);
}

/** Write down what the schema says now, under the number of the last migration; older snapshots go. */
export async function keepSnapshot(): Promise<void> {
  const { number } = await numberOn();
  const file = `${number}_snapshot.json`;
  const before = await keptSnapshot();
  const said = saysTheSame(before, await snapshotOfSchema())
    ? before
    : await snapshotOfSchema({ prevId: before.id });
  await writeFile(new URL(file, META), `${JSON.stringify(sorted(said), null, 2)}\n`);
  for (const name of await snapshots(META)) if (name !== file) await rm(new URL(name, META));
}

/** Let the next generated file come after every one there is, also after those that were written by hand. */
export async function numberOn(): Promise<{ number: string }> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith(".sql")).toSorted();
  const tag = names.at(-1)?.replace(/\.sql$/, "") ?? "";
  const number = NUMBER.exec(tag)?.[1];
  if (!number) throw new Error(`no number in the name of ${tag}`);
  const file = new URL("_journal.json", META);
  const journal = JSON.parse(await readFile(file, "utf8")) as { entries: { tag: string }[] };
  if (journal.entries.at(-1)?.tag !== tag) {
    const entry = { idx: Number(number), version: "7", when: Date.now(), tag, breakpoints: false };
    await writeFile(file, `${JSON.stringify({ ...journal, entries: [entry] }, null, 2)}\n`);
  }
  return { number };
}

async function snapshots(meta: URL): Promise<string[]> {
  return (await readdir(meta)).filter((name) => name.endsWith("_snapshot.json")).toSorted();
}

function withoutNames({ id: _id, prevId: _prevId, ...said }: DrizzleSnapshotJSON): string {
  return JSON.stringify(sorted(said));
}

/** Keys in one order: the kit writes them in the order of files. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).map(([key, of]) => [key, sorted(of)] as const);
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
