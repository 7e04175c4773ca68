import { parse } from "csv-parse/sync";

import { atOnce, type Steps } from "#app/domain/kernel/steps.ts";
import type { BadLine, CsvRecord } from "#app/domain/bank-lines/read-statement.ts";

/** A file as records, and the lines that are no CSV. */
export interface BankCsv {
  readonly records: readonly CsvRecord[];
  readonly bad: readonly BadLine[];
  /** Lines of the file; with more than were allowed nothing else was read. */
  readonly lines: number;
}

const LINE_BREAK = /\r\n|\r|\n/;

/** A memo may hold line breaks; a record over more lines has a quote that nobody closed. */
const MOST_LINES = 5;

/** No bank prints as many columns. A line with more is named and not read: reading it would keep the server from its work. */
const MOST_CELLS = 100;

/** Lines read in one step. */
const PORTION = 1_000;

/**
 * Read the bytes of a bank's CSV: UTF-8 or UTF-16 by its mark, else UTF-8, with broken signs replaced; comma, semicolon or
 * tab, whichever the file uses. A broken line is named and does not swallow the lines after it.
 */
export function readBankCsv(bytes: Uint8Array): BankCsv {
  return atOnce(readBankCsvSteps(bytes));
}

/** The same in steps, for files of any size; a file of more than `most` lines is not read. */
export function* readBankCsvSteps(bytes: Uint8Array, most = Infinity): Steps<BankCsv> {
  const text = decode(bytes);
  const delimiter = delimiterOf(text);
  yield;
  const lines = text.split(LINE_BREAK);
  if (lines.length > most) return { records: [], bad: [], lines: lines.length };
  yield;
  const records: CsvRecord[] = [];
  const bad: BadLine[] = [];
  for (let at = 0; at < lines.length;) {
    const end = portionEnd(lines, at);
    const read = readPortion(lines.slice(at, end), delimiter);
    for (const { line, cells } of read.records) records.push({ line: line + at, cells });
    for (const { line, code } of read.bad) bad.push({ line: line + at, code });
    at = end;
    yield;
  }
  return { records, bad, lines: lines.length };
}

/** Where a portion that begins at `at` ends: where no quote is open, if that is anywhere near. */
function portionEnd(lines: readonly string[], at: number): number {
  let quotes = 0;
  for (let end = at; end < lines.length && end < at + 2 * PORTION; end += 1) {
    if (end >= at + PORTION && quotes % 2 === 0) return end;
    quotes += quotesIn(lines[end] ?? "");
  }
  return Math.min(lines.length, at + 2 * PORTION);
}

function readPortion(lines: string[], delimiter: string): Omit<BankCsv, "lines"> {
  // They are emptied, so that the others keep their numbers.
  const wide = lines.flatMap((line, at): BadLine[] =>
    isWide(line, delimiter) ? [{ line: at + 1, code: "too-many-cells" }] : [],
  );
  for (const { line } of wide) lines[line - 1] = "";
  const { records, bad } = readNarrow(lines.join("\n"), delimiter);
  return { records, bad: [...bad, ...wide].toSorted((a, b) => a.line - b.line) };
}

function readNarrow(text: string, delimiter: string): Omit<BankCsv, "lines"> {
  const parsed = tryParse(text, delimiter);
  return parsed?.every(({ lines }) => lines <= MOST_LINES)
    ? { records: parsed.map(({ line, cells }) => ({ line, cells })), bad: [] }
    : readPieceByPiece(text, delimiter);
}

/** Whether a line has separators for more cells, in quotes or not; counts no further than it must. */
function isWide(line: string, delimiter: string): boolean {
  let at = -1;
  for (let count = 0; count < MOST_CELLS; count += 1) {
    at = line.indexOf(delimiter, at + 1);
    if (at === -1) return false;
  }
  return true;
}

function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}

/** The sign that stands most often in the line that has most of them: the header or a row, not the lines above. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 20_000).split(LINE_BREAK);
  const most = (sign: string) => Math.max(...head.map((line) => line.split(sign).length));
  // Amounts hold commas; a semicolon or a tab in every row can only be a separator.
  if (most("\t") >= 4) return "\t";
  return most(";") >= 4 && most(";") >= most(",") - 4 ? ";" : ",";
}

interface Parsed {
  readonly line: number;
  readonly lines: number;
  readonly cells: string[];
}

function tryParse(text: string, delimiter: string): Parsed[] | undefined {
  try {
    const rows = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: "\n",
      max_record_size: 1_000_000,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    // `info.lines` is the line on which a record ends.
    return rows.map(({ info, record }) => {
      const breaks = record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
      return { line: info.lines - breaks, lines: breaks + 1, cells: record };
    });
  } catch {
    return undefined;
  }
}

/** Line by line: lines are joined while a quote is open, and given up one at a time when it never closes. */
function readPieceByPiece(text: string, delimiter: string): Omit<BankCsv, "lines"> {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const records: CsvRecord[] = [];
  const bad: BadLine[] = [];
  for (let at = 0; at < lines.length;) {
    const count = linesOfRecord(lines, at);
    const piece = lines.slice(at, at + (count ?? 1)).join("\n");
    const parsed = count === undefined ? undefined : tryParse(piece, delimiter);
    if (!parsed) bad.push({ line: at + 1, code: "broken-quotes" });
    for (const { cells } of parsed ?? []) records.push({ line: at + 1, cells });
    at += count ?? 1;
  }
  return { records, bad };
}

function linesOfRecord(lines: readonly string[], at: number): number | undefined {
  let quotes = 0;
  for (let count = 1; count <= MOST_LINES && at + count <= lines.length; count += 1) {
    quotes += quotesIn(lines[at + count - 1] ?? "");
    if (quotes % 2 === 0) return count;
  }
  return undefined;
}

function quotesIn(line: string): number {
  return line.split('"').length - 1;
}
