import { type Invariant, wrongWhere } from "./invariant.ts";

/**
 * Communes of herds that went to a successor, and for each living animal its herd twice: `told` by the register and what
 * happened to it, `moved` by the last movement of its head. What a reversed entry says never happened. Mergers move whole
 * herds without naming an animal, so the commune is followed through those that came after.
 */
const HERDS = `with recursive undone as (select reverses as entry from entry where reverses is not null),
       merger as materialized (
         select distinct m.entry, f.commune as old, t.commune as new
           from entry e join movement m on m.entry = e.number
           join account f on f.id = m.from_account join account t on t.id = m.to_account
          where e.kind = 'succession' and f.kind = 'herd'),
       head as (
         select distinct on (m.animal) m.animal, m.entry, t.kind, t.commune, split_part(t.code, ':', 3) as species,
                split_part(t.code, ':', 4) as round
           from movement m join account t on t.id = m.to_account join entry e on e.number = m.entry
          where m.animal is not null and t.unit <> 'VND' and e.kind <> 'reversal'
            and not exists (select 1 from undone u where u.entry = m.entry)
          order by m.animal, m.entry desc, m.n desc),
       life as (
         select a.code as animal, a.entry, a.commune, a.species,
                'r' || a.round + count(*) filter (where v.kind = 'passed-on') as round
           from animal a
           left join animal_event v on v.animal = a.code and not exists (select 1 from undone u where u.entry = v.entry)
          where a.species in ('BO', 'DE') and not exists (select 1 from undone u where u.entry = a.entry)
          group by a.code having count(*) filter (where v.kind in ('died', 'returned')) = 0),
       way as (
         select 'told' as by, animal, entry, commune, species, round from life
         union all
         select 'moved', animal, entry, commune, species, round from head where kind = 'herd'
         union all
         select w.by, w.animal, g.entry, g.new, w.species, w.round
           from way w cross join lateral (
             select * from merger g where g.old = w.commune and g.entry > w.entry order by g.entry limit 1) g),
       herd as (
         select distinct on (by, animal) by, animal, 'herd:' || commune || ':' || species || ':' || round as code
           from way order by by, animal, entry desc)`;

/** The animals that the published bytes of entries tell; only entries that tell of some are read as JSON. */
const PUBLISHED = `select e.number as entry, p.value ->> 'code' as code, p.value as told
    from entry e cross join lateral jsonb_array_elements(convert_from(e.bytes, 'UTF8')::jsonb -> 'animals') as p(value)
   where position('"animals":'::bytea in e.bytes) > 0`;

/** Heads that groups took on to pass on, or passed on, by entry. */
const OWED = `select m.entry, split_part(a.code, ':', 2) as "group", m.amount
    from (select entry, to_account as account, amount from movement
          union all select entry, from_account, amount from movement) m
    join account a on a.id = m.account and a.kind = 'owed'
    join entry e on e.number = m.entry and e.kind in ('purchase', 'gift-in-kind', 'pass-on')`;

/** Animals, what happened to them and who keeps them. */
export const ANIMAL_INVARIANTS: readonly Invariant[] = [
  {
    name: "animals-add-up",
    counted: `select count(*) as counted from animal where price is not null`,
    offenders: `select 'animal ' || a.code as subject, 'price ' || a.price || ', traced ' || coalesce(t.sum, 0) as fact
        from animal a
        left join lateral (
          select sum(least(a.lo + a.price, m.to_lo + m.amount) - greatest(a.lo, m.to_lo)) as sum
            from movement m
           where m.to_account = a.account_id and m.to_lo < a.lo + a.price and m.to_lo + m.amount > a.lo
             and m.animal = a.code and m.entry = a.entry
        ) t on true
       where a.price is not null and t.sum is distinct from a.price
      union all
      select 'animal ' || code, 'shares numbers with the one before it'
        from (select code, lo, lag(lo + price) over (partition by account_id order by lo) as before
                from animal where price is not null) o
       where lo < before`,
  },
  {
    name: "heads-add-up",
    counted: `select count(*) as counted from animal where species in ('BO', 'DE')`,
    offenders: `${HERDS}
      select coalesce(b.code, l.code) as subject,
             'counts ' || coalesce(b.heads, 0) || ', animals that live there ' || coalesce(l.heads, 0) as fact
        from (select code, sum(amount) as heads
                from (select t.code, m.amount from movement m join account t on t.id = m.to_account where t.kind = 'herd'
                      union all
                      select f.code, -m.amount from movement m join account f on f.id = m.from_account where f.kind = 'herd') s
               group by code) b
        full join (select code, count(*) as heads from herd where by = 'told' group by code) l on l.code = b.code
       where coalesce(b.heads, 0) <> coalesce(l.heads, 0)
      union all
      select 'animal ' || coalesce(t.animal, m.animal),
             'lives in ' || coalesce(t.code, 'no herd') || ', its head is in ' || coalesce(m.code, 'no herd')
        from (select * from herd where by = 'told') t full join (select * from herd where by = 'moved') m on m.animal = t.animal
       where t.code is distinct from m.code`,
  },
  {
    name: "published-animals",
    counted: `select count(*) as counted from animal`,
    offenders: `select 'animal ' || coalesce(a.code, p.code) as subject,
             case when a.code is null then 'is told by entry ' || p.entry || ' and is in no register'
                  else 'row and published bytes differ' end as fact
        from animal a full join (${PUBLISHED}) p on p.code = a.code and p.entry = a.entry
       where p.told is distinct from jsonb_strip_nulls(jsonb_build_object('code', a.code, 'species', a.species,
               'campaign', a.campaign, 'commune', a.commune, 'round', a.round, 'dam', a.dam, 'tag', a.tag_commitment,
               'priceReason', a.price_reason))`,
  },
  {
    name: "animals-registered",
    counted: `select count(*) as counted from animal`,
    offenders: `${wrongWhere(
      "'animal ' || a.code",
      `animal a
    left join animal_event v on v.animal = a.code and v.n = 0
    left join animal d on d.code = a.dam
    left join (select m.animal, m.entry, count(distinct m.to_account) as accounts, min(m.to_account) as account, min(m.to_lo) as lo
                 from movement m join account t on t.id = m.to_account
                where m.animal is not null and t.kind = 'delivered' group by 1, 2) b on b.animal = a.code and b.entry = a.entry
    left join campaign c on c.id = a.campaign`,
      [
        ["c.id is null", `'is of no campaign: ' || a.campaign`],
        [
          "v.entry is distinct from a.entry",
          `'its first event is not of the entry that brought it'`,
        ],
        [
          "v.kind <> case when a.dam is null then 'handed-over' else 'born' end",
          `'came as ' || v.kind || case when a.dam is null then ', and has no dam' else ', and has a dam' end`,
        ],
        [
          "(a.account_id, a.lo) is distinct from (b.account, b.lo) or b.accounts > 1 or (a.price is null) <> (a.lo is null)",
          `'has other numbers than its entry brought'`,
        ],
        ["a.dam is not null and d.code is null", `'has a dam that is in no register: ' || a.dam`],
        [
          "a.dam is not null and ((d.campaign, d.species) is distinct from (a.campaign, a.species) or d.sex = 'M' or d.entry >= a.entry)",
          `'cannot have the dam ' || a.dam`,
        ],
        [
          "a.dam is not null and a.born_on is distinct from v.on_day",
          `'was born on ' || coalesce(a.born_on::text, 'no day') || ', its event says ' || v.on_day`,
        ],
        ["a.born_on > v.on_day", `'was born after it was handed over'`],
        ["a.dam is not null and a.sex is null or a.sex not in ('F', 'M')", `'has no sex'`],
      ],
    )}
      union all
      select distinct 'animal ' || m.animal, 'is moved by entry ' || m.entry || ' and is in no register'
        from movement m where m.animal is not null and not exists (select from animal a where a.code = m.animal)`,
  },
  {
    name: "animal-events-follow",
    counted: `select count(*) as counted from animal_event`,
    offenders: `with undone as (select reverses, number from entry where reverses is not null)
      ${wrongWhere(
        "'animal ' || v.animal || ', event ' || v.n",
        `(select v.*, row_number() over (partition by v.animal order by v.n) - 1 as follows,
             max(v.entry) over (partition by v.animal order by v.n rows between unbounded preceding and 1 preceding) as before
        from animal_event v) v
    left join animal a on a.code = v.animal
    left join entry e on e.number = v.entry
    left join household h on h.code = v.household
    left join lateral (
      select k.household from animal_event k left join undone u on u.reverses = k.entry
       where v.kind in ('born', 'died') and k.household is not null and k.entry < v.entry and coalesce(u.number > v.entry, true)
         and k.animal = case when v.kind = 'born' then v.other else v.animal end
       order by k.n desc limit 1) keeper on true
    left join lateral (
      select count(*) as moved, max(split_part(t.code, ':', 2)) filter (where t.kind = 'loss') as cause,
             max(substr(split_part(t.code, ':', 4), 2)::integer) filter (where t.kind = 'herd') as round
        from movement m join account t on t.id = m.to_account where m.animal = v.animal and m.entry = v.entry) m on true`,
        [
          ["a.code is null", `'is of an animal in no register'`],
          ["e.number is null", `'is of no entry: ' || v.entry`],
          ["v.n <> v.follows or v.entry < v.before", `'does not follow the one before it'`],
          [
            "e.kind <> all (case v.kind when 'born' then array['birth'] when 'died' then array['loss'] when 'passed-on' then array['pass-on'] when 'handed-over' then array['purchase', 'gift-in-kind'] when 'replaced' then array['purchase'] else array['returned-money'] end)",
            `'is ' || v.kind || ', its entry a ' || e.kind`,
          ],
          [
            "case when v.kind = 'born' then v.on_day > e.effective_on else v.on_day <> e.effective_on end",
            `'was on ' || v.on_day || ', its entry on ' || e.effective_on`,
          ],
          ["v.kind <> 'replaced' and m.moved = 0", `'moved nothing'`],
          [
            "v.household is not null and h.campaign is distinct from a.campaign",
            `'is of a household that is not listed for it: ' || v.household`,
          ],
          [
            "v.kind = 'passed-on' and h.round is distinct from m.round",
            `'went to a household of round ' || coalesce(h.round::text, 'none')`,
          ],
          [
            "v.kind in ('born', 'died') and v.household is distinct from keeper.household",
            `'is of household ' || coalesce(v.household, 'none') || ', its keeper was ' || coalesce(keeper.household, 'none')`,
          ],
          ["v.kind = 'born' and v.other is distinct from a.dam", `'is of another dam'`],
          [
            "v.other is not null and v.kind in ('handed-over', 'replaced') and not exists (select from animal_event o where o.animal = v.other and o.other = v.animal and o.entry = v.entry and o.kind <> v.kind)",
            `'and what happened to ' || v.other || ' do not say the same'`,
          ],
          [
            "v.kind in ('passed-on', 'died') and v.other is not null or v.kind = 'replaced' and (v.other is null or v.household is not null)",
            `'names another animal or none'`,
          ],
          [
            "case when v.kind <> 'died' then v.cause is not null else v.cause is null or m.cause is not null and v.cause <> m.cause end",
            `'has cause ' || coalesce(v.cause, 'none') || ', its entry ' || coalesce(m.cause, 'none')`,
          ],
        ],
      )}`,
  },
  {
    name: "duties-follow",
    counted: `select count(distinct entry) as counted from (${OWED}) o`,
    // A duty is so many heads for each animal; how many is the campaign's, the same for all groups of one entry.
    offenders: `with kept as (
         select v.entry, h.group_id as "group", count(*) as n
           from animal_event v join household h on h.code = case when v.kind = 'passed-on' then (
                  select k.household from animal_event k where k.animal = v.animal and k.n < v.n and k.household is not null
                     and not exists (select from entry u where u.reverses = k.entry and u.number < v.entry)
                   order by k.n desc limit 1) else v.household end
          where v.kind = 'passed-on' or v.kind = 'handed-over' and v.other is null
          group by 1, 2),
       owed as (
         select entry, "group", sum(amount) as amount from (${OWED}) o group by 1, 2)
      select 'entry ' || coalesce(o.entry, k.entry) as subject,
             'group ' || coalesce(o."group", k."group") || ' has ' || coalesce(k.n, 0) || ' animals of it, a duty of ' || coalesce(o.amount, 0) as fact
        from (select o.*, sum(o.amount) over (partition by o.entry) as amounts from owed o) o
        full join (select k.*, sum(k.n) over (partition by k.entry) as ns from kept k where k.entry in (select entry from owed)) k
          on k.entry = o.entry and k."group" = o."group"
       where o.amount is null or k.n is null or o.amount * k.ns <> k.n * o.amounts`,
  },
];
