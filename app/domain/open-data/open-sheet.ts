import type { Sheet, SheetCell } from "../kernel/sheet.ts";
import type { Cell, Column } from "./column.ts";
import { cellOf } from "./csv.ts";
import { SHEET_ROWS } from "./overview.ts";
import type { OpenDataReading } from "./ports.ts";
import { type SetName, SETS } from "./sets.ts";

/**
 * A published table as of entry `head` as a spreadsheet: whole numbers as numbers, days and moments as such, all else as
 * text. Undefined when it is longer than a spreadsheet is made of (`SHEET_ROWS`).
 */
export async function openSheet(
  { pages }: Pick<OpenDataReading, "pages">,
  asked: { readonly set: SetName; readonly head: number },
): Promise<Sheet | undefined> {
  const { columns } = SETS[asked.set];
  const rows: SheetCell[][] = [];
  for await (const page of pages(asked.set, asked.head)) {
    if (rows.length + page.length > SHEET_ROWS) return undefined;
    for (const row of page) rows.push(columns.map((column) => cell(column, cellOf(column, row))));
  }
  return { title: asked.set, headings: columns.map(({ name }) => name), rows };
}

function cell({ type }: Column, value: Cell): SheetCell {
  if (value === null) return null;
  if (type === "integer") return { number: BigInt(value) };
  if (type === "date") return { day: String(value) };
  if (type === "moment") return { moment: Math.floor(Date.parse(String(value)) / 1000) };
  return { text: String(value) };
}
