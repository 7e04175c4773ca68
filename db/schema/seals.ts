import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

import { bytea } from "./bytea.ts";

import type { CheckResult, RunKind } from "#app/domain/transparency/ports.ts";

/** The name of this book: one row, made by the migration. */
export const book = pgTable(
  "book",
  {
    one: boolean().primaryKey().default(true),
    id: uuid().notNull().defaultRandom(),
    openedAt: timestamp({ withTimezone: true, mode: "string" }).notNull().defaultNow(),
  },
  () => [check("book_one_check", sql`one`)],
);

/** Which columns seals were made of. Append-only. */
export const sealShape = pgTable("seal_shape", {
  shape: text().primaryKey(),
  tab: text().notNull(),
  /** JSON array of names. */
  columns: text().notNull(),
});

/** Rows whose change waits for the next sweep; a work queue, filled by triggers. */
export const rowChange = pgTable("row_change", {
  n: bigserial({ mode: "number" }).primaryKey(),
  tab: text().notNull(),
  /** JSON array of the primary key. */
  key: text().notNull(),
});

/** What a row was when a sweep came by. Append-only. */
export const rowSeal = pgTable(
  "row_seal",
  {
    n: bigint({ mode: "number" }).primaryKey(),
    tab: text().notNull(),
    key: text().notNull(),
    shape: text().notNull(),
    /** Null: the row was gone. */
    digest: bytea(),
  },
  (t) => [index("row_seal_key").on(t.tab, t.key, t.n.desc().nullsFirst())],
);

/** Salts of rows that hold what people wrote; gone with the row. */
export const rowSalt = pgTable(
  "row_salt",
  { tab: text().notNull(), key: text().notNull(), salt: bytea().notNull() },
  (t) => [primaryKey({ name: "row_salt_pkey", columns: [t.tab, t.key] })],
);

/** The chain of seals. Append-only. */
export const seal = pgTable("seal", {
  n: bigint({ mode: "number" }).primaryKey(),
  /** A `SealBody` as canonical JSON, hashed as stored. */
  body: text().notNull(),
  hash: bytea().notNull(),
  /** A `GrowingTree`'s peaks. */
  peaks: bytea().notNull(),
});

/** Runs of the checks. */
export const checkRun = pgTable(
  "check_run",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    kind: text().$type<RunKind>().notNull(),
    /** UTC seconds */
    beganAt: bigint({ mode: "number" }).notNull(),
    endedAt: bigint({ mode: "number" }),
    entry: bigint({ mode: "number" }).notNull(),
    seal: bigint({ mode: "number" }).notNull(),
    rowSeal: bigint({ mode: "number" }).notNull(),
    ok: boolean(),
    results: jsonb().$type<CheckResult[]>(),
  },
  (t) => [
    index("check_run_ended")
      .on(t.kind, t.id.desc().nullsFirst())
      .where(sql`ended_at is not null`),
    check("check_run_kind_check", sql`kind in ('full', 'incremental')`),
    check(
      "ended_with_results",
      sql`(ended_at is null) = (results is null) and (ended_at is null) = (ok is null)`,
    ),
  ],
);
