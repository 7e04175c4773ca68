/**
 * What the database itself guards the books with, read from its catalogs: tables, constraints, unique indexes, triggers,
 * functions, views, and what the application's role may do. The same text on PostgreSQL 15 to 18 for the same guards, so it is
 * compared with `guards.json`, which `node bin/print-guards.ts` makes from the migrations. After a change of the tables run it
 * again: a test fails while the list is stale.
 */
import type { Db } from "../client.ts";

/** The role that the site takes on. */
export const ROLE = "ketnghia_app";

/** What an extension brought is the extension's. */
const OURS = (catalog: string, row: string) => `not exists (
      select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${row}.oid and d.deptype = 'e')`;

const PUBLIC_TABLES = `pg_class c join pg_namespace s on s.oid = c.relnamespace and s.nspname = 'public'
     and ${OURS("pg_class", "c")}`;

const PUBLIC_FUNCTIONS = `pg_proc p join pg_namespace s on s.oid = p.pronamespace and s.nspname = 'public'
     and ${OURS("pg_proc", "p")}`;

/** Columns with type and default, the kind of table, and whether rows can be hidden in it. */
const TABLES = `select 'table ' || c.relname as what,
         case c.relpersistence when 'p' then '' else 'not kept, ' end
         || case when c.relrowsecurity or c.relforcerowsecurity then 'rows hidden, ' else '' end
         || case when exists (select from pg_inherits i where i.inhparent = c.oid) then 'has parts, ' else '' end
         || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
              || case when a.attnotnull then ' not null' else '' end
              || case a.attidentity when 'a' then ' numbered' when 'd' then ' numbered by default' else '' end
              || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''), ', ' order by a.attname) as told
    from ${PUBLIC_TABLES}
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relkind in ('r', 'p', 'f')
   group by c.oid, c.relname, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity`;

const CONSTRAINTS = `select 'constraint ' || c.relname || '.' || k.conname,
         pg_get_constraintdef(k.oid) || case when k.convalidated then '' else ', not validated' end
    from ${PUBLIC_TABLES} join pg_constraint k on k.conrelid = c.oid
   where k.contype in ('c', 'f', 'p', 'u', 'x')`;

const UNIQUE_INDEXES = `select 'index ' || c.relname || '.' || i.relname,
         pg_get_indexdef(x.indexrelid) || case when x.indisvalid and x.indisready then '' else ', not valid' end
    from ${PUBLIC_TABLES} join pg_index x on x.indrelid = c.oid join pg_class i on i.oid = x.indexrelid
   where x.indisunique`;

/** Triggers without the version's way of writing them; what is a foreign key's own must be switched on. */
const TRIGGERS = `select 'trigger ' || c.relname || '.' || t.tgname,
         case when t.tgtype::integer & 2 > 0 then 'before' when t.tgtype::integer & 64 > 0 then 'instead of' else 'after' end
         || case when t.tgtype::integer & 4 > 0 then ' insert' else '' end
         || case when t.tgtype::integer & 8 > 0 then ' delete' else '' end
         || case when t.tgtype::integer & 16 > 0 then ' update' else '' end
         || case when t.tgtype::integer & 32 > 0 then ' truncate' else '' end
         || coalesce((select ' of ' || string_agg(a.attname, ', ' order by a.attname) from pg_attribute a
                       where a.attrelid = c.oid and a.attnum = any (t.tgattr::int2[])), '')
         || case when t.tgtype::integer & 1 > 0 then ' row' else ' statement' end
         || case when t.tgqual is null then '' else ' under a condition' end
         || case when t.tginitdeferred then ' deferred' else '' end
         || coalesce(' old ' || t.tgoldtable, '') || coalesce(' new ' || t.tgnewtable, '')
         || ' ' || p.proname || '(' || encode(t.tgargs, 'escape') || ')'
         || case t.tgenabled when 'A' then ' always' when 'O' then '' when 'R' then ' in replicas only' else ' SWITCHED OFF' end
    from ${PUBLIC_TABLES} join pg_trigger t on t.tgrelid = c.oid join pg_proc p on p.oid = t.tgfoid
   where not t.tgisinternal
  union all
  select 'trigger ' || c.relname || '.' || k.conname, 'SWITCHED OFF'
    from ${PUBLIC_TABLES} join pg_trigger t on t.tgrelid = c.oid join pg_constraint k on k.oid = t.tgconstraint
   where t.tgisinternal and t.tgenabled <> 'O'
   group by 1`;

/** What can stand between a statement and its table without being a trigger. */
const RULES = `select 'rule ' || c.relname || '.' || r.rulename, 'rewrites statements'
    from ${PUBLIC_TABLES} join pg_rewrite r on r.ev_class = c.oid where r.rulename <> '_RETURN'
  union all
  select 'policy ' || c.relname || '.' || p.polname, 'hides rows'
    from ${PUBLIC_TABLES} join pg_policy p on p.polrelid = c.oid`;

const FUNCTIONS = `select 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
         'returns ' || case when p.proretset then 'set of ' else '' end || format_type(p.prorettype, null)
         || ', ' || l.lanname || ', ' || case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end
         || case when p.prosecdef then ', with its owner''s rights' else '' end
         || coalesce(', ' || array_to_string(p.proconfig, ', '), '')
         || ', sha256 ' || encode(sha256(convert_to(p.prosrc || coalesce(pg_get_function_sqlbody(p.oid), ''), 'UTF8')), 'hex')
    from ${PUBLIC_FUNCTIONS} join pg_language l on l.oid = p.prolang`;

/** Versions differ in whether they name the table of a column where there is only one. */
const VIEWS = `select 'view ' || c.relname,
         'sha256 ' || encode(sha256(convert_to(regexp_replace(pg_get_viewdef(c.oid), '\\m[a-z_]+\\.', '', 'g'), 'UTF8')), 'hex')
    from ${PUBLIC_TABLES} where c.relkind in ('v', 'm')`;

/** Every right of anybody but the owner: by the application's role, by all, or by somebody else. */
const GRANTED = `select g.what, g.grantee, g.privilege, g.again from (
    select case when c.relkind = 'S' then 'sequence ' else '' end || c.relname as what, c.relowner as owner, x.grantee,
           x.privilege_type as privilege, x.is_grantable as again
      from ${PUBLIC_TABLES} cross join lateral aclexplode(c.relacl) x
    union all
    select c.relname || '.' || a.attname, c.relowner, x.grantee, x.privilege_type, x.is_grantable
      from ${PUBLIC_TABLES} join pg_attribute a on a.attrelid = c.oid cross join lateral aclexplode(a.attacl) x
    union all
    select 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.proowner, x.grantee,
           x.privilege_type, x.is_grantable
      from ${PUBLIC_FUNCTIONS} cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
    union all
    select 'schema ' || s.nspname, s.nspowner, x.grantee, x.privilege_type, x.is_grantable
      from pg_namespace s cross join lateral aclexplode(s.nspacl) x where s.nspname = 'public'
  ) g where g.grantee <> g.owner`;

const RIGHTS = `select 'right of ' || coalesce(r.rolname, 'everybody') || ' on ' || g.what as what,
         string_agg(lower(g.privilege) || case when g.again then ' and to grant it' else '' end, ', ' order by g.privilege) as told
    from (${GRANTED}) g left join pg_roles r on r.oid = g.grantee
   where g.grantee = 0 or r.rolname = '${ROLE}'
   group by g.what, r.rolname
  union all
  -- Others may read (a copy, a report); who may write is named, whoever it is.
  select 'right of ' || r.rolname || ' on ' || g.what, string_agg(lower(g.privilege), ', ' order by g.privilege)
    from (${GRANTED}) g join pg_roles r on r.oid = g.grantee
   where r.rolname not in ('${ROLE}', 'pg_database_owner') and g.privilege not in ('SELECT', 'USAGE', 'EXECUTE')
   group by g.what, r.rolname`;

/** What the role is, of whom it is a member, and what it owns. */
const ROLE_ITSELF = `select 'role ' || r.rolname, 'is'
         || case when r.rolsuper then ' superuser' else '' end || case when r.rolcreaterole then ' createrole' else '' end
         || case when r.rolcreatedb then ' createdb' else '' end || case when r.rolreplication then ' replication' else '' end
         || case when r.rolbypassrls then ' bypassrls' else '' end || case when r.rolcanlogin then ' login' else ' nologin' end
    from pg_roles r where r.rolname = '${ROLE}'
  union all
  select 'role ' || r.rolname || ' in ' || g.rolname, 'member'
    from pg_auth_members m join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid where r.rolname = '${ROLE}'
  union all
  select 'owner of ' || o.what, '${ROLE}' from (
    select 'table ' || c.relname as what, c.relowner as owner from ${PUBLIC_TABLES} where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    union all
    select 'function ' || p.proname, p.proowner from ${PUBLIC_FUNCTIONS}
    union all
    select 'schema ' || nspname, nspowner from pg_namespace where nspname = 'public'
  ) o join pg_roles r on r.oid = o.owner and r.rolname = '${ROLE}'
  union all
  select 'setting of ' || coalesce(r.rolname, 'all') || case when s.setdatabase = 0 then '' else ' here' end, c.setting
    from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole cross join lateral unnest(s.setconfig) as c(setting)
   where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
     and c.setting ~ '^(session_replication_role|search_path)='`;

/** Everything that keeps rows from being changed: rows `(what, told)`. */
export const GUARDS_NOW = [
  TABLES,
  CONSTRAINTS,
  UNIQUE_INDEXES,
  TRIGGERS,
  RULES,
  FUNCTIONS,
  VIEWS,
].join("\nunion all\n");

/** What the role of the application, and everybody, may do: rows `(what, told)`. */
export const RIGHTS_NOW = `${RIGHTS}\nunion all\n${ROLE_ITSELF}`;

/** Guards, rights or migrations by name. */
export type GuardList = Readonly<Record<string, string>>;

/** The list as `guards.json` keeps it. */
export interface Guards {
  readonly guards: GuardList;
  readonly rights: GuardList;
  /** SHA-256 of each migration's file. */
  readonly migrations: GuardList;
}

/** Migrations with the digest of what was applied. */
export const MIGRATIONS_NOW = `select name as what, coalesce(digest, 'no digest') as told from migration`;

/** Read what guards this database now. */
export async function readGuards(db: Db): Promise<Guards> {
  const read = async (query: string): Promise<GuardList> => {
    const rows = await db.rows<{ what: string; told: string }>(
      `select what, told from (${query}) g order by what collate "C"`,
    );
    return Object.fromEntries(rows.map(({ what, told }) => [what, told]));
  };
  return {
    guards: await read(GUARDS_NOW),
    rights: await read(RIGHTS_NOW),
    migrations: await read(MIGRATIONS_NOW),
  };
}

/** The list as text: one guard a line, so that a change of one is one line. */
export function guardsText(guards: Guards): string {
  return `${JSON.stringify(guards, undefined, 2)}\n`;
}
