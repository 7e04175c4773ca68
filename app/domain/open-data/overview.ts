/** What the page about the data says of each table: how long it is, and how its first rows look. */
import type { Row } from "./column.ts";
import { csvHeader, csvLine } from "./csv.ts";
import { type SetName, SETS } from "./sets.ts";

/** A table as counted in the books. */
export interface CountedSet {
  readonly set: SetName;
  readonly rows: number;
  /** Its first rows: all of a short table. */
  readonly first: readonly Row[];
}

/** A table as the page tells of it. */
export interface SetOverview {
  readonly set: SetName;
  readonly rows: number;
  /** Size of its CSV, bytes; where it is long, as its first rows are. */
  readonly bytes: number;
  /** The size was counted, not estimated. */
  readonly exact: boolean;
  readonly sample: readonly Row[];
  /** It can be had as a spreadsheet too. */
  readonly sheet: boolean;
}

/** Rows shown of each. */
const SAMPLE = 5;

/** Most rows of a table that is given as a spreadsheet: it is put together in memory. */
export const SHEET_ROWS = 20_000;

/** Tell of one table. */
export function overviewOf({ set, rows, first }: CountedSet): SetOverview {
  const { columns } = SETS[set];
  const encoder = new TextEncoder();
  const size = (text: string) => encoder.encode(text).length;
  const lines = first.reduce((sum, row) => sum + size(csvLine(columns, row)), 0);
  const exact = first.length >= rows;
  const all = exact || first.length === 0 ? lines : Math.round((lines / first.length) * rows);
  return {
    set,
    rows,
    bytes: size(csvHeader(columns)) + all,
    exact,
    sample: first.slice(0, SAMPLE),
    sheet: rows <= SHEET_ROWS,
  };
}
