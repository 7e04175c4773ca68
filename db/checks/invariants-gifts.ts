import { accountCode, CHANNELS } from "#app/domain/ledger/chart.ts";

import { CLOCKS_DIFFER, dayOf, EVENTS, LINE_TEXT, overdue, underWay } from "./gift-sources.ts";
import { type Invariant, ofEntries, wrongWhere } from "./invariant.ts";

/** Kinds of entry by which a gift comes in. */
const GIFT_KINDS = `('donation-reported', 'donation-received', 'direct-gift', 'suspense-received')`;

/** Account from which gifts of each channel come. */
const DONOR_ACCOUNTS = CHANNELS.map((channel) => `('${channel}', '${accountCode.donor(channel)}')`);

/** Whether the public bytes of an entry tell this gift: nothing but that field can be spelt so in JSON. */
const TELLS_GIFT = `position(convert_to('"donation":"' || d.code || '"', 'UTF8') in e.bytes) > 0`;

const givenWithin = (condition: string) => `(select * from donation d where ${condition}) d`;

/** Gifts as rows, the entries that brought them, and what showed them. */
export const GIFT_INVARIANTS: readonly Invariant[] = [
  ofEntries("gifts-follow", (within) => ({
    counted: `select count(*) as counted from donation d where ${within("d.entry")}`,
    offenders: wrongWhere(
      `coalesce('donation ' || d.code, 'entry ' || e.number)`,
      `(select * from entry e where e.kind in ${GIFT_KINDS} and ${within("e.number")}) e
    full join ${givenWithin(within("d.entry"))} on d.entry = e.number
    left join movement m on m.entry = e.number and m.n = 0
    left join account f on f.id = m.from_account
    left join account t on t.id = m.to_account
    left join (values ${DONOR_ACCOUNTS.join(", ")}) as c(channel, code) on c.channel = d.channel`,
      [
        ["d.code is null", `'brought a gift that no row tells'`],
        [
          "e.number is null",
          `'is not the range its entry brought: entry ' || d.entry || ' brings no gift'`,
        ],
        [
          "e.legs <> 1 or (m.to_account, m.to_lo, m.amount) is distinct from (d.account_id, d.lo, d.amount)",
          `'is not the range its entry brought'`,
        ],
        [`not ${TELLS_GIFT}`, `'is not the gift that entry ' || e.number || ' tells'`],
        ["f.code is distinct from c.code", `'came from ' || f.code || ', not by ' || d.channel`],
        [
          `e.kind <> case t.kind when 'clearing' then 'donation-reported' when 'commune' then 'direct-gift'
                                when 'suspense' then 'suspense-received' else 'donation-received' end`,
          `'entered ' || t.code || ' as ' || e.kind`,
        ],
        [
          "d.campaign is distinct from t.campaign",
          `'is of campaign ' || coalesce(d.campaign, 'none') || ', its account of ' || coalesce(t.campaign, 'none')`,
        ],
        [
          `d.pledge is not null and d.code !~ ('^' || d.pledge || '(-[1-9][0-9]*)?$')`,
          `'is of promise ' || d.pledge`,
        ],
        // Later than it came: in a closed period; earlier: its day had not come by our clock.
        [
          `d.received_on <> e.effective_on and e.effective_on <> ${dayOf("e.recorded_at")}`,
          `'came on ' || d.received_on || ', its entry took effect on ' || e.effective_on`,
        ],
        [
          `d.received_on < e.effective_on and not exists (
               select from entry p where p.kind = 'period-close' and p.effective_on >= d.received_on and p.number < e.number)`,
          `'came on ' || d.received_on || ', which no closed period put off to ' || e.effective_on`,
        ],
      ],
    ),
  })),
  ofEntries("gift-requests", (within) => ({
    counted: `select count(*) as counted from donation d where ${within("d.entry")}`,
    offenders: `select 'donation ' || d.code as subject, 'its entry does not answer the request that it keeps' as fact
    from ${givenWithin(within("d.entry"))}
    join entry e on e.number = d.entry
    join movement m on m.entry = e.number and m.n = 0
    join account f on f.id = m.from_account join account t on t.id = m.to_account
    left join (
      select v.entry, string_agg('{"digest":"' || v.digest || '","kind":"' || v.kind || '"}', ',' order by v.n) as papers
        from evidence v where ${within("v.entry")} group by v.entry) v on v.entry = e.number
   where e.request_hash <> sha256(convert_to('{"donation":' || to_json(d.code)::text
           || ',"effectiveOn":"' || to_char(e.effective_on, 'YYYY-MM-DD') || '"' || coalesce(',"evidence":[' || v.papers || ']', '')
           || ',"kind":"' || e.kind || '","legs":[{"amount":' || m.amount || ',"from":"' || f.code || '","to":"' || t.code || '"}]'
           || coalesce(',"reason":"' || e.reason || '"', '') || '}', 'UTF8'))`,
  })),
  ofEntries("gifts-shown-by-bank", (within) => ({
    counted: `select count(*) as counted from donation d where d.channel = 'bank' and ${within("d.entry")}`,
    offenders: wrongWhere(
      `'donation ' || d.code`,
      `${givenWithin(`d.channel = 'bank' and ${within("d.entry")}`)}
    join entry e on e.number = d.entry
    join account t on t.id = d.account_id
    left join evidence v on v.entry = e.number and v.n = 0
    left join opening k on k.digest = v.digest
    left join statement_line l on 'bank:' || l.line_key = e.idempotency_key
    left join bank_account b on b.id = l.bank_account
    left join pledge g on l.rule <= 4 and g.code = l.matched_code
    left join campaign c on l.rule = 5 and c.code = l.matched_code`,
      [
        ["l.id is null", `'has no line of a bank statement'`],
        ["l.amount <> d.amount", `'has ' || d.amount || ', its bank line ' || l.amount`],
        [
          "l.booked_on <> d.received_on",
          `'came on ' || d.received_on || ', by its bank line on ' || l.booked_on`,
        ],
        ["l.direction <> 'credit'", `'came by a bank line that took money out'`],
        [
          "l.gift_key is distinct from e.idempotency_key",
          `'came by a bank line that names another gift'`,
        ],
        [
          "case when d.campaign is null then d.pledge is not null and (l.rule > 4 or d.pledge is distinct from l.matched_code) else d.pledge is distinct from case when l.rule <= 4 then l.matched_code end end",
          `'is of promise ' || coalesce(d.pledge, 'none') || ', its bank line names ' || coalesce(l.matched_code, 'none')`,
        ],
        [
          "d.campaign is not null and d.campaign is distinct from coalesce(g.campaign, c.id)",
          `'is of campaign ' || d.campaign || ', its bank line of ' || coalesce(g.campaign, c.id, 'none')`,
        ],
        [
          `d.campaign is null and l.rule <= 5 and not exists (
               select from attention a where a.kind in ('line-after-end', 'line-wrong-account') and a.subject = l.line_key
                  or a.kind = 'gift-account-closed' and a.subject = e.idempotency_key)`,
          `'waits without a campaign, its bank line names ' || l.matched_code || ', and nobody was told'`,
        ],
        [
          "t.kind <> 'suspense' and t.kind <> case b.owner when 'appeal' then 'fund' else 'commune' end",
          `'entered ' || t.code || ' by an account of the ' || b.owner`,
        ],
        ["k.content is null", `'has no paper that opens its evidence'`],
        [
          `k.content <> convert_to(${LINE_TEXT}, 'UTF8')`,
          `'its paper does not say what its bank line says'`,
        ],
      ],
    ),
  })),
  ofEntries("gifts-shown-by-gateways", (within) => ({
    counted: `select count(*) as counted from donation d where d.channel <> 'bank' and ${within("d.entry")}`,
    offenders: wrongWhere(
      `'donation ' || d.code`,
      `${givenWithin(`d.channel <> 'bank' and ${within("d.entry")}`)}
    join entry e on e.number = d.entry
    join account t on t.id = d.account_id
    left join evidence v on v.entry = e.number and v.n = 0
    left join opening k on k.digest = v.digest
    left join payment p on p.channel || ':' || p.ref = e.idempotency_key
    left join payment_outcome o on o.ref = p.ref
    left join pledge g on g.code = p.pledge
    left join inbox i on i.id = o.inbox`,
      [
        // No machine shows cash: its paper has to.
        ["d.channel = 'cash' and k.digest is null", `'came in cash and has no paper'`],
        ["d.channel = 'cash'", "null"],
        ["p.ref is null", `'has no payment'`],
        [
          "o.state is distinct from 'paid'",
          `'its payment is ' || coalesce(o.state, 'without an end')`,
        ],
        ["p.amount <> d.amount", `'has ' || d.amount || ', its payment ' || p.amount`],
        ["p.channel <> d.channel", `'came by ' || d.channel || ', its payment by ' || p.channel`],
        [
          "p.pledge is distinct from d.pledge",
          `'is of promise ' || coalesce(d.pledge, 'none') || ', its payment of ' || p.pledge`,
        ],
        [
          "d.campaign is not null and g.campaign is distinct from d.campaign",
          `'is of campaign ' || d.campaign || ', its promise of ' || coalesce(g.campaign, 'none')`,
        ],
        ["t.kind not in ('clearing', 'suspense')", `'entered ' || t.code`],
        ["i.id is null", `'no kept event told of it'`],
        [
          `d.received_on not between ${dayOf(`i.received_at - ${CLOCKS_DIFFER}`)} and ${dayOf(`e.recorded_at + ${CLOCKS_DIFFER}`)}`,
          `'came on ' || d.received_on || ', its event on ' || ${dayOf("i.received_at")}`,
        ],
        ["k.content is null", `'has no paper that opens its evidence'`],
        ["k.content <> i.body", `'its paper does not say what its event says'`],
      ],
    ),
  })),
  {
    name: "bank-lines",
    counted: `select count(*) as counted from statement_line`,
    offenders: wrongWhere(
      `'bank line ' || l.id`,
      `(select f.*, row_number() over (partition by f.facts order by f.id) as same
        from (select l.*, b.number, b.valid_from, encode(sha256(convert_to(${LINE_TEXT}, 'UTF8')), 'hex') as facts
                from statement_line l left join bank_account b on b.id = l.bank_account offset 0) f) l
    left join entry e on e.idempotency_key = l.gift_key`,
      [
        ["l.number is null", `'is of an account that is not official: ' || l.bank_account`],
        [
          "l.line_key <> encode(sha256(convert_to(l.facts || ' ' || l.same, 'UTF8')), 'hex')",
          `'its key is not that of what it says'`,
        ],
        ["l.booked_on < l.valid_from", `'came before its account was official'`],
        [
          "l.gift_key is distinct from case when l.direction = 'credit' and l.rule <> 0 then 'bank:' || l.line_key end",
          `'names gift ' || coalesce(l.gift_key, 'none')`,
        ],
        [
          "(l.matched_code is not null) <> (l.rule between 2 and 5)",
          `'was matched by rule ' || l.rule || ' to ' || coalesce(l.matched_code, 'nothing')`,
        ],
        [
          `l.gift_key is not null and e.number is null and ${overdue("l.imported_at")} and not ${underWay("l.gift_key")}`,
          `'its gift was never booked'`,
        ],
        [
          `l.direction = 'debit' and l.needs_look
             and not exists (select from attention t where t.kind = 'line-reversed' and t.subject = l.line_key)`,
          `'takes money back and nobody was told'`,
        ],
      ],
    ),
  },
  {
    name: "promises-confirmed",
    counted: `select count(*) as counted from pledge_confirmation`,
    offenders: wrongWhere(
      `'confirmation of ' || k.pledge`,
      `pledge_confirmation k left join pledge p on p.code = k.pledge`,
      [
        ["p.code is null", `'is of no promise'`],
        ["p.intent <> 'promised'", `'is of a gift to be paid at once'`],
        [
          `k.confirmed_at + ${CLOCKS_DIFFER} < p.created_at`,
          `'is older than the promise it stands for'`,
        ],
        [
          `k.way = 'before' and not exists (select from donation d where d.pledge = k.pledge)`,
          `'counts as begun to be paid, and nothing was'`,
        ],
      ],
    ),
  },
  {
    name: "payments-settled",
    counted: `select count(*) as counted from payment`,
    offenders: wrongWhere(
      `'payment ' || coalesce(p.ref, o.ref)`,
      `payment p full join payment_outcome o on o.ref = p.ref
    left join pledge g on g.code = p.pledge
    left join ${EVENTS} i on i.id = o.inbox
    left join entry e on e.idempotency_key = p.channel || ':' || p.ref`,
      [
        ["p.ref is null", `'has an end and was never begun'`],
        ["g.code is null", `'is of no promise: ' || p.pledge`],
        ["p.ref !~ ('^' || p.pledge || '-[1-9][0-9]*$')", `'is not of promise ' || p.pledge`],
        ["o.state is null and e.number is not null", `'is booked and has no end'`],
        ["o.ref is null", "null"],
        ["o.state <> 'paid' and e.number is not null", `'is booked and was ' || o.state`],
        [
          `o.state = 'paid' and e.number is null and not ${underWay("p.channel || ':' || p.ref")}`,
          `'was paid and its gift never booked'`,
        ],
        ["i.id is null", `'no kept, signed event told its end'`],
        [
          `o.state = 'held' and not exists (select from attention a where a.kind = 'payment-held' and a.subject = p.ref)`,
          `'is held, and nobody was told'`,
        ],
        [
          "i.provider <> p.channel and i.provider <> p.channel || '-query'",
          `'was ended by an event of ' || i.provider`,
        ],
        [
          "i.ref is distinct from p.ref",
          `'was ended by an event about ' || coalesce(i.ref, 'nothing')`,
        ],
        [
          "i.state is distinct from o.state",
          `'is ' || o.state || ', its event tells ' || coalesce(i.state, 'nothing')`,
        ],
        [
          "o.state = 'paid' and i.amount is distinct from p.amount",
          `'is ' || p.amount || ', its event tells ' || i.amount`,
        ],
        [
          "i.code is distinct from o.provider_code",
          `'keeps code ' || o.provider_code || ', its event tells ' || i.code`,
        ],
        [
          "i.transaction is distinct from o.provider_transaction",
          `'keeps transaction ' || coalesce(o.provider_transaction, 'none') || ', its event tells ' || coalesce(i.transaction, 'none')`,
        ],
        [
          `i.answer not in ('00', 'settled') or i.answer is null and ${overdue("o.at")}`,
          `'its event was answered ' || coalesce(i.answer, 'by nobody')`,
        ],
        [
          `o.at + ${CLOCKS_DIFFER} < greatest(i.received_at, p.created_at) or p.expires_at <= p.created_at`,
          `'its times do not follow one another'`,
        ],
      ],
    ),
  },
  {
    name: "events-answered",
    counted: `select count(*) as counted from inbox`,
    offenders: `${wrongWhere(
      `'event ' || i.id`,
      `${EVENTS} i left join payment_outcome o on o.ref = i.ref
    left join payment p on p.ref = i.ref`,
      [
        [`i.answer is null and ${overdue("i.received_at")}`, `'nobody answered it'`],
        [
          "i.provider = 'vnpay' and i.event_key <> encode(sha256(i.body), 'hex')",
          `'its key is not that of its bytes'`,
        ],
        [
          "i.provider = 'vnpay-query' and i.event_key is distinct from i.ref",
          `'is about ' || i.ref || ', not ' || i.event_key`,
        ],
        [
          "i.provider = 'stripe' and position('\"id\":\"' || i.event_key || '\"' in regexp_replace(encode(i.body, 'escape'), '\\s', '', 'g')) = 0",
          `'its key is not that of its bytes'`,
        ],
        [
          "i.answer in ('00', '02') and i.provider = 'vnpay' and o.ref is null",
          `'was answered ' || i.answer || ', its payment has no end'`,
        ],
        [
          "i.answer in ('settled', 'repeated') and i.state is not null and i.provider <> 'vnpay' and o.ref is null",
          `'was answered ' || i.answer || ', its payment has no end'`,
        ],
        [
          "i.answer in ('00', 'settled') and i.state is not null and o.inbox is distinct from i.id",
          `'was answered ' || i.answer || ', its payment was ended by event ' || o.inbox`,
        ],
        [
          `i.answer in ('04', 'raised') and not exists (
               select from attention a where a.kind ~ '^(payment|refund)-' and position(convert_to(a.subject, 'UTF8') in i.body) > 0)`,
          `'was answered ' || i.answer || ', and nobody was told'`,
        ],
        [
          `i.state in ('paid', 'held') and o.state <> 'paid' and o.state <> i.state and i.answer in ('02', 'repeated') and not exists (
               select from attention a where a.kind = 'payment-after-end' and a.subject = i.ref)`,
          `'tells ' || i.state || ' of a payment that was ' || o.state || ', and nobody was told'`,
        ],
        [
          "i.answer in ('00', '02') and i.provider = 'vnpay' and i.amount is distinct from p.amount",
          `'tells ' || i.amount || ', its payment is ' || p.amount`,
        ],
      ],
    )}
      union all
      select 'event ' || a.inbox, 'was answered and is not kept'
        from inbox_answer a where not exists (select from inbox i where i.id = a.inbox)
      union all
      select 'event ' || t.inbox, 'is counted ' || t.times || ' times and is not kept'
        from inbox_told t where not exists (select from inbox i where i.id = t.inbox and i.provider = t.provider)`,
  },
];
