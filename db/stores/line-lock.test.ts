/** Lines of a list from the first order to the hand-over: what is refused, at every step, and what goes on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { drawSigns } from "#app/adapters/randomness.ts";
import { sealPaper } from "#app/domain/acts/paper.ts";
import { handOver } from "#app/domain/animals/hand-over.ts";
import { recordLoss } from "#app/domain/animals/record-loss.ts";
import { advance } from "#app/domain/disbursements/advance.ts";
import { returnUnspent } from "#app/domain/disbursements/return-money.ts";
import { must, type Result } from "#app/domain/kernel/result.ts";
import { decideObjection } from "#app/domain/objections/decide-objection.ts";
import { openObjection } from "#app/domain/objections/open-objection.ts";
import type { MoneyOrder, OrderMatter } from "#app/domain/orders/order.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  addPapers,
  approve,
  ask,
  book,
  DAY,
  M,
  MAKING,
  type OfficeServices,
  openOrderBooks,
  orderServices,
  PEOPLE,
  scan,
} from "../../tests/support/order-books.ts";
import { openTexts, postList } from "../../tests/support/posted-list.ts";
import { listLinesStore } from "./list-lines.ts";
import { rulesStore } from "./rules.ts";

const codeOf = (result: Result<unknown, { code: string }>) =>
  result.ok ? "ok" : result.problem.code;

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let services: OfficeServices;
  let purchases = 0;
  beforeAll(async () => {
    base = await testDatabase(kind);
    await openOrderBooks(base.db);
    services = orderServices(base.db);
    await postList(base.db, MAKING, { campaign: "LD1", lines: 8, reserves: 1 });
    const to = { from: "fund:LD1", to: "commune:20446:LD1", amount: 90n * M };
    const paid = { key: "c", kind: "disbursement", effectiveOn: DAY, legs: [to] } as const;
    must(await services.write(({ ledger }) => ledger.post(paid)));
  });
  afterAll(() => base.close());

  const purchase = () => `P${String((purchases += 1)).padStart(2, "0")}`;
  const wish = (lines: string[], more: object = {}): OrderMatter => ({
    kind: "advance",
    campaign: "LD1",
    purchase: purchase(),
    amount: 1n * M,
    heads: lines.length,
    source: "donation",
    lines,
    ...more,
  });
  const asking = async (lines: string[], more: object = {}) =>
    codeOf(await ask(services, "clerk", wish(lines, more)));
  const asked = async (lines: string[]) =>
    addPapers(services, PEOPLE.clerk, must(await ask(services, "clerk", wish(lines))), "approve");
  const approved = async (order: MoneyOrder) =>
    addPapers(
      services,
      PEOPLE.accountant,
      must(await approve(services, PEOPLE.chair, order)),
      "book",
    );
  const booked = async (lines: string[]) =>
    must(await book(services, PEOPLE.accountant, await approved(await asked(lines))));
  let keys = 0;
  const object = async (line: string) =>
    must(
      await openObjection(
        {
          official: services,
          sealed: openTexts,
          rules: rulesStore(base.db),
          drawSigns,
          now: services.now,
        },
        {
          list: "LD1-r1",
          line,
          ground: "not-poor",
          text: "",
          contact: "",
          key: `k${(keys += 1)}`,
        },
      ),
    ).code;
  const decide = (code: string, outcome: string) =>
    decideObjection({ official: services, now: services.now }, PEOPLE.chair, {
      code,
      outcome,
      on: DAY,
      papers: [scan()],
    });
  const line = async (code: string) =>
    (await listLinesStore(base.db).ofCampaign("LD1")).lines.find((one) => one.code === code);
  const act = () => ({
    key: `act ${(keys += 1)}`,
    on: DAY,
    role: "commune:20446",
    papers: [sealPaper(MAKING, "handover-minutes", new TextEncoder().encode(`paper ${keys}`))],
  });
  const hand = (of: MoneyOrder, animal: string, household: string, replaces?: string) =>
    handOver(services, {
      ...act(),
      campaign: "LD1",
      purchase: "purchase" in of.matter ? (of.matter.purchase ?? "") : "",
      round: 1,
      lines: [{ code: animal, price: 1n * M, household, ...(replaces ? { replaces } : {}) }],
    });
  /** The public row of a household, as its group's founding writes it. */
  const found = (code: string) =>
    base.db.rows(
      `insert into household (code, campaign, commune, commune_from, group_id, round, category, leader, listed_on, registration)
       values ($1, 'LD1', '20446', '2021-11-01', 'LD1-N1', 1, 'poor', 0, '2024-02-01', 'reg ' || $1)`,
      [code],
    );

  test("what money is asked for: named lines, as many heads as they have, no reserve", async () => {
    expect(await asking([])).toBe("order.heads-needed");
    expect(await asking([], { heads: 1 })).toBe("order.lines-needed");
    expect(await asking(["H-LD1-001"], { heads: 2 })).toBe("order.lines-heads");
    expect(await asking(["H-LD1-009"])).toBe("order.line-reserve");
    expect(await asking(["H-LD1-099"])).toBe("order.line-unknown");
    expect(await asking(["H-LD1-001", "H-LD1-001"])).toBe("order.line-twice");
    const straight = { ...act(), campaign: "LD1", purchase: purchase(), amount: 1n * M };
    expect(codeOf(await advance(services, straight))).toBe("order.lines-needed");
  });

  test("a list that is not decided, or did not hang out whole, gets nothing", async () => {
    const wanted = (n: number) => asking([`H-LD1-${n}`]);
    await postList(base.db, MAKING, {
      campaign: "LD1",
      round: 2,
      lines: 1,
      from: 201,
      notice: "hangs",
    });
    await postList(base.db, MAKING, {
      campaign: "LD1",
      round: 3,
      lines: 1,
      from: 301,
      state: "compiling",
    });
    await postList(base.db, MAKING, {
      campaign: "LD1",
      round: 4,
      lines: 1,
      from: 401,
      notice: "torn-down",
    });
    expect(await wanted(201)).toBe("order.line-not-posted");
    expect(await wanted(301)).toBe("order.line-not-decided");
    expect(await wanted(401)).toBe("order.line-not-posted");
    const goats = wish(["H-LD2-001"], { campaign: "LD2", heads: 10 });
    expect(codeOf(await ask(services, "otherClerk", goats))).toBe("order.line-unknown");
  });

  test("an objection stands in the way of asking, approving and booking; other lines go on", async () => {
    const waits = await asked(["H-LD1-001"]);
    const ready = await approved(await asked(["H-LD1-002"]));
    const [one, two] = [await object("H-LD1-001"), await object("H-LD1-002")];
    const locked = { code: "order.line-locked", line: "H-LD1-001", objection: one };
    expect(await ask(services, "clerk", wish(["H-LD1-001"]))).toMatchObject({
      problem: { code: "order.twice" },
    });
    expect(await approve(services, PEOPLE.chair, waits)).toEqual({ ok: false, problem: locked });
    expect(codeOf(await book(services, PEOPLE.accountant, ready))).toBe("order.line-locked");
    await booked(["H-LD1-003"]);
    must(await decide(two, "conditions-met"));
    must(await book(services, PEOPLE.accountant, ready));
    must(await decide(one, "not-shown"));
    expect(codeOf(await approve(services, PEOPLE.chair, waits))).not.toBe("order.line-locked");
  });

  test("a line is advanced for once; what went back whole can be asked for again", async () => {
    const order = await booked(["H-LD1-004"]);
    expect(await ask(services, "clerk", wish(["H-LD1-004"]))).toEqual({
      ok: false,
      problem: { code: "order.line-advanced", line: "H-LD1-004", number: order.number },
    });
    const back = { ...act(), campaign: "LD1", amount: 1n * M };
    const { matter } = order;
    if (matter.kind !== "advance") throw new Error("no advance");
    must(await returnUnspent(services, { ...back, purchase: matter.purchase }));
    expect(await line("H-LD1-004")).toMatchObject({ openHeads: 1, advancedBy: null });
    await booked(["H-LD1-004"]);
  });

  test("objected to after the advance: nothing is handed over until it is decided", async () => {
    const order = await booked(["H-LD1-005"]);
    await found("H-LD1-005");
    const code = await object("H-LD1-005");
    expect(await hand(order, "LD1-0005", "H-LD1-005")).toEqual({
      ok: false,
      problem: { code: "order.line-locked", line: "H-LD1-005", objection: code },
    });
    must(await decide(code, "conditions-met"));
    must(await hand(order, "LD1-0005", "H-LD1-005"));
    expect(await line("H-LD1-005")).toMatchObject({ keeps: 1, openHeads: 0 });
  });

  test("objected to after the hand-over: a finding, kept with its reason or taken back", async () => {
    const kept = await object("H-LD1-005");
    expect(codeOf(await decide(kept, "line-leaves"))).toBe("objection.no-outcome");
    must(await decide(kept, "keep"));
    expect((await line("H-LD1-005"))?.objections).toEqual([]);
    const taken = await object("H-LD1-005");
    must(await decide(taken, "recover"));
    // What is to be taken back is not followed by more.
    expect((await line("H-LD1-005"))?.objections).toEqual([taken]);
  });

  test("a lost animal opens its line again, for as many as were lost, once", async () => {
    const order = await booked(["H-LD1-006"]);
    await found("H-LD1-006");
    must(await hand(order, "LD1-0006", "H-LD1-006"));
    expect(await asking(["H-LD1-006"])).toBe("order.line-advanced");
    must(await recordLoss(services, { ...act(), animal: "LD1-0006", cause: "disease" }));
    expect(await line("H-LD1-006")).toMatchObject({ keeps: 0, openHeads: 1 });
    const again = await booked(["H-LD1-006"]);
    expect(await asking(["H-LD1-006"])).toBe("order.line-advanced");
    must(await hand(again, "LD1-0007", "H-LD1-006", "LD1-0006"));
    expect(await line("H-LD1-006")).toMatchObject({ keeps: 1, openHeads: 0 });
  });

  test("the version that answers an upheld objection frees the reserve that moved up", async () => {
    const code = await object("H-LD1-008");
    must(await decide(code, "line-leaves"));
    expect((await line("H-LD1-008"))?.objections).toEqual([code]);
    await base.db.rows(`delete from list_line where list = 'LD1-r1' and version = 2`);
    await base.db.rows(`delete from list_version where list = 'LD1-r1' and version = 2`);
    await base.db.rows(`update list_version set state = 'replaced' where list = 'LD1-r1'`);
    await postList(base.db, MAKING, {
      campaign: "LD1",
      version: 2,
      lines: 9,
      without: ["H-LD1-008"],
    });
    expect(await asking(["H-LD1-008"])).toBe("order.line-unknown");
    await booked(["H-LD1-009"]);
  });
});
