import type { Column, Row } from "./column.ts";
import { BYTE_ORDER_MARK, csvHeader, csvLine } from "./csv.ts";
import { jsonRow } from "./json-row.ts";
import type { OpenDataReading } from "./ports.ts";
import { type SetName, SETS, type TextFormat } from "./sets.ts";

/** How rows are put together in one form. */
interface Form {
  readonly opening: (columns: readonly Column[]) => string;
  readonly row: (columns: readonly Column[], row: Row) => string;
  readonly between: string;
  readonly closing: string;
}

const FORMS: Readonly<Record<TextFormat, Form>> = {
  csv: { opening: csvHeader, row: csvLine, between: "", closing: "" },
  json: { opening: () => "[\n", row: jsonRow, between: ",\n", closing: "\n]\n" },
};

/**
 * A table as text, a page of rows at a time, as of entry `head`. The first part holds rows, where there are any. With
 * `mark` a CSV begins with the byte order mark, for spreadsheets.
 */
export async function* publishSet(
  { pages }: Pick<OpenDataReading, "pages">,
  asked: {
    readonly set: SetName;
    readonly format: TextFormat;
    readonly head: number;
    readonly mark?: boolean;
  },
): AsyncGenerator<string> {
  const { columns } = SETS[asked.set];
  const { opening, row, between, closing } = FORMS[asked.format];
  let before = (asked.mark && asked.format === "csv" ? BYTE_ORDER_MARK : "") + opening(columns);
  const begun = before;
  for await (const rows of pages(asked.set, asked.head)) {
    yield before + rows.map((one) => row(columns, one)).join(between);
    before = between;
  }
  yield before === begun ? before + closing : closing;
}
