import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { must } from "#app/domain/kernel/result.ts";

import { freshDatabase, TEST_SERVER } from "../tests/support/database.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import { startIntake } from "./stores/intake.ts";
import { ledgerStore } from "./stores/ledger.ts";

const DAY = "2024-05-02";
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  now: () => Date.parse(`${DAY}T03:00:00Z`) / 1000,
};

test("each migration is applied once", async () => {
  const db = await openEmbedded();
  const pending = await pendingMigrations(db);
  expect(pending.length).toBeGreaterThan(0);
  expect(await migrate(db)).toEqual(pending);
  expect(await migrate(db)).toEqual([]);
  expect(await pendingMigrations(db)).toEqual([]);
  await db.close();
});

test("promises of before count where a part of them was paid, and wait where none was", async () => {
  const db = await openEmbedded();
  const late = (await pendingMigrations(db)).filter((name) => name >= "0019");
  await db.script(
    `create table migration (name text primary key, applied_at timestamptz not null default now())`,
  );
  // As a database of before: what came later is thought to be there, and is then taken up.
  for (const name of late) await db.rows(`insert into migration (name) values ($1)`, [name]);
  const text = (name: string) => readFile(new URL(`./migrations/${name}`, import.meta.url), "utf8");
  for (const name of await pendingMigrations(db)) {
    await db.script(await text(name));
    await db.rows(`insert into migration (name) values ($1)`, [name]);
  }
  await db.script(`
    insert into pledge (code, campaign, amount, intent, promised_on, donor_kind, donor_name, name_public, channel, locale, created_at, state, form_key)
      select code, 'C', 5, intent, '2026-12-01', 'person', '', false, 'bank', 'vi', 7, 'open', code
        from (values ('QPAID', 'promised'), ('QWAITS', 'promised'), ('QNOW', 'now')) as of_before(code, intent);
    insert into donation (code, entry, pledge, channel, account_id, lo, amount, received_on)
      values ('QPAID', 1, 'QPAID', 'bank', 1, 1, 2, '2026-02-01'), ('QNOW', 2, 'QNOW', 'bank', 1, 3, 5, '2026-02-01')`);
  await db.rows(`delete from migration where name >= '0019'`);
  expect(await migrate(db)).toEqual(late);
  expect(
    await db.rows(`select pledge, way, person, confirmed_at from pledge_confirmation`),
  ).toEqual([{ pledge: "QPAID", way: "before", person: null, confirmed_at: 7n }]);
  await db.close();
});

test.runIf(TEST_SERVER)("several processes at once take turns", async () => {
  for (let round = 0; round < 3; round += 1) {
    const { url, drop } = await freshDatabase(TEST_SERVER ?? "");
    const processes = Array.from({ length: 4 }, () =>
      openPostgres(url, { max: 2, unhurried: true }),
    );
    const applied = await Promise.all(processes.map(migrate));
    expect(applied.flat().toSorted()).toEqual([...new Set(applied.flat())].toSorted());
    expect(await pendingMigrations(processes[0]!)).toEqual([]);
    await Promise.all(processes.map((db) => db.close()));
    await drop();
  }
});

test.runIf(TEST_SERVER)(
  "an owner who is no superuser migrates, and the application's role can do all the ledger needs",
  async () => {
    const admin = openPostgres(TEST_SERVER ?? "", { max: 1 });
    const { url, drop } = await freshDatabase(TEST_SERVER ?? "");
    const name = new URL(url).pathname.slice(1);
    const owner = `lt_owner_${name.slice(-8)}`;
    await admin.script(`create role ${owner} login nosuperuser nocreatedb nocreaterole`);
    try {
      await admin.script(`alter database ${name} owner to ${owner}`);
      const asOwner = new URL(url);
      asOwner.username = owner;
      const owning = openPostgres(asOwner.href, { max: 1, unhurried: true });
      await migrate(owning);
      await owning.close();

      const app = openPostgres(url, { max: 4, role: "ketnghia_app" });
      const intake = await startIntake(app, making);
      const gift = (n: number) => ({
        key: `bank:${n}`,
        code: "QNTEST1",
        pledge: "QNTEST1",
        campaign: "LD1",
        channel: "bank" as const,
        to: "fund:LD1",
        amount: 1000n,
        receivedOn: DAY,
        evidence: ["ab".repeat(32)],
        outcome: { ref: `r${n}`, providerCode: "00", inbox: 1 },
      });
      expect(await intake.recordMany([1, 2, 3, 3].map(gift))).toEqual([
        { state: "booked", entry: 1, code: "QNTEST1" },
        { state: "booked", entry: 2, code: "QNTEST1-2" },
        { state: "booked", entry: 3, code: "QNTEST1-3" },
        { state: "already", entry: 3 },
      ]);
      const other = await startIntake(app, making);
      expect(await other.record(gift(4))).toEqual({ state: "queued" });
      await expect
        .poll(() => app.rows("select count(*)::integer as rows from entry"))
        .toEqual([{ rows: 4 }]);
      await other.stop();
      await intake.stop();
      const ledger = ledgerStore(app, making);
      const posted = must(
        await ledger.post({
          key: "pay",
          kind: "disbursement",
          effectiveOn: DAY,
          legs: [{ from: "fund:LD1", to: "commune:1:LD1", amount: 2500n }],
          evidence: [{ kind: "decision", digest: "cd".repeat(32) }],
        }),
      );
      expect(posted.number).toBe(5);
      expect(await ledger.forward("fund:LD1", { lo: 1n, length: 3000n })).toHaveLength(2);
      await app.close();
    } finally {
      await drop();
      await admin.script(`drop owned by ${owner}; drop role ${owner}`).catch(() => undefined);
      await admin.close();
    }
  },
);
