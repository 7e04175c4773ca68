/**
 * How rows travel to a statement: many as one array a column, or one alone as plain values. One alone is what a quiet
 * day has, and then making, parsing and unnesting some forty arrays costs as much as the writing.
 */
import { numberArray, textArray } from "./pg-arrays.ts";

type Value = string | number | bigint | undefined;

export interface RowParams {
  /** One column of numbers as one parameter. */
  numbers(values: readonly (number | bigint | undefined)[]): string | null;
  /** One column of texts as one parameter. */
  texts(values: readonly (string | undefined)[]): string | null;
  /** What to select the rows from, for parameters beginning at `$first` with these SQL types. */
  from(first: number, types: readonly string[]): string;
}

/** Any number of rows. */
export const MANY_ROWS: RowParams = {
  numbers: numberArray,
  texts: textArray,
  from: (first, types) =>
    `unnest(${types.map((type, n) => `($${first + n}::text)::${type}[]`).join(", ")})`,
};

/** Exactly one row. */
export const ONE_ROW: RowParams = {
  numbers: only,
  texts: only,
  from: (first, types) =>
    `(values (${types.map((type, n) => `($${first + n}::text)::${type}`).join(", ")}))`,
};

function only(values: readonly Value[]): string | null {
  if (values.length !== 1) throw new Error(`${values.length} rows where one was promised`);
  return values[0]?.toString() ?? null;
}
