import type { Db } from "../client.ts";
import { VERSIONS_CHANNEL } from "./ledger.ts";

/** Say that something other than the ledger changed what pages show, here and to other servers. */
export async function contentChanged(db: Db, name: string): Promise<void> {
  await db.rows(
    `insert into content_version (name, version) values ($1, 1)
     on conflict (name) do update set version = content_version.version + 1, changed_at = now()`,
    [name],
  );
  await db.rows(`select pg_notify($1, $2)`, [VERSIONS_CHANNEL, name]);
}

/** Name of the row by which pages know that they show the demonstration. */
export const DEMO_MARK = "demo";

/**
 * When the demonstration was replayed, by the clock of the machine that did it; undefined for real books. Its entries are
 * of the years 2022 to 2026 whatever that clock said.
 */
export async function demonstrationSince(db: Db): Promise<number | undefined> {
  const [row] = await db.rows<{ at: bigint }>(
    `select floor(extract(epoch from changed_at))::bigint as at from content_version where name = $1`,
    [DEMO_MARK],
  );
  return row && Number(row.at);
}

/** Whether the books hold the demonstration, whose people are invented. */
export async function isDemonstration(db: Db): Promise<boolean> {
  const rows = await db.rows(`select 1 from content_version where name = $1`, [DEMO_MARK]);
  return rows.length > 0;
}
