import { PGlite } from "@electric-sql/pglite";
import { is } from "drizzle-orm";
import { getTableConfig, getViewConfig, PgTable, PgView } from "drizzle-orm/pg-core";
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { statementsOfSchema } from "../bin/schema-snapshot.ts";
import {
  databaseKinds,
  freshDatabase,
  TEST_SERVER,
  type TestDatabase,
  testDatabase,
} from "../tests/support/database.ts";
import type { Database } from "./client.ts";
import { pgliteDatabase } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";

/** Every table, column, key, check and index of a database, one a line, as PostgreSQL itself tells them. */
const TOLD = `
  select 'table ' || c.relname as line
    from pg_class c where c.relkind in ('r', 'p', 'm', 'f') and c.relnamespace = 'public'::regnamespace
  union all
  select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || case when a.attnotnull then ' not null' else '' end
         || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
         || case a.attidentity when '' then '' else ' identity ' || a.attidentity::text end
         || case a.attgenerated when '' then '' else ' generated ' || a.attgenerated::text end
         || case when a.attcollation <> t.typcollation then ' collate ' || a.attcollation::regcollation::text else '' end
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
  union all
  -- Which rows of before a check was not held against is a fact about rows, and no part of the rule.
  select 'constraint ' || conrelid::regclass || ' ' || conname || ' '
         || replace(pg_get_constraintdef(oid), ' NOT VALID', '')
    from pg_constraint
   where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'p', 'u', 'x')
  union all
  select 'index ' || pg_get_indexdef(i.indexrelid)
    from pg_index i join pg_class c on c.oid = i.indrelid
   where c.relnamespace = 'public'::regnamespace
  union all
  select 'sequence ' || s.sequencename || ' ' || s.data_type || ' ' || s.start_value || ' ' || s.increment_by
         || ' ' || s.min_value || ' ' || s.max_value || ' ' || s.cycle || ' ' || s.cache_size
    from pg_sequences s where s.schemaname = 'public'`;

async function told(db: Database): Promise<string[]> {
  return (await db.rows<{ line: string }>(TOLD)).map(({ line }) => line).toSorted();
}

/** A database that `db/schema` alone has made. */
async function fromSchema(
  kind: "embedded" | "postgres",
): Promise<{ db: Database; close: () => Promise<void> }> {
  const statements = (await statementsOfSchema()).join("\n");
  if (kind === "embedded" || !TEST_SERVER) {
    const db = pgliteDatabase(await PGlite.create());
    await db.script(statements);
    return { db, close: () => db.close() };
  }
  const { url, drop } = await freshDatabase(TEST_SERVER);
  const db = openPostgres(url, { max: 2 });
  await db.unhurried((one) => one.script(statements));
  return {
    db,
    async close() {
      await db.close();
      await drop();
    },
  };
}

describe.each(databaseKinds())("the schema and the database, %s", (kind) => {
  let migrated: TestDatabase;
  let made: Awaited<ReturnType<typeof fromSchema>>;
  beforeAll(async () => {
    migrated = await testDatabase(kind);
    made = await fromSchema(kind);
  });
  afterAll(async () => {
    await made.close();
    await migrated.close();
  });

  test("the migrations make what db/schema says: nothing is missing, nothing is more", async () => {
    const schema = await told(made.db);
    const database = await told(migrated.db);
    expect(database.length).toBeGreaterThan(1_000);
    expect({
      missingInTheDatabase: schema.filter((line) => !database.includes(line)),
      missingInTheSchema: database.filter((line) => !schema.includes(line)),
    }).toEqual({ missingInTheDatabase: [], missingInTheSchema: [] });
  });

  test("whatever differs is seen: a column, its default, a check, an index, a key", async () => {
    const before = await told(made.db);
    const changes = {
      "alter table job add column note text": ["column job.note text"],
      "alter table job alter column known_since set default 0": [
        "column job.known_since bigint not null default 0",
      ],
      "alter table job add constraint once check (name <> '')": [
        "constraint job once CHECK ((name <> ''::text))",
      ],
      "create index job_often on job (every_seconds)": [
        "index CREATE INDEX job_often ON public.job USING btree (every_seconds)",
      ],
      "alter table job_run add constraint known foreign key (job) references job (name)": [
        "constraint job_run known FOREIGN KEY (job) REFERENCES job(name)",
      ],
    };
    for (const [change, lines] of Object.entries(changes)) {
      const more = await made.db
        .begin(async (tx) => {
          await tx.script(change);
          const rows = await tx.rows<{ line: string }>(TOLD);
          throw new Undone(rows.map(({ line }) => line).filter((line) => !before.includes(line)));
        })
        .catch((error: unknown) => {
          if (error instanceof Undone) return error.lines;
          throw error;
        });
      expect(more, change).toEqual(lines);
    }
  });

  test("views have the columns that db/schema says, of these types", async () => {
    const rows = await migrated.db.rows<{ view: string; col: string; type: string }>(
      `select c.relname as view, a.attname as col, format_type(a.atttypid, a.atttypmod) as type
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace`,
    );
    const database = rows.map(({ view, col, type }) => `${view}.${col} ${type}`).toSorted();
    const schema = (await declared(PgView))
      .flatMap((view) => {
        const { name, selectedFields } = getViewConfig(view);
        return Object.entries(selectedFields).map(([field, column]) => {
          const type = (column as { getSQLType(): string }).getSQLType();
          return `${name}.${snake(field)} ${type}`;
        });
      })
      .toSorted();
    expect(schema).toEqual(database);
  });
});

test("no table is described twice", async () => {
  const names = (await declared(PgTable)).map((table) => getTableConfig(table).name);
  expect(names.length).toBeGreaterThan(80);
  expect(new Set(names).size).toBe(names.length);
});

class Undone extends Error {
  readonly lines: string[];
  constructor(lines: string[]) {
    super("undone");
    this.lines = lines;
  }
}

/** Every table, or view, that a file of `db/schema` exports. */
async function declared<Kind extends typeof PgTable | typeof PgView>(
  kind: Kind,
): Promise<InstanceType<Kind>[]> {
  const folder = new URL("schema/", import.meta.url);
  const rooms = await Promise.all(
    (await readdir(folder)).map((name) => import(new URL(name, folder).href)),
  );
  return rooms
    .flatMap((room) => Object.values(room as Record<string, unknown>))
    .filter((one): one is InstanceType<Kind> => is(one, kind));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
