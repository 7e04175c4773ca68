import { sha256Hex } from "#app/adapters/sha256.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { must, type Result } from "#app/domain/kernel/result.ts";
import { addOrderPapers } from "#app/domain/orders/add-paper.ts";
import { bookOrder } from "#app/domain/orders/book-order.ts";
import { cancelOrder } from "#app/domain/orders/cancel-order.ts";
import { matterOf } from "#app/domain/orders/matter.ts";
import { nextSteps } from "#app/domain/orders/next-steps.ts";
import type { MoneyOrder, OrderMatter } from "#app/domain/orders/order.ts";
import { openAdvances } from "#app/domain/orders/advances.ts";
import { changeOrder, tryOrder } from "#app/domain/orders/request-order.ts";
import { refuseOrder, sendBackOrder } from "#app/domain/orders/send-back-order.ts";
import { sharesOf, spendingText } from "#app/domain/orders/spending.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  addPapers,
  approve,
  ask,
  balance,
  book,
  DAY,
  freshId,
  FUND,
  give,
  M,
  MAKING,
  type OfficeServices,
  openOrderBooks,
  orderReading,
  orderServices,
  PEOPLE,
  scan,
} from "../../tests/support/order-books.ts";
import { postList } from "../../tests/support/posted-list.ts";
import { expectSound, readBooks } from "../../tests/support/sound-books.ts";
import { startIntake } from "./intake.ts";
import { rulesStore } from "./rules.ts";

const pay = (amount: bigint, campaign = "LD1"): OrderMatter => ({
  kind: "disbursement",
  campaign,
  amount,
  source: "donation",
});

function codeOf(result: Result<unknown, { code: string }>): string {
  return result.ok ? "ok" : result.problem.code;
}

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let services: OfficeServices;
  beforeAll(async () => {
    base = await testDatabase(kind);
    await openOrderBooks(base.db);
    services = orderServices(base.db);
    await postList(base.db, MAKING, { campaign: "LD1", lines: 10 });
  });
  afterAll(() => base.close());

  const reading = () => orderReading(base.db);

  /** Ask as the clerk, with all papers. */
  async function asked(matter: OrderMatter) {
    return addPapers(services, PEOPLE.clerk, must(await ask(services, "clerk", matter)), "approve");
  }

  test("three hands: the clerk asks, the leader approves, the accountant books with the bank's paper", async () => {
    const before = await balance(services, FUND);
    const order = await asked(pay(35n * M));
    // 30 million of the first gift, 5 of the second: lowest numbers first.
    expect(await sharesOf(reading().books, order.spending.ranges)).toMatchObject([
      { gift: "QNA0", amount: 30n * M },
      { gift: "QNA1", amount: 5n * M },
    ]);
    const approved = must(await approve(services, PEOPLE.leader, order));
    expect(approved).toMatchObject({ state: "approved", approvedBy: ["leader"] });
    expect(codeOf(await book(services, PEOPLE.treasurer, approved))).toBe("order.papers-missing");
    const papers = await addPapers(services, PEOPLE.treasurer, approved, "book");
    // Money does not leave before somebody approved it, whatever the paper says.
    expect(codeOf(await book(services, PEOPLE.treasurer, papers, "2024-05-01"))).toBe(
      "order.before-approval",
    );
    const booked = must(await book(services, PEOPLE.treasurer, papers));
    expect(booked.state).toBe("booked");
    expect(await balance(services, FUND)).toBe(before - 35n * M);
    // Another click is told that the form is old; the books stay.
    expect(codeOf(await book(services, PEOPLE.treasurer, papers))).toBe("office.stale");
    expect(await balance(services, FUND)).toBe(before - 35n * M);
    const known = await reading().publicByEntry(booked.entry ?? 0);
    expect(known).toMatchObject({ number: order.number, amount: 35n * M, approvedOn: DAY });
    const evidence = await base.db.rows<{ kind: string }>(
      `select kind from evidence where entry = $1 order by n`,
      [booked.entry],
    );
    expect(evidence.map(({ kind: paper }) => paper)).toContain("payment-order");
    const lines = await base.db.rows<{ act: string; person: string }>(
      `select act, person from audit_line where subject = $1 order by n`,
      [order.id],
    );
    expect(lines.map(({ act, person }) => `${person} ${act}`)).toEqual([
      "clerk disbursement.request",
      "leader disbursement.approve",
      "treasurer disbursement.book",
    ]);
  });

  test("nobody approves what they prepared, nobody books what they approved, whatever roles they hold", async () => {
    const mine = must(await ask(services, "both", pay(1n * M)));
    const papered = await addPapers(services, PEOPLE.both, mine, "approve");
    expect(codeOf(await approve(services, PEOPLE.both, papered))).toBe("people.own-preparation");
    const form = { id: papered.id, version: papered.version, reason: "no-money" };
    expect(codeOf(await refuseOrder(services, PEOPLE.both, form))).toBe("people.own-preparation");
    // A paper of the request is preparation too.
    const theirs = must(await ask(services, "clerk", pay(1n * M)));
    const helped = await addPapers(services, PEOPLE.both, theirs, "approve");
    expect(codeOf(await approve(services, PEOPLE.both, helped))).toBe("people.own-preparation");
    const order = await asked(pay(1n * M));
    const approved = must(await approve(services, PEOPLE.both, order));
    const ready = await addPapers(services, PEOPLE.treasurer, approved, "book");
    expect(codeOf(await book(services, PEOPLE.both, ready))).toBe("people.own-preparation");
    expect(must(await book(services, PEOPLE.treasurer, ready)).state).toBe("booked");
  });

  test("nobody books what they asked for, changed or added a paper to; the third hand does", async () => {
    const small = pay(M / 10n);
    const paper = (who: "clerk" | "both", order: MoneyOrder) =>
      addPapers(services, PEOPLE[who], order, "approve");
    const change = async (order: MoneyOrder) =>
      must(await changeOrder(services, PEOPLE.both, { ...order, matter: pay(M / 5n) }));
    const ways = [
      async () => paper("clerk", must(await ask(services, "both", small))),
      async () => paper("both", must(await ask(services, "clerk", small))),
      async () => paper("clerk", await change(await asked(small))),
    ];
    for (const way of ways) {
      const prepared = await way();
      const approved = must(await approve(services, PEOPLE.leader, prepared));
      const bank = [{ item: "bank", file: scan() }];
      const added = await addOrderPapers(services, PEOPLE.both, { id: approved.id, papers: bank });
      expect(codeOf(added)).toBe("people.own-preparation");
      const ready = await addPapers(services, PEOPLE.treasurer, approved, "book");
      const form = { id: ready.id, version: ready.version, on: DAY };
      expect(await bookOrder(services, PEOPLE.both, form)).toMatchObject({
        problem: { code: "people.own-preparation", act: "disbursement.book" },
      });
      const steps = nextSteps(PEOPLE.both, ready);
      expect(steps).toContainEqual({ step: "book", why: "people.own-preparation" });
      const booked = must(await book(services, PEOPLE.treasurer, ready));
      expect(booked).toMatchObject({ state: "booked", bookedBy: ["treasurer"] });
    }
  });

  test("the table itself refuses two hands for three, whoever they are", async () => {
    const order = must(await approve(services, PEOPLE.leader, await asked(pay(1n * M))));
    for (const hand of ["clerk", "leader"]) {
      const booking = base.db.rows(
        `update money_order set state = 'booked', entry = 1, booked_by = array[$2], version = version + 1 where id = $1`,
        [order.id, hand],
      );
      await expect(booking, hand).rejects.toThrow(/three_people/);
    }
    const nobody = base.db.rows(
      `update money_order set state = 'booked', entry = 1, version = version + 1 where id = $1`,
      [order.id],
    );
    await expect(nobody).rejects.toThrow(/booked_by_somebody/);
  });

  test("the table itself refuses one person, a booked order without entry, and any change of the past", async () => {
    const order = await asked(pay(1n * M));
    const change = (text: string) => base.db.rows(text, [order.id]);
    await expect(
      change(
        `update money_order set state = 'approved', approved_by = prepared_by, version = version + 1 where id = $1`,
      ),
    ).rejects.toThrow(/two_people/);
    await expect(
      change(
        `update money_order set state = 'booked', approved_by = '{x}', booked_by = '{y}', version = version + 1 where id = $1`,
      ),
    ).rejects.toThrow(/booked_has_entry/);
    await expect(change(`delete from money_order where id = $1`)).rejects.toThrow(/never changed/);
    await expect(change(`update order_step set note = 'x' where order_id = $1`)).rejects.toThrow(
      /never changed/,
    );
    await expect(change(`delete from order_paper where order_id = $1`)).rejects.toThrow(
      /never changed/,
    );
  });

  test("strangers, other communes and roles without the right are refused, also by hand-made calls", async () => {
    const order = await asked(pay(1n * M));
    for (const who of ["otherClerk", "chair", "leader", "inspector", "administrator"] as const) {
      expect(codeOf(await ask(services, who, pay(1n * M))), who).toMatch(/^people\./);
    }
    for (const who of ["chair", "officer", "treasurer", "inspector", "otherChair"] as const) {
      expect(codeOf(await approve(services, PEOPLE[who], order)), who).toMatch(/^people\./);
    }
    const bare = { ...PEOPLE.leader, secondFactor: false };
    expect(codeOf(await approve(services, bare, order))).toBe("people.no-second-factor");
    // Whoever lost the role since the page was opened.
    const withdrawn = orderServices(base.db, () => []);
    expect(codeOf(await approve(withdrawn, PEOPLE.leader, order))).toBe("people.not-your-role");
    const unknown = { ...order, id: "nothing" };
    expect(codeOf(await approve(services, PEOPLE.leader, unknown))).toBe("order.unknown");
  });

  test("sent back, changed, asked again; stale forms say so", async () => {
    const order = await asked(pay(2n * M));
    const back = { id: order.id, version: order.version, reason: "amount-wrong", note: "3 triệu" };
    expect(codeOf(await sendBackOrder(services, PEOPLE.leader, { ...back, reason: "?" }))).toBe(
      "order.no-reason",
    );
    const bare = { id: order.id, version: order.version, reason: "other" };
    expect(codeOf(await sendBackOrder(services, PEOPLE.leader, bare))).toBe("order.no-note");
    const sent = must(await sendBackOrder(services, PEOPLE.leader, back));
    expect(codeOf(await sendBackOrder(services, PEOPLE.leader, back))).toBe("office.stale");
    const form = { id: sent.id, version: sent.version, matter: pay(3n * M) };
    expect(codeOf(await changeOrder(services, PEOPLE.otherClerk, form))).toMatch(/^people\./);
    const again = must(await changeOrder(services, PEOPLE.accountant, form));
    expect(again).toMatchObject({
      state: "requested",
      amount: 3n * M,
      preparedBy: ["clerk", "accountant"],
    });
    const file = await reading().file(order.id);
    expect(file?.steps.map(({ step }) => step)).toEqual(["request", "send-back", "change"]);
    expect(file?.steps[0]?.matter).toMatchObject({ amount: 2n * M });
  });

  test("papers count for what was asked and approved after them: others are asked for again", async () => {
    const approved = must(await approve(services, PEOPLE.leader, await asked(pay(1n * M))));
    const ready = await addPapers(services, PEOPLE.treasurer, approved, "book");
    const counted = async () =>
      Object.fromEntries(
        ((await reading().file(ready.id))?.papers ?? []).map((one) => [one.item, one.counts]),
      );
    expect(await counted()).toEqual({ letter: true, plan: true, list: true, bank: true });
    const back = { id: ready.id, version: ready.version, reason: "amount-wrong" };
    const sent = must(await sendBackOrder(services, PEOPLE.treasurer, back));
    const form = { id: sent.id, version: sent.version, matter: pay(10n * M) };
    const more = must(await changeOrder(services, PEOPLE.clerk, form));
    expect(await counted()).toEqual({ letter: false, plan: false, list: false, bank: false });
    expect(await approve(services, PEOPLE.leader, more)).toMatchObject({
      problem: { code: "order.papers-missing", items: ["letter", "plan", "list"] },
    });
    const papered = await addPapers(services, PEOPLE.clerk, more, "approve");
    const again = must(await approve(services, PEOPLE.leader, papered));
    expect(await counted()).toEqual({ letter: true, plan: true, list: true, bank: false });
    expect(await book(services, PEOPLE.treasurer, again)).toMatchObject({
      problem: { code: "order.papers-missing", items: ["bank"] },
    });
    const whole = await addPapers(services, PEOPLE.treasurer, again, "book");
    const booked = must(await book(services, PEOPLE.treasurer, whole));
    const evidence = await base.db.rows(`select 1 from evidence where entry = $1`, [booked.entry]);
    expect(evidence).toHaveLength(4);
  });

  test("the bank's paper of one order is no other order's; a letter may be shared", async () => {
    const approvedOne = async () =>
      must(await approve(services, PEOPLE.leader, await asked(pay(1n * M))));
    const add = (id: string, item: string, words: string) =>
      addOrderPapers(services, item === "bank" ? PEOPLE.treasurer : PEOPLE.clerk, {
        id,
        papers: [{ item, file: scan(words) }],
      });
    const [one, other] = [await approvedOne(), await approvedOne()];
    must(await add(one.id, "bank", "payment 1"));
    expect(await add(other.id, "bank", "payment 1")).toMatchObject({
      problem: { code: "order.paper-used", number: one.number },
    });
    // Its own order may get it again; replaced, it is free for the order it belongs to.
    must(await add(one.id, "bank", "payment 1"));
    must(await add(one.id, "bank", "payment 2"));
    must(await add(other.id, "bank", "payment 1"));
    const version = 0;
    const gone = { id: other.id, version, reason: "asked-twice" };
    const stale = await cancelOrder(services, PEOPLE.clerk, gone);
    if (stale.ok || stale.problem.code !== "office.stale") throw new Error("not stale");
    must(await cancelOrder(services, PEOPLE.clerk, { ...gone, version: stale.problem.version }));
    must(await add(one.id, "bank", "payment 1"));
    const third = must(await ask(services, "clerk", pay(1n * M)));
    const fourth = must(await ask(services, "clerk", pay(1n * M)));
    must(await add(third.id, "letter", "one letter"));
    must(await add(fourth.id, "letter", "one letter"));
  });

  test("what is given up or refused stays as it was", async () => {
    const order = await asked(pay(2n * M));
    const form = { id: order.id, version: order.version, reason: "not-needed" };
    expect(codeOf(await cancelOrder(services, PEOPLE.accountant, form))).toMatch(/^people\./);
    const gone = must(await cancelOrder(services, PEOPLE.clerk, form));
    expect(codeOf(await approve(services, PEOPLE.leader, gone))).toBe("order.wrong-state");
    const other = await asked(pay(2n * M));
    const no = { id: other.id, version: other.version, reason: "not-in-plan" };
    const refused = must(await refuseOrder(services, PEOPLE.leader, no));
    expect(codeOf(await approve(services, PEOPLE.leader, refused))).toBe("order.wrong-state");
    const late = { id: other.id, papers: [{ item: "letter", file: scan() }] };
    expect(codeOf(await addOrderPapers(services, PEOPLE.clerk, late))).toBe("order.wrong-state");
  });

  test("checks: enough on the axis, positive, in its time, within the norm or with a reason", async () => {
    const problem = async (matter: OrderMatter) =>
      codeOf((await tryOrder(reading().books, matter, DAY)).planned);
    expect(await problem(pay(1_000n * M))).toBe("ledger.not-enough");
    expect(await problem(pay(0n))).toBe("ledger.not-positive");
    expect(await problem(pay(-5n))).toBe("ledger.not-positive");
    expect(await problem(pay(1n, "NOPE"))).toBe("campaign.unknown");
    const advance = {
      kind: "advance",
      campaign: "LD1",
      purchase: "P01",
      amount: 21n * M,
      source: "donation",
      lines: ["H-LD1-001"],
    } as const;
    expect(await problem(advance)).toBe("order.heads-needed");
    expect(await problem({ ...advance, heads: 1 })).toBe("order.over-norm");
    expect(await problem({ ...advance, heads: 1, priceReason: "surplus" })).toBe("order.over-norm");
    expect(await problem({ ...advance, heads: 1, priceReason: "price-market" })).toBe("ok");
    expect(await problem({ ...advance, heads: 2, purchase: "P1" })).toBe("purchase.bad-number");
    // No price is made small by heads that nobody needs.
    expect(await problem({ ...advance, heads: 10_001 })).toBe("order.too-many-heads");
    await base.db.rows(
      `insert into need_line (campaign, n, species, title_vi, title_en, quantity, unit_price)
       values ('LD2', 1, 'DE', 'Dê', 'Goats', 5, 1), ('LD2', 2, 'TB', 'Lưới', 'Nets', 100, 1)`,
    );
    const goats = { ...advance, campaign: "LD2", priceReason: "price-market" } as const;
    expect(await problem({ ...goats, heads: 5 })).not.toBe("order.too-many-heads");
    expect(await problem({ ...goats, heads: 6 })).toBe("order.too-many-heads");
    const paid = { kind: "refund", gift: "QNA0", reason: "donor-asked", way: "bank" } as const;
    expect(await problem(paid)).toBe("refund.spent");
    expect(await problem({ ...paid, gift: "QNA3", way: "gateway" })).toBe("refund.no-gateway");
    // Nothing is in the reserve.
    expect(await problem({ ...paid, spentBy: "reserve" })).toBe("ledger.not-enough");
  });

  test("a donor's own range goes back, once; a gift in suspense finds its purpose by two people", async () => {
    const refund = { kind: "refund", gift: "QNA3", reason: "donor-asked", way: "bank" } as const;
    const asking = must(await ask(services, "officer", refund));
    expect(asking.amount).toBe(43n * M);
    expect(codeOf(await ask(services, "treasurer", refund))).toBe("order.twice");
    const ready = await addPapers(services, PEOPLE.officer, asking, "approve");
    const approved = must(await approve(services, PEOPLE.deputy, ready));
    const papers = await addPapers(services, PEOPLE.treasurer, approved, "book");
    must(await book(services, PEOPLE.treasurer, papers));
    expect(codeOf(await ask(services, "officer", refund))).toBe("refund.spent");

    const placed = must(
      await ask(services, "officer", { kind: "redesignation", gift: "QNS", to: "LD1" }),
    );
    const papered = await addPapers(services, PEOPLE.officer, placed, "approve");
    const yes = must(await approve(services, PEOPLE.leader, papered));
    const decided = await addPapers(services, PEOPLE.treasurer, yes, "book");
    expect(codeOf(await book(services, PEOPLE.treasurer, decided, "2024-05-01"))).toBe(
      "order.before-approval",
    );
    const done = must(await book(services, PEOPLE.treasurer, decided));
    const [entry] = await base.db.rows<{ kind: string }>(
      `select kind from entry where number = $1`,
      [done.entry],
    );
    expect(entry?.kind).toBe("suspense-assigned");
  });

  test("the approver is told when other gifts would be spent than were shown", async () => {
    const order = await asked(pay(2n * M, "LD1"));
    const first = await asked(pay(1n * M, "LD1"));
    const approved = must(await approve(services, PEOPLE.leader, first));
    must(
      await book(
        services,
        PEOPLE.treasurer,
        await addPapers(services, PEOPLE.treasurer, approved, "book"),
      ),
    );
    const told = await approve(services, PEOPLE.leader, order);
    expect(codeOf(told)).toBe("order.spending-changed");
    if (told.ok || told.problem.code !== "order.spending-changed") throw new Error("not told");
    const seen = { ...order, spending: told.problem.spending };
    expect(spendingText(seen.spending.ranges)).not.toBe(spendingText(order.spending.ranges));
    expect(must(await approve(services, PEOPLE.leader, seen)).state).toBe("approved");
  });

  test("two approvers at once: one wins, the other is told that the order changed", async () => {
    const order = await asked(pay(1n * M));
    const both =
      kind === "postgres"
        ? await Promise.all([
            approve(services, PEOPLE.leader, order),
            approve(services, PEOPLE.deputy, order),
          ])
        : [
            await approve(services, PEOPLE.leader, order),
            await approve(services, PEOPLE.deputy, order),
          ];
    expect(both.map(codeOf).toSorted()).toEqual(["office.stale", "ok"]);
  });

  test("many bookings at once, among gifts: each order once, the books sound", async () => {
    const orders = [];
    for (let n = 0; n < 4; n += 1) {
      const one = await asked(pay(1n * M));
      const approved = must(await approve(services, PEOPLE.leader, one));
      orders.push(await addPapers(services, PEOPLE.treasurer, approved, "book"));
    }
    const before = await balance(services, FUND);
    const intake = await startIntake(base.db, {
      now: services.now,
      sha256: (text) => sha256Hex(text),
      randomHex: (bytes) => "0".repeat(bytes * 2),
    });
    const twice = orders.flatMap((order) => [order, order]);
    const results = await Promise.all([
      ...twice.map(async (order) => codeOf(await book(services, PEOPLE.treasurer, order))),
      ...Array.from({ length: 4 }, async (_, n) => {
        await give(intake, `QNC${n}${kind}`, FUND, 1n * M, "LD1");
        return "gift";
      }),
    ]);
    await intake.stop();
    expect(results.filter((code) => code === "ok")).toHaveLength(4);
    expect(results.filter((code) => code === "office.stale")).toHaveLength(4);
    expect(await balance(services, FUND)).toBe(before);
    expectSound(await readBooks(base.db));
  });

  test("a crash after the entry and before the order is marked leaves neither", async () => {
    const one = await asked(pay(1n * M));
    const approved = must(await approve(services, PEOPLE.leader, one));
    const ready = await addPapers(services, PEOPLE.treasurer, approved, "book");
    const before = await balance(services, FUND);
    const crashing: OfficeServices = {
      ...services,
      write: (work) =>
        services.write((stores) =>
          work({
            ...stores,
            orders: {
              ...stores.orders,
              put: () => Promise.reject(new Error("the machine stopped")),
            },
          }),
        ),
    };
    await expect(book(crashing, PEOPLE.treasurer, ready)).rejects.toThrow("stopped");
    expect(await balance(services, FUND)).toBe(before);
    expect(must(await book(services, PEOPLE.treasurer, ready)).state).toBe("booked");
    expect(await balance(services, FUND)).toBe(before - 1n * M);
  });

  test("a double click asks once; lists find orders without accents and count what is waiting", async () => {
    const id = freshId();
    const first = must(await ask(services, "clerk", pay(5n * M), id));
    const second = must(await ask(services, "clerk", pay(5n * M), id));
    expect(second.number).toBe(first.number);
    // The key of a request is no way to be told that another was asked for.
    expect(codeOf(await ask(services, "clerk", pay(9n * M), id))).toBe("order.key-used");
    expect(codeOf(await ask(services, "accountant", pay(5n * M), id))).toBe("order.key-used");
    expect((await reading().file(id))?.order.amount).toBe(5n * M);
    const found = await reading().list({ search: "Đàn bò", state: "requested" }, 1, 50);
    expect(found.rows.map((row) => row.id)).toContain(id);
    expect(found.sum).toBe(found.rows.reduce((sum, { amount }) => sum + amount, 0n));
    const elsewhere = { places: ["20455"], twins: [] };
    const none = await reading().list({ reach: elsewhere }, 1, 50);
    expect(none.rows.map((row) => row.id)).not.toContain(id);
  });

  test("advances with their age, and what is left of them goes back", async () => {
    const advance = must(
      await ask(services, "clerk", {
        kind: "advance",
        campaign: "LD1",
        purchase: "P07",
        amount: 10n * M,
        heads: 1,
        source: "donation",
        lines: ["H-LD1-002"],
      }),
    );
    const ready = await addPapers(services, PEOPLE.clerk, advance, "approve");
    expect(codeOf(await approve(services, PEOPLE.leader, ready))).toBe("people.not-your-role");
    const approved = must(await approve(services, PEOPLE.chair, ready));
    must(
      await book(
        services,
        PEOPLE.accountant,
        await addPapers(services, PEOPLE.accountant, approved, "book"),
      ),
    );
    const read = { orders: reading(), rules: rulesStore(base.db) };
    expect(await openAdvances(read, "2024-06-10")).toMatchObject([
      { campaign: "LD1", purchase: "P07", balance: 10n * M, days: 39, overdue: true },
    ]);
    const rest: OrderMatter = { kind: "return", campaign: "LD1", purchase: "P07", amount: 11n * M };
    expect(codeOf(await ask(services, "clerk", rest))).toBe("ledger.not-enough");
    expect(must(await ask(services, "clerk", { ...rest, amount: 4n * M })).amount).toBe(4n * M);
    // Nothing goes back, or is turned round, before it came.
    const on = (matter: OrderMatter, day: string) =>
      services.write(async (stores) => codeOf(await matterOf(stores, matter, day)));
    expect(await on({ ...rest, amount: 4n * M }, "2024-05-01")).toBe("return.before-arrival");
    expect(await on({ ...rest, amount: 4n * M }, DAY)).toBe("ok");
    const { purchase: _, ...toFund } = rest;
    expect(await on({ ...toFund, amount: 1n * M }, "2024-05-01")).toBe("return.before-arrival");
    expect(await on({ ...toFund, amount: 1n * M }, DAY)).toBe("ok");
    const [last] = await base.db.rows<{ entry: bigint }>(
      `select max(number) as entry from entry where kind = 'advance'`,
    );
    const entry = Number(last?.entry);
    const turned = { kind: "reversal", entry, reason: "entered-twice" } as const;
    expect(await on(turned, "2024-05-01")).toBe("reversal.before-entry");
    expect(await on(turned, DAY)).toBe("ok");
  });
});
