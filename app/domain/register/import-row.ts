import { own } from "../kernel/own.ts";
import type { Day } from "../kernel/calendar.ts";
import { fold } from "../kernel/fold.ts";
import { no, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { CATEGORIES, type Category, type HouseholdData, readHousehold } from "./household.ts";
import type { ImportField, ImportMapping } from "./import-sheet.ts";
import { bookSigns, nameLetters } from "./names.ts";

/** What becomes of a row. */
export const ROW_KINDS = ["new", "changed", "same", "doubtful", "refused", "skipped"] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** A row of the sheet, read. */
export interface ImportRow {
  /** As the spreadsheet counts, from 1. */
  readonly line: number;
  /** As it stands there. */
  readonly name: string;
  readonly village: string;
  readonly read:
    | Result<HouseholdData, { code: "import.refused"; reasons: readonly string[] }>
    | "skipped";
}

/** Household rows of a sheet by its mapping; blank rows, sums and the numbers of columns are passed over. */
export function* importRows(
  rows: readonly (readonly string[])[],
  mapping: ImportMapping,
  today: Day,
): Generator<ImportRow, void, void> {
  const first = Number(mapping["first"] ?? 0);
  const seen = new Set<string>();
  for (let at = first; at < rows.length; at += 1) {
    const cells = rows[at] ?? [];
    const cell = (field: ImportField) => cells[Number(own(mapping, field) ?? -1)]?.trim() ?? "";
    const line = at + 1;
    const name = tidy(cell("name"));
    const village = tidy(cell("village")) || String(mapping["village.all"] ?? "");
    const shown = { line, name, village };
    if (isNoHousehold(name, cells)) {
      yield { ...shown, read: "skipped" };
      continue;
    }
    const read = readHousehold(
      {
        name,
        phone: phoneOf(cell("phone")),
        book: cell("book"),
        village,
        category: categoryOf(cell) ?? String(mapping["category.all"] ?? ""),
        categoryDecision: cell("categoryDecision") || String(mapping["categoryDecision.all"] ?? ""),
        categoryOn: cell("categoryOn") || String(mapping["categoryOn.all"] ?? ""),
        members: [],
        ethnicGroup: "",
        selfName: "",
        ethnicConsent: false,
        labour: "",
        land: "",
        grass: false,
        barn: false,
      },
      today,
    );
    if (!read.ok) {
      const reasons = [...new Set(read.problem.wrong.map(({ code }) => code))];
      yield { ...shown, read: no({ code: "import.refused", reasons }) };
      continue;
    }
    const key = rowKey(read.value);
    if (seen.has(key)) {
      yield { ...shown, read: no({ code: "import.refused", reasons: ["import.twice"] }) };
      continue;
    }
    seen.add(key);
    yield { ...shown, read };
  }
}

/** What tells a row from the others of its file. */
function rowKey({ personal: { name, book, phone }, village }: HouseholdData): string {
  return book === ""
    ? ["name", nameLetters(name), fold(village), phone].join("|")
    : `book|${bookSigns(book)}`;
}

function isNoHousehold(name: string, cells: readonly string[]): boolean {
  // `1`, `(2)`, `B`: numbers of the columns below the headings.
  if (/^\(?\d{1,2}\)?$|^[A-Z]$/.test(name)) return true;
  const first = fold(cells.find((cell) => cell.trim() !== "") ?? "");
  if (name === "") return first === "" || /^(tong|cong|[ivx]+\b)/.test(first);
  return /^(tong|cong)( cong| so)?$/.test(fold(name));
}

/** A number cell loses the zero that phones begin with. */
function phoneOf(cell: string): string {
  return /^[35789]\d{8}$/.test(cell.replace(/[\s.-]/g, "")) ? `0${cell}` : cell;
}

function categoryOf(cell: (field: ImportField) => string): Category | undefined {
  const crossed = CATEGORIES.find(
    (one) => one !== "other" && /^(x|1|v|co|✓|có)$/i.test(cell(`is-${one}`)),
  );
  if (crossed) return crossed;
  const words = fold(cell("category"));
  if (words === "") return undefined;
  if (/thoat ngheo|escaped/.test(words)) return "escaped";
  if (/can ngheo|near poor|^cn$|^hcn$/.test(words)) return "near_poor";
  if (/ngheo|poor|^n$|^hn$/.test(words)) return "poor";
  return "other";
}
