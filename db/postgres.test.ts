import { setTimeout as pause } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { databaseKinds, testDatabase, type TestDatabase } from "../tests/support/database.ts";
import type { Database, Db } from "./client.ts";
import { openPostgres } from "./postgres.ts";
import { connectionLost } from "./answers.ts";
import { databaseAway } from "./away.ts";

async function pidOf(db: Pick<Db, "rows">): Promise<number> {
  const [row] = await db.rows<{ pid: number }>("select pg_backend_pid() as pid");
  return row?.pid ?? 0;
}

describe.each(databaseKinds())("on %s", (kind) => {
  let base: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    base = await testDatabase(kind);
    db = base.db;
    await db.script(
      "create table thing (id bigint primary key, word text); create table other (id int)",
    );
  });
  afterAll(() => base.close());

  const things = async () =>
    (await db.rows<{ id: bigint }>("select id from thing order by id")).map(({ id }) => id);

  test("values come as the stores expect them", async () => {
    const [row] = await db.rows(
      `select $1::bigint as big, $2::date as day, $3::bytea as bytes, null as nothing, $4::boolean as yes,
              5::smallint as small, '2024-05-02T03:00:00Z'::timestamptz at time zone 'UTC' as moment, $5::text as text`,
      [2n ** 62n, "2024-02-29", new Uint8Array([0, 255]), true, 'đ "\\ {}'],
    );
    expect(row).toMatchObject({
      big: 2n ** 62n,
      day: "2024-02-29",
      nothing: null,
      yes: true,
      small: 5,
      moment: "2024-05-02 03:00:00",
      text: 'đ "\\ {}',
    });
    const { bytes } = row as { bytes: Uint8Array };
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect([...bytes]).toEqual([0, 255]);
  });

  test("what a transaction wrote stands, or nothing of it", async () => {
    expect(
      await db.begin(async (tx) => {
        await tx.rows("insert into thing values ($1)", [1]);
        return "done";
      }),
    ).toBe("done");
    await expect(
      db.begin(async (tx) => {
        await tx.rows("insert into thing values ($1)", [2]);
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await things()).toEqual([1n]);
  });

  test("a savepoint takes back its own part only", async () => {
    await db.begin(async (tx) => {
      await tx.rows("insert into thing values ($1)", [3]);
      const refused = tx.begin(async (inner) => {
        await inner.rows("insert into thing values ($1)", [4]);
        await inner.begin((deep) => deep.rows("insert into thing values ($1)", [5]));
        await inner.rows("insert into thing values ($1)", [3]);
      });
      await expect(refused).rejects.toMatchObject({ code: "23505" });
      await tx.begin((inner) => inner.rows("insert into thing values ($1)", [6]));
    });
    expect(await things()).toEqual([1n, 3n, 6n]);
  });

  test("a transaction that kept an error to itself does not pass for done", async () => {
    await expect(
      db.begin(async (tx) => {
        await tx.rows("insert into thing values ($1)", [7]);
        await tx.rows("insert into thing values ($1)", [7]).catch(() => undefined);
      }),
    ).rejects.toThrow(/rolled back/);
    expect(await things()).not.toContain(7n);
  });

  test("a refused statement is not a lost connection", async () => {
    const error: unknown = await db
      .rows("insert into thing values ($1)", [1])
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "23505" });
    expect(connectionLost(error)).toBe(false);
  });

  test("said things are heard until one stops", async () => {
    const heard: string[] = [];
    const stop = await db.listen("lt_channel", (payload) => void heard.push(payload));
    await db.rows("select pg_notify($1, $2)", ["lt_channel", "one"]);
    await expect.poll(() => heard).toEqual(["one"]);
    await stop();
    const after: string[] = [];
    const stopLater = await db.listen("lt_channel", (payload) => void after.push(payload));
    await db.rows("select pg_notify($1, $2)", ["lt_channel", "two"]);
    await expect.poll(() => after).toEqual(["two"]);
    expect(heard).toEqual(["one"]);
    await stopLater();
  });
});

// docs/stack.md, postgres: why node-postgres is the driver.
describe.runIf(databaseKinds().includes("postgres"))("when the server cuts connections", () => {
  let base: TestDatabase;
  let db: Database;
  /** Of a pool of its own, as it must not be cut. */
  let admin: Database;
  beforeAll(async () => {
    base = await testDatabase("postgres");
    db = openPostgres(base.url ?? "", { max: 4 });
    admin = openPostgres(base.url ?? "", { max: 2 });
    await admin.script("create table thing (id bigint primary key)");
  });
  afterAll(async () => {
    await db.close();
    await admin.close();
    await base.close();
  });

  const cut = (pid: number) => admin.rows("select pg_terminate_backend($1::integer)", [pid]);

  async function thrown(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  async function poolWorks(): Promise<void> {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        db.begin(
          async (tx) => (await tx.rows<{ n: number }>("select $1::integer as n", [n]))[0]?.n,
        ),
      ),
    );
    expect(answers).toEqual([0, 1, 2, 3, 4, 5]);
  }

  test("and takes no new ones", async () => {
    const other = await testDatabase("postgres");
    const name = new URL(other.url ?? "").pathname.slice(1);
    const own = openPostgres(other.url ?? "", { max: 2 });
    await admin.script(`alter database ${name} allow_connections false`);
    try {
      const error = await thrown(own.rows("select 1 as one"));
      expect(error).toMatchObject({ code: "55000" });
      expect([connectionLost(error), databaseAway(error)]).toEqual([true, true]);
    } finally {
      await admin.script(`alter database ${name} allow_connections true`);
    }
    expect(await own.rows("select 1 as one")).toEqual([{ one: 1 }]);
    await own.close();
    await other.close();
  });

  test("in a transaction, in the middle of a statement", async () => {
    const error = await thrown(
      db.begin(async (tx) => {
        await tx.rows("insert into thing values (1)");
        const pid = await pidOf(tx);
        setTimeout(() => void cut(pid), 50);
        await tx.rows("select pg_sleep(5)");
      }),
    );
    expect(connectionLost(error)).toBe(true);
    await poolWorks();
  });

  test("in a transaction, between statements: the rest of it goes nowhere", async () => {
    const error = await thrown(
      db.begin(async (tx) => {
        await tx.rows("insert into thing values (2)");
        await cut(await pidOf(tx));
        await pause(50);
        // Others use the pool meanwhile.
        await poolWorks();
        await tx.rows("insert into thing values (3)").catch(() => undefined);
        await tx.rows("insert into thing values (4)");
      }),
    );
    expect(connectionLost(error)).toBe(true);
    await poolWorks();
    expect(await admin.rows("select id from thing")).toEqual([]);
  });

  test("in a savepoint", async () => {
    const error = await thrown(
      db.begin((tx) =>
        tx.begin(async (inner) => {
          const pid = await pidOf(inner);
          setTimeout(() => void cut(pid), 50);
          await inner.rows("select pg_sleep(5)");
        }),
      ),
    );
    expect(connectionLost(error)).toBe(true);
    await poolWorks();
  });

  test("all at once, many times", async () => {
    let cuts = 0;
    for (let round = 0; round < 5; round += 1) {
      const busy = Array.from({ length: 8 }, (_, n) =>
        thrown(
          n % 2 === 0
            ? db.rows("select pg_sleep(0.1)")
            : db.begin((tx) => tx.rows("select pg_sleep(0.1)")),
        ),
      );
      await pause(20);
      await admin.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
      for (const error of await Promise.all(busy)) {
        if (error === undefined) continue;
        expect(connectionLost(error)).toBe(true);
        cuts += 1;
      }
      await poolWorks();
    }
    expect(cuts).toBeGreaterThan(0);
  });

  test("two transactions that wait for each other are both done in the end", async () => {
    await admin.script(
      "create table pair (id int primary key, n int); insert into pair values (1, 0), (2, 0)",
    );
    const both = (first: number, second: number) =>
      db.begin(async (tx) => {
        await tx.rows("update pair set n = n + 1 where id = $1", [first]);
        await pause(100);
        await tx.rows("update pair set n = n + 1 where id = $1", [second]);
      });
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(await admin.rows("select id, n from pair order by id")).toEqual([
      { id: 1, n: 2 },
      { id: 2, n: 2 },
    ]);
  });

  test("a session that was cut stays cut, and is never another connection", async () => {
    const session = await db.session();
    await session.rows("select pg_advisory_lock(1, 1)");
    await cut(await pidOf(session));
    await pause(50);
    expect(connectionLost(await thrown(session.rows("select 1")))).toBe(true);
    await poolWorks();
    expect(connectionLost(await thrown(session.rows("select 1")))).toBe(true);
    await session.release();
    const [row] = await admin.rows("select pg_try_advisory_lock(1, 1) as free");
    expect(row).toEqual({ free: true });
    await admin.rows("select pg_advisory_unlock_all()");
  });

  test("a session gives its locks back with itself", async () => {
    const session = await db.session();
    await session.rows("select pg_advisory_lock(1, 2)");
    await session.release();
    await expect
      .poll(async () => (await admin.rows("select pg_try_advisory_lock(1, 2) as free"))[0])
      .toEqual({ free: true });
  });

  test("a statement after the end of its transaction is refused", async () => {
    let kept: Db | undefined;
    await db.begin(async (tx) => {
      kept = tx;
    });
    await expect(kept?.rows("insert into thing values (9)")).rejects.toThrow("over");
  });

  test("who listens plainly hears again by himself", async () => {
    const heard: string[] = [];
    const stop = await db.listen("lt_again", (payload) => void heard.push(payload));
    const listeners = () =>
      admin.rows<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and query like 'listen "lt_again"%'`,
      );
    const [first] = await listeners();
    await cut(first?.pid ?? 0);
    await expect
      .poll(async () => (await listeners()).map(({ pid }) => pid !== first?.pid), { timeout: 5000 })
      .toEqual([true]);
    await admin.rows("select pg_notify('lt_again', 'back')");
    await expect.poll(() => heard).toEqual(["back"]);
    await stop();
    await expect.poll(listeners).toEqual([]);
  });

  test("every connection takes on the role it is given", async () => {
    const app = openPostgres(base.url ?? "", { max: 2, role: "ketnghia_app" });
    const who = "select current_user::text as who";
    expect(await app.rows(who)).toEqual([{ who: "ketnghia_app" }]);
    expect(await app.begin((tx) => tx.rows(who))).toEqual([{ who: "ketnghia_app" }]);
    const session = await app.session();
    expect(await session.rows(who)).toEqual([{ who: "ketnghia_app" }]);
    await session.release();
    await app.close();
  });
});

// docs/stack.md, TCP: a peer that vanishes says nothing.
describe.runIf(databaseKinds().includes("postgres"))("limits of connections", () => {
  let base: TestDatabase;
  beforeAll(async () => {
    base = await testDatabase("postgres");
  });
  afterAll(() => base.close());

  const settings = async (db: Pick<Db, "rows">, names: readonly string[]) =>
    Object.fromEntries(
      (
        await db.rows<{ name: string; value: string }>(
          `select name, current_setting(name) as value from pg_settings where name = any (($1::text)::text[])`,
          [`{${names.join(",")}}`],
        )
      ).map(({ name, value }) => [name, value]),
    );
  const NAMES = [
    "idle_in_transaction_session_timeout",
    "statement_timeout",
    "lock_timeout",
    "idle_session_timeout",
    "default_transaction_read_only",
    "tcp_keepalives_idle",
    "tcp_keepalives_interval",
    "tcp_keepalives_count",
    "tcp_user_timeout",
  ];
  const TCP = {
    tcp_keepalives_idle: "5",
    tcp_keepalives_interval: "2",
    tcp_keepalives_count: "3",
    tcp_user_timeout: "10000",
  };
  const HURRIED = {
    ...TCP,
    idle_in_transaction_session_timeout: "4s",
    statement_timeout: "6s",
    lock_timeout: "5s",
    idle_session_timeout: "0",
    default_transaction_read_only: "off",
  };

  test("are in force on every kind of connection, read back from the server", async () => {
    const db = openPostgres(base.url ?? "", { max: 2 });
    expect(await settings(db, NAMES)).toEqual({ ...HURRIED, default_transaction_read_only: "on" });
    expect(await db.begin((tx) => settings(tx, NAMES))).toEqual(HURRIED);
    const session = await db.session();
    expect(await settings(session, NAMES)).toEqual({ ...HURRIED, idle_session_timeout: "6s" });
    await session.release();
    const slow = {
      ...HURRIED,
      idle_in_transaction_session_timeout: "1min",
      statement_timeout: "0",
      lock_timeout: "0",
    };
    expect(await db.unhurried((own) => settings(own, NAMES))).toEqual(slow);
    await db.close();
    const owner = openPostgres(base.url ?? "", { max: 2, unhurried: true });
    expect(await settings(owner, NAMES)).toEqual(slow);
    await owner.close();
  });

  test("readers answer while every writer waits, and a hidden write finds its way", async () => {
    const db = openPostgres(base.url ?? "", { max: 4 });
    await base.db.script(
      `create table told (n int);
       create function tell(n int) returns int language sql as 'insert into told values (n) returning n'`,
    );
    expect(await db.rows("select tell($1::integer) as n", [7])).toEqual([{ n: 7 }]);
    const held = base.db.begin(async (tx) => {
      await tx.script("lock table told in exclusive mode");
      const writes = [8, 9, 10].map((n) => db.rows("insert into told values ($1)", [n]));
      await tx.rows("select pg_sleep(0.3)");
      expect(await db.rows("select n from told")).toEqual([{ n: 7 }]);
      return writes;
    });
    await Promise.all(await held);
    expect(await db.rows("select count(*)::integer as n from told")).toEqual([{ n: 4 }]);
    await db.close();
  });
});
