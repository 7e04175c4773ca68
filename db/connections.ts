/**
 * A pool whose connections answer in time, and what becomes of those that do not.
 *
 * A commit waits for as long as its synchronous standby is silent, whatever the limits are, and holds its locks; it must
 * not be cut short, as what is then told to be done could still be lost with this server. So whoever asked is told in time
 * that it is not known yet, and the connection keeps its place in the pool until the commit ends: otherwise every try
 * would leave one more waiting backend behind, until the server has no connections left for anybody.
 */
import { setTimeout as pause } from "node:timers/promises";

import pg from "pg";

import { connectionLost, inTime, NotAnswered, TookTooLong } from "./answers.ts";
import { LIMITS } from "./limits.ts";

/** How often it is looked whether a commit still waits, milliseconds. */
const LOOK_EVERY = 2_000;

/** Time limits of one pool, milliseconds. */
export interface PoolLimits {
  /** For a free connection of the pool. */
  readonly queue: number;
  readonly answer: number;
  readonly transaction: number;
}

/** What may be asked in a transaction. */
export type Ask = (config: string | pg.QueryConfig) => Promise<pg.QueryResult>;

/** One connection, nobody else's until it is given back. */
interface Borrowed {
  /** Asked in `most` milliseconds, by the limits of the pool when it does not say. */
  ask(config: string | pg.QueryConfig, most?: number): Promise<pg.QueryResult>;
  giveBack(broken?: boolean): void;
}

/** A pool of connections of one use. */
export interface Connections {
  /** One statement on any of them. */
  ask: Ask;
  borrow(): Promise<Borrowed>;
  /** `work` on one of them, in a transaction; thrown errors roll it back. */
  transaction<Value>(work: (ask: Ask) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** Open a pool; `commitWaits` tells whether a backend waits for its standby, by its process id. */
export function openConnections(
  config: pg.ClientConfig,
  max: number,
  limits: PoolLimits,
  commitWaits: (pid: number) => Promise<boolean>,
): Connections {
  const pool = new pg.Pool({
    ...config,
    max,
    Client: clientThatConnectsIn(LIMITS.connect),
    connectionTimeoutMillis: limits.queue,
    idleTimeoutMillis: 0,
  });
  // A connection that is lost says so here and to whoever is using it; the pool opens another one.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  pool.on("error", () => undefined);
  const closing = new AbortController();

  /** Keep its place until the commit that waits in it has ended; anything else that is late is cut off. */
  async function leave(client: pg.PoolClient, answered: Promise<unknown>): Promise<void> {
    let over = false;
    const ended = answered
      .catch(() => undefined)
      .then(() => {
        over = true;
      });
    while (!over && !closing.signal.aborted) {
      const waits = await commitWaits(pidOf(client)).catch(() => false);
      if (!waits) break;
      await Promise.race([ended, sleep(LOOK_EVERY, closing.signal)]);
    }
    client.release(true);
  }

  async function borrow(): Promise<Borrowed> {
    const client = await pool.connect();
    let last: Promise<unknown> = Promise.resolve();
    let late = false;
    // What is asked between `begin` and its end commits nothing: late there, it is cut off and so undone.
    let undone = false;
    return {
      async ask(config, most = limits.answer) {
        if (late) throw new NotAnswered();
        const text = typeof config === "string" ? config : config.text;
        if (/^\s*begin\b/i.test(text)) undone = true;
        else if (/^\s*(?:commit|rollback)\s*$/i.test(text)) undone = false;
        const asked = client.query(config);
        last = asked;
        try {
          return await inTime(asked, most);
        } catch (error) {
          late = error instanceof NotAnswered;
          throw error;
        }
      },
      giveBack(broken = false) {
        if (late && !undone) void leave(client, last);
        else client.release(broken || late);
      },
    };
  }

  async function ask(config: string | pg.QueryConfig): Promise<pg.QueryResult> {
    const borrowed = await borrow();
    try {
      const result = await borrowed.ask(config);
      borrowed.giveBack();
      return result;
    } catch (error) {
      borrowed.giveBack(connectionLost(error));
      throw error;
    }
  }

  async function transaction<Value>(work: (ask: Ask) => Promise<Value>): Promise<Value> {
    const borrowed = await borrow();
    const until = performance.now() + limits.transaction;
    let over = false;
    const mine: Ask = async (config) => {
      if (over) throw new Error("the transaction is over");
      const left = until - performance.now();
      if (left <= 0) throw new TookTooLong(limits.transaction);
      try {
        return await borrowed.ask(config, Math.min(left, limits.answer));
      } catch (error) {
        // The clock of the transaction ran out, not the server's patience: nothing of it stands, and that is known.
        if (error instanceof NotAnswered && left < limits.answer)
          throw new TookTooLong(limits.transaction);
        throw error;
      }
    };
    let broken = false;
    try {
      await borrowed.ask("begin");
      const value = await work(mine);
      over = true;
      if (performance.now() > until) throw new TookTooLong(limits.transaction);
      const { command } = await borrowed.ask("commit");
      // After an error that `work` kept to itself, the server answers COMMIT by rolling back.
      if (command !== "COMMIT")
        throw new Error("rolled back: an error in the transaction was hidden");
      return value;
    } catch (error) {
      over = true;
      await borrowed.ask("rollback", LIMITS.goodbye).catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      borrowed.giveBack(broken);
    }
  }

  return {
    ask,
    borrow,
    transaction,
    async close() {
      closing.abort();
      // What still runs after a while is cut off by the end of the process.
      await Promise.race([pool.end(), sleep(LIMITS.answer)]);
    },
  };
}

/** Waiting for a place in the pool and waiting for the server are two things: the second has a limit of its own. */
function clientThatConnectsIn(most: number): new () => pg.ClientBase {
  return class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis: most });
    }
  };
}

function pidOf(client: pg.PoolClient): number {
  return (client as unknown as { processID: number | null }).processID ?? 0;
}

async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(
    () => undefined,
  );
}
