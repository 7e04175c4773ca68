import type { Invariant } from "./invariant.ts";

/** Running sums of accounts without an axis, entry by entry. */
const RUNNING = `select a.code, m.entry, m.n,
         sum(case when m.to_account = a.id then m.amount else -m.amount end)
           over (partition by a.id order by m.entry, m.n) as balance
    from account a join movement m on a.id in (m.from_account, m.to_account)
   where not a.axis and not a.may_be_negative`;

/** The movements that the published bytes of each entry tell. */
const PUBLISHED = `select e.number as entry, p.ord - 1 as n, p.value as told
    from entry e cross join lateral jsonb_array_elements(convert_from(e.bytes, 'UTF8')::jsonb -> 'movements')
         with ordinality as p(value, ord)`;

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

/** The ledger in itself: entries, movements, numbers, animals and the office's trail. */
export const LEDGER_INVARIANTS: readonly Invariant[] = [
  {
    name: "entry-numbers",
    counted: `select count(*) as counted from entry`,
    offenders: `select 'entry ' || number as subject, 'follows ' || coalesce(before::text, 'nothing') as fact
        from (select number, lag(number) over (order by number) as before from entry) e
       where number <> coalesce(before, 0) + 1
      union all
      select 'ledger_head', 'next is ' || next_entry from ledger_head
       where next_entry <> (select coalesce(max(number), 0) + 1 from entry)`,
  },
  {
    name: "leaf-hashes",
    counted: `select count(*) as counted from entry`,
    offenders: `select 'entry ' || number as subject, 'bytes do not hash to the leaf' as fact
        from entry where sha256('\\x00'::bytea || bytes) <> leaf_hash`,
  },
  {
    name: "published-entries",
    counted: `select count(*) as counted from entry`,
    offenders: `select 'entry ' || number as subject, 'row and published bytes differ' as fact
        from (select *, convert_from(bytes, 'UTF8')::jsonb as told from entry) e
       where (told ->> 'entry')::bigint <> number or told ->> 'kind' <> kind
          or (told ->> 'effective')::date <> effective_on or (told ->> 'recorded')::bigint <> recorded_at
          or (told ->> 'reverses')::bigint is distinct from reverses or told ->> 'reason' is distinct from reason
          or jsonb_array_length(told -> 'movements') <> legs`,
  },
  {
    name: "published-movements",
    counted: `select count(*) as counted from movement`,
    offenders: `select 'movement ' || coalesce(m.entry, p.entry) || '.' || coalesce(m.n, p.n) as subject,
             'row and published bytes differ' as fact
        from (select m.*, f.code as from_code, t.code as to_code, t.unit from movement m
                join account f on f.id = m.from_account join account t on t.id = m.to_account) m
        full join (${PUBLISHED}) p on p.entry = m.entry and p.n = m.n
       where m.entry is null or p.entry is null
          or p.told is distinct from jsonb_strip_nulls(jsonb_build_object('from', m.from_code, 'to', m.to_code, 'unit', m.unit,
               'amount', m.amount, 'fromLo', m.from_lo, 'toLo', m.to_lo, 'animal', m.animal))`,
  },
  {
    name: "units-conserve",
    counted: `select count(*) as counted from movement`,
    offenders: `select 'movement ' || m.entry || '.' || m.n as subject, f.unit || ' becomes ' || t.unit as fact
        from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
       where f.unit <> t.unit or m.amount <= 0`,
  },
  {
    name: "never-negative",
    counted: `select count(*) as counted from account where not may_be_negative`,
    offenders: `select code as subject, 'is ' || balance || ' after entry ' || entry as fact from (${RUNNING}) r where balance < 0
      union all
      select a.code, 'number ' || m.from_lo || ' left in entry ' || m.entry || ' before it came'
        from movement m join account a on a.id = m.from_account
       cross join lateral (
         select i.entry, i.n, i.to_lo + i.amount as next_lo from movement i
          where i.to_account = m.from_account and i.to_lo < m.from_lo + m.amount order by i.to_lo desc limit 1
       ) i
       where m.from_lo is not null and (i.next_lo < m.from_lo + m.amount or (i.entry, i.n) >= (m.entry, m.n))`,
  },
  {
    name: "numbers-enter-once",
    counted: `select count(*) as counted from movement where to_lo is not null`,
    offenders: `select a.code as subject, 'number ' || m.to_lo || ' of entry ' || m.entry || ' does not follow ' || m.expected as fact
        from (select m.*, coalesce(lag(to_lo + amount) over (partition by to_account order by to_lo), 1) as expected
                from movement m where to_lo is not null) m
        join account a on a.id = m.to_account
       where m.to_lo <> m.expected`,
  },
  {
    name: "numbers-leave-once",
    counted: `select count(*) as counted from movement where from_lo is not null`,
    offenders: `select a.code as subject, 'number ' || m.from_lo || ' of entry ' || m.entry || ' has left before' as fact
        from (select m.*, lag(from_lo + amount) over (partition by from_account order by from_lo) as before
                from movement m where from_lo is not null) m
        join account a on a.id = m.from_account
       where m.from_lo < m.before`,
  },
  {
    name: "gifts-follow",
    counted: `select count(*) as counted from donation`,
    offenders: `select 'donation ' || d.code as subject, 'is not the range its entry brought' as fact
        from donation d left join movement m on m.entry = d.entry and m.to_account = d.account_id and m.to_lo = d.lo
        left join entry e on e.number = d.entry
       where m.amount is distinct from d.amount or convert_from(e.bytes, 'UTF8')::jsonb ->> 'donation' is distinct from d.code`,
  },
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
    offenders: `select 'animal ' || a.code as subject, 'row and published bytes differ' as fact
        from animal a left join entry e on e.number = a.entry
        left join lateral (
          select p.value as told from jsonb_array_elements(convert_from(e.bytes, 'UTF8')::jsonb -> 'animals') p
           where p.value ->> 'code' = a.code
        ) p on true
       where p.told is distinct from jsonb_strip_nulls(jsonb_build_object('code', a.code, 'species', a.species,
               'campaign', a.campaign, 'commune', a.commune, 'round', a.round, 'dam', a.dam, 'tag', a.tag_commitment,
               'priceReason', a.price_reason))`,
  },
  {
    name: "published-evidence",
    counted: `select count(*) as counted from evidence`,
    offenders: `select 'entry ' || e.number as subject, 'evidence rows and published bytes differ' as fact
        from entry e
        left join (select entry, jsonb_agg(to_jsonb(digest) order by n) as digests from evidence group by entry) v on v.entry = e.number
       where coalesce(convert_from(e.bytes, 'UTF8')::jsonb -> 'evidence', '[]') <> coalesce(v.digests, '[]')`,
  },
  {
    name: "sums-agree",
    counted: `select count(*) as counted from account_state`,
    offenders: `select a.code as subject, 'kept ' || coalesce(s.received, 0) || '/' || coalesce(s.sent, 0) || ', recomputed '
               || coalesce(i.sum, 0) || '/' || coalesce(o.sum, 0) as fact
        from account a left join account_state s on s.account_id = a.id
        left join (select to_account, sum(amount) as sum from movement group by 1) i on i.to_account = a.id
        left join (select from_account, sum(amount) as sum from movement group by 1) o on o.from_account = a.id
       where not a.may_be_negative
         and (coalesce(s.received, 0) <> coalesce(i.sum, 0) or coalesce(s.sent, 0) <> coalesce(o.sum, 0))`,
  },
  {
    name: "free-numbers-agree",
    counted: `select count(*) as counted from free_range`,
    offenders: `select a.code as subject, 'free ' || coalesce(f.sum, 0) || ', balance ' || s.received - s.sent as fact
        from account a join account_state s on s.account_id = a.id
        left join (
          select r.account_id, sum(coalesce(r.hi, s.received + 1) - r.lo) as sum
            from free_range r join account_state s on s.account_id = r.account_id group by 1
        ) f on f.account_id = a.id
       where a.axis and coalesce(f.sum, 0) <> s.received - s.sent
      union all
      select a.code, 'numbers from ' || m.from_lo || ' have left and are called free'
        from free_range r join account_state s on s.account_id = r.account_id join account a on a.id = r.account_id
        join movement m on m.from_account = r.account_id and m.from_lo < coalesce(r.hi, s.received + 1) and m.from_lo + m.amount > r.lo`,
  },
  {
    name: "audit-trail",
    counted: `select count(*) as counted from audit_line`,
    offenders: `select 'audit line ' || n as subject, 'number or seal does not follow from the line before' as fact
        from (
          select l.n, l.hash, coalesce(lag(l.n) over line, 0) + 1 as follows,
                 sha256(lag(l.hash, 1, ''::bytea) over line || audit_text(l)) as sealed
            from audit_line l window line as (order by l.n)
        ) c where c.n <> c.follows or c.hash <> c.sealed
      union all
      select 'audit_head', 'says ' || n from audit_head where n <> (select coalesce(max(n), 0) from audit_line)`,
  },
];
