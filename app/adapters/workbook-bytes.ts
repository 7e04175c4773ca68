import { strFromU8, unzipSync } from "fflate";

import { no, ok, type Result } from "#app/domain/kernel/result.ts";
import {
  type BookProblem,
  MOST_IMPORT_COLUMNS,
  MOST_IMPORT_ROWS,
  type ReadSheet,
} from "#app/domain/register/import-sheet.ts";

import { xmlAttribute, type XmlTag, xmlTags, xmlText } from "./xml-tags.ts";

/** Bytes of the parts that are read, unpacked. */
const MOST_BYTES = 150 * 1024 * 1024;
/** Cells that merges of one sheet may fill. */
const MOST_MERGED = 200_000;
/** Digits a spreadsheet keeps of a number. */
const EXACT_DIGITS = 15;
/** Put before a number whose last digits the spreadsheet has lost: it is nowhere taken for one. */
const ABOUT = "≈";
/** Put for a formula that was never computed. */
const UNKNOWN = "#?";

/** Read the cells of an XLSX workbook. Formulas count by the value that was computed last; nothing is computed here. */
export function workbookSheets(bytes: Uint8Array): Result<readonly ReadSheet[], BookProblem> {
  let parts: Map<string, string>;
  try {
    parts = unpacked(bytes);
  } catch {
    return no({ code: "import.unreadable" });
  }
  const workbook = parts.get("xl/workbook.xml");
  if (workbook === undefined) return no({ code: "import.unreadable" });
  const targets = targetsOf(parts.get("xl/_rels/workbook.xml.rels") ?? "");
  const making = {
    texts: sharedTexts(parts.get("xl/sharedStrings.xml") ?? ""),
    days: dayStyles(parts.get("xl/styles.xml") ?? ""),
    from1904: [...xmlTags(workbook)].some(
      (tag) => tag.name === "workbookPr" && /^(1|true)$/.test(xmlAttribute(tag, "date1904") ?? ""),
    ),
  };
  const sheets: ReadSheet[] = [];
  for (const tag of xmlTags(workbook)) {
    if (tag.name !== "sheet" || tag.kind === "close") continue;
    const target = targets.get(xmlAttribute(tag, "r:id") ?? "");
    const xml = target === undefined ? undefined : parts.get(target);
    if (xml === undefined) continue;
    const rows = cellsOf(xml, making);
    if (rows.length > MOST_IMPORT_ROWS) return no({ code: "import.too-many-rows" });
    sheets.push({
      name: xmlText(xmlAttribute(tag, "name") ?? ""),
      hidden: /hidden/i.test(xmlAttribute(tag, "state") ?? ""),
      rows,
    });
  }
  return sheets.length === 0 ? no({ code: "import.unreadable" }) : ok(sheets);
}

function unpacked(bytes: Uint8Array): Map<string, string> {
  let sum = 0;
  const files = unzipSync(bytes, {
    filter({ name, originalSize }) {
      if (
        !/^xl\/(workbook|sharedStrings|styles|worksheets\/[^/]+|_rels\/workbook)\.xml(\.rels)?$/.test(
          name,
        )
      ) {
        return false;
      }
      sum += originalSize;
      if (sum > MOST_BYTES) throw new Error("too large");
      return true;
    },
  });
  return new Map(Object.entries(files).map(([name, file]) => [name, strFromU8(file)]));
}

interface CellMaking {
  readonly texts: readonly string[];
  readonly days: readonly boolean[];
  readonly from1904: boolean;
}

/** What a cell says, while its tags come. */
interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string | undefined;
  formula: boolean;
  texts: string;
}

function cellsOf(xml: string, making: CellMaking): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  let cell: OpenCell | undefined;
  let textFrom = 0;
  for (const tag of xmlTags(xml)) {
    const { name, kind } = tag;
    if (name === "row" && kind !== "close") {
      const at = rowAt(tag, rows.length);
      cells = rows[at] = [];
      if (at === MOST_IMPORT_ROWS) break;
    } else if (name === "c") {
      if (kind !== "close") cell = cellOf(tag, cells.length);
      if (kind !== "open" && cell) put(cells, cell, making);
    } else if (cell && (name === "v" || name === "t" || name === "f")) {
      if (kind === "open") textFrom = tag.to;
      takeText(cell, tag, xml.slice(textFrom, tag.from));
    }
  }
  for (let at = 0; at < rows.length; at += 1) rows[at] ??= [];
  spreadMerged(mergedIn(xml), rows);
  while (rows.length > 0 && (rows.at(-1) ?? []).every((text) => text.trim() === "")) rows.pop();
  return rows;
}

/** Where a row stands; one row more than may be where it stands nowhere: whoever counts them sees that they are too many. */
function rowAt(tag: XmlTag, next: number): number {
  const at = Number(xmlAttribute(tag, "r") ?? next + 1) - 1;
  return Number.isSafeInteger(at) && at >= 0 && at < MOST_IMPORT_ROWS ? at : MOST_IMPORT_ROWS;
}

/** What stood between a tag's beginning and its end. */
function takeText(cell: OpenCell, { name, kind }: XmlTag, text: string): void {
  if (name === "f") cell.formula = true;
  else if (kind === "close" && name === "v") cell.value = text;
  else if (kind === "close") cell.texts += xmlText(text);
}

function cellOf(tag: XmlTag, next: number): OpenCell {
  const reference = xmlAttribute(tag, "r");
  return {
    column: reference === undefined ? next : columnOf(reference),
    type: xmlAttribute(tag, "t") ?? "n",
    style: Number(xmlAttribute(tag, "s") ?? -1),
    value: undefined,
    formula: false,
    texts: "",
  };
}

function put(cells: string[], cell: OpenCell, making: CellMaking): void {
  if (cell.column < 0 || cell.column >= MOST_IMPORT_COLUMNS) return;
  for (let at = cells.length; at < cell.column; at += 1) cells[at] = "";
  cells[cell.column] = cellText(cell, making);
}

function cellText({ type, style, value, formula, texts }: OpenCell, making: CellMaking): string {
  if (type === "inlineStr") return texts;
  if (value === undefined) return formula ? UNKNOWN : "";
  if (type === "s") return making.texts[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "x" : "";
  if (type !== "n") return xmlText(value);
  return making.days[style] ? dayText(Number(value), making.from1904) : numberText(value);
}

/** A number with all its digits, however it is written: `4.9012345678E+10`. */
function numberText(written: string): string {
  if (written.length > 60) return written;
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(written.trim());
  if (!match) return written;
  const [, minus = "", whole = "", part = "", power = "0"] = match;
  const shift = Number(power);
  if (Math.abs(shift) > 40) return written;
  const digits = `${whole}${part}`;
  const point = whole.length + shift;
  const left = point <= 0 ? "0" : digits.padEnd(point, "0").slice(0, point);
  const right = withoutZeros(point <= 0 ? "0".repeat(-point) + digits : digits.slice(point));
  const number = left.replace(/^0+(?=\d)/, "");
  if (number.length > EXACT_DIGITS) return `${ABOUT}${number}`;
  // 12345678.000000001 is what a sum of tenths leaves.
  return `${minus}${number}${right === "" || right.length > 9 ? "" : `.${right}`}`;
}

/** Without the zeros that stand last. */
function withoutZeros(digits: string): string {
  let end = digits.length;
  while (digits.charAt(end - 1) === "0") end -= 1;
  return digits.slice(0, end);
}

function dayText(serial: number, from1904: boolean): string {
  const days = Math.floor(serial) + (from1904 ? 1462 : 0);
  if (!Number.isFinite(days) || days < 1 || days > 2_958_465) return String(serial);
  // 1900 counts as a leap year there.
  const from = Date.UTC(1899, 11, days < 61 ? 31 : 30);
  return new Date(from + days * 86_400_000).toISOString().slice(0, 10);
}

/** Which styles show a number as a day. */
function dayStyles(xml: string): boolean[] {
  const own = new Map<number, string>();
  const styles: boolean[] = [];
  let within = false;
  for (const tag of xmlTags(xml)) {
    if (tag.name === "numFmt" && tag.kind !== "close") {
      own.set(
        Number(xmlAttribute(tag, "numFmtId")),
        xmlText(xmlAttribute(tag, "formatCode") ?? ""),
      );
    } else if (tag.name === "cellXfs") {
      within = tag.kind === "open";
    } else if (within && tag.name === "xf" && tag.kind !== "close") {
      styles.push(showsDay(Number(xmlAttribute(tag, "numFmtId") ?? 0), own));
    }
  }
  return styles;
}

/** Built-in formats of days, or one of the workbook's own with a day or a year in it. */
function showsDay(id: number, own: ReadonlyMap<number, string>): boolean {
  const builtIn =
    (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  if (builtIn) return true;
  let code = "";
  let skipTo = "";
  for (const sign of own.get(id) ?? "") {
    if (skipTo !== "") {
      if (skipTo === sign || skipTo === "any") skipTo = "";
    } else if (sign === '"') skipTo = '"';
    else if (sign === "[") skipTo = "]";
    else if (sign === "\\") skipTo = "any";
    else code += sign;
  }
  return /[dy]/i.test(code);
}

/** The texts that cells point at: pieces in several letterings are one, without how they are spoken. */
function sharedTexts(xml: string): string[] {
  const texts: string[] = [];
  let text = "";
  let spoken = false;
  let from = 0;
  for (const { name, kind, from: begins, to } of xmlTags(xml)) {
    if (name === "rPh") spoken = kind === "open";
    else if (name === "t" && kind === "open") from = to;
    else if (name === "t" && kind === "close" && !spoken) text += xmlText(xml.slice(from, begins));
    else if (name === "si") {
      if (kind !== "open") texts.push(text);
      text = "";
    }
  }
  return texts;
}

function targetsOf(xml: string): Map<string, string> {
  return new Map(
    [...xmlTags(xml)].flatMap((tag) => {
      const [id, target] = [xmlAttribute(tag, "Id"), xmlAttribute(tag, "Target")];
      if (id === undefined || target === undefined) return [];
      return [[id, target.startsWith("/") ? target.slice(1) : `xl/${target}`] as const];
    }),
  );
}

/** Ranges of merged cells, which stand behind all rows. */
function mergedIn(xml: string): string[] {
  const behind = xml.slice(xml.lastIndexOf("sheetData>"));
  return [...xmlTags(behind)].flatMap((tag) =>
    tag.name === "mergeCell" ? [xmlAttribute(tag, "ref") ?? ""] : [],
  );
}

function spreadMerged(merged: readonly string[], rows: string[][]): void {
  let room = MOST_MERGED;
  for (const reference of merged) {
    const [from = "", to = ""] = reference.split(":");
    const [top, bottom] = [rowNumber(from), Math.min(rowNumber(to), rows.length - 1)];
    const [left, right] = [columnOf(from), Math.min(columnOf(to), MOST_IMPORT_COLUMNS - 1)];
    if (!(top >= 0 && bottom >= top && left >= 0 && right >= left)) continue;
    room -= (bottom - top + 1) * (right - left + 1);
    if (room < 0) return;
    const text = rows[top]?.[left] ?? "";
    for (let at = top; at <= bottom; at += 1) {
      const row = rows[at] ?? [];
      for (let column = row.length; column < left; column += 1) row[column] = "";
      for (let column = left; column <= right; column += 1) row[column] = text;
      rows[at] = row;
    }
  }
}

/** `BC12` is column 54. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/i.exec(reference)?.[0].toUpperCase() ?? "";
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function rowNumber(reference: string): number {
  const letters = /^[A-Z]{0,3}/i.exec(reference)?.[0].length ?? 0;
  const digits = reference.slice(letters);
  return /^\d{1,7}$/.test(digits) ? Number(digits) - 1 : -1;
}
