/**
 * CSV as in RFC 4180: UTF-8, comma, CRLF, one header line, empty for nothing, every text in quotes.
 * A text that a spreadsheet would take for a formula gets an apostrophe before it (also behind a full-width sign), and so does
 * such a sign behind a comma, a semicolon or a tab: spreadsheets of other countries begin a cell there.
 */
import { own } from "../kernel/own.ts";
import type { Cell, Column, Row } from "./column.ts";

/**
 * Stands before a CSV file for spreadsheets: without it they read UTF-8 as the letters of a country of their own
 * ("BÃ² sinh sáº£n"). Programs that take it for a part of the first column's name ask for the file without it.
 */
export const BYTE_ORDER_MARK = "\ufeff";

const FORMULA = /(^|[,;\t\r\n] *)(?=[=+\-@\t\r\n＝＋－＠])/gu;

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
  return column.type === "text" ? csvText(String(cell)) : String(cell);
}

/** A text as it stands between two commas: in quotes, and no formula to any spreadsheet. */
export function csvText(text: string): string {
  return `"${text.replace(FORMULA, "$1'").replaceAll('"', '""')}"`;
}
