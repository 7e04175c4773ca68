/** One value of a published table: `null` is an empty cell. */
export type Cell = string | number | bigint | boolean | null;

/** One row of a published table, by column name. */
export type Row = Readonly<Record<string, Cell>>;

/**
 * What a column holds: `integer` in plain digits; `date` as `2026-11-23`; `moment` as `2026-11-23T08:00:00Z`;
 * `week` as the ISO week `2026-W48`; `boolean` as `true` or `false`.
 */
export type ColumnType = "text" | "integer" | "boolean" | "date" | "moment" | "week";

/** A column of a published table; its meaning in words is `locales/<language>/data.json`. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Never empty. */
  readonly required: boolean;
  /** The only words it can hold. */
  readonly oneOf?: readonly string[];
  /** Form of its text, as a regular expression over the whole cell. */
  readonly pattern?: string;
  /** Least number it can hold. */
  readonly least?: number;
}

/** Columns of this table whose values are the key of a row of another. */
export interface Reference {
  readonly columns: readonly string[];
  readonly set: string;
  readonly to: readonly string[];
}

/** A published table. */
export interface SetSpec {
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly references: readonly Reference[];
}

type More = Pick<Column, "oneOf" | "pattern" | "least">;

const column =
  (type: ColumnType) =>
  (name: string, more: More = {}): Column => ({ name, type, required: true, ...more });

export const text = column("text");
export const boolean = column("boolean");
export const date = column("date");
export const moment = column("moment");
export const week = column("week");
export const integer = column("integer");

/** A whole number that is at least `least`. */
export function whole(name: string, least = 0): Column {
  return integer(name, { least });
}

/** The same column, which may be empty. */
export function maybe(of: Column): Column {
  return { ...of, required: false };
}

/** Columns `from` name a row of `set` by its columns `to`. */
export function refers(from: string, set: string, to = from): Reference {
  return { columns: [from], set, to: [to] };
}
