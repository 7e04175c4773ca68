import { LATE_AFTER_DAYS } from "#app/domain/ledger/entry.ts";

import { dayOf } from "./gift-sources.ts";
import { type Invariant, ofEntries, wrongWhere } from "./invariant.ts";

/** Running sums of guarded accounts without an axis, entry by entry. */
const RUNNING = `select a.code, s.entry, s.n, sum(s.amount) over (partition by a.id order by s.entry, s.n) as balance
    from account a
    join (select to_account as account, entry, n, amount from movement
          union all
          select from_account, entry, n, -amount from movement) s on s.account = a.id
   where not a.axis and not a.may_be_negative`;

/** The movements that the published bytes of entries tell. */
const published = (within: string) => `select e.number as entry, p.ord - 1 as n, p.value as told
    from entry e cross join lateral jsonb_array_elements(convert_from(e.bytes, 'UTF8')::jsonb -> 'movements')
         with ordinality as p(value, ord)
   where ${within}`;

const CLOSES = `select number, effective_on from entry where kind = 'period-close'`;

/** The head against the entries: how many there are, and when the last was recorded. */
const HEAD = `select 'ledger_head' as subject, 'says that entry ' || coalesce(h.next_entry::text, 'none') || ' is next' as fact
        from (select 1) one left join ledger_head h on true
       where h.next_entry is distinct from (select coalesce(max(number), 0) + 1 from entry)
      union all
      select 'ledger_head', 'says that the last entry was recorded at ' || h.last_recorded_at
        from ledger_head h left join entry e on e.number = h.next_entry - 1
       where h.last_recorded_at <> coalesce(e.recorded_at, 0)`;

/** Whether the public bytes tell the digest of the entry's key, with the salt it keeps (`keyDigest`). */
const TELLS_KEY = `position(convert_to('"key":"' || encode(sha256(convert_to('ketnghia/key/v1', 'UTF8') || '\\x00'::bytea
             || convert_to(encode(key_salt, 'hex'), 'UTF8') || '\\x00'::bytea || convert_to(idempotency_key, 'UTF8')), 'hex')
             || '"', 'UTF8') in bytes) > 0`;

/** What the movements of reversals, or of what they reverse, carry in all from account to account. */
const moved = (
  entry: "number" | "reverses",
  giver: string,
  taker: string,
  within: (column: string) => string,
) => `select e.number as entry, e.reverses, m.${giver} as giver, m.${taker} as taker, coalesce(m.animal, '') as animal,
               sum(m.amount) as amount
          from entry e join movement m on m.entry = e.${entry}
         where e.reverses is not null and ${within("e.number")} group by 1, 2, 3, 4, 5`;

/** The ledger in itself: entries, movements and numbers. */
export const LEDGER_INVARIANTS: readonly Invariant[] = [
  {
    name: "entry-numbers",
    counted: `select count(*) as counted from entry`,
    offenders: `select 'entry ' || number as subject, 'follows ' || coalesce(before::text, 'nothing') as fact
        from (select number, lag(number) over (order by number) as before from entry) e
       where number <> coalesce(before, 0) + 1
      union all
      ${HEAD}`,
    since: {
      counted: `select count(*) as counted from entry where number >= $1::bigint`,
      offenders: `select 'entry ' || e.number as subject, 'follows nothing' as fact
        from entry e where e.number >= $1::bigint and e.number <> 1
         and not exists (select from entry b where b.number = e.number - 1)
      union all
      ${HEAD}`,
    },
  },
  ofEntries("entries-in-time", (within) => ({
    counted: `select count(*) as counted from entry where ${within("number")}`,
    offenders: wrongWhere(
      "'entry ' || e.number",
      `(select e.*, b.recorded_at as before, p.closed_until
        from (select * from entry where ${within("number")}) e
        left join entry b on b.number = e.number - 1
        left join lateral (select max(p.effective_on) as closed_until from (${CLOSES}) p where p.number < e.number) p on true) e`,
      [
        // Where a clock was wrong an entry says so, and times go on from the right one (decision 0012).
        [
          "e.recorded_at < e.before and e.kind <> 'clock-corrected'",
          `'was recorded before entry ' || e.number - 1`,
        ],
        [
          "e.kind = 'clock-corrected' and e.recorded_at >= coalesce(e.before, 0)",
          `'corrects a clock that was right'`,
        ],
        [
          `e.effective_on > ${dayOf("e.recorded_at")}`,
          `'took effect on ' || e.effective_on || ', after it was recorded'`,
        ],
        [
          "e.kind not in ('period-close', 'clock-corrected') and e.effective_on <= e.closed_until",
          `'took effect in a closed period'`,
        ],
        [
          `e.kind <> 'period-close' and e.reason is null and ${dayOf("e.recorded_at")} - e.effective_on > ${LATE_AFTER_DAYS}`,
          `'was late and says no reason'`,
        ],
        [
          "(e.kind = 'reversal') <> (e.reverses is not null)",
          `'turns something round or not, and is called ' || e.kind`,
        ],
      ],
    ),
  })),
  ofEntries("leaf-hashes", (within) => ({
    counted: `select count(*) as counted from entry where ${within("number")}`,
    offenders: `select 'entry ' || number as subject, 'bytes do not hash to the leaf' as fact
        from entry where ${within("number")} and sha256('\\x00'::bytea || bytes) <> leaf_hash`,
  })),
  ofEntries("published-entries", (within) => ({
    counted: `select count(*) as counted from entry where ${within("number")}`,
    offenders: `select 'entry ' || number as subject, 'row and published bytes differ' as fact
        from (select *, convert_from(bytes, 'UTF8')::jsonb as told from entry where ${within("number")} offset 0) e
       where (told ->> 'entry')::bigint is distinct from number or told ->> 'kind' is distinct from kind
          or (told ->> 'effective')::date is distinct from effective_on
          or (told ->> 'recorded')::bigint is distinct from recorded_at
          or (told ->> 'reverses')::bigint is distinct from reverses or told ->> 'reason' is distinct from reason
          or jsonb_array_length(told -> 'movements') is distinct from legs or not ${TELLS_KEY}`,
  })),
  ofEntries("published-movements", (within) => ({
    counted: `select count(*) as counted from movement where ${within("entry")}`,
    offenders: `select 'movement ' || coalesce(m.entry, p.entry) || '.' || coalesce(m.n, p.n) as subject,
             'row and published bytes differ' as fact
        from (select m.*, f.code as from_code, t.code as to_code, t.unit from movement m
                join account f on f.id = m.from_account join account t on t.id = m.to_account
               where ${within("m.entry")}) m
        full join (${published(within("e.number"))}) p on p.entry = m.entry and p.n = m.n
       where m.entry is null or p.entry is null
          or p.told is distinct from jsonb_strip_nulls(jsonb_build_object('from', m.from_code, 'to', m.to_code, 'unit', m.unit,
               'amount', m.amount, 'fromLo', m.from_lo, 'toLo', m.to_lo, 'animal', m.animal))`,
  })),
  ofEntries("published-evidence", (within) => ({
    counted: `select count(*) as counted from evidence where ${within("entry")}`,
    offenders: `select 'entry ' || e.number as subject, 'evidence rows and published bytes differ' as fact
        from entry e
        left join (select entry, jsonb_agg(to_jsonb(digest) order by n) as digests, max(n) + 1 as most, count(*) as all
                     from evidence where ${within("entry")} group by entry) v on v.entry = e.number
       where ${within("e.number")}
         and (coalesce(convert_from(e.bytes, 'UTF8')::jsonb -> 'evidence', '[]') <> coalesce(v.digests, '[]') or v.most <> v.all)
      union all
      select 'evidence of entry ' || v.entry, 'belongs to no entry'
        from evidence v where ${within("v.entry")} and not exists (select from entry e where e.number = v.entry)`,
  })),
  ofEntries("units-conserve", (within) => ({
    counted: `select count(*) as counted from movement where ${within("entry")}`,
    offenders: `select 'movement ' || m.entry || '.' || m.n as subject, f.unit || ' becomes ' || t.unit as fact
        from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
       where ${within("m.entry")} and (f.unit <> t.unit or m.amount <= 0)`,
  })),
  ofEntries("reversals-turn-round", (within) => ({
    counted: `select count(*) as counted from entry where kind = 'reversal' and ${within("number")}`,
    // Numbers that come back are new numbers of the same axis, so sums are compared.
    offenders: `select 'entry ' || coalesce(b.entry, m.entry) as subject,
             'brings ' || coalesce(b.amount, 0) || ' back, entry ' || coalesce(b.reverses, m.reverses) || ' moved ' || coalesce(m.amount, 0) as fact
        from (${moved("number", "from_account", "to_account", within)}) b
        full join (${moved("reverses", "to_account", "from_account", within)}) m
          on (m.entry, m.giver, m.taker, m.animal) = (b.entry, b.giver, b.taker, b.animal)
       where b.amount is distinct from m.amount`,
  })),
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
    since: {
      counted: `select count(*) as counted from movement where to_lo is not null and entry >= $1::bigint`,
      offenders: `select a.code as subject, 'number ' || m.to_lo || ' of entry ' || m.entry || ' does not follow ' || coalesce(b.next_lo, 1) as fact
        from movement m join account a on a.id = m.to_account
        left join lateral (
          select b.to_lo + b.amount as next_lo from movement b
           where b.to_account = m.to_account and b.to_lo < m.to_lo order by b.to_lo desc limit 1) b on true
       where m.to_lo is not null and m.entry >= $1::bigint and m.to_lo <> coalesce(b.next_lo, 1)`,
    },
  },
  {
    name: "numbers-leave-once",
    counted: `select count(*) as counted from movement where from_lo is not null`,
    offenders: `select a.code as subject, 'number ' || m.from_lo || ' of entry ' || m.entry || ' has left before' as fact
        from (select m.*, lag(from_lo + amount) over (partition by from_account order by from_lo) as before
                from movement m where from_lo is not null) m
        join account a on a.id = m.from_account
       where m.from_lo < m.before`,
    since: {
      counted: `select count(*) as counted from movement where from_lo is not null and entry >= $1::bigint`,
      offenders: `select a.code as subject, 'number ' || m.from_lo || ' of entry ' || m.entry || ' has left before' as fact
        from movement m join account a on a.id = m.from_account
       where m.from_lo is not null and m.entry >= $1::bigint and (exists (
               select from (select b.from_lo + b.amount as next_lo from movement b
                             where b.from_account = m.from_account and b.from_lo < m.from_lo order by b.from_lo desc limit 1) b
                where b.next_lo > m.from_lo)
             or exists (select from movement n where n.from_account = m.from_account and n.from_lo > m.from_lo
                           and n.from_lo < m.from_lo + m.amount))`,
    },
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
];
