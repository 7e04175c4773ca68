/**
 * PostgreSQL by node-postgres.
 *
 * Not by postgres.js: when its connection is lost inside a transaction, 3.4.9 kills the process, or sends what is left
 * of that transaction into another one (porsager/postgres#1208, #1216; `db/postgres.test.ts` holds what we need instead).
 */
import { setTimeout as pause } from "node:timers/promises";

import pg from "pg";

import type { Database, Db, Orm, Session } from "./client.ts";
import { openListening } from "./listening.ts";

/** Longest wait for a connection, a new one or a free one of the pool, milliseconds. */
const CONNECT_MOST = 30_000;
const CLOSE_MOST = 5_000;
const LISTEN_AGAIN = 1_000;

/** Connect to PostgreSQL. `role` is taken on by every connection: the application's role, not the owner's. */
export function openPostgres(url: string, options: { max?: number; role?: string } = {}): Database {
  const config: pg.ClientConfig = {
    ...settingsOf(url, options.role),
    connectionTimeoutMillis: CONNECT_MOST,
    keepAlive: true,
    types: TYPES,
  };
  const pool = new pg.Pool({ ...config, max: options.max ?? 10, idleTimeoutMillis: 0 });
  // A connection that is lost says so here and to whoever is using it; the pool opens another one.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  pool.on("error", () => undefined);
  return {
    orm: () => ormOver(pool),
    embedded: false,
    rows: (text, params) => run(pool, text, params),
    script: async (text) => void (await pool.query(text)),
    begin: (work) => transaction(pool, work),
    async listen(channel, heard, lost) {
      if (!lost) return listenOn(url, channel, heard);
      const { stop } = await openListening(url, channel, heard, lost);
      return stop;
    },
    session: () => openSession(config),
    // What still runs after a while is cut off by the end of the process.
    close: () => Promise.race([pool.end(), pause(CLOSE_MOST, undefined, { ref: false })]),
  };
}

/** The address, with the settings it asks for and ours: no query here is worth compiling, and the role comes last. */
function settingsOf(url: string, role: string | undefined): pg.ClientConfig {
  const address = new URL(url);
  const asked = address.searchParams.get("options");
  address.searchParams.delete("options");
  const settings = [asked, "-c jit=off", role && `-c role=${role}`].filter(Boolean);
  return { connectionString: address.href, options: settings.join(" ") };
}

/** Whether an error says that the connection is gone (what ran then may have been committed), not that SQL was refused. */
export function connectionLost(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|57P0[1-5])/.test(error.code ?? "");
  return (
    error instanceof Error &&
    (("code" in error && /^E[A-Z]{3,}$/.test(String(error.code))) ||
      /^Connection terminated|connection error and is not queryable|^Client was closed|timeout exceeded when trying to connect|^timeout expired/.test(
        error.message,
      ))
  );
}

/** One connection that is nobody else's; it ends with `release`, and with it the locks it holds. Never taken up again. */
async function openSession(config: pg.ClientConfig): Promise<Session> {
  const client = new pg.Client(config);
  client.on("error", () => undefined);
  await client.connect();
  return {
    rows: (text, params) => run(client, text, params),
    release: () => client.end(),
  };
}

type Queryable = Pick<pg.Client, "query">;

/** Drizzle asks a client only for `query`, which a transaction has too. */
async function ormOver(client: Queryable): Promise<Orm> {
  const { drizzle } = await import("drizzle-orm/node-postgres");
  return drizzle({ client: client as pg.Client, casing: "snake_case" });
}

const names = new Map<string, string>();

/** Reads are asked for often, everything else without parameters once or by hand. */
const READS = /^\s*(select|with)\b/i;

/** A statement is prepared once a connection: its name is that of its text. */
async function run<Row>(
  client: Queryable,
  text: string,
  params: readonly unknown[] = [],
): Promise<Row[]> {
  if (params.length === 0 && !READS.test(text)) return (await client.query(text)).rows as Row[];
  let name = names.get(text);
  if (!name) {
    name = `k${names.size}`;
    names.set(text, name);
  }
  return (await client.query({ name, text, values: [...params] })).rows as Row[];
}

/** Times a transaction is done again when it was in the way of another one (ledger.md 3.9). */
const TRIES_MOST = 5;

async function transaction<Value>(pool: pg.Pool, work: (tx: Db) => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryTransaction(pool, work);
    } catch (error) {
      if (tries === TRIES_MOST || !inTheWay(error)) throw error;
      await pause(Math.random() * 20 * tries);
    }
  }
}

function inTheWay(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === "40001" || error.code === "40P01");
}

async function tryTransaction<Value>(
  pool: pg.Pool,
  work: (tx: Db) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect();
  let broken = false;
  let over = false;
  const mine = (...args: [never]) => {
    if (over) throw new Error("the transaction is over");
    return client.query(...args);
  };
  try {
    await client.query("begin");
    const value = await work(transactionDb({ query: mine }));
    over = true;
    const { command } = await client.query("commit");
    // After an error that `work` kept to itself, the server answers COMMIT by rolling back.
    if (command !== "COMMIT")
      throw new Error("rolled back: an error in the transaction was hidden");
    return value;
  } catch (error) {
    over = true;
    await client.query("rollback").catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

function transactionDb(client: Queryable): Db {
  const db: Db = {
    orm: () => ormOver(client),
    embedded: false,
    rows: (text, params) => run(client, text, params),
    script: async (text) => void (await client.query(text)),
    begin: (work) => savepoint(client, () => work(db)),
    listen: () => Promise.reject(new Error("listen outside a transaction")),
    close: async () => undefined,
  };
  return db;
}

let savepoints = 0;

async function savepoint<Value>(client: Queryable, work: () => Promise<Value>): Promise<Value> {
  savepoints += 1;
  const name = `s${savepoints}`;
  await client.query(`savepoint ${name}`);
  try {
    const value = await work();
    await client.query(`release savepoint ${name}`);
    return value;
  } catch (error) {
    // When the connection is gone this fails too; what is told is why.
    await client.query(`rollback to savepoint ${name}`).catch(() => undefined);
    throw error;
  }
}

/** Listen for whoever looks now and then anyway: a lost connection is taken up again without a word. */
async function listenOn(
  url: string,
  channel: string,
  heard: (payload: string) => void,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let listening = await openListening(url, channel, heard, lost);

  function lost(): void {
    void again();
  }

  async function again(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await pause(LISTEN_AGAIN, undefined, { signal: stopping.signal, ref: false });
        listening = await openListening(url, channel, heard, lost);
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
