/** Reading the CSV files, strictly: a file that a careful reader could misread is a problem. */
import type { Source } from "./source.ts";

export type Line = Readonly<Record<string, string>>;
/** What was found wrong, in words. */
export type Problems = string[];

/** The columns the promise names, in order; more may follow. */
const PROMISED = {
  places: ["code", "name", "kind", "parent", "valid_from", "valid_to", "successor"],
  accounts: ["account", "kind", "unit", "axis", "may_be_negative"],
  entries: ["entry", "kind", "effective_on", "recorded_at", "reverses", "leaf_hash"],
  movements: [
    "entry",
    "n",
    "from_account",
    "to_account",
    "unit",
    "amount",
    "from_lo",
    "to_lo",
    "animal",
  ],
  animals: ["animal", "species", "commune", "account", "lo", "price", "dam", "round", "state"],
  donations: ["donation", "entry", "campaign", "channel", "account", "lo", "amount", "state"],
  campaigns: [
    "campaign",
    "model",
    "commune",
    "goal",
    "pledged",
    "received",
    "disbursed",
    "delivered",
  ],
  pledges: ["pledge", "campaign", "promised", "paid", "state", "promised_on", "confirmed_on"],
  animal_events: ["animal", "n", "kind", "week", "entry"],
} as const;
type Promised = keyof typeof PROMISED;
export type Tables = Readonly<Record<Promised, readonly Line[]>>;

/** Read every promised table. */
export async function readTables(source: Source, problems: Problems): Promise<Tables> {
  const names = Object.keys(PROMISED) as Promised[];
  const read = await Promise.all(
    names.map(async (name) => {
      const text = await source.text(`/data/v1/${name}.csv`);
      if (text === undefined) {
        problems.push(`${name}.csv is not there`);
        return [name, []] as const;
      }
      const { header, lines } = parseCsv(text, `${name}.csv`, problems);
      const first = header.slice(0, PROMISED[name].length).join(",");
      if (first !== PROMISED[name].join(",")) problems.push(`${name}.csv begins with ${first}`);
      return [name, lines] as const;
    }),
  );
  return Object.fromEntries(read) as Tables;
}

/** RFC 4180: every record ends with CRLF, every record is as long as the header. */
export function parseCsv(
  text: string,
  name: string,
  problems: Problems,
): { header: readonly string[]; lines: Line[] } {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  // The mark of a spreadsheet's file is no part of the first column's name.
  if (text.startsWith("\ufeff")) field.lastIndex = 1;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) {
      problems.push(`${name} is no CSV at sign ${at}`);
      break;
    }
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === ",") continue;
    if (match[3] === "") problems.push(`${name} does not end with a line end`);
    records.push(record);
    record = [];
  }
  const [header = [], ...rows] = records;
  if (new Set(header).size !== header.length) problems.push(`${name} has a column twice`);
  return {
    header,
    lines: rows.map((row, n) => {
      if (row.length !== header.length)
        problems.push(`${name} line ${n + 2} has ${row.length} cells`);
      return Object.fromEntries(header.map((column, at) => [column, row[at] ?? ""]));
    }),
  };
}

/** A whole number without sign, separators or leading zeros. */
export function whole(line: Line, column: string): bigint {
  const cell = line[column] ?? "";
  if (!/^(0|[1-9]\d*)$/.test(cell)) throw new Error(`${column} is no whole number: "${cell}"`);
  return BigInt(cell);
}

/** The same, or undefined when empty. */
export function maybeWhole(line: Line, column: string): bigint | undefined {
  return (line[column] ?? "") === "" ? undefined : whole(line, column);
}

export function cell(line: Line, column: string): string {
  return line[column] ?? "";
}

/** Lines by the value of one column. */
export function by(lines: readonly Line[], column: string): Map<string, Line> {
  return new Map(lines.map((line) => [cell(line, column), line]));
}
