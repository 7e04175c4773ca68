/**
 * CSV as in RFC 4180: UTF-8 without a mark, comma, CRLF, one header line, empty for nothing.
 * A text that a spreadsheet would take for a formula gets an apostrophe before it (also behind a full-width sign).
 */
import { own } from "../kernel/own.ts";
import type { Cell, Column, Row } from "./column.ts";

const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/u;

/** The header line. */
export function csvHeader(columns: readonly Column[]): string {
  return `${columns.map(({ name }) => name).join(",")}\r\n`;
}

/** One line of cells in column order. */
export function csvLine(columns: readonly Column[], row: Row): string {
  return `${columns.map((column) => csvCell(column, cellOf(column, row))).join(",")}\r\n`;
}

/** The cell of a column; a row without it is a bug in the query that made it. */
export function cellOf(column: Column, row: Row): Cell {
  const cell = own(row, column.name);
  if (cell === undefined) throw new Error(`a row has no ${column.name}`);
  if (cell === null && column.required) throw new Error(`${column.name} is empty`);
  return cell;
}

function csvCell(column: Column, cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  return csvQuoted(column.type === "text" ? csvNeutral(text) : text);
}

/** A text that no spreadsheet takes for a formula. */
export function csvNeutral(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** A value as it stands between two commas. */
export function csvQuoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
