import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { bookByHand } from "../../tests/support/hand-made-books.ts";
import { afterChange, everythingWrong, offendersOf } from "../../tests/support/tampering.ts";
import { INVARIANTS } from "./invariants.ts";
import { runChecks } from "./run.ts";

let books: TestDatabase;

beforeAll(async () => {
  books = await testDatabase();
  await bookByHand(books.db);
  await books.db.rows(
    `insert into audit_line (at, act, subject_kind, subject, outcome, facts)
     values (1, 'session.begun', 'person', 'somebody', 'done', '{}')`,
  );
});
afterAll(() => books.close());

/** Entry and movement of a gift by its code. */
const OF = (code: string) => `(select entry from donation where code = '${code}')`;
const ACCOUNT = (code: string) => `(select id from account where code = '${code}')`;
const LINE_OF = (code: string) =>
  `(select l.id from statement_line l join entry e on e.idempotency_key = l.gift_key where e.number = ${OF(code)})`;
const BYTES = (text: string, other: string) =>
  `bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '${text}', '${other}'), 'UTF8')`;
const RESEALED = `update entry set leaf_hash = sha256('\\x00'::bytea || bytes)`;

// What a superuser can do behind our back, and which invariant then names which row.
const frauds: [what: string, sql: string, invariant: string, subject: RegExp][] = [
  [
    "a gift made smaller",
    `update movement set amount = amount - 1 where entry = 2`,
    "published-movements",
    /^movement 2\.0$/,
  ],
  [
    "a gift of another day",
    "update entry set effective_on = '2024-05-01' where number = 2",
    "published-entries",
    /^entry 2$/,
  ],
  [
    "another key",
    "update entry set idempotency_key = 'bank:other' where number = 2",
    "published-entries",
    /^entry 2$/,
  ],
  [
    "another salt",
    "update entry set key_salt = '\\x00' where number = 2",
    "published-entries",
    /^entry 2$/,
  ],
  [
    "another request",
    "update entry set request_hash = sha256('x') where number = 2",
    "gift-requests",
    /^donation QNB$/,
  ],
  [
    "bytes rewritten with the row",
    `update entry set ${BYTES("donation-received", "direct-gift")}, kind = 'direct-gift' where number = 2`,
    "leaf-hashes",
    /^entry 2$/,
  ],
  ["an entry removed", "delete from entry where number = 3", "entry-numbers", /^entry 4$/],
  ["the head without its row", "delete from ledger_head", "entry-numbers", /^ledger_head$/],
  [
    "the head of another time",
    "update ledger_head set last_recorded_at = last_recorded_at + 1",
    "entry-numbers",
    /^ledger_head$/,
  ],
  [
    "a time that goes back",
    "update entry set recorded_at = recorded_at - 1 where number = 5",
    "entries-in-time",
    /^entry 5$/,
  ],
  [
    "an effect after the record",
    "update entry set effective_on = '2024-06-01' where number = 5",
    "entries-in-time",
    /^entry 5$/,
  ],
  [
    "a late entry without a reason",
    "update entry set effective_on = '2024-04-01' where number = 5",
    "entries-in-time",
    /^entry 5$/,
  ],
  [
    "a movement removed",
    "delete from movement where entry = 2",
    "published-movements",
    /^movement 2\.0$/,
  ],
  [
    "numbers moved on",
    "update movement set to_lo = to_lo + 5 where entry = 3",
    "numbers-enter-once",
    /^fund:LD1$/,
  ],
  [
    "numbers spent twice",
    `update movement set from_lo = 40000002 where from_account = ${ACCOUNT("fund:LD1")} and from_lo = (select min(from_lo) from movement where from_account = ${ACCOUNT("fund:LD1")} and from_lo > 40000002)`,
    "numbers-leave-once",
    /^fund:LD1$/,
  ],
  [
    "more spent than came",
    `update movement set from_lo = 900000000 where from_account = ${ACCOUNT("fund:LD2")}`,
    "never-negative",
    /^fund:LD2$/,
  ],
  [
    "a reversal of less",
    "update movement set amount = amount - 1 where entry = (select min(number) from entry where reverses is not null)",
    "reversals-turn-round",
    /^entry \d+$/,
  ],
  [
    "an animal made dearer",
    "update animal set price = price + 1 where code = 'LD1-0001'",
    "animals-add-up",
    /^animal LD1-0001$/,
  ],
  [
    "an animal of another round",
    "update animal set round = 2 where code = 'LD1-0001'",
    "published-animals",
    /^animal LD1-0001$/,
  ],
  [
    "an animal taken out of the register",
    "delete from animal where code = 'LD1-0002'",
    "published-animals",
    /^animal LD1-0002$/,
  ],
  [
    "a birth on another day",
    "update animal set born_on = '2024-04-27' where code = 'LD1-0003'",
    "animals-registered",
    /^animal LD1-0003$/,
  ],
  [
    "a calf without a sex",
    "update animal set sex = null where code = 'LD1-0003'",
    "animals-registered",
    /^animal LD1-0003$/,
  ],
  [
    "an animal with an account and no numbers",
    `update animal set account_id = ${ACCOUNT("fund:LD1")} where code = 'LD1-0003'`,
    "animals-registered",
    /^animal LD1-0003$/,
  ],
  [
    "a death told of an animal whose head is still in the herd",
    "insert into animal_event (animal, n, kind, on_day, entry) select 'LD1-0001', 1, 'died', '2024-05-02', entry from animal where code = 'LD1-0001'",
    "heads-add-up",
    /^animal LD1-0001$/,
  ],
  [
    "a head whose animal nobody knows",
    "update movement set animal = null where animal = 'LD1-0001' and from_account = (select id from account where code = 'world:market:BO')",
    "heads-add-up",
    /^animal LD1-0001$/,
  ],
  [
    "an animal of another commune",
    "update animal set commune = '20455' where code = 'LD1-0001'",
    "heads-add-up",
    /^animal LD1-0001$/,
  ],
  [
    "a death with another household",
    "update animal_event set household = 'H-LD1-001' where kind = 'died' and animal = 'LD1-0002'",
    "animal-events-follow",
    /LD1-0002/,
  ],
  [
    "a death on another day",
    "update animal_event set on_day = '2024-05-01' where kind = 'died' and animal = 'LD1-0002'",
    "animal-events-follow",
    /LD1-0002/,
  ],
  [
    "a death of another cause",
    "update animal_event set cause = 'theft' where kind = 'died' and animal = 'LD1-0002'",
    "animal-events-follow",
    /LD1-0002/,
  ],
  [
    "a pass-on to a household of the first round",
    "update animal_event set household = 'H-LD1-004' where kind = 'passed-on'",
    "animal-events-follow",
    /LD1-0003/,
  ],
  [
    "an animal given to another group",
    "update household set group_id = 'G2' where code = 'H-LD1-001'",
    "duties-follow",
    /^entry \d+$/,
  ],
  [
    "a paper exchanged",
    `update evidence set digest = repeat('ef', 32) where entry = 2`,
    "published-evidence",
    /^entry 2$/,
  ],
  [
    "a paper of another kind",
    `update evidence set kind = 'decision' where entry = 2`,
    "gift-requests",
    /^donation QNB$/,
  ],
  [
    "an opening exchanged",
    `update opening set content = 'x' where digest = (select digest from evidence where entry = 2)`,
    "papers-open",
    /^opening /,
  ],
  [
    "an opening taken away",
    `delete from opening where digest = (select digest from evidence where entry = 2)`,
    "papers-open",
    /^entry 2$/,
  ],
  [
    "a sum made larger",
    `update account_state set received = received + 1 where account_id = ${ACCOUNT("fund:LD1")}`,
    "sums-agree",
    /^fund:LD1$/,
  ],
  [
    "free numbers made up",
    `update free_range set lo = 1 where account_id = ${ACCOUNT("fund:LD1")} and hi is null`,
    "free-numbers-agree",
    /^fund:LD1$/,
  ],
  ...(["kind", "campaign", "commune", "unit"] as const).map(
    (column): [string, string, string, RegExp] => [
      `an account of another ${column}`,
      `update account set ${column} = 'other' where code = 'commune:20446:LD1'`,
      "accounts-as-charted",
      /^commune:20446:LD1$/,
    ],
  ),
  [
    "an account without its axis",
    `update account set axis = false where code = 'fund:LD1'`,
    "accounts-as-charted",
    /^fund:LD1$/,
  ],
  [
    "an account called may_be_negative",
    `update account set may_be_negative = true where code = 'fund:LD1'`,
    "accounts-as-charted",
    /^fund:LD1$/,
  ],
  [
    "an account opened by another entry",
    `update account set opened_by = 2 where code = 'fund:LD2'`,
    "accounts-opened-and-closed",
    /^fund:LD2$/,
  ],
  [
    "a closing taken away",
    `delete from account_closing`,
    "accounts-opened-and-closed",
    /^commune:20446:LD1$/,
  ],
  [
    "a closing told",
    `insert into account_closing (account_id, entry) values (${ACCOUNT("fund:LD2")}, 5)`,
    "accounts-opened-and-closed",
    /^fund:LD2$/,
  ],
  ["all gifts taken away", "delete from donation", "gifts-follow", /^entry 1$/],
  ["one gift taken away", "delete from donation where code = 'QNB'", "gifts-follow", /^entry 2$/],
  [
    "a gift given to another",
    "update donation set code = 'QNOTHER' where entry = 2",
    "gifts-follow",
    /^donation QNOTHER$/,
  ],
  [
    "a gift of another campaign",
    "update donation set campaign = 'LD2' where code = 'QNA'",
    "gifts-follow",
    /^donation QNA$/,
  ],
  [
    "a gift by another channel",
    "update donation set channel = 'stripe' where code = 'QNA'",
    "gifts-follow",
    /^donation QNA$/,
  ],
  [
    "a gift that came on another day",
    "update donation set received_on = '2024-05-01' where code = 'QNA'",
    "gifts-follow",
    /^donation QNA$/,
  ],
  [
    "a gift of another day in row and entry",
    `update donation set received_on = '2024-05-01' where code = 'QNA'; update entry set effective_on = '2024-05-01' where number = ${OF("QNA")}`,
    "gifts-shown-by-bank",
    /^donation QNA$/,
  ],
  [
    "a gift of no promise",
    "update donation set pledge = null where code = 'QNB'",
    "gifts-shown-by-bank",
    /^donation QNB$/,
  ],
  [
    "a gift without a line",
    `delete from statement_line where id = ${LINE_OF("QNA")}`,
    "gifts-shown-by-bank",
    /^donation QNA$/,
  ],
  [
    "a line of another amount",
    `update statement_line set amount = amount + 1 where id = ${LINE_OF("QNA")}`,
    "gifts-shown-by-bank",
    /^donation QNA$/,
  ],
  [
    "a line of another amount, by itself",
    `update statement_line set amount = amount + 1 where id = ${LINE_OF("QNA")}`,
    "bank-lines",
    /^bank line \d+$/,
  ],
  [
    "a line of another text",
    `update statement_line set text = 'x' where id = ${LINE_OF("QNA")}`,
    "gifts-shown-by-bank",
    /^donation QNA$/,
  ],
  [
    "a line whose gift was never booked",
    `insert into statement_line (bank_account, line_key, booked_on, reference, direction, amount, text, imported_at, rule, needs_look, gift_key)
     select 'KN', encode(sha256(convert_to(k.facts || ' 1', 'UTF8')), 'hex'), '2024-05-02', 'FT', 'credit', 5, 'x', 1714618800, 6, false, 'bank:' || encode(sha256(convert_to(k.facts || ' 1', 'UTF8')), 'hex')
       from (select encode(sha256(convert_to('{"account":"0123456789","amount":5,"day":"2024-05-02","direction":"credit","reference":"FT","text":"x"}', 'UTF8')), 'hex') as facts) k`,
    "bank-lines",
    /^bank line \d+$/,
  ],
  [
    "a line that names no gift any more",
    `update statement_line set gift_key = null where id = ${LINE_OF("QNA")}`,
    "bank-lines",
    /^bank line \d+$/,
  ],
  [
    "money taken back and nobody told",
    `update statement_line set direction = 'debit', rule = 0, matched_code = null, gift_key = null, needs_look = true where id = ${LINE_OF("QNA")}`,
    "bank-lines",
    /^bank line \d+$/,
  ],
  [
    "a gift without its payment",
    "delete from payment where ref = 'QND-1'",
    "gifts-shown-by-gateways",
    /^donation QND$/,
  ],
  [
    "a payment of another amount",
    "update payment set amount = amount + 1 where ref = 'QND-1'",
    "gifts-shown-by-gateways",
    /^donation QND$/,
  ],
  [
    "the end of a payment taken away",
    "delete from payment_outcome where ref = 'QND-1'",
    "payments-settled",
    /^payment QND-1$/,
  ],
  [
    "the end of a payment taken away, by its event",
    "delete from payment_outcome where ref = 'QND-1'",
    "events-answered",
    /^event \d+$/,
  ],
  [
    "a paid payment whose gift was never booked",
    `delete from donation where code = 'QND'; update entry set idempotency_key = 'x' where number = ${OF("QND")}; delete from entry where idempotency_key = 'x' or idempotency_key like 'vnpay:QND%'`,
    "payments-settled",
    /^payment QND-1$/,
  ],
  [
    "a payment that failed",
    "update payment_outcome set state = 'failed' where ref = 'QND-1'",
    "payments-settled",
    /^payment QND-1$/,
  ],
  [
    "a payment with another number at the gateway",
    "update payment_outcome set provider_transaction = 'x' where ref = 'QND-1'",
    "payments-settled",
    /^payment QND-1$/,
  ],
  [
    "all events and answers taken away",
    "delete from inbox; delete from inbox_answer",
    "payments-settled",
    /^payment QND-1$/,
  ],
  ["all events taken away", "delete from inbox", "events-answered", /^event \d+$/],
  ["all answers taken away", "delete from inbox_answer", "events-answered", /^event \d+$/],
  [
    "an event that tells another amount",
    `update inbox set body = convert_to(replace(convert_from(body, 'UTF8'), 'vnp_Amount=1', 'vnp_Amount=2'), 'UTF8') where provider = 'vnpay'`,
    "payments-settled",
    /^payment QND-1$/,
  ],
  [
    "an event with other bytes",
    `update inbox set body = body || ' ' where provider = 'vnpay'`,
    "events-answered",
    /^event \d+$/,
  ],
  [
    "an act given to somebody else",
    "update audit_line set person = 'nobody' where n = 1",
    "audit-trail",
    /^audit line 1$/,
  ],
  ["an act taken out", "delete from audit_line where n = 2", "audit-trail", /^audit line 3$/],
  [
    "the last act taken out",
    "delete from audit_line where n = (select max(n) from audit_line)",
    "audit-trail",
    /^audit_head$/,
  ],
  ["the trail's head without its row", "delete from audit_head", "audit-trail", /^audit_head$/],
  [
    "the trail's head with another seal",
    "update audit_head set hash = sha256('x')",
    "audit-trail",
    /^audit_head$/,
  ],
  [
    "the whole trail emptied with its head",
    "delete from audit_line; update audit_head set n = 0, hash = ''",
    "trail-tells",
    /^account /,
  ],
  [
    "the trail sealed anew by its own function",
    `
     update audit_line set person = 'nobody' where n = 1;
     do $$ declare l audit_line; last bytea := ''; begin
       for l in select * from audit_line order by n loop
         last := sha256(last || audit_text(l)); update audit_line set hash = last where n = l.n;
       end loop; update audit_head set hash = last; end $$`,
    "trail-tells",
    /^account /,
  ],
  [
    "an account with another number",
    "update bank_account set number = '0123456780' where id = 'KN'",
    "bank-accounts-by-two",
    /^account KN$/,
  ],
  [
    "an account with another number, by its lines",
    "update bank_account set number = '0123456780' where id = 'KN'",
    "bank-lines",
    /^bank line \d+$/,
  ],
  [
    "an account nobody approved",
    "insert into bank_account (id, holder, bank_name, bin, number, owner, valid_from) values ('X', 'x', 'x', '970400', '1234567', 'appeal', '2024-01-01')",
    "bank-accounts-by-two",
    /^account X$/,
  ],
  [
    "a campaign that says something else",
    "update campaign set goal = goal + 1 where id = 'LD1'",
    "campaigns-as-published",
    /^campaign LD1$/,
  ],
  [
    "a version that says something else",
    "update campaign_version set terms = terms || '{\"goal\": \"1\"}' where campaign = 'LD1'",
    "campaigns-as-published",
    /^campaign LD1$/,
  ],
  [
    "donors shown another account",
    "update campaign_account set bank_account = 'C46' where campaign = 'LD1'",
    "campaigns-as-published",
    /^campaign LD1$/,
  ],
];

describe("the invariants of the books", () => {
  it("hold on books made by the ledger, and look at something", async () => {
    expect(await everythingWrong(books.db)).toEqual([]);
    const results = await runChecks(books.db, () => 1);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    for (const { name } of INVARIANTS) expect(results.map((one) => one.name)).toContain(name);
  });

  it.each(frauds)("name the row after %s", async (_, sql, invariant, subject) => {
    const named = await afterChange(books.db, sql, (tx) => offendersOf(tx, invariant));
    expect(named.filter((one) => subject.test(one))).not.toEqual([]);
  });

  it("name what was resealed by what showed it: the last gift made larger in row, bytes, leaf, gift and sum", async () => {
    const larger = `
      update movement set amount = amount + 1000000 where entry = ${OF("QNL")};
      update donation set amount = amount + 1000000 where code = 'QNL';
      update account_state set received = received + 1000000 where account_id = ${ACCOUNT("fund:LD2")};
      update entry set ${BYTES('"amount":9000000', '"amount":10000000')} where number = ${OF("QNL")};
      ${RESEALED} where number = ${OF("QNL")};`;
    const named = await afterChange(books.db, larger, (tx) =>
      Promise.all(
        ["leaf-hashes", "published-movements", "gifts-shown-by-bank", "gift-requests"].map((name) =>
          offendersOf(tx, name),
        ),
      ),
    );
    expect(named).toEqual([[], [], ["donation QNL"], ["donation QNL"]]);
  });

  it("look at entries from one on as they look at all", async () => {
    const since = INVARIANTS.filter((one) => one.since);
    expect(since.length).toBeGreaterThan(10);
    for (const { name, counted, since: look } of since) {
      const [all] = await books.db.rows<{ counted: bigint }>(counted);
      const [late] = await books.db.rows<{ counted: bigint }>(look?.counted ?? "", [3]);
      expect([name, (late?.counted ?? 0n) <= (all?.counted ?? 0n)]).toEqual([name, true]);
      expect([name, await offendersOf(books.db, name, 3)]).toEqual([name, []]);
      expect([name, await offendersOf(books.db, name, 1)]).toEqual([name, []]);
    }
    const smaller = "update movement set amount = amount - 1 where entry = 2";
    const looks = (from: number) => (tx: Parameters<typeof offendersOf>[0]) =>
      offendersOf(tx, "published-movements", from);
    expect(await afterChange(books.db, smaller, looks(2))).toEqual(["movement 2.0"]);
    expect(await afterChange(books.db, smaller, looks(3))).toEqual([]);
  });
});
