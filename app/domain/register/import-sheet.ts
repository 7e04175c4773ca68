import { fold } from "../kernel/fold.ts";
import type { Result } from "../kernel/result.ts";

/** A sheet as its cells' texts: days as `YYYY-MM-DD`, numbers with all their digits, merged cells each with the text. */
export interface ReadSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly string[])[];
}

export interface BookProblem {
  readonly code: "import.unreadable" | "import.too-many-rows";
}

/** Read the bytes of a workbook or of a CSV file. */
export type ReadBook = (
  bytes: Uint8Array,
  format: "xlsx" | "csv",
) => Promise<Result<readonly ReadSheet[], BookProblem>>;

/** Rows of one sheet. */
export const MOST_IMPORT_ROWS = 25_000;
export const MOST_IMPORT_COLUMNS = 60;

/** What a column can be. Those that begin with `is-` hold a cross where the household is so. */
export const IMPORT_FIELDS = [
  "name",
  "village",
  "book",
  "phone",
  "category",
  "is-poor",
  "is-near_poor",
  "is-escaped",
  "categoryDecision",
  "categoryOn",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Column of each field, from 0, with `sheet`, `first` (the first row below the headings) and what stands for all rows. */
export type ImportMapping = Readonly<Record<string, string | number>>;

/** Headings as communes write them, folded; the first that a heading begins with. */
const HEADINGS: Readonly<Record<ImportField, readonly string[]>> = {
  name: [
    "ho va ten chu ho",
    "ho ten chu ho",
    "ten chu ho",
    "chu ho",
    "ho va ten",
    "ho ten",
    "name",
  ],
  village: ["thon", "ban", "to dan pho", "khu dan cu", "dia chi", "noi o", "village"],
  book: [
    "so so",
    "ma ho",
    "so cccd",
    "cccd",
    "so dinh danh",
    "so cmnd",
    "cmnd",
    "so ho khau",
    "book",
  ],
  phone: ["so dien thoai", "dien thoai", "sdt", "so dt", "phone"],
  category: ["doi tuong", "dien ho", "dien", "loai ho", "phan loai", "category"],
  "is-near_poor": ["can ngheo", "ho can ngheo", "near poor"],
  "is-escaped": ["moi thoat ngheo", "thoat ngheo", "ho moi thoat ngheo", "ho thoat ngheo"],
  "is-poor": ["ngheo", "ho ngheo", "poor"],
  categoryDecision: ["so quyet dinh", "quyet dinh so", "quyet dinh", "so qd", "decision"],
  categoryOn: ["ngay quyet dinh", "ngay ban hanh", "ngay thang", "ngay", "decided on"],
};
/** Headings lie no lower. */
const HEAD_WITHIN = 40;

/** Where the headings of a sheet are, and what each column seems to be. */
export interface FoundHead {
  /** Text of each column's headings, of one row or two. */
  readonly headings: readonly string[];
  /** Index of the first row below. */
  readonly first: number;
  readonly columns: Readonly<Partial<Record<ImportField, number>>>;
}

/** Find the headings: the row, or two rows one below the other, that name most of what is looked for. */
export function findHead(rows: ReadSheet["rows"]): FoundHead {
  let best: FoundHead = { headings: [], first: 0, columns: {} };
  const found = ({ columns }: FoundHead) => Object.keys(columns).length;
  for (let at = 0; at < Math.min(rows.length, HEAD_WITHIN); at += 1) {
    for (const height of [1, 2]) {
      const head = headOf(rows.slice(at, at + height), at + height);
      // Two rows only where the second names more.
      if (found(head) > found(best)) best = head;
    }
  }
  return best;
}

/** Headings of a sheet whose first row of households is known. */
export function headAbove(rows: ReadSheet["rows"], first: number): FoundHead {
  const [one, two] = [
    headOf(rows.slice(first - 1, first), first),
    headOf(rows.slice(Math.max(0, first - 2), first), first),
  ];
  return Object.keys(two.columns).length > Object.keys(one.columns).length ? two : one;
}

function headOf(rows: ReadSheet["rows"], first: number): FoundHead {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const headings = Array.from({ length: width }, (_, column) => {
    const texts = rows.map((row) => (row[column] ?? "").trim()).filter((text) => text !== "");
    return [...new Set(texts)].join(" / ");
  });
  const columns: Partial<Record<ImportField, number>> = {};
  const strength: Partial<Record<ImportField, number>> = {};
  for (const [column, heading] of headings.entries()) {
    // What stands lowest says what the column is.
    const last = fold(heading.split(" / ").at(-1) ?? "");
    const [field, weight] = fieldOf(last) ?? [];
    if (field === undefined || weight === undefined || weight <= (strength[field] ?? 0)) continue;
    columns[field] = column;
    strength[field] = weight;
  }
  return { headings, first, columns };
}

function fieldOf(heading: string): readonly [ImportField, number] | undefined {
  let best: readonly [ImportField, number] | undefined;
  for (const field of IMPORT_FIELDS) {
    for (const words of HEADINGS[field]) {
      const fits = heading === words || heading.startsWith(`${words} `);
      const weight = heading === words ? 100 + words.length : words.length;
      if (fits && (best === undefined || weight > best[1])) best = [field, weight];
    }
  }
  return best;
}

/** Headings as they are remembered by: the same columns are read the same next time. */
export function headingsText(headings: readonly string[]): string {
  return headings.map(fold).join("|");
}
