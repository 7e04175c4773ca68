import { type Day, isDay } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import { fold } from "../kernel/fold.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { atOnce, type Steps } from "../kernel/steps.ts";
import { BANK_FORMATS, type BankFormat, STATEMENT_LABELS } from "./bank-formats.ts";

/** One record of the file as cells, with the number of the line on which it begins (from 1). */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A line of the statement that could be read. */
export interface StatementRow {
  readonly line: number;
  readonly bookedOn: Day;
  readonly reference: string;
  readonly direction: "credit" | "debit";
  /** đồng, positive */
  readonly amount: Dong;
  /** Balance after the line, where the bank prints it. */
  readonly balance?: Dong;
  /** As the bank wrote it, NFC, blanks made single. */
  readonly text: string;
}

/** Why a line could not be read. */
export const BAD_LINE_CODES = [
  "no-day",
  "no-amount",
  "two-amounts",
  "bad-amount",
  "bad-balance",
  "broken-quotes",
  "too-many-cells",
] as const;

/** A line that could not be read; it does not stop the others. */
export interface BadLine {
  readonly line: number;
  readonly code: (typeof BAD_LINE_CODES)[number];
}

/** A statement as read. */
export interface ReadStatement {
  readonly format: string;
  /** Account number the file names, where it does. */
  readonly accountNumber?: string;
  readonly opening?: Dong;
  readonly closing?: Dong;
  readonly rows: readonly StatementRow[];
  readonly bad: readonly BadLine[];
}

export type ReadProblem =
  | { readonly code: "statement.no-header"; readonly tried: readonly string[] }
  | { readonly code: "statement.unknown-format"; readonly known: readonly string[] }
  | { readonly code: "statement.too-many-lines"; readonly lines: number; readonly limit: number };

/** Most lines of one file: a busy account's year. A bank's larger file is to be cut into months. */
export const MOST_STATEMENT_LINES = 250_000;

/** Lines read in one step. */
const STEP = 1_000;

type Column = keyof BankFormat["columns"];
type Places = ReadonlyMap<Column, number>;

/** Read the records of a file; `formatId` names the layout, otherwise the header tells it. */
export function readStatement(
  records: readonly CsvRecord[],
  formatId?: string,
): Result<ReadStatement, ReadProblem> {
  return atOnce(readStatementSteps(records, formatId));
}

/** The same in steps, for files of any size. */
export function* readStatementSteps(
  records: readonly CsvRecord[],
  formatId?: string,
): Steps<Result<ReadStatement, ReadProblem>> {
  const formats = formatId ? BANK_FORMATS.filter(({ id }) => id === formatId) : BANK_FORMATS;
  if (formats.length === 0) {
    return no({ code: "statement.unknown-format", known: BANK_FORMATS.map(({ id }) => id) });
  }
  const header = findHeader(records, formats);
  if (!header) return no({ code: "statement.no-header", tried: formats.map(({ id }) => id) });

  const rows: StatementRow[] = [];
  const bad: BadLine[] = [];
  const outside: CsvRecord[] = records.slice(0, header.at);
  for (let at = header.at + 1; at < records.length; at += 1) {
    if (at % STEP === 0) yield;
    const record = records[at];
    if (!record || record.cells.every((cell) => cell.trim() === "")) continue;
    if (isOutsideTable(record, header.places)) {
      outside.push(record);
      continue;
    }
    const row = readRow(record, header.places);
    if ("code" in row) bad.push(row);
    else rows.push(row);
  }
  const accountNumber = labelled(outside, STATEMENT_LABELS.account)?.replace(/[^0-9A-Za-z]/g, "");
  const opening = amountOf(labelled(outside, STATEMENT_LABELS.opening));
  const closing = amountOf(labelled(outside, STATEMENT_LABELS.closing));
  return ok({
    format: header.format.id,
    ...(accountNumber ? { accountNumber } : {}),
    ...(opening === undefined ? {} : { opening }),
    ...(closing === undefined ? {} : { closing }),
    rows,
    bad,
  });
}

/** Rows of a statement stand far above this many lines; a header below it is no header. */
const HEADER_WITHIN = 60;

function findHeader(records: readonly CsvRecord[], formats: readonly BankFormat[]) {
  for (const format of formats) {
    for (const [at, record] of records.slice(0, HEADER_WITHIN).entries()) {
      const places = placesOf(record.cells, format);
      if (places) return { at, format, places };
    }
  }
  return undefined;
}

function placesOf(cells: readonly string[], format: BankFormat): Places | undefined {
  const names = cells.map(headerName);
  const places = new Map<Column, number>();
  for (const [column, spellings] of Object.entries(format.columns) as [Column, string[]][]) {
    const spelling = spellings.find((name) => names.includes(name));
    if (spelling !== undefined) places.set(column, names.indexOf(spelling));
  }
  const money = (places.has("debit") && places.has("credit")) || places.has("signed");
  // A file of gifts alone may have no column for money out.
  const enough = money || places.has("credit");
  return places.has("day") && places.has("text") && enough ? places : undefined;
}

/** `Số tiền ghi có (VND)` and `Ghi có / Credit` both read as their Vietnamese or only words. */
function headerName(cell: string): string {
  return fold(cell.replace(/[([/\n].*$/s, "")).replace(/ (vnd|dong)$/, "");
}

function isOutsideTable(record: CsvRecord, places: Places): boolean {
  const dayCell = cellOf(record, places, "day");
  if (readDay(dayCell) !== undefined) return false;
  const first = fold(record.cells.find((cell) => cell.trim() !== "") ?? "");
  const labels = Object.values(STATEMENT_LABELS).flat();
  return labels.some((label) => first === label || first.startsWith(`${label} `));
}

function readRow(record: CsvRecord, places: Places): StatementRow | BadLine {
  const { line } = record;
  const bookedOn = readDay(cellOf(record, places, "day"));
  if (bookedOn === undefined) return { line, code: "no-day" };
  const money = moneyOf(record, places);
  if (typeof money === "string") return { line, code: money };
  const balanceText = cellOf(record, places, "balance");
  const balance = amountOf(balanceText);
  if (balance === undefined && balanceText !== "") return { line, code: "bad-balance" };
  return {
    line,
    bookedOn,
    reference: asOneLine(cellOf(record, places, "reference")).slice(0, 200),
    ...money,
    ...(balance === undefined ? {} : { balance }),
    text: asOneLine(cellOf(record, places, "text")).slice(0, 2_000),
  };
}

function moneyOf(
  record: CsvRecord,
  places: Places,
): Pick<StatementRow, "direction" | "amount"> | BadLine["code"] {
  const debit = amountCell(cellOf(record, places, "debit"));
  const credit = amountCell(cellOf(record, places, "credit"));
  const signed = amountCell(cellOf(record, places, "signed"));
  if (debit === undefined || credit === undefined || signed === undefined) return "bad-amount";
  if (!places.has("credit")) {
    if (signed === 0n) return "no-amount";
    return signed > 0n
      ? { direction: "credit", amount: signed }
      : { direction: "debit", amount: -signed };
  }
  // Some banks print what went out with a minus.
  const out = debit < 0n ? -debit : debit;
  if (credit < 0n) return "bad-amount";
  if (out > 0n && credit > 0n) return "two-amounts";
  if (credit > 0n) return { direction: "credit", amount: credit };
  if (out > 0n) return { direction: "debit", amount: out };
  return "no-amount";
}

/** An empty cell or a dash is nothing; undefined is no number. */
function amountCell(cell: string): Dong | undefined {
  return /^[-–—]?$/.test(cell) ? 0n : amountOf(cell);
}

function cellOf(record: CsvRecord, places: Places, column: Column): string {
  const place = places.get(column);
  return place === undefined ? "" : (record.cells[place] ?? "").trim();
}

// Control signs come from broken exports; a line break in the middle of a memo becomes a blank.
const asOneLine = (text: string) =>
  text
    .normalize("NFC")
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, " ")
    .trim();

/**
 * Read an amount of a bank file: `1.234.567`, `1,234,567`, `1234567`, `1,234,567.00`, with a sign before or after and
 * with or without `VND` or `đ`. Undefined when it is no whole number of đồng.
 */
export function amountOf(cell: string | undefined): Dong | undefined {
  if (cell === undefined) return undefined;
  const text = cell
    .normalize("NFC")
    .replace(/[\s\u00a0\u202f]+/g, "")
    .replace(/(vnđ|vnd|đ|₫)$/i, "");
  const match = /^([-+−(]?)(\d[\d.,]*?)([-+)]?)$/.exec(text);
  if (!match?.[2]) return undefined;
  const digits = wholeDigits(match[2]);
  if (digits === undefined || digits.length > 15) return undefined;
  const minus = /[-−(]/.test(match[1] ?? "") || match[3] === "-";
  return minus ? -BigInt(digits) : BigInt(digits);
}

function wholeDigits(text: string): string | undefined {
  // Cents that are nothing: `.00`, `,0`. Three zeros after one sign are thousands.
  const whole = text.replace(/[.,]0{1,2}$/, "");
  if (/^\d+$/.test(whole)) return whole;
  if (/^\d{1,3}(\.\d{3})+$/.test(whole) || /^\d{1,3}(,\d{3})+$/.test(whole)) {
    return whole.replace(/[.,]/g, "");
  }
  return undefined;
}

/** Read `dd/MM/yyyy`, `dd-MM-yyyy`, `dd.MM.yyyy` or `yyyy-MM-dd`, with or without a time behind it. */
export function readDay(cell: string): Day | undefined {
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[\sT].*)?$/.exec(cell.trim());
  const day = match
    ? `${match[3]}-${(match[2] ?? "").padStart(2, "0")}-${(match[1] ?? "").padStart(2, "0")}`
    : /^(\d{4}-\d{2}-\d{2})(?:[\sT].*)?$/.exec(cell.trim())?.[1];
  return day !== undefined && isDay(day) ? day : undefined;
}

function labelled(records: readonly CsvRecord[], labels: readonly string[]): string | undefined {
  for (const { cells } of records) {
    for (const [at, cell] of cells.entries()) {
      const [label, inCell] = cell.split(/[:：]/, 2);
      if (!labels.includes(fold(label ?? ""))) continue;
      const value = inCell?.trim() || cells.slice(at + 1).find((next) => next.trim() !== "");
      if (value !== undefined && value.trim() !== "") return value.trim();
    }
  }
  return undefined;
}

/** A sum that does not fit: the file was cut, changed, or has lines we could not read. */
export type BalanceProblem =
  | { readonly code: "statement.sum"; readonly expected: Dong; readonly found: Dong }
  | {
      readonly code: "statement.running";
      readonly line: number;
      readonly expected: Dong;
      readonly found: Dong;
    };

/**
 * Check opening + credits − debits = closing, and each printed balance against the one before it (files run forwards or
 * backwards in time). Answers the first thing that does not fit; undefined when all fits or nothing is printed.
 */
export function checkBalances(statement: ReadStatement): BalanceProblem | undefined {
  const { opening, closing, rows } = statement;
  if (opening !== undefined && closing !== undefined) {
    const found = rows.reduce((sum, row) => sum + effect(row), opening);
    if (found !== closing) return { code: "statement.sum", expected: closing, found };
  }
  const forwards = brokenStep(rows);
  if (forwards === undefined) return undefined;
  return brokenStep(rows.toReversed()) === undefined ? undefined : forwards;
}

function brokenStep(rows: readonly StatementRow[]): BalanceProblem | undefined {
  let before: Dong | undefined;
  for (const row of rows) {
    if (row.balance !== undefined && before !== undefined) {
      const expected = before + effect(row);
      if (row.balance !== expected) {
        return { code: "statement.running", line: row.line, expected, found: row.balance };
      }
    }
    before = row.balance;
  }
  return undefined;
}

function effect(row: StatementRow): Dong {
  return row.direction === "credit" ? row.amount : -row.amount;
}
