import { EVERYTHING, type Topic, writeTopics } from "#app/domain/published/topics.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** The channel on which servers tell each other what of that which pages show has changed. */
export const VERSIONS_CHANNEL = "ketnghia_versions";

/** Say what changed, here and to other servers, when the transaction is committed; undefined: it may be anything. */
export async function sayChanged(db: Db, topics?: readonly Topic[]): Promise<void> {
  const text = topics === undefined ? EVERYTHING : writeTopics(topics);
  await db.rows(`select pg_notify($1, $2)`, [VERSIONS_CHANNEL, text]);
}

/** Say that something other than the ledger changed what pages show; `topics` when it is known how far that reaches. */
export async function contentChanged(
  db: Db,
  name: string,
  topics?: readonly Topic[],
): Promise<void> {
  await db.rows(
    `insert into content_version (name, version) values ($1, 1)
     on conflict (name) do update set version = content_version.version + 1, changed_at = now()`,
    [name],
  );
  await sayChanged(db, topics);
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

const LIVE_MARK = "live";

/** Say for good that these books are real: a site was started on them in production, or its plan or first roles were. */
export async function markLive(db: Db): Promise<void> {
  await db.rows(
    `insert into content_version (name, version) values ($1, 1) on conflict (name) do nothing`,
    [LIVE_MARK],
  );
}

/** Whether these books were ever real: nothing invented may be put into them any more. */
export async function wasLive(db: Db): Promise<boolean> {
  const { orm, t, op } = await building(db);
  return (await orm.$count(t.contentVersion, op.eq(t.contentVersion.name, LIVE_MARK))) > 0;
}
