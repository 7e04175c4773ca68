/**
 * A row as text that is the same on every server: a JSON array of its columns by name, where nothing depends on settings of
 * time zone, collation or formats. Digests of rows are put in order as bytes, never by text.
 */
import { hash } from "node:crypto";

import type { Reading } from "../client.ts";
import { type Cover, COVER } from "./cover.ts";

/** What the digests of a table's rows are made of. */
export interface Shape {
  /** Sixteen hex signs: a digest of the table's name and its columns. */
  readonly shape: string;
  readonly table: string;
  /** In order of their names (by code units). */
  readonly columns: readonly string[];
}

/** A table as it stands in the database now. */
export interface TableNow extends Shape {
  readonly cover: Cover;
  /** PostgreSQL type of each column, by name. */
  readonly types: ReadonlyMap<string, string>;
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[];
}

/** All tables of `public` as they are now, and the names of those that nobody decided about. */
export async function tablesNow(
  db: Reading,
): Promise<{ tables: ReadonlyMap<string, TableNow>; undecided: readonly string[] }> {
  const rows = await db.rows<{ tab: string; name: string; type: string; in_key: number | null }>(
    `select c.relname as tab, a.attname as name, format_type(a.atttypid, null) as type,
            array_position(i.indkey::int[], a.attnum::int) as in_key
       from pg_class c join pg_namespace s on s.oid = c.relnamespace and s.nspname = 'public'
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.relkind = 'r'`,
  );
  const tables = new Map<string, TableNow>();
  const undecided: string[] = [];
  for (const [table, columns] of Map.groupBy(rows, ({ tab }) => tab)) {
    const cover = COVER.get(table);
    if (!cover) {
      undecided.push(table);
      continue;
    }
    const left = cover.except ?? {};
    const names = columns
      .map(({ name }) => name)
      .filter((name) => !Object.hasOwn(left, name))
      .toSorted(byCodeUnits);
    const key = columns
      .filter(({ in_key }) => in_key !== null)
      .toSorted((a, b) => (a.in_key ?? 0) - (b.in_key ?? 0))
      .map(({ name }) => name);
    tables.set(table, {
      ...shapeOf(table, names),
      cover,
      types: new Map(columns.map(({ name, type }) => [name, type])),
      key,
    });
  }
  return { tables, undecided };
}

/** The shape of a table with these columns. */
export function shapeOf(table: string, columns: readonly string[]): Shape {
  const shape = hash("sha256", JSON.stringify([table, ...columns]), "hex").slice(0, 16);
  return { shape, table, columns };
}

/** SQL for the text of a row of `table`, which stands in the query as `r`; its columns are those of `shape`. */
export function rowText(table: TableNow, shape: Shape): string {
  const parts = shape.columns.map((name) => columnText(table.types.get(name), `r.${quoted(name)}`));
  return `jsonb_build_array(${parts.join(", ")})::text`;
}

/** SQL for the key of a row `r`, as the triggers note it. */
export function rowKey(table: TableNow): string {
  return `jsonb_build_array(${table.key.map((name) => `r.${quoted(name)}`).join(", ")})::text`;
}

/** SQL that finds the row `r` of the key in `text` by its primary key. */
export function rowOfKey(table: TableNow, text: string): string {
  return table.key
    .map((name, at) => `r.${quoted(name)} = (${text}::jsonb ->> ${at})::${table.types.get(name)}`)
    .join(" and ");
}

/** An identifier in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function columnText(type: string | undefined, column: string): string {
  switch (type) {
    case undefined:
      throw new Error(`no column ${column}`);
    case "bytea":
      return `encode(sha256(${column}), 'hex')`;
    case "timestamp with time zone":
    case "timestamp without time zone":
      return `extract(epoch from ${column})::text`;
    case "real":
      return `encode(float4send(${column}), 'hex')`;
    case "double precision":
      return `encode(float8send(${column}), 'hex')`;
    default:
      return column;
  }
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
