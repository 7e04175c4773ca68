import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";

import type { Db } from "./client.ts";
import { repairGrants, TAKE_TURNS } from "./grants.ts";

const FOLDER = new URL("./migrations/", import.meta.url);

/**
 * Bring the tables up to date: every `.sql` file of `db/migrations` once, in name order, each in its own transaction.
 * Answers the names applied now; where there were some, the application's role is given its rights (`rights.ts`). Two
 * processes at once take turns. What was applied is kept as the digest of its file.
 */
export async function migrate(db: Db): Promise<string[]> {
  await db.begin(async (tx) => {
    // "If not exists" alone fails where two make it at the same moment.
    await tx.rows(TAKE_TURNS);
    await tx.script(
      `create table if not exists migration (name text primary key, applied_at timestamptz not null default now());
       alter table migration add column if not exists digest text`,
    );
  });
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).sort();
  const applied: string[] = [];
  for (const name of names) {
    const text = await readFile(new URL(name, FOLDER), "utf8");
    const digest = hash("sha256", text, "hex");
    const done = await db.begin(async (tx) => {
      await tx.rows(TAKE_TURNS);
      // Those of the time before digests were kept get theirs now.
      const before = await tx.rows(
        `update migration set digest = coalesce(digest, $2) where name = $1 returning 1`,
        [name, digest],
      );
      if (before.length > 0) return false;
      await tx.script(text);
      await tx.rows(`insert into migration (name, digest) values ($1, $2)`, [name, digest]);
      return true;
    });
    if (done) applied.push(name);
  }
  if (applied.length > 0) await repairGrants(db);
  return applied;
}

/** Names of migrations that this code has and the database has not. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).sort();
  const known = await db.rows<{ found: string | null }>(
    `select to_regclass('public.migration')::text as found`,
  );
  if (!known[0]?.found) return names;
  const rows = await db.rows<{ name: string }>(`select name from migration`);
  const done = new Set(rows.map((row) => row.name));
  return names.filter((name) => !done.has(name));
}
