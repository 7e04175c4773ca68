import type { Writing } from "#app/domain/acts/act.ts";
import type { PaymentInFull } from "#app/domain/payments/ports.ts";
import type { GatewayActStores, GatewayRefund, GatewayRefunds } from "#app/domain/refunds/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { campaignTermsStore } from "./campaign-terms.ts";
import type { BookMaking } from "./book-clock.ts";
import { giftRangesStore } from "./gift-ranges.ts";
import { ledgerStore } from "./ledger.ts";
import { openingsStore } from "./openings.ts";
import { paymentsStore } from "./payments.ts";
import { placesStore } from "./places.ts";

interface RefundRow {
  key: string;
  gift: string;
  payment: string;
  channel: GatewayRefund["channel"];
  amount: bigint;
  request_id: string;
  hold_entry: bigint;
  reason: GatewayRefund["reason"];
  role: string;
  ordered_at: bigint;
  provider_ref: string | null;
  accepted_at: bigint | null;
  asked: number;
  last_asked_at: bigint | null;
  state: "refunded" | "refused" | null;
  provider_code: string | null;
  entry: bigint | null;
  inbox: bigint | null;
  at: bigint | null;
}

const IN_FULL = `select r.*, o.state, o.provider_code, o.entry, o.inbox, o.at
  from gateway_refund r left join gateway_refund_outcome o on o.key = r.key`;

/** Refunds through gateways, and what gateways took back by themselves. */
export function gatewayRefundsStore(db: Db): GatewayRefunds {
  const refunds = async (rest: string, params: unknown[]) =>
    (await db.rows<RefundRow>(`${IN_FULL} ${rest}`, params)).map(inFull);
  const payments = paymentsStore(db);
  const paymentOf = async (
    sqlText: string,
    params: unknown[],
  ): Promise<PaymentInFull | undefined> => {
    const [row] = await db.rows<{ ref: string }>(sqlText, params);
    return row && payments.find(row.ref);
  };

  return {
    find: async (key) => (await refunds(`where r.key = $1`, [key]))[0],
    byRequest: async (id) => (await refunds(`where r.request_id = $1`, [id]))[0],
    ofPayment: (ref) => refunds(`where r.payment = $1 order by r.ordered_at, r.key`, [ref]),
    open: (limit) =>
      refunds(
        `where o.key is null order by coalesce(r.last_asked_at, 0), r.ordered_at, r.key limit $1::integer`,
        [limit],
      ),

    async add(refund) {
      // Drizzle names every column of a table; the site may add these alone (`db/rights.ts`).
      await db.rows(
        `insert into gateway_refund (key, gift, payment, channel, amount, request_id, hold_entry, reason, role, ordered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          refund.key,
          refund.gift,
          refund.payment,
          refund.channel,
          refund.amount,
          refund.requestId,
          refund.holdEntry,
          refund.reason,
          refund.role,
          refund.orderedAt,
        ],
      );
    },

    async asking(key, at) {
      const { orm, t, op } = await building(db);
      const r = t.gatewayRefund;
      await orm
        .update(t.gatewayRefund)
        .set({ asked: op.sql`${r.asked} + 1`, lastAskedAt: at })
        .where(op.eq(r.key, key));
    },

    async accepted(key, at, providerRef) {
      const { orm, t, op } = await building(db);
      const r = t.gatewayRefund;
      await orm
        .update(t.gatewayRefund)
        .set({
          acceptedAt: op.sql`coalesce(${r.acceptedAt}, ${at})`,
          providerRef: op.sql`coalesce(${r.providerRef}, ${providerRef ?? null})`,
        })
        .where(op.eq(r.key, key));
    },

    async close(key, outcome) {
      const { orm, t } = await building(db);
      const rows = await orm
        .insert(t.gatewayRefundOutcome)
        .values({ key, ...outcome })
        .onConflictDoNothing({ target: t.gatewayRefundOutcome.key })
        .returning({ key: t.gatewayRefundOutcome.key });
      return rows.length === 1;
    },

    // A gateway's gift is booked under the key of its payment.
    paymentOfGift: (gift) =>
      paymentOf(
        `select p.ref from donation d join entry e on e.number = d.entry
           join payment p on e.idempotency_key = p.channel || ':' || p.ref where d.code = $1`,
        [gift],
      ),

    async giftOfPayment(ref) {
      const [row] = await db.rows<{ code: string }>(
        `select d.code from payment p join entry e on e.idempotency_key = p.channel || ':' || p.ref
           join donation d on d.entry = e.number where p.ref = $1`,
        [ref],
      );
      return row?.code;
    },

    paymentOfTransaction: (channel, transaction) =>
      paymentOf(
        `select p.ref from payment_outcome o join payment p on p.ref = o.ref
          where o.provider_transaction = $2 and p.channel = $1 order by o.at limit 1`,
        [channel, transaction],
      ),

    async takeBacks(ref) {
      const { orm, t, op } = await building(db);
      const { payment, entry } = t.gatewayTakeback;
      return orm.select().from(t.gatewayTakeback).where(op.eq(payment, ref)).orderBy(entry);
    },

    async addTakeBack(taken) {
      const { orm, t } = await building(db);
      await orm
        .insert(t.gatewayTakeback)
        .values(taken)
        .onConflictDoNothing({ target: t.gatewayTakeback.key });
    },
  };
}

/** Acts on gateway money, one at a time: the lock of the ledger's head is taken before the first look. */
export function gatewayActs(db: Db, making: BookMaking): Writing<GatewayActStores> {
  return {
    write: (work) =>
      db.begin(async (tx) => {
        await tx.rows(`select from ledger_head where one for update`);
        return work({
          ledger: ledgerStore(tx, making),
          openings: openingsStore(tx),
          giftRanges: giftRangesStore(tx),
          campaignTerms: campaignTermsStore(tx),
          places: placesStore(tx),
          gatewayRefunds: gatewayRefundsStore(tx),
        });
      }),
  };
}

function inFull(row: RefundRow): GatewayRefund {
  return {
    key: row.key,
    gift: row.gift,
    payment: row.payment,
    channel: row.channel,
    amount: row.amount,
    requestId: row.request_id,
    holdEntry: Number(row.hold_entry),
    reason: row.reason,
    role: row.role,
    orderedAt: Number(row.ordered_at),
    ...(row.provider_ref === null ? {} : { providerRef: row.provider_ref }),
    ...(row.accepted_at === null ? {} : { acceptedAt: Number(row.accepted_at) }),
    asked: row.asked,
    ...(row.last_asked_at === null ? {} : { lastAskedAt: Number(row.last_asked_at) }),
    ...(row.state === null
      ? {}
      : {
          outcome: {
            state: row.state,
            providerCode: row.provider_code ?? "",
            entry: Number(row.entry ?? 0n),
            ...(row.inbox === null ? {} : { inbox: Number(row.inbox) }),
            at: Number(row.at ?? 0n),
          },
        }),
  };
}
