import { dayOf } from "../kernel/calendar.ts";
import { csvText } from "../open-data/csv.ts";
import type { FileColumn, ListCell } from "./list.ts";

/**
 * A list as CSV: as the open data's (RFC 4180, texts in quotes, formulas get an apostrophe), but with a byte order mark,
 * as it is made for spreadsheets of people, who would else see broken Vietnamese. Moments are Vietnamese local time.
 */
export function csvOfList(
  headings: readonly string[],
  columns: readonly Pick<FileColumn<never>, "type">[],
  rows: readonly (readonly ListCell[])[],
): string {
  const lines = [
    headings.map(csvText),
    ...rows.map((cells) => cells.map((cell, at) => csvCell(cell, columns[at]?.type ?? "text"))),
  ];
  return `\uFEFF${lines.map((cells) => `${cells.join(",")}\r\n`).join("")}`;
}

function csvCell(cell: ListCell, type: FileColumn<never>["type"]): string {
  if (cell === null) return "";
  if (type === "moment" && typeof cell === "number") return momentText(cell);
  // Numbers of ours are numbers; whatever else is a text, whatever the column says.
  return typeof cell === "string" ? csvText(cell) : String(cell);
}

/** `2026-11-23 09:05:07` in Viet Nam. */
function momentText(moment: number): string {
  return `${dayOf(moment)} ${new Date((moment + 7 * 3600) * 1000).toISOString().slice(11, 19)}`;
}
