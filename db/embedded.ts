import { PGlite, types as pgliteTypes } from "@electric-sql/pglite";

import type { Database, Db } from "./client.ts";

/** Open embedded PGlite in `directory`, or in memory when none is given, or from a dumped data folder. */
export async function openEmbedded(
  options: { directory?: string; dump?: Blob } = {},
): Promise<Database> {
  const pglite = await PGlite.create({
    ...(options.directory ? { dataDir: options.directory } : {}),
    ...(options.dump ? { loadDataDir: options.dump } : {}),
    parsers: PGLITE_PARSERS,
  });
  return pgliteDatabase(pglite);
}

/** A `Database` over a PGlite that is already open. */
export function pgliteDatabase(pglite: PGlite): Database {
  const db = pgliteDb(pglite);
  const database: Database = {
    ...db,
    begin: (work) => pglite.transaction((tx) => work(pgliteDb(tx))),
    listen: (channel, heard) => pglite.listen(channel, heard),
    session: async () => ({ rows: db.rows, release: async () => undefined }),
    unhurried: (work) => work(database),
    close: () => pglite.close(),
  };
  return database;
}

interface PgliteLike {
  query<Row>(text: string, params?: unknown[]): Promise<{ rows: Row[] }>;
  exec(text: string): Promise<unknown>;
}

function pgliteDb(client: PgliteLike): Db {
  const db: Db = {
    async orm() {
      const { drizzle } = await import("drizzle-orm/pglite");
      // Drizzle asks only for `query` and `exec`, which a transaction of PGlite has too.
      return drizzle({ client: client as PGlite, casing: "snake_case" });
    },
    embedded: true,
    async rows<Row>(text: string, params: readonly unknown[] = []) {
      const { rows } = await client.query<Row>(text, [...params]);
      await letOthersIn();
      return rows;
    },
    script: async (text) => void (await client.exec(text)),
    async begin(work) {
      const name = savepointName();
      await client.exec(`savepoint ${name}`);
      try {
        const value = await work(db);
        await client.exec(`release savepoint ${name}`);
        return value;
      } catch (error) {
        await client.exec(`rollback to savepoint ${name}`);
        throw error;
      }
    },
    listen: () => Promise.reject(new Error("listen outside a transaction")),
    close: async () => undefined,
  };
  return db;
}

/** Longest work in this process before whatever else waits in it has its turn, milliseconds. */
const TURN = 20;
let turnBegan = 0;
let nextTurn: Promise<void> | undefined;

/**
 * PGlite answers in the process itself and without waiting for anything outside, so a long row of queries would keep the
 * process from its timers and its network until the last of them.
 */
function letOthersIn(): Promise<void> | undefined {
  if (performance.now() - turnBegan < TURN) return undefined;
  nextTurn ??= new Promise((go) => {
    setImmediate(() => {
      turnBegan = performance.now();
      nextTurn = undefined;
      go();
    });
  });
  return nextTurn;
}

let savepoints = 0;
function savepointName(): string {
  savepoints += 1;
  return `s${savepoints}`;
}

const asText = (value: string) => value;

const PGLITE_PARSERS = {
  [pgliteTypes.INT8]: (value: string) => BigInt(value),
  [pgliteTypes.DATE]: asText,
  [pgliteTypes.TIMESTAMP]: asText,
  [pgliteTypes.TIMESTAMPTZ]: asText,
};
