import type { Db } from "#db/client.ts";

/** What must hold in the books after any run; each query counts what is wrong. */
const CHECKS: Readonly<Record<string, string>> = {
  "entry numbers leave a gap": `
    select coalesce(max(number), 0) - count(*) from entry`,
  "the head is not behind the last entry": `
    select count(*) from ledger_head where next_entry <> (select coalesce(max(number), 0) + 1 from entry)`,
  "entry without the movements it declares": `
    select count(*) from entry e where legs <> (select count(*) from movement m where m.entry = e.number)`,
  "movement without an entry": `
    select count(*) from movement m where not exists (select from entry e where e.number = m.entry)`,
  "numbers of an axis with a gap or given twice": `
    select count(*) from (
      select to_lo, lag(to_lo + amount, 1, 1::bigint) over (partition by to_account order by to_lo) as follows
      from movement where to_lo is not null) m where to_lo <> follows`,
  "stored sum differs from the movements": `
    select count(*) from account_state s
    where received <> coalesce((select sum(amount) from movement where to_account = s.account_id), 0)
       or sent <> coalesce((select sum(amount) from movement where from_account = s.account_id), 0)`,
  "donation differs from its movement": `
    select count(*) from donation d left join movement m on m.entry = d.entry and m.n = 0
    where m.amount is distinct from d.amount or m.to_account is distinct from d.account_id or m.to_lo is distinct from d.lo`,
  "entry of a gift without its donation": `
    select count(*) from entry e where kind like 'donation-re%' and not exists (select from donation d where d.entry = e.number)`,
  "gift without its payment's final state, or the other way round": `
    select abs((select count(*) from payment_outcome) - (select count(*) from donation where channel = 'vnpay'))`,
  "gift left in the queue": `
    select count(*) from sequencer_queue`,
};

/** The public bytes tell what the tables tell, and their leaf hash is right. */
const LOG_CHECKS: Readonly<Record<string, string>> = {
  "leaf hash is not that of the bytes": `
    select count(*) from entry where leaf_hash <> sha256('\\x00'::bytea || bytes)`,
  "public bytes differ from the movements": `
    select count(*) from entry e
    where jsonb_array_length(convert_from(bytes, 'UTF8')::jsonb -> 'movements') <> legs
       or (convert_from(bytes, 'UTF8')::jsonb ->> 'entry')::bigint <> number
       or exists (select from movement m where m.entry = e.number
         and (convert_from(bytes, 'UTF8')::jsonb -> 'movements' -> m.n::integer ->> 'amount')::bigint <> m.amount)`,
};

/** Everything wrong in the books: what, and how often. Empty when all is well. */
export async function wrongInBooks(
  db: Db,
  withLog: boolean,
): Promise<{ what: string; count: number }[]> {
  const found: { what: string; count: number }[] = [];
  for (const [what, query] of Object.entries({ ...CHECKS, ...(withLog ? LOG_CHECKS : {}) })) {
    const [row] = await db.rows<{ n: bigint }>(`select (${query})::bigint as n`);
    if (row!.n !== 0n) found.push({ what, count: Number(row!.n) });
  }
  return found;
}

/** How many of the keys beginning with `prefix` are booked. */
export async function bookedKeys(db: Db, prefix: string): Promise<Set<string>> {
  const rows = await db.rows<{ key: string }>(
    `select idempotency_key as key from entry where starts_with(idempotency_key, $1)`,
    [prefix],
  );
  return new Set(rows.map(({ key }) => key));
}
