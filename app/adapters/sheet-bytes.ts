import { startOf } from "#app/domain/kernel/calendar.ts";
import type { Sheet, SheetCell } from "#app/domain/kernel/sheet.ts";

const WIDEST = 60;
const NARROWEST = 10;
/** Digits a spreadsheet keeps in a number; a longer amount stands as text, whole. */
const EXACT = 10n ** 15n;

/** A sheet as an XLSX file. Texts are texts: nothing is ever written as a formula. */
export async function sheetBytes(sheet: Sheet): Promise<Uint8Array> {
  // Seldom wanted: not loaded at the start.
  const { default: writeExcelFile } = await import("write-excel-file/node");
  const head = sheet.headings.map((value) => ({
    value,
    type: String,
    fontWeight: "bold" as const,
    wrap: true,
  }));
  const body = sheet.rows.map((row) => row.map((cell) => excelCell(cell)));
  const columns = sheet.headings.map((heading, at) => ({
    width: widthOf([heading, ...sheet.rows.slice(0, 500).map((row) => lengthText(row[at]))]),
  }));
  const file = writeExcelFile([head, ...body], {
    columns,
    sheet: sheet.title.replace(/[[\]:*?/\\]/g, " ").slice(0, 31),
    stickyRowsCount: 1,
  });
  return new Uint8Array(await file.toBuffer());
}

function excelCell(cell: SheetCell) {
  if (cell === null) return null;
  if ("text" in cell) return { value: cell.text, type: String };
  if ("day" in cell) {
    // Noon in Greenwich is the same day wherever it is read.
    return {
      value: new Date((startOf(cell.day) + 19 * 3600) * 1000),
      type: Date,
      format: "dd/mm/yyyy",
    };
  }
  if ("moment" in cell) {
    const local = new Date((cell.moment + 7 * 3600) * 1000);
    return { value: local, type: Date, format: "dd/mm/yyyy hh:mm:ss" };
  }
  const exact = cell.number > -EXACT && cell.number < EXACT;
  if (!exact) return { value: cell.number.toString(), type: String };
  return { value: Number(cell.number), type: Number, format: "#,##0" };
}

function lengthText(cell: SheetCell | undefined): string {
  if (!cell) return "";
  if ("text" in cell) return cell.text;
  if ("number" in cell) return cell.number.toString();
  return "day" in cell ? cell.day : "23/11/2026 09:05:07";
}

function widthOf(texts: readonly string[]): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return Math.min(WIDEST, Math.max(NARROWEST, longest + 2));
}
