import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { databaseKinds, testDatabase, type TestDatabase } from "../tests/support/database.ts";
import type { Db } from "./client.ts";
import { APP_ROLE } from "./rights.ts";

const GUARDED = "KN010";

/** The SQLSTATE by which the application is refused these statements, at the latest at commit; undefined: they are done. */
async function asApplication(db: Db, ...statements: string[]): Promise<string | undefined> {
  try {
    await db.begin(async (tx) => {
      await tx.script(`set local role ${APP_ROLE}`);
      for (const statement of statements) await tx.script(statement);
      await tx.script(`set constraints all immediate`);
      throw new Undone();
    });
    return undefined;
  } catch (error) {
    return error instanceof Undone ? undefined : (error as { code?: string }).code;
  }
}

class Undone extends Error {}

/** Two officials with roles, one person without; an account, a campaign, a gift's promise and payment, a grant proposed. */
const BOOK = `
  insert into organisation (id, kind, name_vi, name_en, valid_from) values ('o', 'committee', 'o', 'o', '2021-01-01');
  insert into "user" (id, name, email, staff) values ('an', 'An', 'an@x.vn', true), ('binh', 'Bình', 'binh@x.vn', true), ('cuc', 'Cúc', 'cuc@x.vn', true), ('duc', 'Đức', 'duc@x.vn', true);
  insert into role_grant (id, person, role, organisation, valid_from, state, proposed_by, proposed_at, decided_by, decided_at)
    values ('g0', 'duc', 'administrator', 'o', '2021-01-01', 'approved', 'bin/grant', 1, 'bin/grant', 1),
           ('g1', 'an', 'administrator', 'o', '2021-01-01', 'approved', 'bin/grant', 1, 'bin/grant', 1),
           ('g2', 'binh', 'committee-leader', 'o', '2021-01-01', 'approved', 'bin/grant', 1, 'bin/grant', 1);
  insert into role_grant (id, person, role, organisation, valid_from, state, proposed_by, proposed_at)
    values ('g3', 'cuc', 'commune-clerk', 'o', '2021-01-01', 'proposed', 'an', 1),
           ('g4', 'cuc', 'administrator', 'o', '2021-01-01', 'proposed', 'bin/grant', 1);
  insert into bank_account (id, holder, bank_name, bin, number, owner, valid_from) values ('A1', 'h', 'b', '970418', '123456', 'appeal', '2021-01-01');
  insert into account_change (id, form_key, kind, bank_account, holder, bank_name, bin, number, owner, valid_from, valid_to, reason, paper_number, paper_date, proposed_by, organisation, proposed_at)
    values ('c1', 'k1', 'open', 'A2', 'h', 'b', '970418', '654321', 'appeal', '2021-01-01', null, 'r', 'p', '2021-01-01', 'an', 'o', 1),
           ('c2', 'k2', 'end', 'A1', 'h', 'b', '970418', '123456', 'appeal', '2021-01-01', '2024-01-01', 'r', 'p', '2021-01-01', 'an', 'o', 1);
  insert into pledge (code, campaign, amount, intent, donor_kind, donor_name, name_public, channel, locale, created_at, state, form_key)
    values ('Q', 'C', 5, 'promised', 'person', '', false, 'vnpay', 'vi', 1, 'open', 'f');
  insert into payment (ref, pledge, channel, amount, created_at, expires_at, provider_ref) values ('Q-1', 'Q', 'vnpay', 5, 1, 2, 'theirs');
  insert into sequencer_queue (key, gift) values ('vnpay:1', '{}');
  insert into attention (kind, subject, facts, raised_at, closed_at, outcome) values ('key-conflict', 's', '{}', 1, 2, 'done');
  insert into content_version (name, version) values ('demo', 1), ('live', 1), ('plan', 1);
  insert into account (code, kind, unit, axis, may_be_negative, opened_by) values ('fund:C', 'fund', 'VND', true, false, 1);
  insert into account_state (account_id, received, sent) values (1, 10, 5)`;

const CONFIRM = (code: string, way: string, person?: string) =>
  `insert into pledge_confirmation (pledge, way, person, note, confirmed_at)
     values ('${code}', '${way}', ${person === undefined ? "null" : `'${person}'`}, '', 2)`;
const CHANGE = (id: string, by: string) =>
  `insert into account_decision (change, outcome, decided_by, organisation, decided_at) values ('${id}', 'approved', '${by}', 'o', 2)`;
const OPEN = (number: string) =>
  `insert into bank_account (id, holder, bank_name, bin, number, owner, valid_from) values ('A2', 'h', 'b', '970418', '${number}', 'appeal', '2021-01-01')`;
const END = (day: string) => `update bank_account set valid_to = '${day}' where id = 'A1'`;
const PROPOSE = (by: string, person = "cuc") =>
  `insert into role_grant (id, person, role, organisation, valid_from, state, proposed_by, proposed_at)
     values ('n', '${person}', 'administrator', 'o', '2021-01-01', 'proposed', '${by}', 1)`;
const APPROVE = (id: string, by: string) =>
  `update role_grant set state = 'approved', decided_by = '${by}', decided_at = 2, version = version + 1 where id = '${id}'`;
const ORDER = (id: string, rest: { state?: string; by?: string; approved?: string } = {}) =>
  `insert into money_order (id, number, kind, state, version, matter, amount, communes, prepared_by, approved_by, requested_at, changed_at, requested_for, spending, search_text)
     values ('${id}', 1, 'advance', '${rest.state ?? "requested"}', 1, '{}', 5, '{}', '{${rest.by ?? "an"}}', '{${rest.approved ?? ""}}', 1, 1, 'o', '[]', '')`;
const STEP = (set: string) => `update money_order set version = version + 1, ${set} where id = 'x'`;
const ENTRY = (number: number, key = "vnpay:1") =>
  `insert into entry (number, kind, effective_on, recorded_at, legs, idempotency_key, request_hash, key_salt, bytes, leaf_hash)
     values (${number}, 'gift', '2024-01-01', 1, 0, '${key}', sha256(''), '', '', sha256(''))`;
const CAMPAIGN = `insert into campaign (id, slug, model, species, commune, commune_from, district, title_vi, title_en, summary_vi, summary_en,
     story_vi, story_en, goal, households, starts_on, ends_on, bank_account, code, twin, responsible, published_by, published_on,
     decision_number, decision_date, search_text)
   values ('C', 'c', 'livestock', 'BO', '1', '2021-01-01', '5', 't', 't', 's', 's', 's', 's', 5, 1, '2024-01-01', '2024-12-31', 'A1', 'QC', 't', 'r', 'o',
     '2024-01-01', 'd', '2024-01-01', '')`;
const VERSION = (draft: string) =>
  `insert into campaign_version (campaign, version, published_on, published_by, draft, terms)
     values ('C', 1, '2024-01-01', 'o', ${draft}, campaign_terms_of('C'))`;
const DRAFT = `insert into campaign_draft (id, form_key, campaign, commune, commune_from, district, state, content, revisions, prepared_by, office, created_at, changed_at, search_text)
     values ('d', 'k', 'C', '1', '2021-01-01', '5', 'published', '{}', '{}', '["an"]', 'o', 1, 1, '')`;
const PUBLISHED = (by: string) =>
  `insert into draft_step (draft, n, step, person, organisation, role, at) values ('d', 1, 'published', '${by}', 'o', 'committee-leader', 1)`;
const TRAIL = (person: string, grant: string, role: string) =>
  `insert into audit_line (at, act, subject_kind, subject, outcome, facts, person, role_grant, role, organisation)
     values (1, 'order.read', 'order', 'x', 'done', '{}', '${person}', '${grant}', '${role}', 'o')`;

const REFUSED: [what: string, ...statements: string[]][] = [
  ["gives a role in the name of bin/grant", PROPOSE("bin/grant")],
  ["approves what bin/grant proposed", APPROVE("g4", "an")],
  ["approves in the name of bin/grant", APPROVE("g3", "bin/grant")],
  ["approves in the name of somebody without a role", APPROVE("g3", "cuc")],
  ["approves in a name that nobody has", APPROVE("g3", "nobody")],
  ["proposes in a name that nobody has", PROPOSE("nobody")],
  ["opens a bank account that nobody approved", OPEN("654321")],
  ["opens another number than was approved", CHANGE("c1", "binh"), OPEN("999999")],
  ["ends a bank account that nobody ended", END("2024-01-01")],
  ["ends it on another day than was approved", CHANGE("c2", "binh"), END("2023-01-01")],
  ["approves an account in a name that nobody has", CHANGE("c1", "nobody")],
  ["begins an order as approved", ORDER("x", { state: "approved", approved: "binh" })],
  ["asks for money in a name that nobody has", ORDER("x", { by: "nobody" })],
  [
    "approves money in a name that nobody has",
    ORDER("x"),
    STEP("state = 'approved', approved_by = '{nobody}'"),
  ],
  [
    "books what nobody approved",
    ORDER("x"),
    ENTRY(1),
    STEP("state = 'booked', approved_by = '{binh}', booked_by = '{cuc}', entry = 1"),
  ],
  [
    "books an order with the entry of something else",

    ORDER("x"),
    STEP("state = 'approved', approved_by = '{binh}'"),
    ENTRY(1),
    STEP("state = 'booked', booked_by = '{duc}', entry = 1"),
  ],
  [
    "changes the amount of what was approved",
    ORDER("x"),
    STEP("state = 'approved', approved_by = '{binh}'"),
    STEP("amount = 6"),
  ],
  ["forgets who prepared an order", ORDER("x"), STEP("prepared_by = '{binh}'")],
  ["publishes a campaign without a version", CAMPAIGN],
  ["publishes a campaign without a draft", CAMPAIGN, VERSION("null")],
  ["publishes what it drafted itself", CAMPAIGN, DRAFT, PUBLISHED("an"), VERSION("'d'")],
  ["publishes in a name that nobody has", CAMPAIGN, DRAFT, PUBLISHED("nobody"), VERSION("'d'")],
  [
    "changes a campaign and no version says so",
    CAMPAIGN,
    DRAFT,
    PUBLISHED("binh"),
    VERSION("'d'"),
    `update campaign set goal = 6`,
  ],
  [
    "adds a need that no version says",
    CAMPAIGN,
    DRAFT,
    PUBLISHED("binh"),
    VERSION("'d'"),
    `insert into need_line (campaign, n, species, title_vi, title_en, quantity, unit_price) values ('C', 1, 'BO', 't', 't', 1, 1)`,
  ],
  ["writes the trail in the name of nobody", TRAIL("nobody", "g1", "administrator")],
  ["writes the trail with another's role", TRAIL("an", "g2", "committee-leader")],
  ["writes the trail with a role that was only proposed", TRAIL("cuc", "g3", "commune-clerk")],
  ["takes a gift off the queue that is not booked", `delete from sequencer_queue`],
  ["moves the head past its entries", `update ledger_head set next_entry = next_entry + 1`],
  ["moves the head back", ENTRY(1), `update ledger_head set next_entry = 1`],
  ["lowers the sum of an account", `update account_state set sent = 4`],
  ["changes the gateway's id of a payment", `update payment set provider_ref = 'ours'`],
  ["opens what was looked at again", `update attention set closed_at = null, outcome = null`],
  [
    "brings a promise back that was withdrawn",
    `update pledge set state = 'withdrawn'`,
    `update pledge set state = 'open'`,
  ],
  ["confirms what is no promise", CONFIRM("R", "link")],
  ["confirms a promise that is over", `update pledge set state = 'expired'`, CONFIRM("Q", "link")],
  ["confirms a promise as one of before", CONFIRM("Q", "before")],
  ["confirms a promise in the name of nobody", CONFIRM("Q", "office", "nobody")],
  ["confirms a promise with a role that was only proposed", CONFIRM("Q", "office", "cuc")],
  [
    "makes a demonstration of a book",
    `insert into content_version (name, version) values ('demo', 1)`,
  ],
  [
    "turns the clock of a demonstration",
    `update content_version set changed_at = now() where name = 'demo'`,
  ],
  ["changes the mark of a live book", `update content_version set version = 2 where name = 'live'`],
  [
    "adds a bank's line of an account that is not registered",
    `insert into statement_line (bank_account, line_key, booked_on, reference, direction, amount, text, imported_at, rule, needs_look)
       values ('A9', 'k', '2024-01-01', 'r', 'credit', 5, '', 1, 6, false)`,
  ],
];

const DONE: [what: string, ...statements: string[]][] = [
  ["a role proposed by one and approved by another", APPROVE("g3", "binh")],
  ["an account approved by another", CHANGE("c1", "binh"), OPEN("654321")],
  ["an account ended by another", CHANGE("c2", "binh"), END("2024-01-01")],
  [
    "an order asked, approved by another and sent back",

    ORDER("x"),
    STEP("state = 'approved', approved_by = '{binh}'"),
    STEP("state = 'sent-back', approved_by = '{}'"),
  ],
  [
    "an order booked with its own entry by a third hand",
    ORDER("x"),
    STEP("state = 'approved', approved_by = '{binh}'"),
    ENTRY(1, "order:x"),
    `update ledger_head set next_entry = 2`,
    STEP("state = 'booked', booked_by = '{duc}', entry = 1"),
  ],
  ["a campaign published by another", CAMPAIGN, DRAFT, PUBLISHED("binh"), VERSION("'d'")],
  ["a line of the trail", TRAIL("an", "g1", "administrator")],
  [
    "a gift booked and taken off the queue",
    ENTRY(1),
    `update ledger_head set next_entry = 2`,
    `delete from sequencer_queue`,
  ],
  ["a promise that expires", `update pledge set state = 'expired'`],
  ["a promise that is taken back", `update pledge set state = 'withdrawn'`],
  ["a promise confirmed by its letter", CONFIRM("Q", "link")],
  ["a promise confirmed by an official", CONFIRM("Q", "office", "an")],
  ["a version of what pages show", `update content_version set version = 2 where name = 'plan'`],
];

describe.each(databaseKinds())(
  "what the application is stopped from, whoever writes its statements (%s)",
  (kind) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await testDatabase(kind);
      await database.db.script(BOOK);
    });
    afterAll(() => database.close());

    test.each(REFUSED)("%s: refused", async (_what, ...statements) => {
      expect(await asApplication(database.db, ...statements)).toBe(GUARDED);
    });

    test.each(DONE)("%s: done", async (_what, ...statements) => {
      expect(await asApplication(database.db, ...statements)).toBeUndefined();
    });

    test("nothing is hung on an entry of before", async () => {
      await database.db.begin(async (tx) => {
        await tx.script(ENTRY(1));
        await tx.script(`update ledger_head set next_entry = 2`);
      });
      for (const late of [
        `insert into donation (code, entry, channel, account_id, lo, amount, received_on) values ('Q', 1, 'bank', 1, 1, 5, '2024-01-01')`,
        `insert into evidence (entry, n, kind, digest) values (1, 0, 'decision', '')`,
        `insert into animal (code, species, campaign, commune, round, entry) values ('C-1', 'BO', 'C', '1', 1, 1)`,
        `insert into animal_event (animal, n, kind, on_day, entry) values ('C-1', 1, 'died', '2024-01-01', 1)`,
      ]) {
        expect(await asApplication(database.db, late)).toBe("KN002");
      }
    });
  },
);
