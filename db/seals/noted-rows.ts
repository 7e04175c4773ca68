/** Rows whose changes a trigger notes: sealed one by one, held against their last seal. */
import { building } from "../building.ts";
import type { Db, Reading } from "../client.ts";
import { quoted, rowKey, rowOfKey, rowText, type Shape, type TableNow } from "./shape.ts";

/** What is found wrong with a row. */
export interface RowOffender {
  readonly table: string;
  readonly key: string;
  readonly fact: string;
}

/** Notices taken from the queue at once. */
const MOST_NOTICES = 2_000;

/** Take notices from the queue: keys by table, each once. */
export async function takeNotices(tx: Db): Promise<Map<string, string[]>> {
  const { orm, t, op } = await building(tx);
  const { n, tab, key } = t.rowChange;
  const first = orm.select({ n }).from(t.rowChange).orderBy(n).limit(MOST_NOTICES);
  const rows = await orm.delete(t.rowChange).where(op.inArray(n, first)).returning({ tab, key });
  const keys = new Map<string, string[]>();
  for (const [table, of] of Map.groupBy(rows, (row) => row.tab)) {
    keys.set(table, [...new Set(of.map((row) => row.key))]);
  }
  return keys;
}

/** Seal the rows of `keys` as they are now, numbered from `first`; answers how many seals that were. */
export async function sealNoted(
  tx: Db,
  table: TableNow,
  noted: readonly string[],
  first: number,
): Promise<number> {
  const keys = await otherThanSealed(tx, table, noted);
  if (keys.length === 0) return 0;
  const name = quoted(table.table);
  const given = JSON.stringify(keys);
  const salted = isSalted(table);
  if (salted) {
    await tx.rows(
      `with taken as (${GIVEN}), here as (select t.key from taken t join ${name} r on ${rowOfKey(table, "t.key")}),
            gone as (delete from row_salt where tab = $2 and key in (select key from taken except select key from here))
       insert into row_salt (tab, key, salt) select $2, key, uuid_send(gen_random_uuid()) from here
       on conflict (tab, key) do update set salt = excluded.salt`,
      [given, table.table],
    );
  }
  const rows = await tx.rows(
    `with taken as (${GIVEN})
     insert into row_seal (n, tab, key, shape, digest)
     select $2::bigint + row_number() over (order by t.key) - 1, $3, t.key, $4,
            sha256(${salted ? "s.salt || " : ""}convert_to(h.text, 'UTF8'))
       from taken t
       left join lateral (select ${rowText(table, table)} as text from ${name} r where ${rowOfKey(table, "t.key")}) h on true
       ${salted ? "left join row_salt s on s.tab = $3 and s.key = t.key" : ""}
     returning 1`,
    [given, first, table.table, table.shape],
  );
  return rows.length;
}

const GIVEN = `select t.key from jsonb_array_elements_text($1::text::jsonb) as t(key)`;

/** Keys of rows that are not as they were sealed last: a statement that changes nothing leaves nothing to seal. */
async function otherThanSealed(
  tx: Db,
  table: TableNow,
  keys: readonly string[],
): Promise<string[]> {
  const salt = isSalted(table) ? "s.salt || " : "";
  const rows = await tx.rows<{ key: string }>(
    `with taken as (${GIVEN})
     select t.key from taken t
       left join lateral (select shape, digest from row_seal l where l.tab = $2 and l.key = t.key order by l.n desc limit 1) l on true
       left join lateral (select ${rowText(table, table)} as text from ${quoted(table.table)} r where ${rowOfKey(table, "t.key")}) h on true
       left join row_salt s on s.tab = $2 and s.key = t.key
      where l.shape is distinct from $3 or l.digest is distinct from sha256(${salt}convert_to(h.text, 'UTF8'))`,
    [JSON.stringify(keys), table.table, table.shape],
  );
  return rows.map(({ key }) => key);
}

/**
 * Rows that are not as they were sealed, with `limit` of them by key. `since`: only those sealed with a number above it. A row
 * whose change waits for the next sweep is not looked at.
 */
export async function offendingRows(
  db: Reading,
  table: TableNow,
  shapes: readonly Shape[],
  options: { since?: number; limit: number },
): Promise<{ total: number; offenders: RowOffender[] }> {
  const texts = shapes.map((shape) => `when '${shape.shape}' then ${rowText(table, shape)}`);
  const text = texts.length === 0 ? "null" : `case l.shape ${texts.join(" ")} end`;
  const salt = isSalted(table) ? "s.salt || " : "";
  const found = `sha256(${salt}convert_to(${text}, 'UTF8'))`;
  const { since } = options;
  // All rows against all seals, or the few sealed lately against their rows.
  const joined =
    since === undefined
      ? `${quoted(table.table)} r full join latest l on l.key = ${rowKey(table)}`
      : `latest l left join ${quoted(table.table)} r on ${rowOfKey(table, "l.key")}`;
  const rows = await db.rows<{ key: string; fact: string; total: bigint }>(
    `with latest as (
       select distinct on (key) key, shape, digest from row_seal
        where tab = $1 ${since === undefined ? "" : `and key in (select key from row_seal where tab = $1 and n > ${since})`}
        order by key, n desc)
     select c.key, c.fact, count(*) over () as total from (
       select coalesce(l.key, ${rowKey(table)}) as key,
              case when l.key is null or (l.digest is null and r is distinct from null) then 'was put there by nobody'
                   when r is not distinct from null then 'was sealed and is gone'
                   else 'is not as it was sealed' end as fact
         from ${joined}
         ${salt === "" ? "" : `left join row_salt s on s.tab = $1 and s.key = l.key`}
        where case when l.key is null then true
                   when l.digest is null then r is distinct from null
                   when r is not distinct from null then true
                   else ${found} is distinct from l.digest end
     ) c
      where not exists (select 1 from row_change w where w.tab = $1 and w.key = c.key)
      order by c.key limit ${options.limit}`,
    [table.table],
  );
  return {
    total: Number(rows[0]?.total ?? 0n),
    offenders: rows.map(({ key, fact }) => ({ table: table.table, key, fact })),
  };
}

/** Note every row of a table whose columns changed, but for those of `except`: the sweep seals them in the new shape. */
export async function noteAll(tx: Db, table: TableNow, except: readonly string[]): Promise<void> {
  await tx.rows(
    `insert into row_change (tab, key)
     select $1, c.key from (select ${rowKey(table)} as key from ${quoted(table.table)} r) c
      where c.key not in (select jsonb_array_elements_text($2::text::jsonb))`,
    [table.table, JSON.stringify(except)],
  );
}

/** Whether the digests of a table's rows need a salt. */
export function isSalted({ cover }: TableNow): boolean {
  return cover.by === "notice" && cover.salted;
}
