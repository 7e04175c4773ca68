/**
 * A query that must return nothing. It names what is counted and, for a row that breaks it, what to call that row.
 * `npm run check:data` prints the results; the public "check us" page shows the last ones (ledger.md 3.7, 4).
 */
export interface Invariant extends Look {
  /** Key of its name and explanation in `locales/<language>/transparency.json`. */
  readonly name: string;
  /** The same of the entries from `$1::bigint` on, where what came before cannot make them wrong. Others are looked at whole. */
  readonly since?: Look;
}

/** One look at the books. */
export interface Look {
  /** How many things were looked at: one row `(counted)`. */
  readonly counted: string;
  /** One row `(subject text, fact text)` for each thing that breaks it. */
  readonly offenders: string;
}

/** An invariant of single entries: `look` is given the condition that a column with an entry's number has to meet. */
export function ofEntries(
  name: string,
  look: (within: (column: string) => string) => Look,
): Invariant {
  return { name, ...look(() => "true"), since: look((column) => `${column} >= $1::bigint`) };
}

/** Rows of `from` for which one of the facts is so: the first that is. `facts`: what is said and when, in order. */
export function wrongWhere(
  subject: string,
  from: string,
  facts: readonly (readonly [condition: string, fact: string])[],
): string {
  const cases = facts
    .map(([condition, fact]) => `when ${condition} then ${fact}`)
    .join("\n           ");
  return `select ${subject} as subject, told.fact
    from ${from}
   cross join lateral (select case ${cases} end as fact) told
   where told.fact is not null`;
}
