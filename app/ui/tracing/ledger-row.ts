import type { LedgerRow } from "#app/domain/ledger-reading/ports.ts";
import { day, dayAt } from "#app/i18n/formats.ts";
import { htmlText } from "#app/ui/html-text.ts";

import type { Matters } from "./entry-matter.ts";

/** The words of a row. */
export interface RowWords extends Matters {
  readonly reversed: string;
  readonly number: (entry: number) => string;
  /** Addresses that a number or a code is put behind. */
  readonly ledger: string;
  readonly gifts: string;
}

/** One entry as a row of the table. */
export function rowHtml(row: LedgerRow, words: RowWords): string {
  const matter = words.matter(row);
  const told = row.reversedBy === null ? matter : `${matter} (${words.reversed})`;
  return `<tr><td>${day(row.on)}</td><td><a href="${words.ledger}${row.number}">${words.number(row.number)}</a></td><td>${htmlText(
    words.kind(row),
  )}</td><td>${dayAt(row.recordedAt)}</td><td>${matterHtml(told, row.donation, words.gifts)}</td><td>${htmlText(words.amount(row))}</td></tr>`;
}

/** What an entry is about, with its gift's code as a link to the gift. */
function matterHtml(words: string, code: string | null, base: string): string {
  const at = code === null ? -1 : words.indexOf(code);
  if (code === null || at === -1) return htmlText(words);
  const after = words.slice(at + code.length);
  return `${htmlText(words.slice(0, at))}<a href="${htmlText(base + code)}">${htmlText(code)}</a>${htmlText(after)}`;
}
