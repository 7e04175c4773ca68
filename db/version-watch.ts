import { setTimeout as pause } from "node:timers/promises";

import { readTopics, saysTopics, type Topic } from "#app/domain/published/topics.ts";

import type { Database, Db } from "./client.ts";
import { VERSIONS_CHANNEL } from "./stores/content-version.ts";

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
  /** What pages show has changed; undefined: it may be anything. */
  touch(topics?: readonly Topic[]): void;
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
    unlisten = await db.listen(
      VERSIONS_CHANNEL,
      (payload) => reader.touch(readTopics(payload)),
      lost,
    );
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

/** Hears what a commit of this process changed; undefined: it may be anything. */
export type Changed = (topics?: readonly Topic[]) => void;

/** `db`, but `changed` is called as soon as something that says so on the channel is committed here. */
export function tellingChanges(db: Database, changed: Changed): Database {
  const rowsTelling =
    (rows: Db["rows"]): Db["rows"] =>
    async (text, params) => {
      const answer = await rows(text, params);
      const said = whatIsSaid(text, params);
      if (said) changed(said.topics);
      return answer as never;
    };
  return {
    ...db,
    rows: rowsTelling(db.rows),
    async begin(work) {
      const said: Said[] = [];
      const value = await db.begin((tx) => {
        // Done again from the start when two transactions were in each other's way.
        said.length = 0;
        return work(noting(tx, (one) => void said.push(one)));
      });
      for (const { topics } of said) changed(topics);
      return value;
    },
    async session(lost) {
      const session = await db.session(lost);
      return { ...session, rows: rowsTelling(session.rows) };
    },
  };
}

interface Said {
  readonly topics: readonly Topic[] | undefined;
}

/** A transaction, or a savepoint in one, that notes what it says: nobody hears it before the commit. */
function noting(tx: Db, note: (said: Said) => void): Db {
  return {
    ...tx,
    async rows(text, params) {
      const answer = await tx.rows(text, params);
      const said = whatIsSaid(text, params);
      if (said) note(said);
      return answer as never;
    },
    begin: (work) => tx.begin((inner) => work(noting(inner, note))),
  };
}

function whatIsSaid(text: string, params: readonly unknown[] = []): Said | undefined {
  if (!text.includes("pg_notify")) return undefined;
  if (!text.includes(VERSIONS_CHANNEL) && !params.includes(VERSIONS_CHANNEL)) return undefined;
  const said = params.find(saysTopics);
  return { topics: said === undefined ? undefined : readTopics(said) };
}
