/** The chain of seals as it is stored. */
import { hash } from "node:crypto";

import type { Reached, SealBody } from "#app/domain/transparency/seal.ts";

import { building } from "../building.ts";
import type { Reading } from "../client.ts";
import { type Shape, shapeOf } from "./shape.ts";

/** A seal as it is stored. */
export interface StoredSeal {
  readonly n: number;
  readonly text: string;
  /** hex */
  readonly hash: string;
  readonly peaks: Uint8Array;
}

/** Id of the book, or undefined where its row is gone. */
export async function bookOf(db: Reading): Promise<string | undefined> {
  const { orm, t } = await building(db);
  const [row] = await orm.select({ id: t.book.id }).from(t.book);
  return row?.id;
}

/** The hash of a seal with this text behind `before` (hex), the hash of the seal before it or nothing for the first. */
export function sealHash(before: string, book: string, text: string): string {
  const link =
    before === "" ? Buffer.from(hash("sha256", book, "hex"), "hex") : Buffer.from(before, "hex");
  return hash("sha256", Buffer.concat([link, Buffer.from(text)]), "hex");
}

/** The newest seal. */
export async function lastSeal(db: Reading): Promise<StoredSeal | undefined> {
  const { orm, t, op } = await building(db);
  const [row] = await orm.select().from(t.seal).orderBy(op.desc(t.seal.n)).limit(1);
  return row && storedSeal(row);
}

function storedSeal(row: {
  readonly n: number;
  readonly body: string;
  readonly hash: Uint8Array;
  readonly peaks: Uint8Array;
}): StoredSeal {
  const { n, body: text, peaks } = row;
  return { n, text, hash: Buffer.from(row.hash).toString("hex"), peaks };
}

/** Seals above `above`, oldest first, some thousand at a time. */
export async function* sealsAbove(db: Reading, above: number): AsyncGenerator<StoredSeal> {
  const step = 2_000;
  for (let last = above; ;) {
    const { orm, t, op } = await building(db);
    const { n } = t.seal;
    const rows = await orm.select().from(t.seal).where(op.gt(n, last)).orderBy(n).limit(step);
    for (const row of rows) yield storedSeal(row);
    const end = rows.at(-1);
    if (!end || rows.length < step) return;
    last = end.n;
  }
}

/** The seals of these numbers, as many as there are. */
export async function sealsOf(db: Reading, numbers: readonly number[]): Promise<StoredSeal[]> {
  const seals: StoredSeal[] = [];
  for (let at = 0; at < numbers.length; at += 2_000) {
    const rows = await db.rows<{ n: bigint; text: string; hash: string; peaks: Uint8Array }>(
      `select n, body as text, encode(hash, 'hex') as hash, peaks from seal
        where n in (select value::bigint from jsonb_array_elements_text($1::text::jsonb))`,
      [JSON.stringify(numbers.slice(at, at + 2_000))],
    );
    seals.push(...rows.map((row) => ({ ...row, n: Number(row.n) })));
  }
  return seals;
}

/** What a stored seal says. */
export function bodyOf(seal: StoredSeal): SealBody {
  return JSON.parse(seal.text) as SealBody;
}

/** Up to where a table is sealed. */
export function reachedOf(body: SealBody | undefined, table: string): Reached | undefined {
  return body && Object.hasOwn(body.reached, table) ? body.reached[table] : undefined;
}

/** All sets of columns that seals were made of, by name; those whose row does not fit its own name are `false`. */
export async function shapesOf(
  db: Reading,
): Promise<{ shapes: Map<string, Shape>; wrong: readonly string[] }> {
  const { orm, t } = await building(db);
  const rows = await orm.select().from(t.sealShape).orderBy(t.sealShape.shape);
  const shapes = new Map<string, Shape>();
  const wrong: string[] = [];
  for (const row of rows) {
    const shape = readShape(row.tab, row.columns);
    if (shape?.shape === row.shape) shapes.set(row.shape, shape);
    else wrong.push(row.shape);
  }
  return { shapes, wrong };
}

function readShape(table: string, columns: string): Shape | undefined {
  try {
    return shapeOf(table, JSON.parse(columns) as string[]);
  } catch {
    return undefined;
  }
}
