import type {
  AccountBalance,
  AttentionDesk,
  ReconcileReading,
  SuspenseGift,
} from "#app/domain/bank-lines/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** Bank and books side by side, and what waits for a person. */
export function reconcileStore(db: Db): ReconcileReading {
  return {
    async accounts() {
      const rows = await db.rows<AccountBalance>(ACCOUNTS);
      return rows.map((row) => ({ ...row, holder: row.holder ?? "", number: row.number ?? "" }));
    },
    async suspense(from, most) {
      const rows = await db.rows<
        Omit<SuspenseGift, "order"> & { orderId: string | null; orderNumber: number | null }
      >(SUSPENSE, [from, most]);
      return rows.map(({ orderId, orderNumber, ...row }) => ({
        ...row,
        order:
          orderId === null || orderNumber === null ? null : { id: orderId, number: orderNumber },
      }));
    },
    async suspenseCount() {
      const [row] = await db.rows<{ count: number }>(
        `select count(*)::integer as count from (${RESTING}) r`,
      );
      return row?.count ?? 0;
    },
    async attentionCount() {
      const { orm, t, op } = await building(db);
      return orm.$count(t.attention, op.isNull(t.attention.closedAt));
    },
    async attention(from, most) {
      const { orm, t, op } = await building(db);
      const { id, kind, subject, facts, raisedAt, closedAt } = t.attention;
      const rows = await orm
        .select({ id, kind, subject, facts, raisedAt })
        .from(t.attention)
        .where(op.isNull(closedAt))
        .orderBy(raisedAt, id)
        .offset(from)
        .limit(most);
      return rows.map((row) => ({
        ...row,
        // Written by `Attention.raise` only: an object of texts.
        facts: JSON.parse(row.facts) as Record<string, string>,
      }));
    },
    async linesSince(account, at, most) {
      const { orm, t, op } = await building(db);
      const l = t.statementLine;
      return orm
        .select({
          key: l.lineKey,
          bookedOn: l.bookedOn,
          reference: l.reference,
          direction: l.direction,
          amount: l.amount,
          rule: l.rule,
          code: l.matchedCode,
          needsLook: l.needsLook,
        })
        .from(t.statementLine)
        .where(op.and(op.eq(l.bankAccount, account), op.gte(l.importedAt, at)))
        .orderBy(l.id)
        .limit(most);
    },
    async countSince(account, at) {
      const { orm, t, op } = await building(db);
      const { bankAccount, importedAt } = t.statementLine;
      const since = op.and(op.eq(bankAccount, account), op.gte(importedAt, at));
      return orm.$count(t.statementLine, since);
    },
  };
}

/** Closing what was looked at. */
export function attentionDeskStore(db: Db): AttentionDesk {
  return {
    async close(id, { outcome, by, note, at }) {
      const { orm, t, op } = await building(db);
      const rows = await orm
        .update(t.attention)
        .set({ closedAt: at, outcome, closedBy: by, note })
        .where(op.and(op.eq(t.attention.id, id), op.isNull(t.attention.closedAt)))
        .returning({ id: t.attention.id });
      return rows.length > 0;
    },
  };
}

/** Gifts that rest in suspense whole: their numbers are still on its axis. */
const RESTING = `select d.code, d.amount, d.received_on, d.entry, substr(a.code, 10) as account
    from donation d join account a on a.id = d.account_id and a.kind = 'suspense'
   where exists (select 1 from free_range f
                  where f.account_id = d.account_id and f.lo <= d.lo and coalesce(f.hi, 9223372036854775807) >= d.lo + d.amount)`;

// The appeal's accounts stand together: a fund says of which of them its money came, not on which it is.
const ACCOUNTS = `
  with line as (
    select l.bank_account, sum(case when l.direction = 'credit' then l.amount else -l.amount end)::bigint as net,
           count(*)::integer as lines, max(l.booked_on) as last_on
      from statement_line l group by l.bank_account
  ), booked as (
    select l.bank_account, sum(m.amount)::bigint as amount
      from statement_line l
      join entry e on e.idempotency_key = l.gift_key
      join movement m on m.entry = e.number and m.n = 0
     group by l.bank_account
  ), resting as (${RESTING}), held as (
    select coalesce(sum(s.received - s.sent), 0)::bigint as amount
      from account a join account_state s on s.account_id = a.id
     where a.kind in ('fund', 'refund', 'reserve')
        or a.kind = 'suspense' and exists (select 1 from bank_account b where 'suspense:' || b.id = a.code and b.owner = 'appeal')
  ), one as (
    select case when b.owner = 'appeal' then 'appeal' else b.id end as account, b.owner, b.id, b.holder, b.number,
           coalesce(l.net, 0) as net, coalesce(l.lines, 0) as lines, l.last_on, coalesce(k.amount, 0) as booked
      from bank_account b left join line l on l.bank_account = b.id left join booked k on k.bank_account = b.id
  )
  select o.account, o.owner, string_agg(distinct o.holder, '; ') as holder, string_agg(distinct o.number, '; ') as number,
         sum(o.net)::bigint as bank,
         case when o.owner = 'appeal' then (select amount from held) else sum(o.booked)::bigint end as ledger,
         max(o.last_on)::text as "lastOn", sum(o.lines)::integer as lines,
         (select count(*)::integer from resting r where r.account in (select x.id from one x where x.account = o.account)) as unmatched,
         (select coalesce(sum(r.amount), 0)::bigint from resting r
           where r.account in (select x.id from one x where x.account = o.account)) as "unmatchedSum",
         (select min(r.received_on)::text from resting r
           where r.account in (select x.id from one x where x.account = o.account)) as "oldestUnmatched"
    from one o group by o.account, o.owner order by o.owner, o.account`;

const SUSPENSE = `
  with resting as (${RESTING} order by d.received_on, d.code offset $1::integer limit $2::integer)
  select r.code as gift, r.account, r.amount, r.received_on::text as "receivedOn", l.text,
         o.id as "orderId", o.number as "orderNumber"
    from resting r join entry e on e.number = r.entry
    left join statement_line l on l.gift_key = e.idempotency_key
    left join lateral (
      select id, number from money_order
       where subject = r.code and state in ('requested', 'sent-back', 'approved') order by number limit 1) o on true
   order by r.received_on, r.code`;
