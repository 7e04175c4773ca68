/**
 * A large book made by set statements straight into the real tables, in the shape the ledger would give it:
 * lowest numbers first, campaigns with axes of their own, half of all gifts in one campaign.
 *
 *   gifts (time order, all campaigns mixed) -> clearing -> settled 50 million đ at a time -> fund
 *     -> 200 million đ at a time to one of twenty commune accounts -> 40 million đ a purchase -> six animals
 *
 * A gift's movements lie far apart on disk, as they would after months.
 */
import type { Db } from "#db/client.ts";

import {
  ACCOUNTS,
  ADVANCES,
  ANIMALS,
  DISBURSED,
  DISBURSEMENTS,
  GIFTS,
  LOTS,
  MOVEMENTS_EACH_GIFT,
  PLAN,
  PURCHASES,
  SETTLEMENTS,
} from "./book-sql.ts";

/** A gift or an animal by its range on an axis. */
export interface Place {
  readonly code: string;
  readonly account: string;
  readonly lo: bigint;
  /** đồng */
  readonly amount: bigint;
}

export interface Book {
  readonly movements: number;
  readonly gifts: number;
  /** Gifts whose money was spent whole, in no order, with their entry. */
  spentGifts(count: number): Promise<(Place & { readonly entry: bigint })[]>;
  /** Animals with their range on the delivered axis, in no order. */
  animals(count: number): Promise<Place[]>;
}

const FILLED = ["account", "entry", "movement", "donation", "animal"];

/** Fill the empty tables of `db` with about `movements` movements. */
export async function fillBook(db: Db, movements: number): Promise<Book> {
  const gifts = Math.round(movements / MOVEMENTS_EACH_GIFT);
  // The triggers guard what the platform writes, one act at a time; here the tables' owner loads made-up data.
  for (const table of FILLED) await db.script(`alter table ${table} disable trigger all`);
  const indexes = await dropIndexes(db);
  for (const text of [
    PLAN(gifts),
    ACCOUNTS,
    GIFTS,
    SETTLEMENTS,
    DISBURSEMENTS,
    ADVANCES,
    PURCHASES,
    ANIMALS,
  ]) {
    await db.script(text);
  }
  for (const definition of indexes) await db.script(definition);
  for (const table of FILLED) {
    await db.script(`alter table ${table} enable trigger all`);
    await db.script(`vacuum (analyze) ${table}`);
  }
  await db.script(`checkpoint`);
  const [row] = await db.rows<{ n: bigint }>(
    `select count(*) as n from movement where n >= $1`,
    [0],
  );
  return {
    movements: Number(row!.n),
    gifts,
    spentGifts: (count) =>
      db.rows(
        `select d.code, d.entry, a.code as account, d.lo, d.amount
         from plan_gift g
         join (select c, count(*) * ${DISBURSED}::bigint as spent from plan_disbursement group by c) s using (c)
         join donation d on d.entry = g.n join account a on a.id = d.account_id
         where g.lo + g.amount - 1 <= s.spent order by hashint8(g.n * 31) limit $1`,
        [count],
      ),
    animals: (count) =>
      db.rows(
        `select n.code, a.code as account, n.lo, n.price as amount
         from animal n join account a on a.id = n.account_id order by hashtext(n.code) limit $1`,
        [count],
      ),
  };
}

/** Drop what only slows the filling down; answers how to make it again. Indexes of constraints stay. */
async function dropIndexes(db: Db): Promise<string[]> {
  const rows = await db.rows<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes i
     where schemaname = 'public' and tablename = any (string_to_array($1, ','))
       and not exists (select from pg_constraint c where c.conname = i.indexname)`,
    [FILLED.join(",")],
  );
  for (const { name } of rows) await db.script(`drop index "${name}"`);
  return rows.map(({ definition }) => definition);
}

/** Add the rival's tables, made from the same story. */
export async function fillLots(db: Db): Promise<void> {
  for (const statement of LOTS.split(";\n")) await db.script(statement);
}
