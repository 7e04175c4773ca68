import { setTimeout as pause } from "node:timers/promises";

import type { Database, Db } from "./client.ts";
import { VERSIONS_CHANNEL } from "./stores/ledger.ts";

/**
 * How a page cache learns that what pages show has changed.
 *
 *   store ── pg_notify(ketnghia_versions) in its transaction ──commit──> other servers hear it (`watchVersions`)
 *                                                                └────> this process knows at once (`tellingChanges`)
 *
 * Stores say it once, to the database; nobody has to remember to empty a cache.
 */

/** Who wants to know that pages are out of date. */
export interface VersionReader {
  /** Something that pages show has changed. */
  bump(): void;
  /** Changes cannot be heard from now on. */
  suspend(): void;
  /** Changes can be heard again; what happened meanwhile is not known. */
  resume(): void;
}

const FIRST_WAIT = 100;
const LONGEST_WAIT = 5_000;

/**
 * Tell `reader` of every change that any process commits. While the connection is lost the reader is suspended;
 * it is taken up again until that works. Answers how to stop.
 */
export async function watchVersions(
  db: Database,
  reader: VersionReader,
  trouble: (error: unknown) => void = () => undefined,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let unlisten: (() => Promise<void>) | undefined;

  async function listen(): Promise<void> {
    unlisten = await db.listen(VERSIONS_CHANNEL, () => reader.bump(), lost);
  }

  function lost(): void {
    if (stopping.signal.aborted) return;
    reader.suspend();
    unlisten = undefined;
    again().catch(trouble);
  }

  async function again(): Promise<void> {
    for (let wait = FIRST_WAIT; !stopping.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        await listen();
        reader.resume();
        return;
      } catch (error) {
        trouble(error);
        await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  await listen();
  return async () => {
    stopping.abort();
    await unlisten?.();
  };
}

/** `db`, but `changed` is called as soon as something that says so on the channel is committed here. */
export function tellingChanges(db: Database, changed: () => void): Database {
  const rowsTelling =
    (rows: Db["rows"]): Db["rows"] =>
    async (text, params) => {
      const answer = await rows(text, params);
      if (says(text, params)) changed();
      return answer as never;
    };
  return {
    ...db,
    rows: rowsTelling(db.rows),
    async begin(work) {
      let said = false;
      const value = await db.begin((tx) =>
        work(
          noting(tx, () => {
            said = true;
          }),
        ),
      );
      if (said) changed();
      return value;
    },
    async session(lost) {
      const session = await db.session(lost);
      return { ...session, rows: rowsTelling(session.rows) };
    },
  };
}

/** A transaction, or a savepoint in one, that notes what it says: nobody hears it before the commit. */
function noting(tx: Db, note: () => void): Db {
  return {
    ...tx,
    async rows(text, params) {
      const answer = await tx.rows(text, params);
      if (says(text, params)) note();
      return answer as never;
    },
    begin: (work) => tx.begin((inner) => work(noting(inner, note))),
  };
}

function says(text: string, params: readonly unknown[] = []): boolean {
  return (
    text.includes("pg_notify") &&
    (text.includes(VERSIONS_CHANNEL) || params.includes(VERSIONS_CHANNEL))
  );
}
