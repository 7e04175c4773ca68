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
    "whoever tries whatever: never approved or booked by a preparer, never booked twice, never below zero",
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

  async function live(seen: Seen[], wish: Wish): Promise<void> {
    const { step, who, which, amount } = wish;
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
    switch (step) {
      case "papers":
        return papers(one, who);
      case "approve":
        return approval(one, who);
      case "book":
        return booking(one, who);
      case "change":
        return change(one, who, matter);
      default:
        return turnBack(one, step, who);
    }
  }

  async function papers(one: Seen, who: Somebody): Promise<void> {
    const approved = one.order.state === "approved";
    const helper = approved ? PEOPLE.treasurer : PEOPLE[who];
    try {
      one.order = await addPapers(services, helper, one.order, approved ? "book" : "approve");
      // Whoever added nothing, as all was there, prepared nothing.
      for (const id of one.order.preparedBy) one.prepared.add(id);
    } catch {
      one.order = (await services.write(({ orders }) => orders.find(one.order.id))) ?? one.order;
    }
  }

  async function approval(one: Seen, who: Somebody): Promise<void> {
    const before: OrderState = one.order.state;
    const done = await approve(services, PEOPLE[who], one.order);
    if (!done.ok) return;
    expect(one.prepared.has(who)).toBe(false);
    expect(stateAfter(before, "approve")).toBe("approved");
    one.approver = who;
    one.order = done.value;
  }

  async function booking(one: Seen, who: Somebody): Promise<void> {
    const done = await book(services, PEOPLE[who], one.order);
    if (!done.ok) return;
    expect(one.approver).toBeDefined();
    expect(one.approver).not.toBe(who);
    expect(one.prepared.has(who)).toBe(false);
    one.bookings += 1;
    const again = await book(services, PEOPLE.treasurer, one.order);
    expect(again.ok).toBe(false);
    one.order = done.value;
  }

  async function change(
    one: Seen,
    who: Somebody,
    matter: Parameters<typeof changeOrder>[2]["matter"],
  ): Promise<void> {
    const { id, version } = one.order;
    const done = await changeOrder(services, PEOPLE[who], { id, version, matter });
    if (!done.ok) return;
    one.prepared.add(who);
    one.approver = undefined;
    one.order = done.value;
  }

  /** Sent back, refused or given up. */
  async function turnBack(one: Seen, step: Wish["step"], who: Somebody): Promise<void> {
    const person = PEOPLE[who];
    const form = { id: one.order.id, version: one.order.version };
    const done =
      step === "send-back"
        ? await sendBackOrder(services, person, { ...form, reason: "amount-wrong" })
        : step === "refuse"
          ? await refuseOrder(services, person, { ...form, reason: "no-money" })
          : await cancelOrder(services, person, { ...form, reason: "not-needed" });
    if (!done.ok) return;
    if (step === "send-back") one.approver = undefined;
    one.order = done.value;
  }
});
