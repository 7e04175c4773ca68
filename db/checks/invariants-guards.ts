import expected from "./guards.json" with { type: "json" };
import { type GuardList, GUARDS_NOW, MIGRATIONS_NOW, RIGHTS_NOW, ROLE } from "./guards.ts";
import type { Invariant } from "./invariant.ts";

/** A list of this repository as rows `(what, told)`. */
function listed(list: GuardList): string {
  const text = JSON.stringify(list).replaceAll("'", "''");
  return `select key as what, value as told from jsonb_each_text('${text}'::jsonb)`;
}

/** Whatever the database has and the list has not, or otherwise. */
function differing(now: string, list: GuardList): string {
  return `select coalesce(l.what, n.what) as subject,
         case when n.what is null then 'is gone; was: ' || l.told
              when l.what is null then 'is in no list: ' || n.told
              else 'is: ' || n.told || '; was: ' || l.told end as fact
    from (${now}) n full join (${listed(list)}) l on l.what = n.what
   where n.told is distinct from l.told`;
}

/** Guards of the database against the list that the migrations make (`guards.json`). */
export const GUARD_INVARIANTS: readonly Invariant[] = [
  {
    name: "guards-stand",
    counted: `select count(*) as counted from (${GUARDS_NOW}) g`,
    offenders: differing(GUARDS_NOW, expected.guards),
  },
  {
    name: "rights-as-given",
    counted: `select count(*) as counted from (${RIGHTS_NOW}) g`,
    // Without the role each of its rights is missing: said once.
    offenders: `select subject, fact from (${differing(RIGHTS_NOW, expected.rights)}) d
       where exists (select from pg_roles where rolname = '${ROLE}') or subject not like 'right of ${ROLE} on %'`,
  },
  {
    name: "migrations-applied",
    counted: `select count(*) as counted from migration`,
    offenders: differing(MIGRATIONS_NOW, expected.migrations),
  },
];
