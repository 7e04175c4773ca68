import type { LedgerFilter, LedgerReading, LedgerRow } from "../ledger-reading/ports.ts";
import { integer, maybe, moment, date, text } from "./column.ts";
import type { Column, Row } from "./column.ts";
import { BYTE_ORDER_MARK, csvHeader, csvLine } from "./csv.ts";

/** Columns of the ledger's lines as a file: what its page shows, a line an entry. */
const COLUMNS: readonly Column[] = [
  integer("entry"),
  date("effective_on"),
  moment("recorded_at"),
  text("kind"),
  integer("amount"),
  maybe(text("unit")),
  maybe(text("donation")),
  maybe(text("from_account")),
  maybe(text("to_account")),
  integer("things"),
  maybe(text("thing")),
  maybe(integer("reverses")),
  maybe(integer("reversed_by")),
];

/** Entries read at once. */
const PAGE = 1_000;

/** The lines that fit a filter, newest first, as of entry `head`; with `mark` for spreadsheets. */
export async function* ledgerLines(
  books: Pick<LedgerReading, "list">,
  asked: { readonly filter: LedgerFilter; readonly head: number; readonly mark: boolean },
): AsyncGenerator<string> {
  let before = (asked.mark ? BYTE_ORDER_MARK : "") + csvHeader(COLUMNS);
  let than = asked.head + 1;
  for (;;) {
    const page = await books.list(asked.filter, { at: "older", than }, PAGE);
    yield before + page.rows.map((row) => csvLine(COLUMNS, rowOf(row))).join("");
    before = "";
    const last = page.rows.at(-1);
    if (!last || !page.older) return;
    than = last.number;
  }
}

function rowOf(row: LedgerRow): Row {
  return {
    entry: row.number,
    effective_on: row.on,
    recorded_at: new Date(row.recordedAt * 1000).toISOString().replace(".000Z", "Z"),
    kind: row.kind,
    amount: row.amount,
    unit: row.unit,
    donation: row.donation,
    from_account: row.from,
    to_account: row.to,
    things: row.things,
    thing: row.thing,
    reverses: row.reverses,
    reversed_by: row.reversedBy,
  };
}
