import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/** Drizzle over either driver; stores write against this type only. */
export type Orm = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** One database behind two drivers: PostgreSQL (`postgres.ts`), or embedded PGlite. */
export interface Db {
  /** Drizzle, loaded when first asked for: loading it takes longer than the rest of the start (docs/performance.md, C1). */
  orm(): Promise<Orm>;
  /** True on PGlite: one connection, no durability against power loss. */
  readonly embedded: boolean;
  /** Raw prepared query: `$1` parameters; int8 comes as bigint, date and timestamptz as text, bytea as Uint8Array. */
  rows<Row>(text: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Run several statements without parameters (migrations). */
  script(text: string): Promise<void>;
  /**
   * One transaction; inside another it is a savepoint. An error thrown by `work` rolls it back. When the database gives
   * up one of two that wait for each other, `work` is run again: it should change nothing but the database.
   */
  begin<Value>(work: (tx: Db) => Promise<Value>): Promise<Value>;
  /**
   * Hear what other connections (and this one) say on a channel; returns how to stop. A lost connection is taken up
   * again by itself, or, for whoever must not miss a word, told by `lost`: then nothing more is heard.
   */
  listen(
    channel: string,
    heard: (payload: string) => void,
    lost?: () => void,
  ): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Whoever only asks. */
export type Reading = Pick<Db, "orm" | "rows">;

/**
 * A connection of its own, for locks that belong to a session; on PGlite the one there is. Lost once, it stays lost: also
 * when its process is frozen or cannot reach the server, as it has a heart beat (`held-session.ts`).
 */
export interface Session {
  rows<Row>(text: string, params?: readonly unknown[]): Promise<Row[]>;
  release(): Promise<void>;
}

/** A `Db` with what only the outermost one can do. */
export interface Database extends Db {
  /** `lost` is called once when the session is gone before its release, and with it the locks it held. */
  session(lost?: () => void): Promise<Session>;
  /** Work that nobody waits for, such as checks: on a connection of its own whose statements take as long as they take. */
  unhurried<Value>(work: (db: Db) => Promise<Value>): Promise<Value>;
}
