import { ORDER_STATES, ORDER_STEPS, stateAfter } from "#app/domain/orders/order.ts";

import { type Invariant, wrongWhere } from "./invariant.ts";

/** Which state each step leads to, from which. */
const WAYS = ORDER_STATES.flatMap((state) =>
  ORDER_STEPS.flatMap((step) => {
    const next = stateAfter(state, step);
    return next === undefined ? [] : [`('${state}', '${step}', '${next}')`];
  }),
);
const STATE_OF = `(select distinct on (step) step, next from (values ${WAYS.join(", ")}, ('', 'request', 'requested')) as w(before, step, next))`;

/** Kinds of entry that an order of a kind becomes. */
const BECOMES = `(values ('disbursement', array['disbursement']), ('advance', array['advance']),
      ('return', array['returned-money', 'unspent-advance']), ('refund', array['refund']),
      ('redesignation', array['redesignation', 'suspense-assigned']), ('write-off', array['loss']), ('reversal', array['reversal']))
      as becomes(kind, entries)`;

/** What an order's steps say of it. */
const HISTORY = `(
      select s.order_id, count(*) as steps, min(n) as first_n, max(n) as last_n,
             (array_agg(s.step order by n desc))[1] as last_step, (array_agg(s.step order by n))[1] as first_step,
             min(s.at) as begun_at, (array_agg(s.at order by n desc))[1] as last_at, max(s.version) as last_version,
             (array_agg(s.matter order by n desc) filter (where s.step in ('request', 'change')))[1] as matter,
             (array_agg(s.amount order by n desc) filter (where s.step in ('request', 'change')))[1] as asked,
             (array_agg(s.organisation order by n desc) filter (where s.step in ('request', 'change')))[1] as asked_for,
             array_agg(distinct s.person) filter (where s.step in ('request', 'change')) as askers,
             (array_agg(s.person order by n desc) filter (where s.step = 'approve'))[1] as approver,
             (array_agg(s.organisation order by n desc) filter (where s.step = 'approve'))[1] as approver_for,
             (array_agg(s.at order by n desc) filter (where s.step = 'approve'))[1] as approved_at,
             (array_agg(s.person order by n desc) filter (where s.step = 'book'))[1] as booker,
             (array_agg(s.at order by n desc) filter (where s.step = 'book'))[1] as booked_at,
             (array_agg(s.entry order by n desc))[1] as entry
        from order_step s group by s.order_id)`;

/** Papers of orders: how many, and who prepared the order by adding one. */
const PAPERS = `(
      select p.order_id, count(*) as papers, max(p.n) as last_n,
             array_agg(distinct p.added_by) filter (where not exists (
               select from dossier_item d where d.kind = o.kind and d.code = p.item and d.before_step = 'book')) as preparers
        from order_paper p join money_order o on o.id = p.order_id group by p.order_id)`;

/** Three hands are a rule since that migration; what was booked before needed two. */
const THREE_HANDS = `(select extract(epoch from applied_at) from migration where name like '0018_a%')`;

/** Money orders against their steps, their papers and what they became in the ledger. */
export const ORDER_INVARIANTS: readonly Invariant[] = [
  {
    name: "orders-follow",
    counted: `select count(*) as counted from money_order`,
    offenders: `${wrongWhere(
      "coalesce('order ' || o.number, 'steps of ' || h.order_id)",
      `money_order o full join ${HISTORY} h on h.order_id = o.id
    left join ${PAPERS} p on p.order_id = o.id
    left join ${STATE_OF} w on w.step = h.last_step`,
      [
        ["o.id is null", `'belong to no order'`],
        ["h.order_id is null", `'was never asked for'`],
        [
          "h.first_n <> 1 or h.last_n <> h.steps or p.last_n <> p.papers",
          `'lacks a step or a paper'`,
        ],
        ["o.state <> w.next", `'is ' || o.state || ', its last step is ' || h.last_step`],
        [
          "o.version <> h.steps + coalesce(p.papers, 0) or h.last_version > o.version",
          `'has not the version of its steps and papers'`,
        ],
        [
          "o.kind is distinct from o.matter ->> 'kind' or o.matter is distinct from h.matter",
          `'asks for something else than was asked'`,
        ],
        [
          "o.state = 'requested' and o.amount is distinct from h.asked",
          `'has ' || o.amount || ', asked was ' || coalesce(h.asked::text, 'nothing')`,
        ],
        [
          "o.matter ? 'campaign' and o.matter ->> 'campaign' is distinct from o.campaign",
          `'is of campaign ' || coalesce(o.campaign, 'none')`,
        ],
        [
          "o.subject is distinct from coalesce(o.matter ->> 'gift', case o.kind when 'write-off' then o.matter ->> 'animal' when 'reversal' then o.matter ->> 'entry' end)",
          `'is about ' || coalesce(o.subject, 'nothing')`,
        ],
        [
          "o.commune is not null and not o.commune = any (o.communes)",
          `'is of commune ' || o.commune`,
        ],
        [
          "o.requested_at <> h.begun_at or o.changed_at <> h.last_at",
          `'has other times than its steps'`,
        ],
        [
          "o.requested_for is distinct from h.asked_for",
          `'was asked for ' || o.requested_for || ', by its steps for ' || h.asked_for`,
        ],
        [
          "not o.prepared_by @> h.askers or not o.prepared_by <@ (h.askers || coalesce(p.preparers, '{}'))",
          `'names others who prepared it than its steps and papers'`,
        ],
        [
          "o.state in ('approved', 'booked') and (o.approved_by, o.approved_for, o.approved_at) is distinct from (array[h.approver], h.approver_for, h.approved_at)",
          `'names another approval than its steps'`,
        ],
        [
          "o.state = 'requested' and (o.approved_by <> '{}' or o.approved_for is not null or o.approved_at is not null)",
          `'is asked for and names an approval'`,
        ],
        [
          "o.booked_by is distinct from case when h.booker is null then '{}' else array[h.booker] end",
          `'names another who booked it than its steps'`,
        ],
        ["o.prepared_by && o.approved_by", `'was approved by who prepared it'`],
        ["o.booked_by && o.approved_by", `'was booked by who approved it'`],
        [
          `o.booked_by && o.prepared_by and h.booked_at >= ${THREE_HANDS}`,
          `'was booked by who prepared it'`,
        ],
        [
          "o.entry is distinct from h.entry",
          `'names entry ' || coalesce(o.entry::text, 'none') || ', its last step ' || coalesce(h.entry::text, 'none')`,
        ],
      ],
    )}
      union all
      select 'order ' || b.number, 'its step ' || b.n || ' cannot come after ' || coalesce(b.state, 'nothing')
        from (select o.number, s.n, s.step, coalesce(w.next, '') as state
                from (select *, lag(step) over (partition by order_id order by n) as before_step from order_step) s
                join money_order o on o.id = s.order_id
                left join ${STATE_OF} w on w.step = s.before_step) b
       where (b.state, b.step) not in (select before, step from (values ${WAYS.join(", ")}, ('', 'request', 'requested')) as w(before, step, next))
      union all
      select 'orders', 'have numbers up to ' || max(number) || ' and are ' || count(*) from money_order having max(number) <> count(*)`,
  },
  {
    name: "orders-booked",
    counted: `select count(*) as counted from money_order where entry is not null`,
    offenders: `${wrongWhere(
      "coalesce('order ' || o.number, 'entry ' || e.number)",
      `(select * from money_order where entry is not null) o
    full join (select * from entry where idempotency_key ~ '^order:[^:]+$') e on e.number = o.entry
    left join ${BECOMES} on becomes.kind = o.kind
    left join campaign c on c.id = o.campaign`,
      [
        ["o.id is null", `'was booked for an order that does not say so'`],
        [
          "e.number is null or e.idempotency_key <> 'order:' || o.id",
          `'names entry ' || o.entry || ', which was not booked for it'`,
        ],
        ["not e.kind = any (becomes.entries)", `'became a ' || e.kind`],
        [
          "o.kind = 'reversal' and e.reverses is distinct from (o.matter ->> 'entry')::bigint",
          `'turned another entry round'`,
        ],
        [
          "o.kind = 'refund' and position(convert_to('\"donation\":\"' || o.subject || '\"', 'UTF8') in e.bytes) = 0",
          `'gave another gift back'`,
        ],
      ],
    )}
      union all
      select 'order ' || o.number, 'was to spend ' || (r.value ->> 2) || ' from ' || (r.value ->> 0) || ' ' || (r.value ->> 1) || ', entry ' || o.entry || ' did not'
        from money_order o cross join lateral jsonb_array_elements(o.spending -> 'ranges') as r(value)
        left join account a on a.code = r.value ->> 0
       where o.entry is not null
         and (select coalesce(sum(m.amount), 0) from movement m
               where m.entry = o.entry and m.from_account = a.id and m.from_lo >= (r.value ->> 1)::bigint
                 and m.from_lo + m.amount <= (r.value ->> 1)::bigint + (r.value ->> 2)::bigint) <> (r.value ->> 2)::bigint
      union all
      select 'order ' || o.number, 'its papers do not hold the evidence of entry ' || o.entry
        from money_order o
        left join (select p.order_id, array_agg(f.digest) as digests
                     from order_paper p join office_file f on f.id = p.file group by p.order_id) p on p.order_id = o.id
        left join (select entry, array_agg(digest) as digests from evidence group by entry) v on v.entry = o.entry
       where o.entry is not null and not coalesce(v.digests <@ p.digests, false)`,
  },
  {
    name: "order-papers",
    counted: `select count(*) as counted from order_paper`,
    offenders: wrongWhere(
      "'paper ' || p.n || ' of order ' || coalesce(o.number::text, p.order_id)",
      `order_paper p left join money_order o on o.id = p.order_id
    left join office_file f on f.id = p.file`,
      [
        ["o.id is null", `'belongs to no order'`],
        ["f.id is null", `'is not on file'`],
        [
          "(f.subject_kind, f.subject_id) is distinct from ('order', p.order_id)",
          `'is on file for something else'`,
        ],
        [
          "(f.added_by, f.added_at) is distinct from (p.added_by, p.added_at)",
          `'was filed by another or at another time'`,
        ],
        [
          "not exists (select from dossier_item d where d.kind = o.kind and d.code = p.item)",
          `'answers no item: ' || p.item`,
        ],
      ],
    ),
  },
  {
    name: "refunds-by-gateways",
    counted: `select (select count(*) from gateway_refund) + (select count(*) from gateway_takeback) as counted`,
    offenders: `${wrongWhere(
      "'refund ' || r.key",
      `gateway_refund r full join gateway_refund_outcome o on o.key = r.key
    left join entry h on h.number = r.hold_entry
    left join entry e on e.number = o.entry
    left join donation d on d.code = r.gift
    left join entry g on g.number = d.entry
    left join payment p on p.ref = r.payment
    left join inbox i on i.id = o.inbox`,
      [
        ["r.key is null", `'ended and was never ordered'`],
        [
          "d.code is null or g.idempotency_key is distinct from r.channel || ':' || r.payment",
          `'is of a gift that its payment did not bring'`,
        ],
        ["p.channel is distinct from r.channel", `'is of a payment by ' || p.channel`],
        [
          "h.idempotency_key is distinct from r.key or h.kind <> 'refund'",
          `'names entry ' || r.hold_entry || ', which set nothing aside for it'`,
        ],
        [
          "r.amount <> (select coalesce(sum(m.amount), 0) from movement m where m.entry = r.hold_entry)",
          `'is ' || r.amount || ', set aside was something else'`,
        ],
        [
          "r.request_id <> left(encode(sha256(convert_to('refund ' || r.key, 'UTF8')), 'hex'), 32)",
          `'has not the request id of its key'`,
        ],
        [
          "o.state = 'refunded' and e.kind is distinct from 'chargeback' and e.idempotency_key is distinct from r.key || ':refunded'",
          `'was paid out by entry ' || o.entry || ', which says otherwise'`,
        ],
        [
          "o.state = 'refused' and e.reverses is distinct from r.hold_entry",
          `'was refused, and entry ' || o.entry || ' does not turn it round'`,
        ],
        [
          "o.inbox is not null and (i.id is null or i.provider not in (r.channel || '-refund', r.channel))",
          `'ended by an event that is not kept'`,
        ],
      ],
    )}
      union all
      select 'takeback ' || t.key, 'entry ' || t.entry || ' does not record it'
        from gateway_takeback t left join entry e on e.number = t.entry
       where e.kind is distinct from 'chargeback' or e.idempotency_key is distinct from t.key
          or t.amount <> (select coalesce(sum(m.amount), 0) from movement m where m.entry = t.entry)
          or not exists (select from payment p where p.ref = t.payment)`,
  },
];
