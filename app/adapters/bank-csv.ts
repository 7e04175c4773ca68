import { parse } from "csv-parse/sync";

import type { BadLine, CsvRecord } from "#app/domain/payments/read-statement.ts";

/** A file as records, and the lines that are no CSV. */
export interface BankCsv {
  readonly records: readonly CsvRecord[];
  readonly bad: readonly BadLine[];
}

/** A memo may hold line breaks; a record over more lines has a quote that nobody closed. */
const MOST_LINES = 5;

/**
 * Read the bytes of a bank's CSV: UTF-8 or UTF-16 by its mark, else UTF-8, with broken signs replaced; comma, semicolon or
 * tab, whichever the file uses. A broken line is named and does not swallow the lines after it.
 */
export function readBankCsv(bytes: Uint8Array): BankCsv {
  const text = decode(bytes);
  const delimiter = delimiterOf(text);
  const whole = tryParse(text, delimiter);
  if (whole && whole.every(({ lines }) => lines <= MOST_LINES)) {
    return { records: whole.map(({ line, cells }) => ({ line, cells })), bad: [] };
  }
  return readPieceByPiece(text, delimiter);
}

function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}

/** The sign that stands most often in the line that has most of them: the header or a row, not the lines above. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 20_000).split(/\r\n|\r|\n/);
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
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: 1_000_000,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    // `info.lines` is the line on which a record ends.
    return rows.map(({ info, record }) => {
      const breaks = record.reduce(
        (sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0),
        0,
      );
      return { line: info.lines - breaks, lines: breaks + 1, cells: record };
    });
  } catch {
    return undefined;
  }
}

/** Line by line: lines are joined while a quote is open, and given up one at a time when it never closes. */
function readPieceByPiece(text: string, delimiter: string): BankCsv {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
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
    quotes += lines[at + count - 1]?.split('"').length ?? 1;
    quotes -= 1;
    if (quotes % 2 === 0) return count;
  }
  return undefined;
}
