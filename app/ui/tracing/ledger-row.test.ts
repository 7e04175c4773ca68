import fc from "fast-check";
import { createElement as h, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { ENTRY_KINDS } from "#app/domain/ledger/entry.ts";
import type { LedgerRow } from "#app/domain/ledger-reading/ports.ts";
import { day, dayAt } from "#app/i18n/formats.ts";

import { rowHtml, type RowWords } from "./ledger-row.ts";

/** What could break out of a cell or an attribute, and what Vietnamese and pictures need. */
const hostile = fc.string({ unit: fc.constantFrom(..."<>&\"'/=-! aàạ🐄".match(/./gu)!) });

const rows = fc.record<LedgerRow>({
  number: fc.integer({ min: 1, max: 10_000_000 }),
  kind: fc.constantFrom(...ENTRY_KINDS),
  on: fc.constantFrom("2024-02-29", "2026-11-30"),
  recordedAt: fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }),
  amount: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  unit: fc.constantFrom(null, "VND", "BO"),
  from: fc.constant(null),
  to: fc.constant(null),
  things: fc.constant(0),
  thing: fc.constant(null),
  species: fc.constant(null),
  donation: fc.option(hostile.filter((code) => code !== "")),
  reverses: fc.constant(null),
  reversedBy: fc.option(fc.constant(7)),
  facts: fc.constant(null),
});

/** The same row, its cells as React makes them. */
function element(row: LedgerRow, words: RowWords): ReactNode {
  const matter = words.matter(row);
  const told = row.reversedBy === null ? matter : `${matter} (${words.reversed})`;
  const code = row.donation;
  const at = code === null ? -1 : told.indexOf(code);
  const cells: ReactNode[] = [
    day(row.on),
    h("a", { href: words.ledger + row.number }, words.number(row.number)),
    words.kind(row),
    dayAt(row.recordedAt),
    code === null || at === -1
      ? told
      : [
          told.slice(0, at),
          h("a", { key: "gift", href: words.gifts + code }, code),
          told.slice(at + code.length),
        ],
    words.amount(row),
  ];
  return h("tr", null, ...cells.map((cell, n) => h("td", { key: n }, cell)));
}

test("a row written as text is the row that React makes, whatever stands in it", () => {
  fc.assert(
    fc.property(rows, hostile, hostile, hostile, (row, kind, around, amount) => {
      const words: RowWords = {
        kind: () => kind,
        matter: ({ donation }) => `${around}${donation ?? ""}${around}`,
        amount: () => amount,
        reversed: "đã bị đảo",
        number: (n) => `#${n}`,
        ledger: "/so-cai/",
        gifts: "/ung-ho/",
      };
      expect(rowHtml(row, words)).toBe(renderToStaticMarkup(element(row, words)));
    }),
    { numRuns: 500 },
  );
});
