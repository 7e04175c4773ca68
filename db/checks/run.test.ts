import { createHash } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { must } from "#app/domain/kernel/result.ts";

import { type Database, openEmbedded } from "../client.ts";
import { migrate } from "../migrate.ts";
import { startIntake } from "../stores/intake.ts";
import { ledgerStore } from "../stores/ledger.ts";
import { INVARIANTS } from "./invariants.ts";
import { runChecks } from "./run.ts";

const NOW = Math.floor(Date.parse("2024-05-02T03:00:00Z") / 1000);
const DAY = "2024-05-02";
let salt = 0;
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) =>
    createHash("sha256")
      .update(`${salt++}`)
      .digest("hex")
      .slice(0, bytes * 2),
  now: () => NOW,
};

let db: Database;

beforeAll(async () => {
  db = await openEmbedded();
  await migrate(db);
  const intake = await startIntake(db, making);
  const gift = (n: number) => ({
    key: `bank:${n}`,
    code: `QNTEST${n}`,
    campaign: "LD1",
    channel: "bank" as const,
    to: "fund:LD1",
    amount: 15_000_000n,
    receivedOn: DAY,
    evidence: ["ab".repeat(32)],
  });
  await intake.recordMany([gift(1), gift(2), gift(3)]);
  await intake.stop();
  const ledger = ledgerStore(db, making);
  const act = { effectiveOn: DAY, role: "committee" };
  must(
    await ledger.post({
      ...act,
      key: "refund",
      kind: "refund",
      reason: "donor-asked",
      legs: [
        {
          from: "fund:LD1",
          to: "refund:payable:LD1",
          amount: 15_000_000n,
          take: [{ lo: 1n, length: 15_000_000n }],
        },
        {
          from: "refund:payable:LD1",
          to: "world:refund",
          amount: 15_000_000n,
          take: { broughtBy: 0 },
        },
      ],
    }),
  );
  must(
    await ledger.post({
      ...act,
      key: "disbursement",
      kind: "disbursement",
      legs: [{ from: "fund:LD1", to: "commune:20455:LD1", amount: 22_000_000n }],
    }),
  );
  must(
    await ledger.post({
      ...act,
      key: "purchase",
      kind: "purchase",
      evidence: [{ kind: "acceptance-minutes", digest: "cd".repeat(32) }],
      legs: [
        { from: "commune:20455:LD1", to: "proc:LD1:P1", amount: 21_500_000n },
        {
          from: "proc:LD1:P1",
          to: "delivered:20455:LD1:r1",
          amount: 21_500_000n,
          animal: "LD1-0001",
        },
        { from: "world:market:BO", to: "herd:20455:BO:r1", amount: 1n, animal: "LD1-0001" },
      ],
      animals: [{ code: "LD1-0001", species: "BO", campaign: "LD1", commune: "20455", round: 1 }],
      animalEvents: [{ animal: "LD1-0001", kind: "handed-over", on: DAY, household: "H-LD1-001" }],
    }),
  );
  for (const subject of ["first", "second"]) {
    await db.rows(
      `insert into audit_line (at, act, subject_kind, subject, outcome, facts)
       values (1, 'role.approve', 'grant', $1, 'done', '{}')`,
      [subject],
    );
  }
});

afterAll(() => db.close());

describe("the invariants of the books", () => {
  it("hold on books made by the ledger, and look at something", async () => {
    const results = await runChecks(db, () => NOW);
    expect(results.flatMap(({ offenders }) => offenders)).toEqual([]);
    expect(results.map(({ name }) => name)).toEqual(INVARIANTS.map(({ name }) => name));
    expect(results.filter(({ counted }) => counted === 0)).toEqual([]);
  });

  // What a superuser can do behind our back, and which invariant then names which row.
  const frauds: [what: string, sql: string, invariant: string, subject: string][] = [
    [
      "a gift made smaller",
      "update movement set amount = amount - 1 where entry = 2",
      "published-movements",
      "movement 2.0",
    ],
    [
      "a gift of another day",
      "update entry set effective_on = '2024-05-01' where number = 2",
      "published-entries",
      "entry 2",
    ],
    [
      "bytes rewritten with the row",
      "update entry set bytes = replace(convert_from(bytes, 'UTF8'), 'donation-received', 'direct-gift')::bytea, kind = 'direct-gift' where number = 2",
      "leaf-hashes",
      "entry 2",
    ],
    ["an entry removed", "delete from entry where number = 3", "entry-numbers", "entry 4"],
    [
      "a movement removed",
      "delete from movement where entry = 6 and n = 2",
      "published-movements",
      "movement 6.2",
    ],
    [
      "numbers moved on",
      "update movement set to_lo = to_lo + 5 where entry = 3",
      "numbers-enter-once",
      "fund:LD1",
    ],
    [
      "numbers spent twice",
      "update movement set from_lo = 5 where entry = 5",
      "numbers-leave-once",
      "fund:LD1",
    ],
    [
      "more spent than came",
      "update movement set from_lo = 40000000 where entry = 5",
      "never-negative",
      "fund:LD1",
    ],
    [
      "an animal made dearer",
      "update animal set price = price + 1",
      "animals-add-up",
      "animal LD1-0001",
    ],
    [
      "an animal of another round",
      "update animal set round = 2",
      "published-animals",
      "animal LD1-0001",
    ],
    [
      "a death told of an animal whose head is still in the herd",
      "insert into animal_event (animal, n, kind, on_day, entry) values ('LD1-0001', 1, 'died', '2024-05-02', 6)",
      "heads-add-up",
      "herd:20455:BO:r1",
    ],
    [
      "a head whose animal nobody knows",
      "update movement set animal = null where entry = 6 and n = 2",
      "heads-add-up",
      "animal LD1-0001",
    ],
    [
      "a head counted twice",
      "update movement set amount = 2 where entry = 6 and n = 2",
      "heads-add-up",
      "herd:20455:BO:r1",
    ],
    [
      "an animal passed on without a movement",
      "insert into animal_event (animal, n, kind, on_day, entry) values ('LD1-0001', 1, 'passed-on', '2024-05-02', 6)",
      "heads-add-up",
      "herd:20455:BO:r2",
    ],
    [
      "an animal of another commune",
      "update animal set commune = '20446'",
      "heads-add-up",
      "animal LD1-0001",
    ],
    [
      "a paper exchanged",
      "update evidence set digest = repeat('ef', 32) where entry = 6",
      "published-evidence",
      "entry 6",
    ],
    [
      "a gift given to another",
      "update donation set code = 'QNOTHER' where entry = 2",
      "gifts-follow",
      "donation QNOTHER",
    ],
    [
      "a sum made larger",
      "update account_state set received = received + 1 where account_id = (select id from account where code = 'fund:LD1')",
      "sums-agree",
      "fund:LD1",
    ],
    [
      "free numbers made up",
      "update free_range set lo = 1 where account_id = (select id from account where code = 'fund:LD1') and hi is null",
      "free-numbers-agree",
      "fund:LD1",
    ],
    [
      "an act given to somebody else",
      "update audit_line set person = 'nobody' where n = 1",
      "audit-trail",
      "audit line 1",
    ],
    ["an act taken out", "delete from audit_line where n = 2", "audit-trail", "audit_head"],
  ];

  it.each(frauds)("name the row after %s", async (_, sql, invariant, subject) => {
    let results: Awaited<ReturnType<typeof runChecks>> = [];
    await db
      .begin(async (tx) => {
        for (const table of [
          "entry",
          "movement",
          "animal",
          "animal_event",
          "evidence",
          "donation",
          "audit_line",
        ]) {
          await tx.script(`alter table ${table} disable trigger all`);
        }
        await tx.rows(sql);
        results = await runChecks(tx, () => NOW);
        throw new Error("undo");
      })
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== "undo") throw error;
      });
    const found = results.find(({ name }) => name === invariant);
    expect(found?.ok).toBe(false);
    expect(found?.offenders.map((one) => one.subject)).toContain(subject);
  });
});
