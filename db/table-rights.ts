/** Rights on one table. Every table may be read. */
export interface TableRights {
  /** Adding rows: with every column, or with these alone; the others keep their defaults. */
  readonly insert?: "rows" | readonly string[];
  /** Changing these columns; no table may be changed whole. */
  readonly update?: readonly string[];
  readonly delete?: true;
  /** What else stands in the way of a change, in a sentence for the printed table. */
  readonly guarded?: string;
}

/** Written once and never changed: a trigger refuses the rest to everybody, the owner too. */
export const ADDED_ONLY: TableRights = { insert: "rows" };
