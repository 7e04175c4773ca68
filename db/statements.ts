/** Statements as they go over the wire. */
import type pg from "pg";

/** What a pool, a connection and a transaction have in common. */
export interface Queryable {
  query(config: string | pg.QueryConfig): Promise<Pick<pg.QueryResult, "rows">>;
}

const names = new Map<string, string>();

/** Reads are asked for often, everything else without parameters once or by hand. */
const READS = /^\s*(select|with)\b/i;
/** Words of statements that begin like a read and change something, or lock it. */
const CHANGES =
  /\b(insert|update|delete|merge|nextval|setval|set_config|pg_notify|pg_\w*advisory\w*)\b|\bfor (no key )?(update|share)\b/i;

/** Whether a statement only reads, as far as its words tell; PostgreSQL itself refuses the others to a reader. */
export function onlyReads(text: string): boolean {
  return READS.test(text) && !CHANGES.test(text);
}

/** Ask; a statement is prepared once a connection: its name is that of its text. */
export async function run<Row>(
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
