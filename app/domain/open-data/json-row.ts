import type { Column, Row } from "./column.ts";
import { cellOf } from "./csv.ts";

/** One row as a JSON object in column order; whole numbers are JSON numbers, empty cells `null`. */
export function jsonRow(columns: readonly Column[], row: Row): string {
  const fields = columns.map((column) => {
    const cell = cellOf(column, row);
    // A bigint has no JSON form of its own; its digits are one.
    const value = typeof cell === "bigint" ? cell.toString() : JSON.stringify(cell);
    return `${JSON.stringify(column.name)}:${value}`;
  });
  return `{${fields.join(",")}}`;
}
