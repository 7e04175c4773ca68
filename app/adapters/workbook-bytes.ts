import { strFromU8, unzipSync } from "fflate";

import { no, ok, type Result } from "#app/domain/kernel/result.ts";
import {
  type BookProblem,
  MOST_IMPORT_COLUMNS,
  MOST_IMPORT_ROWS,
  type ReadSheet,
} from "#app/domain/register/import-sheet.ts";

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
    from1904: /date1904="(1|true)"/.test(workbook),
  };
  const sheets: ReadSheet[] = [];
  for (const [, attributes = ""] of workbook.matchAll(/<(?:\w+:)?sheet\b([^>]*)>/g)) {
    const target = targets.get(attribute(attributes, "r:id") ?? "");
    const xml = target === undefined ? undefined : parts.get(target);
    if (xml === undefined) continue;
    const rows = cellsOf(xml, making);
    if (rows.length > MOST_IMPORT_ROWS) return no({ code: "import.too-many-rows" });
    sheets.push({
      name: decoded(attribute(attributes, "name") ?? ""),
      hidden: /hidden/i.test(attribute(attributes, "state") ?? ""),
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

function cellsOf(xml: string, making: CellMaking): string[][] {
  const rows: string[][] = [];
  let next = 0;
  for (const [, attributes = "", body = ""] of xml.matchAll(
    /<(?:\w+:)?row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g,
  )) {
    const at = Number(attribute(attributes, "r") ?? next + 1) - 1;
    if (!Number.isSafeInteger(at) || at < 0 || at > MOST_IMPORT_ROWS) {
      // One row more than may be: whoever counts them sees that they are too many.
      rows[MOST_IMPORT_ROWS] = [];
      break;
    }
    rows[at] = rowOf(body, making);
    next = at + 1;
  }
  for (let at = 0; at < rows.length; at += 1) rows[at] ??= [];
  spreadMerged(xml, rows);
  while (rows.length > 0 && (rows.at(-1) ?? []).every((cell) => cell.trim() === "")) rows.pop();
  return rows;
}

function rowOf(body: string, making: CellMaking): string[] {
  const cells: string[] = [];
  for (const [, attributes = "", content = ""] of body.matchAll(
    /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g,
  )) {
    const reference = attribute(attributes, "r");
    const column = reference === undefined ? cells.length : columnOf(reference);
    if (column >= MOST_IMPORT_COLUMNS) continue;
    cells[column] = cellText(attributes, content, making);
  }
  for (let at = 0; at < cells.length; at += 1) cells[at] ??= "";
  return cells;
}

function cellText(attributes: string, content: string, making: CellMaking): string {
  const type = attribute(attributes, "t") ?? "n";
  if (type === "inlineStr") return textsIn(content);
  const value = /<(?:\w+:)?v\b[^>]*>([\s\S]*?)<\/(?:\w+:)?v>/.exec(content)?.[1];
  if (value === undefined) return /<(?:\w+:)?f\b/.test(content) ? UNKNOWN : "";
  if (type === "s") return making.texts[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "x" : "";
  if (type !== "n") return decoded(value);
  const style = Number(attribute(attributes, "s") ?? -1);
  return making.days[style] ? dayText(Number(value), making.from1904) : numberText(value);
}

/** A number with all its digits, however it is written: `4.9012345678E+10`. */
function numberText(written: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(written.trim());
  if (!match) return written;
  const [, minus = "", whole = "", part = "", power = "0"] = match;
  const shift = Number(power);
  if (Math.abs(shift) > 40) return written;
  const digits = `${whole}${part}`;
  const point = whole.length + shift;
  const left = point <= 0 ? "0" : digits.padEnd(point, "0").slice(0, point);
  const right = (point <= 0 ? "0".repeat(-point) + digits : digits.slice(point)).replace(/0+$/, "");
  const number = left.replace(/^0+(?=\d)/, "");
  if (number.length > EXACT_DIGITS) return `${ABOUT}${number}`;
  // 12345678.000000001 is what a sum of tenths leaves.
  return `${minus}${number}${right === "" || right.length > 9 ? "" : `.${right}`}`;
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
  for (const [, attributes = ""] of xml.matchAll(/<(?:\w+:)?numFmt\b([^>]*)>/g)) {
    own.set(
      Number(attribute(attributes, "numFmtId")),
      decoded(attribute(attributes, "formatCode") ?? ""),
    );
  }
  const formats = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(xml)?.[0] ?? "";
  return [...formats.matchAll(/<(?:\w+:)?xf\b([^>]*)>/g)].map(([, attributes = ""]) => {
    const id = Number(attribute(attributes, "numFmtId") ?? 0);
    const code = (own.get(id) ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "");
    return (
      (id >= 14 && id <= 17) ||
      id === 22 ||
      (id >= 27 && id <= 36) ||
      (id >= 50 && id <= 58) ||
      /[dy]/i.test(code)
    );
  });
}

function sharedTexts(xml: string): string[] {
  return [...xml.matchAll(/<(?:\w+:)?si\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g)].map(
    ([, body = ""]) => textsIn(body),
  );
}

/** Pieces of a text in several letterings, without how it is spoken. */
function textsIn(body: string): string {
  const plain = body.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, "");
  return [...plain.matchAll(/<(?:\w+:)?t\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?t>)/g)]
    .map(([, text = ""]) => decoded(text))
    .join("");
}

function targetsOf(xml: string): Map<string, string> {
  return new Map(
    [...xml.matchAll(/<(?:\w+:)?Relationship\b([^>]*)>/g)].flatMap(([, attributes = ""]) => {
      const [id, target] = [attribute(attributes, "Id"), attribute(attributes, "Target")];
      if (id === undefined || target === undefined) return [];
      return [[id, target.startsWith("/") ? target.slice(1) : `xl/${target}`] as const];
    }),
  );
}

function spreadMerged(xml: string, rows: string[][]): void {
  let room = MOST_MERGED;
  for (const [, attributes = ""] of xml.matchAll(/<(?:\w+:)?mergeCell\b([^>]*)>/g)) {
    const [from = "", to = ""] = (attribute(attributes, "ref") ?? "").split(":");
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

const rowNumber = (reference: string) => Number(/\d+$/.exec(reference)?.[0] ?? 0) - 1;

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}\\s*=\\s*"([^"]*)"`).exec(attributes)?.[1];
}

const NAMED: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function decoded(text: string): string {
  return text
    .replace(
      /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
      (whole, hex: string | undefined, number: string | undefined, name: string | undefined) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
        const code = hex === undefined ? Number(number) : Number.parseInt(hex, 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
      },
    )
    .replace(/_x([0-9A-F]{4})_/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
