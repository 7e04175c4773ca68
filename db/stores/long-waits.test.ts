import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { raiseLongWaits } from "#app/domain/bank-lines/raise-waits.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { attentionStore } from "./inbox.ts";
import { longWaitStore } from "./long-waits.ts";

const NOW = 1_764_500_000;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** How often a gateway is asked. */
const QUESTIONS = 2;

const order = (number: number, state: string, approvedAt: number) =>
  `insert into money_order (id, number, kind, state, version, matter, amount, communes, prepared_by, approved_by, requested_at,
                            changed_at, requested_for, approved_for, approved_at, spending, search_text)
   values ('o${number}', ${number}, 'disbursement', '${state}', 3, '{}', 500, '{}', '{a}', '{b}', 1, ${approvedAt}, 'x', 'y',
           ${approvedAt}, '[]', '')`;

const payment = (ref: string, channel: string, closedFor: number) =>
  `insert into payment (ref, pledge, channel, amount, created_at, expires_at)
   values ('${ref}', 'P', '${channel}', 70, 1, ${NOW - closedFor})`;

describe.each(databaseKinds())("on %s", (kind) => {
  let own: TestDatabase;
  const run = () =>
    raiseLongWaits({
      now: () => NOW,
      attention: attentionStore(own.db, () => NOW),
      longWaits: longWaitStore(own.db, QUESTIONS),
    });
  const lines = () =>
    own.db.rows<{ kind: string; subject: string; facts: string }>(
      `select kind, subject, facts from attention order by kind, subject`,
    );
  beforeAll(async () => {
    own = await testDatabase(kind);
    await own.db.script(`
      insert into sequencer_queue (key, gift, queued_at) values
        ('bank:old', '{}', ${NOW - 11 * MINUTE}), ('bank:new', '{}', ${NOW - 9 * MINUTE});
      insert into inbox (id, provider, event_key, received_at, body, signature_valid) values
        (101, 'vnpay', 'old', ${NOW - 16 * MINUTE}, '\\x00', true),
        (102, 'vnpay', 'answered', ${NOW - 16 * MINUTE}, '\\x00', true),
        (103, 'vnpay', 'forged', ${NOW - 16 * MINUTE}, '\\x00', false),
        (104, 'vnpay', 'new', ${NOW - 14 * MINUTE}, '\\x00', true),
        (105, 'vnpay-query', 'ASKED', ${NOW - DAY}, '\\x00', true),
        (106, 'vnpay-query', 'ASKED', ${NOW - DAY}, '\\x00', true),
        (107, 'vnpay-query', 'SILENT', ${NOW - DAY}, '\\x00', true);
      insert into inbox_answer (inbox, at, outcome) select id, 1, '00' from inbox where id in (102, 105, 106, 107);
      ${payment("ASKED", "vnpay", 26 * HOUR)};
      ${payment("SILENT", "vnpay", 26 * HOUR)};
      ${payment("CARD", "card", 30 * HOUR)};
      ${payment("YOUNG", "card", 24 * HOUR)};
      ${payment("PAID", "card", 30 * HOUR)};
      insert into payment_outcome (ref, state, provider_code, at) values ('PAID', 'failed', '24', 1);
      ${order(7, "approved", NOW - 15 * DAY)};
      ${order(8, "approved", NOW - 13 * DAY)};
      ${order(9, "refused", NOW - 15 * DAY)};`);
  });
  afterAll(() => own.close());

  test("what waits too long is raised, what does not is not", async () => {
    expect(await run()).toEqual({
      "wait-gift": 1,
      "wait-event": 1,
      "wait-payment": 2,
      "wait-order": 1,
    });
    expect((await lines()).map(({ kind: of, subject }) => `${of} ${subject}`)).toEqual([
      "wait-event 101",
      "wait-gift bank:old",
      "wait-order 7/3",
      "wait-payment CARD",
      "wait-payment SILENT",
    ]);
    const [found] = await own.db.rows<{ facts: string }>(
      `select facts from attention where kind = 'wait-order'`,
    );
    expect(JSON.parse(found?.facts ?? "")).toEqual({
      amount: "500",
      order: "o7",
      number: "7",
      since: String(NOW - 15 * DAY),
    });
  });

  test("the next run raises nothing twice, not even what a person closed", async () => {
    const before = await lines();
    await own.db.rows(
      `update attention set closed_at = $1::bigint, outcome = 'settled', closed_by = 'p' where kind = 'wait-gift'`,
      [NOW],
    );
    expect(Object.values(await run())).toEqual([0, 0, 0, 0]);
    expect(await lines()).toEqual(before);
  });

  test("an order that was approved anew and waits again is another wait", async () => {
    await own.db.rows(
      `update money_order set version = 4, approved_at = $1::bigint where id = 'o7'`,
      [NOW - 14 * DAY - 1],
    );
    expect((await run())["wait-order"]).toBe(1);
    expect((await lines()).filter(({ kind: of }) => of === "wait-order")).toHaveLength(2);
  });
});
