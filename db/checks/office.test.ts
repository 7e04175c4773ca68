import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { bookByHand } from "../../tests/support/hand-made-books.ts";
import { actAsOffice } from "../../tests/support/office-books.ts";
import { afterChange, everythingWrong, offendersOf } from "../../tests/support/tampering.ts";

let books: TestDatabase;

beforeAll(async () => {
  books = await testDatabase();
  await bookByHand(books.db);
  await actAsOffice(books.db);
});
afterAll(() => books.close());

const BOOKED = "number = 1";
const SEAL_ANEW = `
  do $$ declare l audit_line; last bytea := ''; begin
    for l in select * from audit_line order by n loop
      last := sha256(last || audit_text(l)); update audit_line set hash = last where n = l.n;
    end loop;
    update audit_head set n = (select max(n) from audit_line), hash = last;
  end $$;`;

// What a superuser can do to what the office did, and which invariant then names which subject.
const frauds: [what: string, sql: string, invariant: string, subject: RegExp][] = [
  [
    "an order approved by who asked",
    `alter table money_order drop constraint two_people; update money_order set approved_by = prepared_by where ${BOOKED}`,
    "orders-follow",
    /^order 1$/,
  ],
  [
    "an order booked by another",
    `update money_order set booked_by = array['somebody'] where ${BOOKED}`,
    "orders-follow",
    /^order 1$/,
  ],
  [
    "an order of another amount",
    "update money_order set amount = amount + 1 where number = 2",
    "orders-follow",
    /^order 2$/,
  ],
  [
    "a booked order of another amount",
    `update money_order set amount = amount + 1 where ${BOOKED}`,
    "trail-tells",
    /^order /,
  ],
  [
    "an order that asks for something else",
    `update money_order set matter = matter || '{"campaign": "LD1"}' where ${BOOKED}`,
    "orders-follow",
    /^order 1$/,
  ],
  [
    "an order in another state",
    "update money_order set state = 'sent-back' where number = 2",
    "orders-follow",
    /^order 2$/,
  ],
  [
    "an order of another version",
    "update money_order set version = version + 1 where number = 2",
    "orders-follow",
    /^order 2$/,
  ],
  [
    "an order asked for by another office",
    "update money_order set requested_for = 'other' where number = 2",
    "orders-follow",
    /^order 2$/,
  ],
  [
    "an order taken away with its steps",
    "delete from order_step where order_id = (select id from money_order where number = 1); delete from money_order where number = 1",
    "orders-follow",
    /^orders$/,
  ],
  [
    "an order taken away, by its entry",
    "delete from money_order where number = 1",
    "orders-booked",
    /^entry \d+$/,
  ],
  [
    "an order that names another entry",
    `update money_order set entry = 1 where ${BOOKED}`,
    "orders-booked",
    /^order 1$/,
  ],
  [
    "an order that spent other numbers",
    `update money_order set spending = jsonb_set(spending, '{ranges,0,1}', '"2"') where ${BOOKED}`,
    "orders-booked",
    /^order 1$/,
  ],
  [
    "an order with another paper",
    `update order_paper set file = (select file from order_paper order by file desc limit 1)`,
    "order-papers",
    /of order 1$/,
  ],
  [
    "a paper of an order taken away",
    `delete from order_paper where n = 1`,
    "orders-follow",
    /^order 1$/,
  ],
  [
    "a file exchanged",
    "update office_file set digest = repeat('ab', 32) where id = (select min(id) from office_file)",
    "files-follow",
    /^file /,
  ],
  [
    "a file added by another",
    "update office_file set added_by = 'somebody' where id = (select min(id) from office_file)",
    "files-follow",
    /^file /,
  ],
  [
    "a step taken by another",
    "update order_step set person = 'somebody' where step = 'approve'",
    "trail-tells",
    /^order /,
  ],
  [
    "a step taken for another office",
    "update order_step set organisation = 'somebody' where step = 'approve'",
    "trail-tells",
    /^order /,
  ],
  [
    "a step taken out",
    "delete from order_step where step = 'approve'",
    "orders-follow",
    /^order 1$/,
  ],
  [
    "a role given by who holds it",
    "alter table role_grant drop constraint decided_by_another; update role_grant set decided_by = person where id = 'second'",
    "grants-by-two",
    /^grant second$/,
  ],
  [
    "a role given by hand",
    "update role_grant set role = 'committee-accountant' where id = 'first'",
    "grants-by-two",
    /^grant first$/,
  ],
  [
    "a role widened",
    "update role_grant set role = 'administrator' where id = 'second'",
    "trail-tells",
    /^grant second$/,
  ],
  [
    "a role that another proposed",
    "update role_grant set proposed_by = 'somebody' where id = 'second'",
    "trail-tells",
    /^grant second$/,
  ],
  [
    "a role slipped in",
    "insert into role_grant (id, person, role, organisation, valid_from, state, proposed_by, proposed_at, decided_by, decided_at, version) values ('third', 'x', 'administrator', 'ban-dan-toc-quang-nam', '2024-01-01', 'approved', 'a', 1, 'b', 2, 2)",
    "trail-tells",
    /^grant third$/,
  ],
  [
    "a role taken away",
    "delete from role_grant where id = 'second'",
    "trail-told",
    /^audit line \d+$/,
  ],
  [
    "another bank account",
    "update bank_account set number = '5550001112' where number = '5550001111'",
    "bank-accounts-by-two",
    /^account 5550001111$/,
  ],
  [
    "an account change decided by who proposed it",
    "update account_decision set decided_by = 'treasurer' where change <> 'change-KN'",
    "bank-accounts-by-two",
    /^account change /,
  ],
  [
    "an account ended by nobody",
    "update bank_account set valid_to = '2024-05-03' where number = '5550001111'",
    "bank-accounts-by-two",
    /^account 5550001111$/,
  ],
  [
    "a promise of more",
    "update twinning_promise set money = money + 1",
    "trail-tells",
    /^promise /,
  ],
  [
    "a promise answered by who made it",
    "update twinning_answer set answered_by = (select promised_by from twinning_promise)",
    "promises-of-twins",
    /^promise /,
  ],
  ["an answer taken away", "delete from twinning_answer", "trail-told", /^audit line \d+$/],
  [
    "a statement of other sums",
    "update progress_statement set spent = spent + 1",
    "progress-as-booked",
    /^statement 1 of campaign LD2$/,
  ],
  [
    "a statement of other animals",
    "update progress_statement set alive = alive + 1",
    "progress-as-booked",
    /^statement 1 of campaign LD2$/,
  ],
  [
    "a draft in another state",
    "update campaign_draft set state = 'submitted'",
    "drafts-follow",
    /^draft /,
  ],
  [
    "a draft prepared by others",
    `update campaign_draft set prepared_by = '["somebody"]'`,
    "drafts-follow",
    /^draft /,
  ],
  ["a draft whose beginning is gone", "delete from draft_step", "drafts-follow", /^draft /],
  [
    "an act of the office told of somebody else, and the trail sealed anew",
    `update audit_line set person = 'somebody' where act = 'disbursement.approve';${SEAL_ANEW}`,
    "trail-tells",
    /^order /,
  ],
  [
    "the last act taken out and the trail sealed anew",
    `delete from audit_line where n = (select max(n) from audit_line);${SEAL_ANEW}`,
    "trail-tells",
    /^draft /,
  ],
  [
    "the trail emptied with its head",
    `delete from audit_line; update audit_head set n = 0, hash = ''`,
    "trail-tells",
    /^order /,
  ],
];

describe("what the office does", () => {
  it("leaves books on which every invariant holds", async () => {
    expect(await everythingWrong(books.db)).toEqual([]);
  });

  it.each(frauds)("is compared: named after %s", async (_, sql, invariant, subject) => {
    const named = await afterChange(books.db, sql, (tx) => offendersOf(tx, invariant));
    expect(named.filter((one) => subject.test(one))).not.toEqual([]);
  });
});
