/** An objection while an advance is booked: one of the two comes first, and money never leaves for a locked line. */
import { setTimeout as later } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { drawSigns } from "#app/adapters/randomness.ts";
import { must } from "#app/domain/kernel/result.ts";
import { openObjection } from "#app/domain/objections/open-objection.ts";
import type { MoneyOrder } from "#app/domain/orders/order.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  addPapers,
  approve,
  ask,
  book,
  M,
  MAKING,
  type OfficeServices,
  openOrderBooks,
  orderServices,
  PEOPLE,
} from "../../tests/support/order-books.ts";
import { openTexts, postList } from "../../tests/support/posted-list.ts";
import { rulesStore } from "./rules.ts";

const PRICE = 100_000n;

describe.each(databaseKinds())("on %s", (kind) => {
  // PGlite has one connection: what it interleaves is little, so it is asked a few times.
  const runs = kind === "postgres" ? 200 : 12;
  let base: TestDatabase;
  let services: OfficeServices;
  let lines: string[];
  beforeAll(async () => {
    base = await testDatabase(kind);
    await openOrderBooks(base.db);
    services = orderServices(base.db);
    lines = await postList(base.db, MAKING, { campaign: "LD1", lines: runs, price: PRICE });
    const paid = await services.write(({ ledger }) =>
      ledger.post({
        key: "to the commune",
        kind: "disbursement",
        effectiveOn: "2024-05-02",
        role: "committee",
        legs: [{ from: "fund:LD1", to: "commune:20446:LD1", amount: 50n * M }],
      }),
    );
    must(paid);
  });
  afterAll(() => base.close());

  async function ready(line: string, n: number): Promise<MoneyOrder> {
    const asked = must(
      await ask(services, "clerk", {
        kind: "advance",
        campaign: "LD1",
        purchase: `P${String(n + 100)}`,
        amount: PRICE,
        source: "donation",
        heads: 1,
        lines: [line],
      }),
    );
    const withPapers = await addPapers(services, PEOPLE.clerk, asked, "approve");
    const approved = must(await approve(services, PEOPLE.chair, withPapers));
    return addPapers(services, PEOPLE.accountant, approved, "book");
  }

  test(`${runs} times an objection and a booking at once`, { timeout: 300_000 }, async () => {
    const desk = {
      official: services,
      sealed: openTexts,
      rules: rulesStore(base.db),
      drawSigns,
      now: services.now,
    };
    const came = { booked: 0, refused: 0 };
    for (const [n, line] of lines.entries()) {
      const order = await ready(line, n);
      const wish = { list: "LD1-r1", line, ground: "not-poor", text: "", contact: "", key: line };
      const [booked, opened] = await Promise.all([
        later((n * 7) % 5).then(() => book(services, PEOPLE.accountant, order)),
        later((n * 3) % 5).then(() => openObjection(desk, wish)),
      ]);
      const { code } = must(opened);
      const [row] = await base.db.rows<{ entry: bigint }>(
        `select opened_entry as entry from objection where code = $1`,
        [code],
      );
      if (booked.ok) {
        came.booked += 1;
        expect(booked.value.entry).toBeLessThan(Number(row?.entry));
      } else {
        came.refused += 1;
        expect(booked.problem).toEqual({ code: "order.line-locked", line, objection: code });
      }
    }
    if (kind === "postgres") {
      // Both orders of the two came about, or nothing was tried.
      expect(came.booked).toBeGreaterThan(0);
      expect(came.refused).toBeGreaterThan(0);
    }
    const spent = await base.db.rows<{ line: string }>(
      `select l.line from money_order o cross join lateral jsonb_array_elements_text(o.matter -> 'lines') l(line)
         join objection x on x.line = l.line where o.state = 'booked' and x.opened_entry < o.entry`,
    );
    expect(spent).toEqual([]);
  });
});
