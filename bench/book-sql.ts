/** The statements of `book.ts`. Amounts in đồng; `c` campaign, `d` disbursement, `p` purchase of one disbursement. */

const CAMPAIGNS = 100;
const COMMUNES = 20;
export const DISBURSED = 200_000_000;
/** Gifts are one to three times this: some forty gifts a goat, two hundred a cow. */
const STEP = 50_000;
const SETTLED = 50_000_000;
const SETTLEMENTS_EACH = DISBURSED / SETTLED;
const PURCHASE = 40_000_000;
const PURCHASES_EACH = DISBURSED / PURCHASE;
/** Real prices: they differ, and each list sums to one purchase. */
const PRICES = [
  [20_300_000, 3_900_000, 4_100_000, 3_800_000, 4_000_000, 3_900_000],
  [19_600_000, 4_200_000, 4_000_000, 3_900_000, 4_200_000, 4_100_000],
];

/** All stages together: 40 movements more for each 200 million disbursed; 90% of the money is spent. */
export const MOVEMENTS_EACH_GIFT = 1 + (40 * 0.9 * 2 * STEP) / DISBURSED;

/** Row ids of the accounts: the world first, then clearing, funds, commune accounts, delivered accounts, purchases. */
const ID = {
  world: "1",
  clearing: (c: string) => `(10 + ${c})::integer`,
  fund: (c: string) => `(500 + ${c})::integer`,
  commune: (c: string, k: string) => `(1000 + ${c} * 100 + ${k})::integer`,
  delivered: (c: string, k: string) => `(20000 + ${c} * 100 + ${k})::integer`,
  proc: (place: string, p: string) => `(100000 + ${place} * ${PURCHASES_EACH} + ${p})::integer`,
};

/** Who gave to what; and how often each campaign's fund paid out. */
export const PLAN = (gifts: number): string => `
  create unlogged table plan_gift as
    select i as n, c, amount, (sum(amount) over (partition by c order by i) - amount + 1)::bigint as lo
    from (select i,
        case when abs(hashint8(i)::bigint) % 2 = 0 then 1
          else 2 + abs(hashint8(i * 7 + 1)::bigint) % ${CAMPAIGNS - 1} end as c,
        (1 + abs(hashint8(i * 13 + 5)::bigint) % 3) * ${STEP} as amount
      from generate_series(1, ${gifts}::bigint) i) g;
  create unlogged table plan_disbursement as
    select c, d, d % ${COMMUNES} as k, (d / ${COMMUNES}) * ${DISBURSED}::bigint as before,
      row_number() over (order by d, c) as place, ${gifts}::bigint as last_gift
    from (select c, floor(sum(amount) * 0.9 / ${DISBURSED})::bigint as often from plan_gift group by c) t,
      generate_series(0, often - 1) d;
  create unlogged table plan_price as
    select * from (values ${PRICES.flatMap(priceRows).join(", ")}) v (list, k, price, before);
  analyze plan_gift; analyze plan_disbursement; analyze plan_price;`;

export const ACCOUNTS = `
  insert into account (id, code, kind, unit, axis, may_be_negative, campaign, commune, opened_by)
  overriding system value
    select ${ID.world}, 'world:donor:vnpay', 'world', 'VND', false, true, null, null, 1
    union all
    select ${ID.clearing("c")}, 'clearing:vnpay:C' || c, 'clearing', 'VND', true, false, 'C' || c, null, 1
    from generate_series(1, ${CAMPAIGNS}) c
    union all
    select ${ID.fund("c")}, 'fund:C' || c, 'fund', 'VND', true, false, 'C' || c, null, 1
    from generate_series(1, ${CAMPAIGNS}) c
    union all
    select ${ID.commune("c", "k")}, 'commune:' || k || ':C' || c, 'commune', 'VND', true, false, 'C' || c, k::text, 1
    from generate_series(1, ${CAMPAIGNS}) c, generate_series(0, ${COMMUNES - 1}) k
    union all
    select ${ID.delivered("c", "k")}, 'delivered:' || k || ':C' || c || ':r1', 'delivered', 'VND', true, false, 'C' || c, k::text, 1
    from generate_series(1, ${CAMPAIGNS}) c, generate_series(0, ${COMMUNES - 1}) k
    union all
    select ${ID.proc("place", "p")}, 'proc:C' || c || ':' || d || '-' || p, 'proc', 'VND', true, false, 'C' || c, null, 1
    from plan_disbursement, generate_series(0, ${PURCHASES_EACH - 1}) p;`;

export const GIFTS = `
  ${entries("n", "'donation-reported'", 1, "plan_gift")}
  insert into movement (entry, n, from_account, to_account, amount, to_lo)
    select n, 0, ${ID.world}, ${ID.clearing("c")}, amount, lo from plan_gift order by n;
  insert into donation (code, entry, pledge, campaign, channel, account_id, lo, amount, received_on)
    select 'QB' || n, n, 'QB' || n, 'C' || c, 'vnpay', ${ID.clearing("c")}, lo, amount, '2024-01-01' from plan_gift order by n;`;

/** Entries after the gifts: settlements, then disbursements, then advances, then purchases. */
const SETTLEMENT_ENTRY = `last_gift + (place - 1) * ${SETTLEMENTS_EACH} + q + 1`;
const DISBURSEMENT_ENTRY = `last_gift + (select count(*) from plan_disbursement) * ${SETTLEMENTS_EACH} + place`;
const ADVANCE_ENTRY = `last_gift + (select count(*) from plan_disbursement) * ${SETTLEMENTS_EACH + 1} + (place - 1) * ${PURCHASES_EACH} + p + 1`;
const PURCHASE_ENTRY = `last_gift + (select count(*) from plan_disbursement) * ${SETTLEMENTS_EACH + 1 + PURCHASES_EACH} + (place - 1) * ${PURCHASES_EACH} + p + 1`;
const EACH_SETTLEMENT = `plan_disbursement, generate_series(0, ${SETTLEMENTS_EACH - 1}) q`;
const EACH_PURCHASE = `plan_disbursement, generate_series(0, ${PURCHASES_EACH - 1}) p`;
const EACH_ANIMAL = `${EACH_PURCHASE}, plan_price x where x.list = (place + p) % ${PRICES.length}`;

export const SETTLEMENTS = `
  ${entries(SETTLEMENT_ENTRY, "'donation-confirmed'", 1, EACH_SETTLEMENT)}
  insert into movement (entry, n, from_account, to_account, amount, from_lo, to_lo)
    select ${SETTLEMENT_ENTRY}, 0, ${ID.clearing("c")}, ${ID.fund("c")}, ${SETTLED}, lo, lo
    from ${EACH_SETTLEMENT}, lateral (select d * ${DISBURSED} + q * ${SETTLED} + 1 as lo) l order by 1;`;

export const DISBURSEMENTS = `
  ${entries(DISBURSEMENT_ENTRY, "'disbursement'", 1, "plan_disbursement")}
  insert into movement (entry, n, from_account, to_account, amount, from_lo, to_lo)
    select ${DISBURSEMENT_ENTRY}, 0, ${ID.fund("c")}, ${ID.commune("c", "k")}, ${DISBURSED}, d * ${DISBURSED} + 1, before + 1
    from plan_disbursement order by 1;`;

export const ADVANCES = `
  ${entries(ADVANCE_ENTRY, "'advance'", 1, EACH_PURCHASE)}
  insert into movement (entry, n, from_account, to_account, amount, from_lo, to_lo)
    select ${ADVANCE_ENTRY}, 0, ${ID.commune("c", "k")}, ${ID.proc("place", "p")}, ${PURCHASE}, before + p * ${PURCHASE} + 1, 1
    from ${EACH_PURCHASE} order by 1;`;

export const PURCHASES = `
  ${entries(PURCHASE_ENTRY, "'purchase'", 6, EACH_PURCHASE)}
  insert into movement (entry, n, from_account, to_account, amount, from_lo, to_lo, animal)
    select ${PURCHASE_ENTRY}, x.k, ${ID.proc("place", "p")}, ${ID.delivered("c", "plan_disbursement.k")}, x.price,
      x.before + 1, plan_disbursement.before + p * ${PURCHASE} + x.before + 1, 'A' || place || '-' || p || '-' || x.k
    from ${EACH_ANIMAL} order by 1, 2;`;

export const ANIMALS = `
  insert into animal (code, species, campaign, commune, round, entry, account_id, lo, price)
    select m.animal, case when m.amount > 10000000 then 'BO' else 'DE' end, a.campaign, a.commune, 1, m.entry,
      m.to_account, m.to_lo, m.amount
    from movement m join account a on a.id = m.to_account where m.animal is not null order by m.entry, m.n;`;

/**
 * The rival for going back from an animal: a ledger that splits lots, one row for each gift at each stage, each pointing
 * at the row it was split from. The cuts of all stages on a fund's axis divide it into pieces; a row of one stage is a
 * run of pieces up to the next cut of that stage or an earlier one, and is named after its first piece.
 */
export const LOTS = `
  create unlogged table plan_animal as
    select c, d * ${DISBURSED} + p * ${PURCHASE} + x.before as at, 'A' || place || '-' || p || '-' || x.k as animal
    from ${EACH_ANIMAL};
  create unlogged table plan_piece as
    with spent as (select c, max(d + 1) * ${DISBURSED}::bigint as spent from plan_disbursement group by c),
    cut as (
      select g.c, g.lo - 1 as at, 0 as stage, g.n from plan_gift g join spent using (c) where g.lo <= spent
      union all select c, d * ${DISBURSED} + q * ${SETTLED}, 1, null from ${EACH_SETTLEMENT}
      union all select c, d * ${DISBURSED}, 2, null from plan_disbursement
      union all select c, d * ${DISBURSED} + p * ${PURCHASE}, 3, null from ${EACH_PURCHASE}
      union all select c, at, 4, null from plan_animal
    ), once as (
      select c, at, min(stage) as stage, bool_or(stage = 4) as is_animal, max(n) as n,
        row_number() over (order by c, at) as place
      from cut group by c, at
    )
    select once.c, place,
      max(n) over w as gift,
      max(at) filter (where is_animal) over w as animal_at,
      max(place) filter (where stage = 0) over w as place0,
      max(place) filter (where stage <= 1) over w as place1,
      max(place) filter (where stage <= 2) over w as place2,
      max(place) filter (where stage <= 3) over w as place3,
      lead(at, 1, spent) over w - at as amount
    from once join spent using (c) window w as (partition by once.c order by at);
  create unlogged table lot (
    id bigint not null, parent bigint, donation bigint not null, animal text, amount bigint not null);
  insert into lot select place0 * 5, null, gift, null, sum(amount) from plan_piece group by place0, gift;
${[1, 2, 3].map(lotsOfStage).join("")}
  insert into lot select place * 5 + 4, place3 * 5 + 3, gift, a.animal, amount
    from plan_piece q join plan_animal a on a.c = q.c and a.at = q.animal_at order by place;
  alter table lot add primary key (id);
  create index on lot (animal) where animal is not null;
  drop table plan_piece; drop table plan_animal;
  vacuum (analyze) lot;`;

/** Back from an animal in the rival, each step told as our trace tells it: `$1` is the animal's code. */
export const LOTS_BACK = `
  with recursive up as (
    select 0 as depth, id, parent, donation, amount from lot where animal = $1
    union all
    select up.depth + 1, p.id, p.parent, p.donation, up.amount from up join lot p on p.id = up.parent
  )
  select depth, id, parent, donation, amount from up order by depth, id`;

function lotsOfStage(stage: number): string {
  const [mine, above] = [`place${stage}`, `place${stage - 1}`];
  return `
  insert into lot select ${mine} * 5 + ${stage}, ${above} * 5 + ${stage - 1}, gift, null, sum(amount)
    from plan_piece group by ${mine}, ${above}, gift;`;
}

function entries(number: string, kind: string, legs: number, from: string): string {
  return `
  insert into entry (number, kind, effective_on, recorded_at, legs, idempotency_key, request_hash, key_salt, bytes, leaf_hash)
    select number, ${kind}, '2024-01-01', 1704067200, ${legs}, 'made:' || number, '\\x${"00".repeat(32)}', '\\x00',
      '\\x7b7d', '\\x${"00".repeat(32)}'
    from (select ${number} as number from ${from}) e order by number;`;
}

function priceRows(prices: readonly number[], list: number): string[] {
  let before = 0;
  return prices.map((price, k) => {
    const row = `(${list}, ${k}, ${price}::bigint, ${before}::bigint)`;
    before += price;
    return row;
  });
}
