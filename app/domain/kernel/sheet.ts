import type { Day, Seconds } from "./calendar.ts";

/** A cell of a spreadsheet by what it is. */
export type SheetCell =
  | null
  | { readonly text: string }
  | { readonly number: bigint }
  | { readonly day: Day }
  | { readonly moment: Seconds };

/** A table to be opened in a spreadsheet. */
export interface Sheet {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}

/** Writing spreadsheets (XLSX). */
export type WriteSheet = (sheet: Sheet) => Promise<Uint8Array>;
