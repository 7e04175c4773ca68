/**
 * A large book made by set statements straight into the real tables, in the shape the ledger would give it:
 * lowest numbers first, campaigns with axes of their own, half of all gifts in one campaign.
 *
 *   gifts (time order, all campaigns mixed) -> fund
 *     -> 200 million đ at a time to one of twenty commune accounts -> 40 million đ a purchase -> six animals
 *
 * A gift's movements lie far apart on disk, as they would after months.
 */
import type { Db } from "#db/client.ts";

const CAMPAIGNS = 100;
const COMMUNES_EACH = 20;
const DISBURSED = 200_000_000;
const PURCHASE = 40_000_000;
const PURCHASES_EACH = DISBURSED / PURCHASE;
/** Real prices: they differ, and each list sums to one purchase. */
const PRICES = [
  [20_300_000, 3_900_000, 4_100_000, 3_800_000, 4_000_000, 3_900_000],
  [19_600_000, 4_200_000, 4_000_000, 3_900_000, 4_200_000, 4_100_000],
];
/** Movements a gift, all stages together: 36 more for each 200 million disbursed, 90% of the money spent. */
const MOVEMENTS_EACH_GIFT = 1 + (36 * 0.9 * 1_025_000) / DISBURSED;

export interface Book {
  readonly movements: number;
  readonly gifts: number;
  /** Gifts whose money was spent whole: code, account and first number, entry. */
  spentGifts(count: number): Promise<GiftPlace[]>;
  /** Animals with their range on the delivered axis. */
  animals(count: number): Promise<AnimalPlace[]>;
}

export interface GiftPlace {
  readonly code: string;
  readonly entry: number;
  readonly account: string;
  readonly lo: bigint;
  readonly amount: bigint;
}

export interface AnimalPlace {
  readonly code: string;
  readonly account: string;
  readonly lo: bigint;
  readonly price: bigint;
}

const FILLED = ["account", "entry", "movement", "donation", "animal"];

/** Fill the empty tables of `db` with about `movements` movements. */
export async function fillBook(db: Db, movements: number): Promise<Book> {
  const gifts = Math.round(movements / MOVEMENTS_EACH_GIFT);
  // The triggers guard what the platform writes, one act at a time; here the tables' owner loads made-up data.
  for (const table of FILLED) await db.script(`alter table ${table} disable trigger all`);
  const indexes = await dropIndexes(db);
  await db.script(`
    create unlogged table plan_gift as
      select i as n, c, amount, sum(amount) over (partition by c order by i) - amount + 1 as lo
      from (select i,
          case when abs(hashint8(i)) % 2 = 0 then 1 else 2 + abs(hashint8(i * 7 + 1)) % ${CAMPAIGNS - 1} end as c,
          (1 + abs(hashint8(i * 13 + 5)) % 40)::bigint * 50000 as amount
        from generate_series(1, ${gifts}::bigint) i) g;
    create unlogged table plan_disbursement as
      select c, d, row_number() over (order by d, c) as place
      from (select c, floor(sum(amount) * 0.9 / ${DISBURSED})::bigint as often from plan_gift group by c) t,
        generate_series(0, often - 1) d;
    create unlogged table plan_price as
      select * from (values ${PRICES.flatMap(priceRows).join(", ")}) v (list, k, price, before);
    ${accountsSql()}
    ${movementsSql(gifts)}
    drop table plan_price;`);
  for (const definition of indexes) await db.script(definition);
  for (const table of FILLED) await db.script(`alter table ${table} enable trigger all`);
  await db.script(`vacuum (analyze) account`);
  for (const table of FILLED.slice(1)) await db.script(`vacuum (analyze) ${table}`);
  await db.script(`checkpoint`);
  const [row] = await db.rows<{ n: bigint }>(`select count(*) as n from movement`);
  return {
    movements: Number(row!.n),
    gifts,
    async spentGifts(count) {
      const rows = await db.rows<GiftPlace & { entry: bigint }>(
        `select d.code, d.entry, a.code as account, d.lo, d.amount
         from plan_gift g
         join (select c, count(*) * ${DISBURSED} as spent from plan_disbursement group by c) s using (c)
         join donation d on d.entry = g.n join account a on a.id = d.account_id
         where g.lo + g.amount - 1 <= s.spent order by hashint8(g.n * 31) limit $1`,
        [count],
      );
      return rows.map((place) => ({ ...place, entry: Number(place.entry) }));
    },
    animals: (count) =>
      db.rows<AnimalPlace>(
        `select n.code, a.code as account, n.lo, n.price from animal n join account a on a.id = n.account_id
         order by hashtext(n.code) limit $1`,
        [count],
      ),
  };
}

/**
 * The rival for going back from an animal: a ledger that splits lots, one row for each gift at each stage, each
 * pointing at the row it was split from. Made from the same story.
 */
export async function fillLots(db: Db): Promise<void> {
  await db.script(`
    create unlogged table plan_cut as
      with spent as (select c, count(*) * ${DISBURSED}::bigint as spent from plan_disbursement group by c),
      cut as (
        select g.c, g.lo - 1 as at, 0 as stage, g.n, null::text as animal from plan_gift g join spent using (c) where g.lo <= spent
        union all select c, d * ${DISBURSED}, 1, null, null from plan_disbursement
        union all select c, d * ${DISBURSED} + j * ${PURCHASE}, 2, null, null
          from plan_disbursement, generate_series(0, ${PURCHASES_EACH - 1}) j
        union all select d.c, d.d * ${DISBURSED} + d.j * ${PURCHASE} + x.before, 3, null, x.animal
          from plan_animal x join plan_purchase d on d.entry = x.entry
      ), at as (
        select c, at, max(n) as n, min(stage) as stage, max(animal) as animal from cut group by c, at
      )
      select at.c, at.at,
        max(at.n) over w as gift,
        max(at.at) filter (where stage <= 0) over w as at0,
        max(at.at) filter (where stage <= 1) over w as at1,
        max(at.at) filter (where stage <= 2) over w as at2,
        last_animal.animal,
        lead(at.at, 1, spent) over w - at.at as amount
      from at join spent using (c)
      cross join lateral (select null::text as animal) last_animal
      window w as (partition by c order by at.at);`);
}
