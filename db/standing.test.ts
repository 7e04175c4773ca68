import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshDatabase, TEST_SERVER } from "../tests/support/database.ts";
import { type Forgotten, forgetfulPooler } from "../tests/support/forgetful-pooler.ts";
import type { Database } from "./client.ts";
import { openPostgres } from "./postgres.ts";
import { migrate } from "./migrate.ts";
import { APP_ROLE } from "./rights.ts";
import { hearingProblem, ownerProblem, roleProblem, standingProblem } from "./standing.ts";

// Roles belong to the whole server: each run has names of its own.
const TAG = crypto.randomUUID().slice(0, 8);
const OWNER = `st_owner_${TAG}`;
const SITE = `st_site_${TAG}`;

describe.runIf(TEST_SERVER)("what stands between (docs/stack.md, PgBouncer)", () => {
  async function through<Value>(
    forgotten: Forgotten,
    role: string | undefined,
    look: (db: Database) => Promise<Value>,
  ): Promise<Value> {
    const pooler = await forgetfulPooler(TEST_SERVER ?? "", forgotten);
    const db = openPostgres(pooler.url, { max: 2, ...(role ? { role } : {}) });
    try {
      return await look(db);
    } finally {
      await db.close();
      await pooler.close();
    }
  }

  test("nothing: the site hears what it says itself", async () => {
    expect(await through({}, undefined, (db) => hearingProblem(db))).toBeUndefined();
  });

  test("a pooler in transaction mode: LISTEN is taken, and nothing is heard", async () => {
    const look = (db: Database) => hearingProblem(db, 100);
    expect(await through({ notifications: true }, undefined, look)).toEqual({
      code: "standing.deaf",
    });
  });

  test("a pooler that drops `options`: the role asked for is not in force", async () => {
    const role = "pg_monitor";
    const look = (db: Database) => roleProblem(db, role);
    expect(await through({}, role, look)).toBeUndefined();
    const login = new URL(TEST_SERVER ?? "").username;
    expect(await through({ options: true }, role, look)).toEqual({
      code: "standing.not-taken",
      login,
      role,
      works: login,
    });
  });
});

describe.runIf(TEST_SERVER)("as whom the site works", () => {
  let admin: Database;
  let database: { url: string; drop: () => Promise<void> };

  beforeAll(async () => {
    admin = openPostgres(TEST_SERVER ?? "", { max: 2 });
    database = await freshDatabase(TEST_SERVER ?? "");
    await admin.script(`create role ${OWNER} login; create role ${SITE} login`);
    await admin.script(
      `alter database ${new URL(database.url).pathname.slice(1)} owner to ${OWNER}`,
    );
    await as(OWNER, undefined, migrate);
    await admin.script(`grant ${APP_ROLE} to ${SITE}`);
  });
  afterAll(async () => {
    await database.drop();
    await admin.script(`drop role ${OWNER}; drop role ${SITE}`);
    await admin.close();
  });

  async function as<Value>(
    login: string,
    role: string | undefined,
    work: (db: Database) => Promise<Value>,
  ): Promise<Value> {
    const url = new URL(database.url);
    url.username = login;
    const db = openPostgres(url.href, { max: 2, unhurried: true, ...(role ? { role } : {}) });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }
  const problem = (login: string, role?: string) => as(login, role, (db) => standingProblem(db));

  /** Do something as the owner or an administrator, look, and take it back. */
  async function during(deed: string, back: string, look: () => Promise<void>): Promise<void> {
    const here = (text: string) =>
      as(new URL(database.url).username, undefined, (db) => db.script(text));
    await here(deed);
    try {
      await look();
    } finally {
      await here(back);
    }
  }

  test("a login that is a member of the role, and nothing else, is trusted; so is it again after the role is put off", async () => {
    expect(await problem(SITE, APP_ROLE)).toBeUndefined();
    await as(SITE, APP_ROLE, async (db) => {
      for (const way of [
        `set role none`,
        `select set_config('role', 'none', false)`,
        `reset role`,
      ]) {
        await db.script(way);
        await expect(db.script(`alter table entry disable trigger all`)).rejects.toThrow(
          /must be owner/,
        );
        await expect(db.script(`update bank_account set number = '1'`)).rejects.toThrow(
          /permission denied/,
        );
      }
    });
  });

  test("the role is not taken on: told", async () => {
    expect(await problem(SITE)).toEqual({
      code: "standing.not-taken",
      login: SITE,
      role: APP_ROLE,
      works: SITE,
    });
  });

  test("the owner of the tables, also in the role's clothes; a superuser", async () => {
    await during(`grant ${APP_ROLE} to ${OWNER}`, `revoke ${APP_ROLE} from ${OWNER}`, async () => {
      expect(await problem(OWNER, APP_ROLE)).toEqual({
        code: "standing.owner",
        login: OWNER,
        owner: OWNER,
      });
    });
    expect(await problem(OWNER)).toMatchObject({ code: "standing.owner" });
    expect(await problem(new URL(database.url).username, APP_ROLE)).toMatchObject({
      code: "standing.owner",
    });
  });

  test("a login that may become the owner, or may do what no right on a table allows", async () => {
    await during(`grant ${OWNER} to ${SITE}`, `revoke ${OWNER} from ${SITE}`, async () => {
      expect(await problem(SITE, APP_ROLE)).toEqual({
        code: "standing.owner",
        login: SITE,
        owner: OWNER,
      });
    });
    for (const [attribute, without] of [
      ["CREATEROLE", "nocreaterole"],
      ["BYPASSRLS", "nobypassrls"],
      ["REPLICATION", "noreplication"],
      ["CREATEDB", "nocreatedb"],
    ] as const) {
      await during(`alter role ${SITE} ${attribute}`, `alter role ${SITE} ${without}`, async () => {
        expect(await problem(SITE, APP_ROLE)).toEqual({
          code: "standing.too-mighty",
          login: SITE,
          role: SITE,
          what: [attribute],
        });
      });
    }
    await during(
      `grant pg_write_all_data to ${SITE}`,
      `revoke pg_write_all_data from ${SITE}`,
      async () => {
        expect(await problem(SITE, APP_ROLE)).toMatchObject({
          code: "standing.too-mighty",
          role: "pg_write_all_data",
        });
      },
    );
  });

  test("a login that may make tables", async () => {
    await during(
      `grant create on schema public to ${SITE}`,
      `revoke create on schema public from ${SITE}`,
      async () => {
        expect(await problem(SITE, APP_ROLE)).toEqual({
          code: "standing.makes-tables",
          login: SITE,
        });
      },
    );
  });

  test("a role that lost rights, or a login that was given some of its own", async () => {
    await during(
      `revoke all on pledge from ${APP_ROLE}`,
      `grant select, insert, update (state) on pledge to ${APP_ROLE}`,
      async () => {
        expect(await problem(SITE, APP_ROLE)).toMatchObject({
          code: "standing.wrong-grants",
          who: APP_ROLE,
          grants: [{ table: "pledge", excess: [] }],
        });
      },
    );
    await during(
      `grant update on bank_account to ${SITE}`,
      `revoke update on bank_account from ${SITE}`,
      async () => {
        expect(await problem(SITE, APP_ROLE)).toMatchObject({
          code: "standing.wrong-grants",
          who: SITE,
          grants: [{ table: "bank_account", missing: [] }],
        });
      },
    );
  });

  test("a login that is no member", async () => {
    await during(`revoke ${APP_ROLE} from ${SITE}`, `grant ${APP_ROLE} to ${SITE}`, async () => {
      expect(await problem(SITE)).toEqual({ code: "standing.not-member", login: SITE });
    });
  });

  test("commands of the owner tell whose tables they are", async () => {
    expect(await as(OWNER, undefined, ownerProblem)).toBeUndefined();
    expect(await as(SITE, undefined, ownerProblem)).toEqual({
      code: "owner.not-owner",
      login: SITE,
      owner: OWNER,
    });
    const empty = await freshDatabase(TEST_SERVER ?? "");
    const url = new URL(empty.url);
    url.username = SITE;
    const db = openPostgres(url.href, { max: 2, unhurried: true });
    expect(await ownerProblem(db)).toEqual({ code: "owner.may-not-make", login: SITE });
    await db.close();
    await empty.drop();
  });
});
