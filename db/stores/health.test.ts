import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { openPostgres } from "../postgres.ts";
import { healthStore, type HealthStore, troubleOfDatabase } from "./health.ts";

const now = () => Math.floor(Date.now() / 1000);
/** The machine's own clock, compared with the database's. */
const clockOf = (read: () => number) => ({ now: read, compared: true });
const patient = new AbortController().signal;

describe.each(databaseKinds())("on %s", (kind) => {
  let own: TestDatabase;
  let health: HealthStore;
  beforeAll(async () => {
    own = await testDatabase(kind);
    health = healthStore(own.db, clockOf(now));
  });
  afterAll(async () => {
    await health.close();
    await own.close();
  });

  test("an empty, sound database has nothing that waits", async () => {
    await health.read();
    await health.write();
    expect(await health.books(patient)).toEqual({
      entries: 0,
      headFree: true,
      numbered: false,
      readOnly: false,
      clockAhead: 0,
      recordedAhead: 0,
      queue: { count: 0, oldestSeconds: null },
      queueMoves: true,
      events: { count: 0, oldestSeconds: null },
      attention: { count: 0, oldestSeconds: null },
      jobs: [],
    });
    const [row] = await own.db.rows<{ at: bigint }>(`select at from health_write`);
    expect(Number(row?.at)).toBeGreaterThan(0);
  });

  test("what waits is counted, with the age of the oldest", async () => {
    const { db } = own;
    await db.rows(`insert into sequencer_queue (key, gift) values ('a', '{}'), ('b', '{}')`);
    await db.rows(`update sequencer_queue set queued_at = queued_at - 90 where key = 'b'`);
    await db.rows(
      `insert into inbox (provider, event_key, received_at, body, signature_valid)
       values ('vnpay', 'x', $1, '\\x00', true), ('vnpay', 'y', $1, '\\x00', true), ('vnpay', 'z', $1, '\\x00', false)`,
      [now() - 500],
    );
    await db.rows(
      `insert into inbox_answer (inbox, at, outcome) select id, $1, '00' from inbox where event_key = 'x'`,
      [now()],
    );
    const { queue, queueMoves, events } = await health.books(patient);
    expect(queue.count).toBe(2);
    expect(queue.oldestSeconds).toBeGreaterThanOrEqual(90);
    expect(queueMoves).toBe(false);
    expect(events.count).toBe(1);
    expect(events.oldestSeconds).toBeGreaterThanOrEqual(500);
  });

  test("a clock that is off is told both ways, unless it is played", async () => {
    const off = healthStore(
      own.db,
      clockOf(() => now() + 7200),
    );
    const ahead = (await off.books(patient)).clockAhead;
    expect(ahead).toBeGreaterThan(7190);
    await off.close();
    const behind = healthStore(
      own.db,
      clockOf(() => now() - 7200),
    );
    const late = (await behind.books(patient)).clockAhead;
    expect(late).toBeLessThan(-7190);
    await behind.close();
    const played = healthStore(own.db, { now: () => now() - 7200 });
    expect(await played.books(patient)).toMatchObject({ clockAhead: 0, recordedAhead: 0 });
    await played.close();
  });
});

describe.runIf(databaseKinds().includes("postgres"))("only on a server", () => {
  let own: TestDatabase;
  let health: HealthStore;
  beforeAll(async () => {
    own = await testDatabase("postgres");
    health = healthStore(own.db, clockOf(now));
  });
  afterAll(async () => {
    await health.close();
    await own.close();
  });

  test("a head that somebody holds is told, and the rest with it", async () => {
    await own.db.begin(async (tx) => {
      await tx.rows(`select from ledger_head where one for update`);
      const { headFree, entries } = await health.books(patient);
      expect({ headFree, entries }).toEqual({ headFree: false, entries: 0 });
    });
    expect((await health.books(patient)).headFree).toBe(true);
  });

  test("a write that has to wait ends in time and says why, and goes well when the way is free", async () => {
    const session = await own.db.session();
    await session.rows(`begin`);
    await session.rows(`update health_write set at = 1`);
    const error = await health.write().catch((thrown: unknown) => thrown);
    expect(troubleOfDatabase(error)).toMatch(/locked|timed-out/);
    await session.release();
    await health.write();
  });

  test("facts that were given up let their connection go, and are asked for on a new one", async () => {
    const giveUp = new AbortController();
    await own.db.begin(async (tx) => {
      await tx.rows(`select from ledger_head where one for update`);
      const asked = health.books(giveUp.signal).catch((thrown: unknown) => thrown);
      giveUp.abort();
      expect(await asked).toBeInstanceOf(Error);
    });
    expect((await health.books(patient)).headFree).toBe(true);
  });

  test("a database that only reads is told", async () => {
    const [row] = await own.db.rows<{ name: string }>(`select current_database() as name`);
    await own.db.rows(`alter database ${row?.name ?? ""} set default_transaction_read_only = on`);
    // Such a setting holds for new connections.
    const db = openPostgres(own.url ?? "");
    const anew = healthStore(db, clockOf(now));
    expect((await anew.books(patient)).readOnly).toBe(true);
    const error = await anew.write().catch((thrown: unknown) => thrown);
    expect(troubleOfDatabase(error)).toBe("read-only");
    await anew.close();
    await db.close();
  });

  test("who numbers is seen from another connection", async () => {
    const session = await own.db.session();
    await session.rows(`select pg_advisory_lock(7269, 2)`);
    expect((await health.books(patient)).numbered).toBe(true);
    await session.release();
  });
});
