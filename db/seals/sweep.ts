/**
 * Seal what came since the last sweep: rows whose change was noted, then the ranges of what only grows, then one seal that
 * names them all and is chained to the one before. Off the way of every booking; one sweep at a time, whoever asks.
 */
import {
  EMPTY_TREE,
  grown,
  type GrowingTree,
  rootOf,
} from "#app/domain/transparency/growing-tree.ts";
import {
  type Reached,
  type SealBody,
  type SealedPart,
  sealText,
} from "#app/domain/transparency/seal.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import {
  bodyOf,
  bookOf,
  lastSeal,
  reachedOf,
  sealHash,
  shapesOf,
  type StoredSeal,
} from "./chain.ts";
import { hashAll } from "./hashes.ts";
import { noteAll, offendingRows, sealNoted, takeNotices } from "./noted-rows.ts";
import { type Complete, nextPart, positioned, settledIds } from "./position-rows.ts";
import { type Shape, type TableNow, tablesNow } from "./shape.ts";

/** What a sweep did. */
export interface Swept {
  /** Seals that it made. */
  readonly seals: number;
  /** Rows that it sealed. */
  readonly rows: number;
  /** Another process sweeps just now: nothing was done. */
  readonly busy: boolean;
}

const TAKE_TURNS = `select pg_try_advisory_xact_lock(7269, 16) as mine`;

/** A sweep that goes on for ever is stopped here: the next one goes on. */
const MOST_SEALS = 100_000;

/** Make seals until everything that was there at the beginning is sealed. */
export async function sweep(db: Db, now: () => number): Promise<Swept> {
  const { tables } = await tablesNow(db);
  const ids = await settledIds(db, tables);
  let rows = 0;
  for (let seals = 0; seals < MOST_SEALS; seals += 1) {
    const made = await db.begin((tx) => sealOnce(tx, tables, ids, now));
    if (made === "busy") return { seals, rows, busy: true };
    if (made === 0) return { seals, rows, busy: false };
    rows += made;
  }
  return { seals: MOST_SEALS, rows, busy: false };
}

/** One seal; answers how many rows it holds, 0 when there was nothing to seal. */
async function sealOnce(
  tx: Db,
  tables: ReadonlyMap<string, TableNow>,
  ids: ReadonlyMap<string, number>,
  now: () => number,
): Promise<number | "busy"> {
  const [turn] = await tx.rows<{ mine: boolean }>(TAKE_TURNS);
  if (!turn?.mine) return "busy";
  const book = await bookOf(tx);
  if (book === undefined) throw new Error("the book has no name: its row is gone");
  const last = await lastSeal(tx);
  const before = last && bodyOf(last);
  const rowSeals = await lastRowSeal(tx);
  // Making the chain anew would hide what happened to it.
  if (!last && rowSeals > 0) throw new Error("rows are sealed, and the chain of seals is gone");

  const row = await sealNotices(tx, tables, rowSeals);
  const { parts, reached } = await partsNow(tx, tables, before, await completeNow(tx, row, ids));
  if (parts.length === 0) return 0;
  const tree = await grownTree(tx, last, before, reached["entry"]?.upTo ?? 0);
  const body: SealBody = {
    v: 1,
    book,
    n: (last?.n ?? 0) + 1,
    at: Math.max(now(), before?.at ?? 0),
    entries: tree.size,
    root: Buffer.from(rootOf(hashAll, tree)).toString("base64"),
    audit: await auditAt(tx, reached["audit_line"]?.upTo ?? 0),
    reached,
    // Ranges without rows say nothing: what stands between two parts belongs to the one before.
    parts: parts.filter(({ rows, above }) => rows > 0 || above === 0),
  };
  const text = sealText(body);
  const { orm, t } = await building(tx);
  const hash = Buffer.from(sealHash(last?.hash ?? "", book, text), "hex");
  await orm.insert(t.seal).values({ n: body.n, body: text, hash, peaks: tree.peaks });
  return parts.reduce((sum, part) => sum + part.rows, 0);
}

/** Seal the rows whose change was noted; answers the number of the last row seal. */
async function sealNotices(
  tx: Db,
  tables: ReadonlyMap<string, TableNow>,
  last: number,
): Promise<number> {
  await keepShapes(tx, tables);
  let row = last;
  for (const [name, keys] of await takeNotices(tx)) {
    const table = tables.get(name);
    if (table?.cover.by === "notice") row += await sealNoted(tx, table, keys, row + 1);
  }
  return row;
}

/** What came of each table since the last seal, and up to where each is sealed with it. */
async function partsNow(
  tx: Db,
  tables: ReadonlyMap<string, TableNow>,
  before: SealBody | undefined,
  complete: Complete,
): Promise<{ parts: SealedPart[]; reached: Record<string, Reached> }> {
  const parts: SealedPart[] = [];
  const reached: Record<string, Reached> = {};
  for (const table of positioned(tables)) {
    const part = await nextPart(tx, table, reachedOf(before, table.table), complete);
    if (part) parts.push(part);
    const upTo = part ?? reachedOf(before, table.table);
    if (upTo) reached[table.table] = { shape: upTo.shape, upTo: upTo.upTo };
  }
  return { parts, reached };
}

async function lastRowSeal(tx: Db): Promise<number> {
  const { orm, t, op } = await building(tx);
  const [row] = await orm.select({ n: op.max(t.rowSeal.n) }).from(t.rowSeal);
  return row?.n ?? 0;
}

/**
 * Keep which columns seals are made of. Where a watched table has other columns than its seals, those that are still as they
 * were sealed are sealed anew with all of its columns; what was changed stays named by the old seal.
 */
async function keepShapes(tx: Db, tables: ReadonlyMap<string, TableNow>): Promise<void> {
  const { shapes } = await shapesOf(tx);
  for (const table of tables.values()) {
    if (table.cover.by === "none" || shapes.has(table.shape)) continue;
    const older = [...shapes.values()].filter((shape) => shape.table === table.table);
    const { shape, table: tab, columns } = table;
    const { orm, t } = await building(tx);
    await orm.insert(t.sealShape).values({ shape, tab, columns: JSON.stringify(columns) });
    if (table.cover.by !== "notice" || older.length === 0) continue;
    const readable = older.filter((shape) => isReadable(table, shape));
    const { offenders } =
      readable.length === older.length
        ? await offendingRows(tx, table, readable, { limit: 1_000_000 })
        : { offenders: [] };
    await noteAll(
      tx,
      table,
      offenders.map(({ key }) => key),
    );
  }
}

/** Whether a table still has all columns of a shape. */
export function isReadable(table: TableNow, shape: Shape): boolean {
  return shape.columns.every((column) => table.types.has(column));
}

async function completeNow(
  tx: Db,
  row: number,
  ids: ReadonlyMap<string, number>,
): Promise<Complete> {
  const { orm, t, op } = await building(tx);
  const [head] = await orm.select({ next: t.ledgerHead.nextEntry }).from(t.ledgerHead);
  const [entries] = await orm.select({ last: op.max(t.entry.number) }).from(t.entry);
  const [trail] = await orm.select({ n: t.auditHead.n }).from(t.auditHead);
  const [lines] = await orm.select({ last: op.max(t.auditLine.n) }).from(t.auditLine);
  return {
    entry: lower(head && head.next - 1, entries?.last),
    audit: lower(trail?.n, lines?.last),
    row,
    ids,
  };
}

/** The lower of what a head says and what is there; 0 where there is neither. */
function lower(...told: readonly (number | null | undefined)[]): number {
  const known = told.flatMap((n) => n ?? []);
  return known.length === 0 ? 0 : Math.min(...known);
}

async function grownTree(
  tx: Db,
  last: StoredSeal | undefined,
  before: SealBody | undefined,
  upTo: number,
): Promise<GrowingTree> {
  const tree = last && before ? { size: before.entries, peaks: last.peaks } : EMPTY_TREE;
  if (upTo <= tree.size) return tree;
  const [row] = await tx.rows<{ leaves: Uint8Array }>(
    `select string_agg(leaf_hash, ''::bytea order by number) as leaves from entry where number > $1 and number <= $2`,
    [tree.size, upTo],
  );
  return grown(hashAll, tree, row?.leaves ?? new Uint8Array(0));
}

async function auditAt(tx: Db, n: number): Promise<{ n: number; hash: string }> {
  const { orm, t, op } = await building(tx);
  const [row] = await orm
    .select({ hash: t.auditLine.hash })
    .from(t.auditLine)
    .where(op.eq(t.auditLine.n, n));
  return { n, hash: row ? Buffer.from(row.hash).toString("hex") : "" };
}
