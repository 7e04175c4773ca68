/** What somebody with all rights does to the books behind everybody's back, and what the checks then name. Nothing of it stays. */
import { INVARIANTS } from "#db/checks/invariants.ts";
import type { Database, Db } from "#db/client.ts";

const UNDO = new Error("undo");

/** Look at changed books and put them back: triggers are off while `change` runs. */
export async function afterChange<Found>(
  db: Database,
  change: string,
  look: (tx: Db) => Promise<Found>,
): Promise<Found> {
  let found: { readonly it: Found } | undefined;
  await db
    .begin(async (tx) => {
      const tables = await tx.rows<{ name: string }>(
        `select c.oid::regclass::text as name from pg_class c
          where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
            and exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)`,
      );
      for (const { name } of tables) await tx.script(`alter table ${name} disable trigger all`);
      await tx.script(change);
      found = { it: await look(tx) };
      throw UNDO;
    })
    .catch((error: unknown) => {
      if (error !== UNDO) throw error;
    });
  if (!found) throw new Error("nothing was looked at");
  return found.it;
}

/** Subjects that one invariant names now, whole or from an entry on. */
export async function offendersOf(db: Db, name: string, since?: number): Promise<string[]> {
  const invariant = INVARIANTS.find((one) => one.name === name);
  if (!invariant) throw new Error(`no invariant ${name}`);
  const { offenders } = since === undefined ? invariant : (invariant.since ?? invariant);
  const rows = await db.rows<{ subject: string }>(
    offenders,
    since === undefined || !invariant.since ? [] : [since],
  );
  return rows.map(({ subject }) => subject);
}

/** What all invariants say, one line each: nothing on sound books. */
export async function everythingWrong(db: Db): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, offenders } of INVARIANTS) {
    const rows = await db.rows<{ subject: string; fact: string }>(offenders);
    wrong.push(...rows.map(({ subject, fact }) => `${name}: ${subject} ${fact}`));
  }
  return wrong;
}
