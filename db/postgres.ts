/**
 * PostgreSQL by node-postgres.
 *
 * Not by postgres.js: when its connection is lost inside a transaction, 3.4.9 kills the process, or sends what is left
 * of that transaction into another one (porsager/postgres#1208, #1216; `db/postgres.test.ts` holds what we need instead).
 */
import { setTimeout as pause } from "node:timers/promises";

import pg from "pg";

import { inTheWay, refusedToReader } from "./answers.ts";
import type { Database, Db, Orm } from "./client.ts";
import { type Ask, type Connections, openConnections } from "./connections.ts";
import { openSession } from "./held-session.ts";
import { connectionOptions, LIMITS, readersOf, type Use } from "./limits.ts";
import { openListening } from "./listening.ts";
import { onlyReads, run } from "./statements.ts";

const LISTEN_AGAIN = 1_000;

/** How PostgreSQL is reached. */
export interface PostgresOptions {
  /** Connections of both pools together, two at least: half read, half write. */
  readonly max?: number;
  /** Taken on by every connection: the application's role, not the owner's. */
  readonly role?: string;
  /** For work that nobody waits for (migrations, the seed): one pool, and statements take as long as they take. */
  readonly unhurried?: boolean;
}

/** Connect to PostgreSQL, with the limits of `limits.ts` on every connection. */
export function openPostgres(url: string, options: PostgresOptions = {}): Database {
  const config = (use: Use): pg.ClientConfig => ({
    ...settingsOf(url, options.role, use),
    keepAlive: true,
    keepAliveInitialDelayMillis: LIMITS.keepAliveAfter,
    types: TYPES,
  });
  const max = options.max ?? 10;
  const pools = options.unhurried
    ? onePool(unhurriedPool(config("unhurried"), max))
    : twoPools(config, max);
  const { writing } = pools;
  return {
    ...pools.statements,
    embedded: false,
    begin: (work) => transaction(writing, work),
    async listen(channel, heard, lost) {
      if (!lost) return listenOn(config("hearing"), channel, heard);
      const { stop } = await openListening(config("hearing"), channel, heard, lost);
      return stop;
    },
    session: (lost) => openSession(config("session"), lost),
    async unhurried(work) {
      const own = unhurriedPool(config("unhurried"), 1);
      try {
        return await work(plainDb(own));
      } finally {
        await own.close();
      }
    },
    close: () => pools.close(),
  };
}

/** The address, with the settings it asks for and ours; the role comes last. */
function settingsOf(url: string, role: string | undefined, use: Use): pg.ClientConfig {
  const address = new URL(url);
  const asked = address.searchParams.get("options");
  address.searchParams.delete("options");
  // What the address asks for goes before ours: whoever runs the server may have reasons for another limit.
  const options = connectionOptions(use, asked, role && `-c role=${role}`);
  return { connectionString: address.href, options };
}

type Statements = Pick<Db, "orm" | "rows" | "script">;

interface Pools {
  readonly statements: Statements;
  readonly writing: Connections;
  close(): Promise<void>;
}

function unhurriedPool(config: pg.ClientConfig, max: number): Connections {
  const most = Number.POSITIVE_INFINITY;
  const limits = { queue: 30_000, answer: most, transaction: most };
  return openConnections(config, max, limits, async () => false);
}

function onePool(pool: Connections): Pools {
  return { statements: statementsOn(pool), writing: pool, close: () => pool.close() };
}

/** Statements that only read have connections of their own, which a write that waits can never take. */
function twoPools(config: (use: Use) => pg.ClientConfig, max: number): Pools {
  const readers = readersOf(max);
  const reading = openConnections(
    config("reading"),
    readers,
    { ...LIMITS, queue: LIMITS.readersQueue },
    async () => false,
  );
  const writing = openConnections(
    config("writing"),
    Math.max(1, max - readers),
    { ...LIMITS, queue: LIMITS.writersQueue },
    async (pid) => {
      // What a backend waits for is hidden from the site's role, which is not the login; its locks are not. Statements were
      // ended before the answer was given up, so one that has written and still holds its transaction is committing.
      const text = `select 1 from pg_locks
        where pid = $1::integer and locktype = 'transactionid' and mode = 'ExclusiveLock' and granted`;
      return (await run({ query: reading.ask }, text, [pid])).length > 0;
    },
  );
  return {
    statements: statementsOn(writing, reading),
    writing,
    close: async () => void (await Promise.all([reading.close(), writing.close()])),
  };
}

function statementsOn(writing: Connections, reading: Connections = writing): Statements {
  /** Texts that look like a read and call something that writes: found out once each. */
  const writers = new Set<string>();
  const ask: Ask = async (config) => {
    const text = typeof config === "string" ? config : config.text;
    if (reading === writing || writers.has(text) || !onlyReads(text)) return writing.ask(config);
    try {
      return await reading.ask(config);
    } catch (error) {
      if (!refusedToReader(error)) throw error;
      writers.add(text);
      return writing.ask(config);
    }
  };
  const orm = new OrmPool(ask, writing);
  return {
    orm: () => ormOver(orm),
    rows: (text, params) => run({ query: ask }, text, params),
    script: async (text) => void (await writing.ask(text)),
  };
}

/** Drizzle takes what is called a pool for one: it asks it statement by statement, and connects for a transaction. */
class OrmPool {
  readonly #ask: Ask;
  readonly #writing: Connections;
  constructor(ask: Ask, writing: Connections) {
    this.#ask = ask;
    this.#writing = writing;
  }
  query(config: pg.QueryConfig, values: unknown[]): Promise<pg.QueryResult> {
    return this.#ask({ ...config, values });
  }
  async connect() {
    const borrowed = await this.#writing.borrow();
    return {
      query: (config: pg.QueryConfig, values: unknown[]) => borrowed.ask({ ...config, values }),
      release: () => borrowed.giveBack(),
    };
  }
}

/** Drizzle asks a client only for `query`, which a transaction has too. */
async function ormOver(client: unknown): Promise<Orm> {
  const { drizzle } = await import("drizzle-orm/node-postgres");
  return drizzle({ client: client as pg.Client, casing: "snake_case" });
}

/** Times a transaction is done again when it was in the way of another one (ledger.md 3.9). */
const TRIES_MOST = 5;

async function transaction<Value>(
  pool: Connections,
  work: (tx: Db) => Promise<Value>,
): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await pool.transaction((ask) => work(transactionDb(ask)));
    } catch (error) {
      if (tries === TRIES_MOST || !inTheWay(error)) throw error;
      await pause(Math.random() * 20 * tries);
    }
  }
}

/** A `Db` over one pool. */
function plainDb(pool: Connections): Db {
  return {
    ...statementsOn(pool),
    embedded: false,
    begin: (work) => transaction(pool, work),
    listen: () => Promise.reject(new Error("listen outside")),
    close: () => pool.close(),
  };
}

function transactionDb(ask: Ask): Db {
  const db: Db = {
    orm: () =>
      ormOver({
        query: (config: pg.QueryConfig, values: unknown[]) => ask({ ...config, values }),
      }),
    embedded: false,
    rows: (text, params) => run({ query: ask }, text, params),
    script: async (text) => void (await ask(text)),
    begin: (work) => savepoint(ask, () => work(db)),
    listen: () => Promise.reject(new Error("listen outside a transaction")),
    close: async () => undefined,
  };
  return db;
}

let savepoints = 0;

async function savepoint<Value>(ask: Ask, work: () => Promise<Value>): Promise<Value> {
  savepoints += 1;
  const name = `s${savepoints}`;
  await ask(`savepoint ${name}`);
  try {
    const value = await work();
    await ask(`release savepoint ${name}`);
    return value;
  } catch (error) {
    // When the connection is gone this fails too; what is told is why.
    await ask(`rollback to savepoint ${name}`).catch(() => undefined);
    throw error;
  }
}

/** Listen for whoever looks now and then anyway: a lost connection is taken up again without a word. */
async function listenOn(
  config: pg.ClientConfig,
  channel: string,
  heard: (payload: string) => void,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let listening = await openListening(config, channel, heard, lost);

  function lost(): void {
    void again();
  }

  async function again(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await pause(LISTEN_AGAIN, undefined, { signal: stopping.signal, ref: false });
        listening = await openListening(config, channel, heard, lost);
        if (stopping.signal.aborted) await listening.stop();
        return;
      } catch {
        // The server is not back yet.
      }
    }
  }

  return async () => {
    stopping.abort();
    await listening.stop();
  };
}

const asText = (value: string) => value;
const { INT8, DATE, TIMESTAMP, TIMESTAMPTZ } = pg.types.builtins;
const PARSERS = new Map<number, (value: string) => unknown>([
  [INT8, BigInt],
  [DATE, asText],
  [TIMESTAMP, asText],
  [TIMESTAMPTZ, asText],
]);

const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    (format !== "binary" && PARSERS.get(oid)) ||
    pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig["getTypeParser"],
};
