import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { cancelOrder } from "#app/domain/orders/cancel-order.ts";
import { type MoneyOrder, type OrderState, stateAfter } from "#app/domain/orders/order.ts";
import { changeOrder } from "#app/domain/orders/request-order.ts";
import { refuseOrder, sendBackOrder } from "#app/domain/orders/send-back-order.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  addPapers,
  approve,
  ask,
  book,
  M,
  type OfficeServices,
  openOrderBooks,
  orderServices,
  PEOPLE,
  type Somebody,
} from "../../tests/support/order-books.ts";
import { expectSound, readBooks } from "../../tests/support/sound-books.ts";

/** Random lives of orders; `LEDGER_RUNS` asks for more of them. */
const RUNS = Number(process.env["LEDGER_RUNS"] ?? 4);

const STEPS = [
  "ask",
  "papers",
  "approve",
  "book",
  "send-back",
  "refuse",
  "cancel",
  "change",
] as const;
type Wish = { step: (typeof STEPS)[number]; who: Somebody; which: number; amount: number };

const anyWish: fc.Arbitrary<Wish> = fc.record({
  step: fc.constantFrom(...STEPS),
  who: fc.constantFrom<Somebody>(
    "clerk",
    "accountant",
    "leader",
    "deputy",
    "treasurer",
    "both",
    "otherClerk",
  ),
  // Few orders, so that one of them gets far.
  which: fc.nat(2),
  amount: fc.integer({ min: 0, max: 60 }),
});

/** What its office would do: without these, hardly an order of such a life would ever be booked. */
const sensible: fc.Arbitrary<Wish> = fc
  .tuple(
    fc.constantFrom<Pick<Wish, "step" | "who">>(
      { step: "papers", who: "clerk" },
      { step: "approve", who: "leader" },
      { step: "papers", who: "treasurer" },
      { step: "book", who: "treasurer" },
    ),
    fc.nat(2),
    fc.integer({ min: 1, max: 60 }),
  )
  .map(([taken, which, amount]) => ({ ...taken, which, amount }));

/** What the outside saw of an order: who did what, and where it stood. */
interface Seen {
  order: MoneyOrder;
  prepared: Set<string>;
  approver: string | undefined;
  bookings: number;
}

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let services: OfficeServices;
  beforeAll(async () => {
    base = await testDatabase(kind);
    await openOrderBooks(base.db);
    services = orderServices(base.db);
  });
  afterAll(() => base.close());

  test(
    "whoever tries whatever: never approved by a preparer, never booked twice, never below zero",
    { timeout: 300_000 },
    async () => {
      let booked = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.oneof({ weight: 3, arbitrary: sensible }, { weight: 1, arbitrary: anyWish }),
            { minLength: 60, maxLength: 140, size: "max" },
          ),
          async (wishes) => {
            const seen: Seen[] = [];
            for (const wish of wishes) await live(seen, wish);
            for (const one of seen) {
              expect(one.bookings).toBeLessThanOrEqual(1);
              booked += one.bookings;
              expect(one.order.entry !== null).toBe(one.order.state === "booked");
            }
            expectSound(await readBooks(base.db));
            const twice = await base.db.rows(
              `select entry from money_order where entry is not null group by entry having count(*) > 1`,
            );
            expect(twice).toEqual([]);
          },
        ),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
  );

  async function live(seen: Seen[], { step, who, which, amount }: Wish): Promise<void> {
    const person = PEOPLE[who];
    const matter = {
      kind: "disbursement",
      campaign: "LD1",
      amount: BigInt(amount) * (M / 10n),
      source: "donation",
    } as const;
    if (seen.length === 0 || (step === "ask" && seen.length < 4)) {
      const asked = await ask(services, who, matter);
      if (!asked.ok) return;
      seen.push({ order: asked.value, prepared: new Set([who]), approver: undefined, bookings: 0 });
      return;
    }
    const one = seen[which % seen.length];
    if (!one) return;
    const before: OrderState = one.order.state;
    const form = { id: one.order.id, version: one.order.version };
    switch (step) {
      case "papers": {
        const what = before === "approved" ? "book" : "approve";
        const helper = before === "approved" ? PEOPLE.treasurer : person;
        try {
          one.order = await addPapers(services, helper, one.order, what);
          // Whoever added nothing, as all was there, prepared nothing.
          for (const id of one.order.preparedBy) one.prepared.add(id);
        } catch {
          one.order = (await services.write(({ orders }) => orders.find(form.id))) ?? one.order;
        }
        return;
      }
      case "approve": {
        const done = await approve(services, person, one.order);
        if (!done.ok) return;
        expect(one.prepared.has(who)).toBe(false);
        expect(stateAfter(before, "approve")).toBe("approved");
        one.approver = who;
        one.order = done.value;
        return;
      }
      case "book": {
        const done = await book(services, person, one.order);
        if (!done.ok) return;
        expect(one.approver).toBeDefined();
        expect(one.approver).not.toBe(who);
        one.bookings += 1;
        const again = await book(services, PEOPLE.treasurer, one.order);
        expect(again.ok).toBe(false);
        one.order = done.value;
        return;
      }
      case "change": {
        const done = await changeOrder(services, person, { ...form, matter });
        if (!done.ok) return;
        one.prepared.add(who);
        one.approver = undefined;
        one.order = done.value;
        return;
      }
      case "send-back": {
        const done = await sendBackOrder(services, person, { ...form, reason: "amount-wrong" });
        if (!done.ok) return;
        one.approver = undefined;
        one.order = done.value;
        return;
      }
      case "refuse": {
        const done = await refuseOrder(services, person, { ...form, reason: "no-money" });
        if (done.ok) one.order = done.value;
        return;
      }
      default: {
        const done = await cancelOrder(services, person, { ...form, reason: "not-needed" });
        if (done.ok) one.order = done.value;
      }
    }
  }
});
