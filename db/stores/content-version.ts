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
