import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { must } from "#app/domain/kernel/result.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import type { Database, Db } from "../client.ts";
import { sweep } from "../seals/sweep.ts";
import { startIntake } from "./intake.ts";
import { ledgerStore } from "./ledger.ts";

const NOW = Date.parse("2024-05-02T03:00:00Z") / 1000;
const DAY = "2024-05-02";
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  now: () => NOW,
};

const FROZEN = [
  "account",
  "account_change",
  "account_closing",
  "account_decision",
  "animal",
  "animal_event",
  "audit_line",
  "book",
  "campaign_account",
  "campaign_version",
  "donation",
  "draft_opinion",
  "draft_step",
  "entry",
  "evidence",
  "file_picture",
  "file_step",
  "gateway_refund_outcome",
  "gateway_takeback",
  "group_commitment",
  "group_training",
  "household_consent",
  "inbox",
  "inbox_answer",
  "list_opinion",
  "meeting_vote",
  "movement",
  "office_file",
  "order_paper",
  "order_step",
  "payment_outcome",
  "pledge_confirmation",
  "progress_statement",
  "row_seal",
  "seal",
  "seal_shape",
  "site_check",
  "statement_line",
  "twinning_answer",
  "twinning_promise",
  "village_meeting",
  "working_group",
] as const;

/** A book with at least one row in every table that is never changed. */
async function fill(db: Database): Promise<void> {
  await db.rows(
    `insert into order_step (order_id, n, step, version, at, person, role, organisation, note)
     values ('o', 1, 'request', 1, 1, 'p', 'commune-clerk', 'u', '')`,
  );
  await db.script(`
    insert into group_commitment (household, on_day, paper, text_version, language, noted_by, noted_at)
      values ('H-LD1-001', '2024-05-02', 'f', '2026-1', 'vi', 'p', 1);
    insert into group_training (group_id, n, topic, on_day, trainer, present, noted_by, noted_at)
      values ('LD1-N1', 1, 'barn', '2024-05-02', 'o', 5, 'p', 1);
    insert into household_consent (household, kind, n, given, on_day, channel, text_version, language, taken_by, taken_at)
      values ('h', 'name', 1, true, '2024-05-02', 'signed', '2026-1', 'vi', 'p', 1);
    insert into site_check (registration, n, on_day, present, answers, fit, checked_by, checked_at)
      values ('r', 1, '2024-05-02', '{commune}', '{}', true, 'p', 1);
    insert into working_group (commune, n, decision_number, decision_date, paper, members, kept_by, kept_at)
      values ('20446', 1, '1/QĐ', '2024-05-02', 'f', '[]', 'p', 1);
    insert into village_meeting (id, campaign, round, village, on_day, place, called, present, places, way, chair, secretary,
                                 quorate, minutes, noted_by, noted_at)
      values ('m', 'LD1', 1, 'Thôn 1', '2024-05-02', 'nhà', 20, 15, 5, 'hands', 'village', 'front', true, 'f', 'p', 1);
    insert into meeting_vote (meeting, registration, votes, rank) values ('m', 'r', 10, 1);
    insert into list_opinion (list, version, n, capacity, organisation, agrees, text, said_by, said_at)
      values ('LD1-r1', 1, 1, 'twin', 'o', true, '', 'p', 1)`);
  await db.rows(
    `insert into order_paper (order_id, n, item, file, added_by, added_at) values ('o', 1, 'letter', 'f', 'p', 1)`,
  );
  await db.rows(
    `insert into inbox (provider, event_key, received_at, body, signature_valid) values ('vnpay', 'e1', 1, ''::bytea, true)`,
  );
  await db.rows(`insert into inbox_answer (inbox, at, outcome) values (1, 1, 'ok')`);
  await db.rows(
    `insert into statement_line (bank_account, line_key, booked_on, reference, direction, amount, text, imported_at, rule, needs_look)
     values ('b', 'k', '2024-05-02', 'r', 'in', 1, '', 1, 1, false)`,
  );
  await db.script(`
    insert into payment (ref, pledge, channel, amount, created_at, expires_at) values ('QNTEST0-1', 'QNTEST0', 'vnpay', 30000000, 1, 2);
    insert into gateway_refund (key, gift, payment, channel, amount, request_id, hold_entry, reason, role, ordered_at)
      values ('r', 'QNTEST0', 'QNTEST0-1', 'vnpay', 1, 'q', 1, 'donor-asked', 'committee', 1);
    insert into gateway_refund_outcome (key, state, provider_code, entry, at) values ('r', 'refunded', '00', 1, 1);
    insert into gateway_takeback (key, payment, kind, amount, entry, at) values ('t', 'QNTEST0-1', 'refund', 1, 1, 1)`);
  await db.script(`
    insert into pledge_confirmation (pledge, way, note, confirmed_at) values ('QNTEST0', 'link', '', 1)`);
  await db.script(`
    insert into office_file (id, kind, subject_kind, subject_id, subject_communes, name, format, bytes, digest, blob, added_by, added_at)
      values ('f', 'photo', 'campaign', 'LD1', '{1}', 'a.jpg', 'jpeg', 1, repeat('ab', 32), 'originals/f', 'p', 1);
    insert into file_picture (file, n, width, height, blob, small_width, small_height, small_blob, boxes)
      values ('f', 1, 1, 1, 'pictures/f-large', 1, 1, 'pictures/f-small', '[]');
    insert into file_step (file, n, step, picture, person, organisation, at) values ('f', 1, 'added', 1, 'p', 'o', 1)`);
  await db.script(`
    insert into campaign_version (campaign, version, published_on, published_by, terms) values ('LD1', 1, '2024-01-10', 'o', '{}');
    insert into campaign_draft (id, form_key, commune, commune_from, district, state, content, revisions, prepared_by, office,
      created_at, changed_at, search_text)
      values ('d', 'k', '1', '2021-11-01', '510', 'submitted', '{}', '{}', '[]', 'o', 1, 1, '');
    insert into draft_opinion (draft, n, round, side, verdict, remarks, organisation, person, at)
      values ('d', 1, 1, 'twin', 'agrees', '', 'o', 'p', 1);
    insert into draft_step (draft, n, step, person, organisation, role, at) values ('d', 1, 'begun', 'p', 'o', 'commune-clerk', 1)`);
  await db.script(`
    insert into account_change (id, form_key, kind, bank_account, holder, bank_name, bin, number, owner, valid_from, reason,
      paper_number, paper_date, proposed_by, organisation, proposed_at)
      values ('c', 'k', 'open', 'b', 'h', 'n', '970418', '123456', 'appeal', '2024-01-10', 'r', 'p', '2024-01-09', 'p', 'o', 1);
    insert into account_decision (change, outcome, decided_by, organisation, decided_at) values ('c', 'approved', 'q', 'o', 1);
    insert into campaign_account (campaign, n, bank_account, since) values ('LD1', 1, 'b', '2024-01-10');
    insert into twinning_promise (id, form_key, pair, commune, commune_from, year, model, version, money, organisation,
      promised_by, promised_at)
      values ('t', 'k', 'p', '1', '2021-11-01', 2024, 'livestock', 1, 1, 'o', 'p', 1);
    insert into twinning_answer (promise, outcome, organisation, answered_by, answered_at) values ('t', 'confirmed', 'o', 'q', 1);
    insert into progress_statement (campaign, n, form_key, filed_on, filed_at, days_late, entry, received, disbursed, spent,
      delivered, alive, lost, born, text_vi, organisation, filed_by)
      values ('LD1', 1, 'k', '2024-05-02', 1, 0, 1, 1, 1, 1, 1, 1, 0, 0, '', 'o', 'p');
    insert into audit_line (n, at, act, subject_kind, subject, outcome, facts, person, hash)
      values (1, 1, 'order.read', 'order', 'o', 'done', '{}', 'p', ''::bytea)`);
  const intake = await startIntake(db, making);
  await intake.recordMany(
    [30_000_000n, 5_000_000n].map((amount, n) => ({
      key: `vnpay:${n}`,
      code: `QNTEST${n}`,
      campaign: "LD1",
      channel: "vnpay" as const,
      to: "fund:LD1",
      amount,
      receivedOn: DAY,
      evidence: ["ab".repeat(32)],
      outcome: { ref: `QNTEST${n}-1`, providerCode: "00", inbox: 1 },
    })),
  );
  await intake.stop();
  const ledger = ledgerStore(db, making);
  const act = { effectiveOn: DAY, role: "committee" };
  must(
    await ledger.post({
      ...act,
      key: "pay",
      kind: "disbursement",
      legs: [{ from: "fund:LD1", to: "commune:1:LD1", amount: 20_000_000n }],
    }),
  );
  must(
    await ledger.post({
      ...act,
      key: "buy",
      kind: "purchase",
      legs: [
        { from: "commune:1:LD1", to: "proc:LD1:P1", amount: 15_000_000n },
        {
          from: "proc:LD1:P1",
          to: "delivered:1:LD1:r1",
          amount: 15_000_000n,
          animal: "LD1-1",
        },
        { from: "world:market:BO", to: "herd:1:BO:r1", amount: 1n, animal: "LD1-1" },
      ],
      animals: [{ code: "LD1-1", species: "BO", campaign: "LD1", commune: "1", round: 1 }],
      animalEvents: [{ animal: "LD1-1", kind: "handed-over", on: DAY, household: "H1" }],
      closes: ["proc:LD1:P1"],
    }),
  );
  await sweep(db, making.now);
}

/** The SQLSTATE by which the database refuses these statements at the latest at commit; undefined when it takes them. */
async function refusal(db: Database, ...statements: string[]): Promise<string | undefined> {
  try {
    await db.begin(async (tx) => {
      for (const statement of statements) await tx.rows(statement);
      await tx.rows(`set constraints all immediate`);
      throw new Error("taken back");
    });
  } catch (error) {
    if (error instanceof Error && error.message === "taken back") return undefined;
    return (error as { code?: string }).code;
  }
  return undefined;
}

const AS_APP = "set local role ketnghia_app";
const AS_REPLICA = "set local session_replication_role = replica";

async function firstColumn(db: Db, table: string): Promise<string> {
  const [row] = await db.rows<{ name: string }>(
    `select column_name::text as name from information_schema.columns where table_name = $1 and column_name <> 'id'
      order by ordinal_position limit 1`,
    [table],
  );
  return row?.name ?? "";
}

describe.each(databaseKinds())("on %s", (kind) => {
  let test1: TestDatabase;
  let db: Database;
  let ids: Map<string, number>;
  let head: number;

  beforeAll(async () => {
    test1 = await testDatabase(kind);
    db = test1.db;
    await fill(db);
    ids = new Map(
      (await db.rows<{ code: string; id: number }>(`select code, id from account`)).map(
        ({ code, id }) => [code, id],
      ),
    );
    const [row] = await db.rows<{ next: bigint }>(`select next_entry as next from ledger_head`);
    head = Number(row?.next);
  });
  afterAll(() => test1.close());

  /** `insert` of an entry with `legs`, and of movements [n, from, to, amount, from_lo, to_lo]. */
  const entryRow = (number: number, legs: number, more: { reverses?: number; by?: string } = {}) =>
    `insert into entry (number, kind, effective_on, recorded_at, legs, reverses, idempotency_key, request_hash, key_salt, bytes, leaf_hash${more.by ? ", written_by" : ""})
     values (${number}, 'disbursement', '${DAY}', 1, ${legs}, ${more.reverses ?? "null"}, 'k${number}', decode(repeat('00', 32), 'hex'),
             ''::bytea, '{}'::bytea, decode(repeat('00', 32), 'hex')${more.by ? `, '${more.by}'` : ""})`;
  type Row = [n: number, from: string, to: string, amount: number, fromLo?: number, toLo?: number];
  const movementRows = (number: number, ...rows: Row[]) =>
    `insert into movement (entry, n, from_account, to_account, amount, from_lo, to_lo) values ${rows
      .map(
        ([n, from, to, amount, fromLo, toLo]) =>
          `(${number}, ${n}, ${ids.get(from)}, ${ids.get(to)}, ${amount}, ${fromLo ?? "null"}, ${toLo ?? "null"})`,
      )
      .join(", ")}`;
  const entry = (...rows: Row[]) => [entryRow(head, rows.length), movementRows(head, ...rows)];

  test("the list is whole: every table with the trigger, and each has a row", async () => {
    const guarded = await db.rows<{ name: string; enabled: string }>(
      `select c.relname as name, t.tgenabled as enabled from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where t.tgname = 'never_changed' order by 1`,
    );
    expect(guarded.map(({ name }) => name)).toEqual([...FROZEN]);
    expect(new Set(guarded.map(({ enabled }) => enabled))).toEqual(new Set(["A"]));
    for (const table of FROZEN) {
      const [row] = await db.rows<{ rows: bigint }>(`select count(*) as rows from ${table}`);
      expect([table, row?.rows === 0n]).toEqual([table, false]);
    }
  });

  describe.each(FROZEN)("%s", (table) => {
    const ways = async () => {
      const column = await firstColumn(db, table);
      return [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ];
    };

    test("the application's role may not", async () => {
      for (const way of await ways()) expect(await refusal(db, AS_APP, way)).toBe("42501");
    });

    test("the owner is refused, also as a replica", async () => {
      for (const way of await ways()) {
        expect(await refusal(db, way)).toBe("KN001");
        expect(await refusal(db, AS_REPLICA, way)).toBe("KN001");
      }
    });
  });

  test("the application's role may not take the guards away", async () => {
    for (const way of [
      AS_REPLICA,
      "alter table movement disable trigger never_changed",
      "drop trigger new_movements on movement",
      "drop table movement",
      "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
      "delete from migration",
      "reset role; delete from entry",
    ]) {
      expect([way, await refusal(db, AS_APP, ...way.split("; "))]).not.toEqual([way, undefined]);
    }
  });

  const take: Row = [0, "fund:LD1", "commune:1:LD1", 5, 20_000_001, 20_000_001];

  test("a whole entry is taken: what follows is refused for its own reason", async () => {
    expect(await refusal(db, ...entry(take))).toBeUndefined();
    expect(
      await refusal(
        db,
        ...entry(take, [1, "commune:1:LD1", "fund:LD1", 5, 20_000_001, 35_000_001]),
      ),
    ).toBeUndefined();
  });

  test.each([undefined, AS_REPLICA])("a late pair on an old entry (%s)", async (first) => {
    const old = head - 2;
    const pair = movementRows(
      old,
      [1, "fund:LD1", "commune:1:LD1", 5, 20_000_001, 20_000_001],
      [2, "commune:1:LD1", "fund:LD1", 5, 20_000_001, 35_000_001],
    );
    expect(await refusal(db, ...(first ? [first] : []), pair)).toBe("KN002");
  });

  test("a late pair on the entry just written, beyond what it declared", async () => {
    expect(
      await refusal(
        db,
        ...entry(take),
        movementRows(
          head,
          [1, "fund:LD1", "commune:1:LD1", 5, 20_000_006, 20_000_006],
          [2, "commune:1:LD1", "fund:LD1", 5, 20_000_006, 35_000_001],
        ),
      ),
    ).toBe("KN002");
  });

  test("a late pair on an old entry whose transaction number has come round, as after a restore", async () => {
    // The number alone would let it in; that the entry has all its legs does not.
    const [row] = await db.rows<{ legs: number }>(
      `select legs from entry where number = ${head - 2}`,
    );
    expect(row?.legs).toBe(1);
    expect(
      await refusal(
        db,
        `alter table entry disable trigger never_changed`,
        `update entry set written_by = pg_current_xact_id()::text where number = ${head - 2}`,
        movementRows(
          head - 2,
          [1, "fund:LD1", "commune:1:LD1", 5, 20_000_001, 20_000_001],
          [2, "commune:1:LD1", "fund:LD1", 5, 20_000_001, 35_000_001],
        ),
      ),
    ).toBe("KN002");
  });

  test("a movement of no entry", async () => {
    expect(await refusal(db, movementRows(head, take))).toBe("KN002");
  });

  test("one leg short, at commit", async () => {
    expect(await refusal(db, entryRow(head, 2), movementRows(head, take))).toBe("KN007");
    expect(await refusal(db, entryRow(head, 1))).toBe("KN007");
    await expect(
      db.begin(async (tx) => {
        await tx.rows(entryRow(head, 2));
        await tx.rows(movementRows(head, take));
      }),
    ).rejects.toMatchObject({ code: "KN007" });
    const [row] = await db.rows<{ rows: bigint }>(
      `select count(*) as rows from entry where number >= ${head}`,
    );
    expect(row?.rows).toBe(0n);
  });

  test("an entry that names another transaction", async () => {
    expect(await refusal(db, entryRow(head, 0, { by: "1" }))).toBe("KN008");
  });

  test.each<[string, Row, string]>([
    ["đồng into a herd", [0, "fund:LD1", "herd:1:BO:r1", 5, 20_000_001], "KN003"],
    ["an axis without numbers", [0, "fund:LD1", "commune:1:LD1", 5, 20_000_001], "KN003"],
    ["numbers where there is no axis", [0, "world:market:BO", "herd:1:BO:r1", 1, 1], "KN003"],
    [
      "numbers that leave a gap on the axis",
      [0, "fund:LD1", "commune:1:LD1", 5, 20_000_001, 20_000_002],
      "KN004",
    ],
    ["numbers given before", [0, "fund:LD1", "commune:1:LD1", 5, 20_000_001, 20_000_000], "KN004"],
    [
      "numbers that left before",
      [0, "fund:LD1", "commune:1:LD1", 5, 19_999_999, 20_000_001],
      "KN005",
    ],
    [
      "the very numbers that left before",
      [0, "fund:LD1", "commune:1:LD1", 20_000_000, 1, 20_000_001],
      "23505",
    ],
    [
      "numbers from before those that left",
      [0, "commune:1:LD1", "fund:LD1", 5, 14_999_998, 35_000_001],
      "KN005",
    ],
    [
      "numbers beyond the head",
      [0, "fund:LD1", "commune:1:LD1", 5, 34_999_998, 20_000_001],
      "KN005",
    ],
    ["heads that are not there", [0, "herd:1:BO:r1", "world:market:BO", 2], "KN006"],
    ["no đồng", [0, "fund:LD1", "commune:1:LD1", 0, 20_000_001, 20_000_001], "23514"],
    ["fewer than none", [0, "commune:1:LD1", "fund:LD1", -5, 20_000_001, 20_000_001], "23514"],
    ["to itself", [0, "fund:LD1", "fund:LD1", 5, 20_000_001, 35_000_001], "23514"],
    ["number 0", [0, "fund:LD1", "commune:1:LD1", 5, 0, 20_000_001], "23514"],
  ])("%s", async (_, row, state) => {
    expect(await refusal(db, ...entry(row))).toBe(state);
    expect(await refusal(db, AS_REPLICA, ...entry(row))).toBe(state);
    expect(await refusal(db, AS_APP, ...entry(row))).toBe(state);
  });

  test("numbers that leave twice within one entry", async () => {
    expect(
      await refusal(
        db,
        ...entry(take, [1, "fund:LD1", "commune:1:LD1", 5, 20_000_003, 20_000_006]),
      ),
    ).toBe("KN005");
  });

  test("a gap in the numbers of entries, a number given before, and none below 1", async () => {
    expect(await refusal(db, entryRow(head + 1, 0))).toBe("KN009");
    expect(await refusal(db, entryRow(head - 1, 0))).toBe("23505");
    expect(await refusal(db, entryRow(0, 0))).toBe("KN009");
    expect(await refusal(db, entryRow(head, 0))).toBeUndefined();
  });

  test("an answer to an entry that is not there yet, and a second answer", async () => {
    expect(await refusal(db, entryRow(head, 0, { reverses: head }))).toBe("23514");
    expect(await refusal(db, entryRow(head, 0, { reverses: head + 5 }))).toBe("23514");
    expect(
      await refusal(db, entryRow(head, 0, { reverses: 1 }), entryRow(head + 1, 0, { reverses: 1 })),
    ).toBe("23505");
  });

  test("projections never tell of a guarded account below zero, nor of a second head", async () => {
    expect(
      await refusal(db, AS_APP, `update account_state set sent = received + 1 where received > 0`),
    ).toBe("23514");
    expect(await refusal(db, `insert into ledger_head values (false, 1, 0)`)).toBe("23514");
    expect(await refusal(db, `insert into ledger_head values (true, 1, 0)`)).toBe("23505");
    expect(await refusal(db, AS_APP, `insert into ledger_head values (true, 1, 0)`)).toBe("42501");
  });
});
