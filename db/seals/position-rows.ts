/** Rows that belong to a position which only rises: sealed in ranges of it. */
import { setTimeout as pause } from "node:timers/promises";

import type { Reached, SealedPart } from "#app/domain/transparency/seal.ts";

import type { Db, Reading } from "../client.ts";
import { quoted, rowText, type Shape, type TableNow } from "./shape.ts";

/** Positions sealed at once: small enough that a range that is wrong is soon looked through. */
const STEPS = { entry: 200, audit: 500, id: 500, row: 2_000 } as const;

/** How long is waited for transactions that may still fill ids below the last one, tries of `WAIT_MS`. */
const WAIT_TRIES = 40;
const WAIT_MS = 50;

type Positioned = TableNow & { readonly cover: { readonly by: "position" } };

/** Tables that are sealed by position. */
export function positioned(tables: ReadonlyMap<string, TableNow>): Positioned[] {
  return [...tables.values()].filter((table): table is Positioned => table.cover.by === "position");
}

/**
 * For each table numbered by ids: the last one below which nothing can still appear. An id is drawn by a statement that holds a
 * lock on its table by then, so when all that held one after the last id was read are gone, every row up to it is to be seen.
 * Asks before the sweep's own transaction; nobody is made to wait for it. A table without an answer is left for the next sweep.
 */
export async function settledIds(
  db: Reading,
  tables: ReadonlyMap<string, TableNow>,
): Promise<Map<string, number>> {
  const settled = new Map<string, number>();
  for (const { table, cover } of positioned(tables)) {
    if (cover.complete !== "id") continue;
    const [last] = await db.rows<{ id: bigint | null }>(
      `select max(${quoted(cover.column)}) as id from ${quoted(table)}`,
    );
    if (await writersGone(db, table)) settled.set(table, Number(last?.id ?? 0n));
  }
  return settled;
}

async function writersGone(db: Reading, table: string): Promise<boolean> {
  const writing = async (among: readonly string[] | undefined) =>
    (
      await db.rows<{ who: string }>(
        `select virtualtransaction as who from pg_locks
          where locktype = 'relation' and relation = $1::regclass and mode = 'RowExclusiveLock' and pid <> pg_backend_pid()
            and ($2::text is null or virtualtransaction in (select jsonb_array_elements_text($2::text::jsonb)))`,
        [`public.${quoted(table)}`, among ? JSON.stringify(among) : null],
      )
    ).map(({ who }) => who);
  let left = await writing(undefined);
  for (let tries = 0; left.length > 0 && tries < WAIT_TRIES; tries += 1) {
    await pause(WAIT_MS);
    left = await writing(left);
  }
  return left.length === 0;
}

/** How far the rows of each kind of position are complete now. */
export interface Complete {
  readonly entry: number;
  readonly audit: number;
  readonly row: number;
  readonly ids: ReadonlyMap<string, number>;
}

/** The part of a table behind what was sealed of it, or undefined when nothing came. */
export async function nextPart(
  tx: Db,
  table: Positioned,
  before: Reached | undefined,
  complete: Complete,
): Promise<SealedPart | undefined> {
  const above = before?.shape === table.shape ? before.upTo : 0;
  const { cover } = table;
  const last =
    cover.complete === "id" ? (complete.ids.get(table.table) ?? above) : complete[cover.complete];
  if (last <= above) return undefined;
  const upTo = await stepFrom(tx, table, above, last);
  const [row] = await tx.rows<{ rows: bigint; digest: string }>(
    `select count(*) as rows, encode(sha256(coalesce(string_agg(d, ''::bytea order by d), ''::bytea)), 'hex') as digest
       from (select sha256(convert_to(${rowText(table, table)}, 'UTF8')) as d from ${quoted(table.table)} r
              where r.${quoted(cover.column)} > $1 and r.${quoted(cover.column)} <= $2) s`,
    [above, upTo],
  );
  return {
    table: table.table,
    shape: table.shape,
    above,
    upTo,
    rows: Number(row?.rows ?? 0n),
    digest: row?.digest ?? "",
  };
}

/** Entries have no gaps; other numbers may have large ones, which are stepped over. */
async function stepFrom(tx: Db, table: Positioned, above: number, last: number): Promise<number> {
  const step = STEPS[table.cover.complete];
  if (table.cover.complete === "entry") return Math.min(last, above + step);
  const column = quoted(table.cover.column);
  const [row] = await tx.rows<{ at: bigint | null; rows: bigint }>(
    `select max(p) as at, count(*) as rows from (
       select r.${column} as p from ${quoted(table.table)} r where r.${column} > $1 and r.${column} <= $2
        order by r.${column} limit ${step}) s`,
    [above, last],
  );
  return Number(row?.rows ?? 0n) < step ? last : Number(row?.at ?? last);
}

/** What was sealed of a table with one set of columns. */
export interface SealedRanges {
  readonly shape: Shape;
  /** Sorted by position, without overlap. */
  readonly parts: readonly SealedPart[];
  readonly upTo: number;
}

/** A range whose rows are not those that were sealed. */
export interface RangeOffender {
  readonly table: string;
  readonly above: number;
  readonly upTo: number;
  readonly fact: string;
}

/** Ranges whose rows are not as they were sealed: all of `sealed` in one reading of the table. */
export async function offendingRanges(
  db: Reading,
  table: Positioned,
  { shape, parts, upTo }: SealedRanges,
): Promise<RangeOffender[]> {
  const first = parts[0];
  if (!first) return [];
  const column = `r.${quoted(table.cover.column)}`;
  const rows = await db.rows<{ bucket: number; rows: bigint; digest: string }>(
    `select bucket, count(*) as rows, encode(sha256(string_agg(d, ''::bytea order by d)), 'hex') as digest
       from (select width_bucket(${column}::bigint, ($1::text)::bigint[]) as bucket,
                    sha256(convert_to(${rowText(table, shape)}, 'UTF8')) as d
               from ${quoted(table.table)} r where ${column} <= $2 ${first.above === 0 ? "" : `and ${column} > ${first.above}`}) s
      group by bucket`,
    [`{${parts.map(({ above }) => above + 1).join(",")}}`, upTo],
  );
  const found = new Map(rows.map((row) => [row.bucket, row]));
  const offenders: RangeOffender[] = [];
  const before = found.get(0);
  if (before) {
    const fact = `${before.rows} rows stand before what was sealed`;
    offenders.push({ table: table.table, above: 0, upTo: first.above, fact });
  }
  for (const [at, part] of parts.entries()) {
    const here = found.get(at + 1);
    const count = Number(here?.rows ?? 0n);
    if (count === part.rows && (count === 0 || here?.digest === part.digest)) continue;
    const fact =
      count === part.rows
        ? `its ${count} rows are not as they were sealed`
        : `${part.rows} rows were sealed, ${count} are there`;
    offenders.push({ table: table.table, above: part.above, upTo: part.upTo, fact });
  }
  return offenders;
}
