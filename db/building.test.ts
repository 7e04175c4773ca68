import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { databaseKinds, type TestDatabase, testDatabase } from "../tests/support/database.ts";
import { sourceFiles, textOf } from "../tests/support/source-tree.ts";
import { connectionLost, inTheWay, isUniqueViolation } from "./answers.ts";
import { building } from "./building.ts";
import { RIGHTS } from "./rights.ts";
import * as tables from "./tables.ts";

describe.each(databaseKinds())("Drizzle's builder on %s", (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase(kind);
  });
  afterAll(() => test.close());

  const job = { name: "look", everySeconds: 60, knownSince: 1 };

  it("writes and reads rows as their tables say, numbers, đồng and days", async () => {
    const { orm, t, op } = await building(test.db);
    const norm = {
      id: "n",
      model: "livestock",
      species: "BO",
      perHousehold: 1,
      unitPrice: 9_007_199_254_740_993n,
      validFrom: "2024-02-29",
      validTo: null,
      source: "a test",
    };
    await orm.insert(t.norm).values(norm);
    expect(await orm.select().from(t.norm).where(op.eq(t.norm.id, "n"))).toEqual([norm]);
    await orm.insert(t.job).values(job);
    expect(await orm.select().from(t.job)).toEqual([job]);
    await orm.delete(t.job);
  });

  it("is of the transaction it is asked in", async () => {
    await test.db
      .begin(async (tx) => {
        const { orm, t } = await building(tx);
        await orm.insert(t.job).values(job);
        throw new Error("undone");
      })
      .catch(() => undefined);
    const { orm, t } = await building(test.db);
    expect(await orm.select().from(t.job)).toEqual([]);
  });

  it("says why as the driver does: a key taken is a key taken", async () => {
    const { orm, t } = await building(test.db);
    await orm.insert(t.job).values(job);
    const error = await orm
      .insert(t.job)
      .values(job)
      .then(
        () => undefined,
        (refused: unknown) => refused,
      );
    expect(isUniqueViolation(error)).toBe(true);
    expect(inTheWay(error)).toBe(false);
    expect(connectionLost(error)).toBe(false);
  });

  it("a transaction that was in another's way by the builder is done again", async () => {
    const { orm, t, op } = await building(test.db);
    let tries = 0;
    await test.db
      .begin(async (tx) => {
        tries += 1;
        const inside = await building(tx);
        await inside.orm.update(t.job).set({ everySeconds: 61 });
        if (tries === 1)
          await inside.orm.execute(op.sql`do $$ begin raise sqlstate '40001'; end $$`);
      })
      .catch((error: unknown) => {
        if (kind === "postgres") throw error;
        // The embedded database has one connection: nobody can be in the way.
        expect(inTheWay(error)).toBe(true);
      });
    if (kind === "postgres") expect(tries).toBe(2);
    expect((await orm.select().from(t.job))[0]?.everySeconds).toBe(kind === "postgres" ? 61 : 60);
  });
});

describe("what the builder is asked for", () => {
  const sources = sourceFiles().filter(
    (path) => /^(app|db)\/.*\.ts$/.test(path) && !/\.test\.ts$|^db\/(seeds|schema)\//.test(path),
  );

  it("adds rows only where the site may add them with every column: the builder names them all", () => {
    const inserted = sources.flatMap((path) =>
      [...textOf(path).matchAll(/\.insert\(t\.(\w+)\)/g)].map(([, name = ""]) => name),
    );
    expect(inserted.length).toBeGreaterThan(5);
    const byName = new Map<string, unknown>(Object.entries(tables));
    const narrow = inserted.filter((name) => {
      const table = byName.get(name);
      return !is(table, PgTable) || RIGHTS[getTableName(table)]?.insert !== "rows";
    });
    expect(narrow).toEqual([]);
  });

  it("is loaded by whoever asks first: no file that a start reads names it", () => {
    const eager = sources.filter(
      (path) =>
        path !== "db/tables.ts" &&
        // Loaded with better-auth itself, when somebody signs in.
        path !== "app/adapters/accounts/library.ts" &&
        /^(?:import (?!type)|\} from )[^;]*"(?:drizzle-orm[^"]*|[^"]*\/schema\/[^"]*|[^"]*\/tables\.ts)"/m.test(
          textOf(path),
        ),
    );
    expect(eager).toEqual([]);
  });
});
