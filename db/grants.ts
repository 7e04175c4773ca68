/** Making the database say what `rights.ts` says, and telling where it does not. */
import type { Db } from "./client.ts";
import { APP_ROLE, RIGHTS } from "./rights.ts";
import type { TableRights } from "./table-rights.ts";

/** Whoever changes tables or grants takes turns with others who do, until the end of the transaction. */
export const TAKE_TURNS = `select pg_advisory_xact_lock(7269, 1)`;

/** Schema of the job queue's own tables: made by the owner, no ledger, so the worker may do what it likes in them. */
export const JOBS_SCHEMA = "jobs";

/**
 * Make the application's role, if it is not there and this login may make roles; tells whether it is there now. Roles belong
 * to the whole cluster, so another database may have made it already.
 */
export async function ensureRole(db: Db): Promise<boolean> {
  await db.script(`do $$
    begin
      create role ${APP_ROLE} nologin;
    exception
      when duplicate_object or unique_violation or insufficient_privilege then null;
    end $$`);
  return roleExists(db);
}

async function roleExists(db: Db): Promise<boolean> {
  return (await db.rows(`select 1 from pg_roles where rolname = $1`, [APP_ROLE])).length > 0;
}

/**
 * Give the application's role exactly the rights of the list, in one transaction, as the owner of the tables; done twice it
 * changes nothing. A table that the list does not know keeps what it has. False: there is no such role.
 */
export async function repairGrants(db: Db): Promise<boolean> {
  if (!(await roleExists(db))) return false;
  await db.begin(async (tx) => {
    await tx.rows(TAKE_TURNS);
    const actual = await tablesOf(tx, APP_ROLE);
    await tx.script(grantScript(actual.filter(({ name }) => name in RIGHTS)));
    const [jobs] = await tx.rows<{ found: string | null }>(
      `select to_regnamespace($1)::text as found`,
      [JOBS_SCHEMA],
    );
    if (jobs?.found) await tx.script(JOBS_GRANTS);
  });
  return true;
}

const JOBS_GRANTS = `
  grant usage on schema ${JOBS_SCHEMA} to ${APP_ROLE};
  grant select, insert, update, delete on all tables in schema ${JOBS_SCHEMA} to ${APP_ROLE};
  grant usage on all sequences in schema ${JOBS_SCHEMA} to ${APP_ROLE}`;

function grantScript(tables: readonly ActualRights[]): string {
  const statements = tables.flatMap(({ name, columns }) => [
    // Takes the rights on single columns with it.
    `revoke all on ${quoted(name)} from ${APP_ROLE}`,
    `revoke all on ${quoted(name)} from public`,
    `grant ${verbsOf(RIGHTS[name] ?? {}, columns).join(", ")} on ${quoted(name)} to ${APP_ROLE}`,
  ]);
  return [
    `grant usage on schema public to ${APP_ROLE}`,
    ...statements,
    `revoke all on all sequences in schema public from ${APP_ROLE}`,
    SEQUENCES,
  ].join(";\n");
}

/** Numbers are drawn where rows may be added; an identity column needs no right. */
const SEQUENCES = `do $$
  declare
    counter record;
  begin
    for counter in
      select s.oid::regclass as name from pg_class s
        join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype = 'a'
        join pg_attribute a on a.attrelid = d.refobjid
       where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
         and has_column_privilege('${APP_ROLE}', a.attrelid, a.attnum, 'INSERT')
       group by s.oid
    loop
      execute format('grant usage on sequence %s to ${APP_ROLE}', counter.name);
    end loop;
  end $$`;

/** The verbs of a GRANT; columns that a later migration makes are left out until it has run. */
function verbsOf(rights: TableRights, columns: readonly string[]): string[] {
  const some = (verb: string, wanted: readonly string[]) => {
    const there = wanted.filter((name) => columns.includes(name));
    return there.length === 0 ? [] : [`${verb} (${there.map(quoted).join(", ")})`];
  };
  return [
    "select",
    ...(rights.insert === "rows" ? ["insert"] : some("insert", rights.insert ?? [])),
    ...some("update", rights.update ?? []),
    ...(rights.delete ? ["delete"] : []),
  ];
}

function quoted(name: string): string {
  return `"${name}"`;
}

/** What a role may do to a table or view of the schema `public`, its memberships included. */
interface ActualRights {
  readonly name: string;
  readonly columns: readonly string[];
  readonly select: boolean;
  readonly delete: boolean;
  /** Verbs nobody but the owner needs: TRUNCATE, REFERENCES, TRIGGER. */
  readonly others: boolean;
  readonly insert: readonly string[];
  readonly update: readonly string[];
}

async function tablesOf(db: Db, role: string): Promise<ActualRights[]> {
  const may = (verb: string) => `has_table_privilege($1, c.oid, '${verb}')`;
  const columns = (condition: string) =>
    `coalesce(json_agg(a.attname order by a.attnum) filter (where ${condition}), '[]'::json)`;
  const mayColumn = (verb: string) =>
    columns(`has_column_privilege($1, c.oid, a.attnum, '${verb}')`);
  return db.rows<ActualRights>(
    `select c.relname::text as name, ${columns("true")} as columns, ${may("SELECT")} as select, ${may("DELETE")} as delete,
            ${may("TRUNCATE")} or ${may("REFERENCES")} or ${may("TRIGGER")} as others,
            ${mayColumn("INSERT")} as insert, ${mayColumn("UPDATE")} as update
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
      group by c.oid, c.relname order by c.relname`,
    [role],
  );
}

/** A table on which a role has other rights than the list says. */
export interface WrongGrant {
  readonly table: string;
  /** What it lacks, such as `select` or `update (url)`. */
  readonly missing: readonly string[];
  /** What it has too much. */
  readonly excess: readonly string[];
}

/** Where a role's rights are other than the list says. Tables that the list does not know are named as wholly in excess. */
export async function wrongGrants(db: Db, role: string = APP_ROLE): Promise<WrongGrant[]> {
  const actual = await tablesOf(db, role);
  return actual.flatMap((table) => {
    const listed = RIGHTS[table.name];
    const wanted = {
      select: listed !== undefined,
      delete: listed?.delete === true,
      others: false,
      insert: wantedColumns(table, listed?.insert),
      update: wantedColumns(table, listed?.update),
    };
    const missing = beyond(wanted, table);
    const excess = beyond(table, wanted);
    return missing.length + excess.length === 0 ? [] : [{ table: table.name, missing, excess }];
  });
}

type Rights = Omit<ActualRights, "name" | "columns">;

function wantedColumns({ columns }: ActualRights, wanted: TableRights["insert"]): string[] {
  return columns.filter((name) => wanted === "rows" || wanted?.includes(name));
}

/** What the first rights allow and the second do not. */
function beyond(first: Rights, second: Rights): string[] {
  const columns = (verb: "insert" | "update") => {
    const more = first[verb].filter((name) => !second[verb].includes(name));
    return more.length === 0 ? [] : [`${verb} (${more.join(", ")})`];
  };
  return [
    ...(first.select && !second.select ? ["select"] : []),
    ...columns("insert"),
    ...columns("update"),
    ...(first.delete && !second.delete ? ["delete"] : []),
    ...(first.others && !second.others ? ["truncate, references or trigger"] : []),
  ];
}
