import type {
  Outcome,
  PayablePledge,
  Payment,
  PaymentInFull,
  Payments,
} from "#app/domain/payments/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

interface PaymentRow {
  ref: string;
  pledge: string;
  channel: Payment["channel"];
  amount: bigint;
  created_at: bigint;
  expires_at: bigint;
  provider_ref: string | null;
  campaign: string;
  state: Outcome["state"] | null;
  provider_code: string | null;
  provider_transaction: string | null;
  inbox: bigint | null;
  at: bigint | null;
}

const IN_FULL = `select p.ref, p.pledge, p.channel, p.amount, p.created_at, p.expires_at, p.provider_ref,
    g.campaign, o.state, o.provider_code, o.provider_transaction, o.inbox, o.at
  from payment p join pledge g on g.code = p.pledge left join payment_outcome o on o.ref = p.ref`;

/** Payments and their final states. */
export function paymentsStore(db: Db): Payments {
  return {
    async pledge(code) {
      const [row] = await db.rows<PayablePledge>(
        `select g.code, g.campaign, g.amount, g.state,
                (select least(c.ends_on, c.closed_on)::text from campaign c where c.id = g.campaign) as "lastDay",
                (select coalesce(sum(d.amount), 0)::bigint from donation d where d.pledge = g.code) as received
           from pledge g where g.code = $1`,
        [code],
      );
      return row;
    },

    async open(payment) {
      const rows = await db.rows(
        `insert into payment (ref, pledge, channel, amount, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (ref) do nothing returning ref`,
        [
          payment.ref,
          payment.pledge,
          payment.channel,
          payment.amount,
          payment.createdAt,
          payment.expiresAt,
        ],
      );
      return rows.length === 1;
    },

    async attempts(pledge) {
      const rows = await db.rows<PaymentRow>(
        `${IN_FULL} where p.pledge = $1 order by p.created_at, length(p.ref), p.ref`,
        [pledge],
      );
      return rows.map(inFull);
    },

    async sent(ref, providerRef) {
      const { orm, t, op } = await building(db);
      await orm.update(t.payment).set({ providerRef }).where(op.eq(t.payment.ref, ref));
    },

    async find(ref) {
      const [row] = await db.rows<PaymentRow>(`${IN_FULL} where p.ref = $1`, [ref]);
      return row && inFull(row);
    },

    async close(ref, outcome) {
      const { orm, t } = await building(db);
      const rows = await orm
        .insert(t.paymentOutcome)
        .values({ ref, ...outcome })
        .onConflictDoNothing({ target: t.paymentOutcome.ref })
        .returning({ ref: t.paymentOutcome.ref });
      return rows.length === 1;
    },

    async unsettled(moment, most, limit) {
      const rows = await db.rows<PaymentRow & { asked: number }>(
        `select * from (
           select p.ref, p.pledge, p.channel, p.amount, p.created_at, p.expires_at, p.provider_ref, g.campaign,
                  null as state, null as provider_code, null as provider_transaction, null::bigint as inbox, null::bigint as at,
                  (select count(*)::integer from inbox i where i.provider = 'vnpay-query' and i.event_key = p.ref) as asked
             from payment p join pledge g on g.code = p.pledge
            where p.channel = 'vnpay' and p.expires_at <= $1
              and not exists (select from payment_outcome o where o.ref = p.ref)
         ) open where asked < $2 order by expires_at, ref limit $3`,
        [moment, most, limit],
      );
      return rows.map((row) => ({ payment: inFull(row), asked: row.asked }));
    },
  };
}

function inFull(row: PaymentRow): PaymentInFull {
  return {
    ref: row.ref,
    pledge: row.pledge,
    channel: row.channel,
    amount: row.amount,
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    ...(row.provider_ref === null ? {} : { providerRef: row.provider_ref }),
    campaign: row.campaign,
    ...(row.state === null ? {} : { outcome: outcomeOf(row, row.state) }),
  };
}

function outcomeOf(row: PaymentRow, state: Outcome["state"]): Outcome {
  return {
    state,
    providerCode: row.provider_code ?? "",
    ...(row.provider_transaction === null ? {} : { providerTransaction: row.provider_transaction }),
    ...(row.inbox === null ? {} : { inbox: Number(row.inbox) }),
    at: Number(row.at ?? 0),
  };
}
