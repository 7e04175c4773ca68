import type { Db } from "#db/client.ts";

const TABLES = [
  "account",
  "account_closing",
  "account_state",
  "animal",
  "animal_event",
  "donation",
  "entry",
  "evidence",
  "free_range",
  "movement",
  "payment_outcome",
  "sequencer_queue",
];

/** Empty a ledger, which only its owner can do, and only by taking the guards away first: sooner done than a new database. */
export async function emptyLedger(db: Db): Promise<void> {
  const guarded = await db.rows<{ name: string }>(
    `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'never_emptied'`,
  );
  const names = guarded.map(({ name }) => name).filter((name) => TABLES.includes(name));
  await db.begin(async (tx) => {
    for (const name of names) await tx.rows(`alter table ${name} disable trigger never_emptied`);
    await tx.rows(`truncate ${TABLES.join(", ")} restart identity`);
    for (const name of names) {
      await tx.rows(`alter table ${name} enable always trigger never_emptied`);
    }
    await tx.rows(`update ledger_head set next_entry = 1, last_recorded_at = 0`);
  });
}
