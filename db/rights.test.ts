import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { databaseKinds, testDatabase, type TestDatabase } from "../tests/support/database.ts";
import type { Db } from "./client.ts";
import { repairGrants, wrongGrants } from "./grants.ts";
import { APP_ROLE, RIGHTS } from "./rights.ts";
import type { TableRights } from "./table-rights.ts";

const DENIED = "42501";

/** The SQLSTATE by which a statement is refused to the application's role; undefined when it is let through. */
async function asApplication(db: Db, statement: string): Promise<string | undefined> {
  try {
    await db.begin(async (tx) => {
      await tx.script(`set local role ${APP_ROLE}`);
      await tx.script(statement);
    });
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

function tablesOf(db: Db): Promise<Table[]> {
  return db.rows<Table>(
    `select c.relname::text as name, json_agg(a.attname order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
      group by c.relname order by c.relname`,
  );
}

/** A statement of each verb and column that touches no row: only the right to it is asked. */
function verbs({ name, columns }: Table, rights: TableRights): [statement: string, may: boolean][] {
  const inserts = (column: string) =>
    rights.insert === "rows" || rights.insert?.includes(column) === true;
  return [
    [`select from "${name}" where false`, true],
    [`delete from "${name}" where false`, rights.delete === true],
    [`truncate "${name}"`, false],
    [`create trigger t after insert on "${name}" execute function refuse_change()`, false],
    ...columns.flatMap((column): [string, boolean][] => [
      [
        `insert into "${name}" ("${column}") select "${column}" from "${name}" where false`,
        inserts(column),
      ],
      [
        `update "${name}" set "${column}" = "${column}" where false`,
        rights.update?.includes(column) === true,
      ],
    ]),
  ];
}

describe.each(databaseKinds())("what the application's role may do (%s)", (kind) => {
  let database: TestDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await testDatabase(kind);
    db = database.db;
  });
  afterAll(() => database.close());

  test("every table has its entry in the list, and nothing else has", async () => {
    expect((await tablesOf(db)).map(({ name }) => name)).toEqual(Object.keys(RIGHTS).toSorted());
  });

  test("the columns of the list are there", async () => {
    const known = new Map((await tablesOf(db)).map(({ name, columns }) => [name, columns]));
    for (const [table, { insert, update }] of Object.entries(RIGHTS)) {
      const named = [...(insert === "rows" ? [] : (insert ?? [])), ...(update ?? [])];
      expect(named.filter((column) => !known.get(table)?.includes(column))).toEqual([]);
    }
  });

  test("every verb on every table and column is as the list says", async () => {
    const wrong: string[] = [];
    for (const table of await tablesOf(db)) {
      for (const [statement, may] of verbs(table, RIGHTS[table.name] ?? {})) {
        const code = await asApplication(db, statement);
        // What no role may do (a numbered column, a computed one of a view) is refused for that reason first.
        if (may && code === DENIED) wrong.push(`refused: ${statement}`);
        if (!may && code === undefined) wrong.push(`let through: ${statement}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("it makes no table, no schema and no role, and takes no other role on", async () => {
    for (const statement of [
      `create table mine (n int)`,
      `create function mine() returns int language sql as 'select 1'`,
      `create schema mine`,
      `create role mine`,
      `alter table entry disable trigger all`,
      `alter function refuse_change() security definer`,
      `grant update on bank_account to ${APP_ROLE}`,
      `set session_replication_role = replica`,
      `select setval('statement_line_id_seq', 1)`,
    ]) {
      // A grant of what one has not is a warning, not an error.
      const code = await asApplication(db, statement);
      if (!statement.startsWith("grant")) expect([statement, code]).toEqual([statement, DENIED]);
    }
    expect(await wrongGrants(db)).toEqual([]);
  });

  test("rights that were lost or added are named, and mended by one command, done twice or once", async () => {
    await db.script(`
      revoke all on entry, pledge, content_version from ${APP_ROLE};
      revoke usage on sequence attention_id_seq from ${APP_ROLE};
      grant update, delete on bank_account to ${APP_ROLE};
      grant update (amount) on payment to ${APP_ROLE};
      grant truncate on movement to public`);
    const named = (await wrongGrants(db)).map(({ table }) => table);
    expect(named).toEqual([
      "bank_account",
      "content_version",
      "entry",
      "movement",
      "payment",
      "pledge",
    ]);
    for (let times = 0; times < 2; times += 1) {
      expect(await repairGrants(db)).toBe(true);
      expect(await wrongGrants(db)).toEqual([]);
    }
    expect(await asApplication(db, `select nextval('attention_id_seq')`)).toBeUndefined();
  });

  test("guards look at the tables, not at what a session made in their place", async () => {
    const loose = await db.rows<{ name: string; text: string }>(
      `select proname::text as name, prosrc as text from pg_proc p join pg_language l on l.oid = p.prolang
        where pronamespace = 'public'::regnamespace and l.lanname = 'plpgsql'
          and not coalesce(p.proconfig @> array['search_path=pg_catalog, public, pg_temp'], false)
        order by 1`,
    );
    // Those of every gift, in which each table has its schema.
    expect(loose.map(({ name }) => name)).toEqual([
      "check_entry_numbers",
      "check_ledger_head",
      "check_new_entry",
      "check_new_movements",
      "check_own_entry",
    ]);
    for (const { name, text } of loose) {
      const named = [
        ...text.matchAll(/(?<!distinct )\b(?:from|join)\s+(?!lateral|public\.)(\w+)/g),
      ];
      const others = named.map(([, table]) => table).filter((table) => table !== "new_rows");
      expect(others, name).toEqual([]);
    }
    expect(
      await asApplication(
        db,
        `create temp table entry as select 1::bigint as number, 1::smallint as legs, pg_current_xact_id()::text as written_by;
         create temp table account as select 1 as id, 'VND' as unit, false as axis, true as may_be_negative, 'a' as code;
         insert into account values (2, 'VND', false, true, 'b');
         insert into public.movement (entry, n, from_account, to_account, amount) values (1, 0, 1, 2, 5)`,
      ),
    ).toBe("KN002");
  });
});
