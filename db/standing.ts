/** As whom a connection works, and what stands in the way of trusting it with a live book. */
import { randomUUID } from "node:crypto";

import type { Database, Db } from "./client.ts";
import { type WrongGrant, wrongGrants } from "./grants.ts";
import { APP_ROLE } from "./rights.ts";

/** Why a live book is not opened with these connections. */
export type StandingProblem =
  | { code: "standing.no-role" }
  | { code: "standing.not-member"; login: string }
  /** The role was asked for and is not in force: something between us and the database swallowed the setting. */
  | { code: "standing.not-taken"; login: string; role: string; works: string }
  /** What is said to the database is not heard by a connection that listens: a pooler in transaction mode is between. */
  | { code: "standing.deaf" }
  /** The login is the owner of tables, or may become it: what it takes on it can put off. */
  | { code: "standing.owner"; login: string; owner: string }
  /** The login is, or may become, a role with one of these attributes or memberships. */
  | { code: "standing.too-mighty"; login: string; role: string; what: readonly string[] }
  /** The login may make tables or schemas. */
  | { code: "standing.makes-tables"; login: string }
  | { code: "standing.wrong-grants"; who: string; grants: readonly WrongGrant[] };

/**
 * What is wrong with a connection of the site that took on `role`, the worst first; undefined when nothing is. Asked of the
 * login as well as of the role, as a session can put off a role at any time (`set role none`).
 */
export async function standingProblem(
  db: Db,
  role: string = APP_ROLE,
): Promise<StandingProblem | undefined> {
  const [who] = await db.rows<{ login: string; works: string; there: boolean; member: boolean }>(
    `select session_user::text as login, current_user::text as works,
            exists (select from pg_roles where rolname = $1) as there,
            exists (select from pg_roles where rolname = $1 and pg_has_role(session_user, oid, 'MEMBER')) as member`,
    [role],
  );
  if (!who?.there) return { code: "standing.no-role" };
  const { login, works } = who;
  const mighty = await tooMighty(db, login);
  if (mighty) return mighty;
  if (!who.member) return { code: "standing.not-member", login };
  if (works !== role) return { code: "standing.not-taken", login, role, works };
  for (const one of new Set([role, login])) {
    const grants = await wrongGrants(db, one);
    // A login that does not inherit has less than its role, which is no harm.
    const wrong = one === role ? grants : grants.filter(({ excess }) => excess.length > 0);
    if (wrong.length > 0) return { code: "standing.wrong-grants", who: one, grants: wrong };
  }
  return undefined;
}

/** Whether a role that was asked for is in force, for books that are not live and ask no more. */
export async function roleProblem(db: Db, role: string): Promise<StandingProblem | undefined> {
  const [who] = await db.rows<{ login: string; works: string }>(
    `select session_user::text as login, current_user::text as works`,
  );
  return who && who.works !== role ? { code: "standing.not-taken", role, ...who } : undefined;
}

/** How long a word on the way to ourselves is waited for, milliseconds, and how often it is said anew. */
const HEARD_WITHIN = 4_000;
const SAID_MOST = 3;

/**
 * Whether connections that listen hear what others say. Behind a pooler in transaction mode they do not, although they seem
 * alive, and pages would be sent as they were for ever (docs/stack.md, PgBouncer).
 */
export async function hearingProblem(
  db: Database,
  within: number = HEARD_WITHIN,
): Promise<StandingProblem | undefined> {
  for (let said = 0; said < SAID_MOST; said += 1) {
    if (await hearsItself(db, within)) return undefined;
  }
  return { code: "standing.deaf" };
}

async function hearsItself(db: Database, within: number): Promise<boolean> {
  // A word of its own, as others may start at the same time.
  const [channel, word] = ["ketnghia_start", randomUUID()];
  let late: NodeJS.Timeout | undefined;
  const heard = Promise.withResolvers<boolean>();
  const stop = await db.listen(
    channel,
    (payload) => payload === word && heard.resolve(true),
    () => heard.resolve(false),
  );
  try {
    await db.rows(`select pg_notify($1, $2)`, [channel, word]);
    late = setTimeout(() => heard.resolve(false), within);
    return await heard.promise;
  } finally {
    clearTimeout(late);
    await stop();
  }
}

/** Predefined roles that reach past the rights on tables. */
const MIGHTY_ROLES = [
  "pg_write_all_data",
  "pg_execute_server_program",
  "pg_write_server_files",
  "pg_read_server_files",
  "pg_database_owner",
  "pg_create_subscription",
];

async function tooMighty(db: Db, login: string): Promise<StandingProblem | undefined> {
  const [role] = await db.rows<{ role: string; what: string[] }>(
    `select rolname::text as role, to_json(array_remove(array[
            case when rolsuper then 'SUPERUSER' end, case when rolcreaterole then 'CREATEROLE' end,
            case when rolcreatedb then 'CREATEDB' end, case when rolbypassrls then 'BYPASSRLS' end,
            case when rolreplication then 'REPLICATION' end,
            case when rolname = any (($1::text)::text[]) then 'member of ' || rolname end], null)) as what
       from pg_roles
      where pg_has_role(session_user, oid, 'MEMBER')
        and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication
             or rolname = any (($1::text)::text[]))
      order by rolname = session_user desc, rolname limit 1`,
    [`{${MIGHTY_ROLES.join(",")}}`],
  );
  const [owner] = await db.rows<{ owner: string }>(
    `select o.rolname::text as owner from pg_class c join pg_roles o on o.oid = c.relowner
      where c.relkind in ('r', 'p', 'v', 'm', 'S') and c.relnamespace::regnamespace::text in ('public', 'jobs')
        and pg_has_role(session_user, o.oid, 'MEMBER')
      order by o.rolname = session_user desc limit 1`,
  );
  // Told as what it most probably is: the owner's address given to the site.
  if (owner) return { code: "standing.owner", login, ...owner };
  if (role) return { code: "standing.too-mighty", login, ...role };
  const [makes] = await db.rows<{ makes: boolean }>(
    `select has_schema_privilege(session_user, 'public', 'CREATE')
         or has_database_privilege(session_user, current_database(), 'CREATE') as makes`,
  );
  return makes?.makes ? { code: "standing.makes-tables", login } : undefined;
}

/** Why the owner's commands cannot work with these connections. */
export type OwnerProblem =
  | { code: "owner.not-owner"; login: string; owner: string }
  | { code: "owner.may-not-make"; login: string };

/** Whether a connection may change tables: it owns those there are, or may make them where there are none. */
export async function ownerProblem(db: Db): Promise<OwnerProblem | undefined> {
  const [who] = await db.rows<{
    login: string;
    owner: string | null;
    owns: boolean | null;
    makes: boolean;
  }>(
    `select current_user::text as login, o.rolname::text as owner, pg_has_role(current_user, o.oid, 'USAGE') as owns,
            has_schema_privilege(current_user, 'public', 'CREATE') as makes
       from (select 1) one left join pg_class c on c.oid = to_regclass('public.migration')
       left join pg_roles o on o.oid = c.relowner`,
  );
  if (!who) return undefined;
  const { login, owner, owns, makes } = who;
  if (owner !== null && !owns) return { code: "owner.not-owner", login, owner };
  return owner === null && !makes ? { code: "owner.may-not-make", login } : undefined;
}
