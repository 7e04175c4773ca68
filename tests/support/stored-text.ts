import type { Db } from "#db/client.ts";

/**
 * Tables with a row that holds one of the texts, in any column of any type: as it is, form-encoded, or as bytes. With how
 * many rows.
 */
export async function rowsHolding(
  db: Db,
  texts: readonly string[],
): Promise<Record<string, number>> {
  const spelled = texts.flatMap((text) => [
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString("hex"),
  ]);
  const patterns = [...new Set(spelled)].map((text) => `%${text}%`);
  const found: Record<string, number> = {};
  for (const name of await tablesOf(db)) {
    // A row as text has every column of it; bytes in hexadecimal.
    const [row] = await db.rows<{ n: bigint }>(
      `select count(*) as n from ${name} r where r::text like any ($1::text[])`,
      [patterns],
    );
    if (row && row.n > 0n) found[name] = Number(row.n);
  }
  return found;
}

/** What each table holds, as a digest of its rows; columns named for a table are left out, and rows beside a condition in SQL. */
export async function digestsOf(
  db: Db,
  without: Readonly<Record<string, string>>,
  only: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of await tablesOf(db)) {
    const row = without[name] === undefined ? "r::text" : "(to_jsonb(r) - $1)::text";
    const [one] = await db.rows<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(${row}), '' order by md5(${row}))), '') as digest from ${name} r where ${only[name] ?? "true"}`,
      without[name] === undefined ? [] : [without[name]],
    );
    found[name] = one?.digest ?? "";
  }
  return found;
}

/** Every table that is not the database's own, with its schema. */
async function tablesOf(db: Db): Promise<string[]> {
  const tables = await db.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  return tables.map(({ name }) => name);
}
