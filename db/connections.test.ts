import { setTimeout as pause } from "node:timers/promises";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { TEST_SERVER, testDatabase, type TestDatabase } from "../tests/support/database.ts";
import { type Connections, openConnections } from "./connections.ts";

/** Milliseconds; a place is waited for longer than an answer, so that each refusal says which it was. */
const LIMITS = { queue: 1_000, answer: 300, transaction: 2_000 };

describe.runIf(TEST_SERVER)("a pool of one connection", () => {
  let base: TestDatabase;
  let pool: Connections;
  let standbyFrozen: boolean;
  beforeAll(async () => {
    base = await testDatabase("postgres");
    await base.db.script("create table thing (id int)");
  });
  afterAll(() => base.close());
  beforeEach(() => {
    standbyFrozen = false;
    pool = openConnections({ connectionString: base.url }, 1, LIMITS, async () => standbyFrozen);
    return async () => pool.close();
  });

  const pid = async () => (await pool.ask("select pg_backend_pid() as pid")).rows[0].pid as number;
  const alive = async (backend: number) =>
    (await base.db.rows("select 1 from pg_stat_activity where pid = $1::integer", [backend]))
      .length > 0;

  test("what is late keeps its place while its commit waits, and gives it back when that ends", async () => {
    const first = await pid();
    standbyFrozen = true;
    await expect(pool.ask("select pg_sleep(1.8)")).rejects.toMatchObject({
      code: "database.not-answered",
    });
    await expect(pool.ask("select 1")).rejects.toThrow(/timeout exceeded/);
    expect(await alive(first)).toBe(true);
    await pause(1_000);
    expect(await pid()).not.toBe(first);
  });

  test("what is late without a commit that waits is cut off at once", async () => {
    const first = await pid();
    await expect(pool.ask("select pg_sleep(0.6)")).rejects.toMatchObject({
      code: "database.not-answered",
    });
    expect(await pid()).not.toBe(first);
  });

  test("late before its commit, a transaction is undone at once, whatever its standby does", async () => {
    standbyFrozen = true;
    const late = pool.transaction(async (ask) => {
      await ask("insert into thing values (1)");
      await ask("select pg_sleep(0.6)");
    });
    await expect(late).rejects.toMatchObject({ code: "database.not-answered" });
    expect((await pool.ask("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await pause(600);
    expect((await pool.ask("select id from thing")).rows).toEqual([]);
  });

  test("out of time in the middle of a statement, a transaction says that it took too long", async () => {
    const limits = { ...LIMITS, answer: 10_000 };
    const own = openConnections({ connectionString: base.url }, 1, limits, async () => false);
    const long = own.transaction(async (ask) => {
      for (;;) await ask("select pg_sleep(0.3)");
    });
    await expect(long).rejects.toMatchObject({ code: "database.took-too-long" });
    await own.close();
  });
});
