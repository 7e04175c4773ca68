import { sql } from "drizzle-orm";
import { payment } from "./giving.ts";
import { bigint, check, foreignKey, index, integer, pgTable, text } from "drizzle-orm/pg-core";

/** An order to give a gift back through its gateway, kept before the gateway is asked. */
export const gatewayRefund = pgTable(
  "gateway_refund",
  {
    key: text().primaryKey(),
    gift: text().notNull(),
    payment: text().notNull(),
    channel: text().$type<"vnpay" | "stripe">().notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    /** Ours at the gateway, the same in every attempt. */
    requestId: text().notNull().unique("gateway_refund_request_id_key"),
    /** The entry that set the money aside. */
    holdEntry: bigint({ mode: "number" }).notNull(),
    reason: text().notNull(),
    role: text().notNull(),
    orderedAt: bigint({ mode: "number" }).notNull(),
    /** The gateway's own id of the refund, once it took the order. */
    providerRef: text(),
    acceptedAt: bigint({ mode: "number" }),
    asked: integer().notNull().default(0),
    lastAskedAt: bigint({ mode: "number" }),
  },
  (t) => [
    index("gateway_refund_gift").on(t.gift),
    index("gateway_refund_payment").on(t.payment),
    foreignKey({
      name: "gateway_refund_payment_fkey",
      columns: [t.payment],
      foreignColumns: [payment.ref],
    }),
    check("gateway_refund_channel_check", sql`channel in ('vnpay', 'stripe')`),
    check("gateway_refund_amount_check", sql`amount > 0`),
  ],
);

/** What the gateway told at last; append-only. */
export const gatewayRefundOutcome = pgTable(
  "gateway_refund_outcome",
  {
    key: text().primaryKey(),
    state: text().$type<"refunded" | "refused">().notNull(),
    providerCode: text().notNull(),
    /** The entry that paid it out, or that turned the setting aside round. */
    entry: bigint({ mode: "number" }).notNull(),
    inbox: bigint({ mode: "number" }),
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    foreignKey({
      name: "gateway_refund_outcome_key_fkey",
      columns: [t.key],
      foreignColumns: [gatewayRefund.key],
    }),
    check("gateway_refund_outcome_state_check", sql`state in ('refunded', 'refused')`),
  ],
);

/** What a gateway took back without an order of ours; append-only. */
export const gatewayTakeback = pgTable(
  "gateway_takeback",
  {
    key: text().primaryKey(),
    payment: text().notNull(),
    kind: text().$type<"refund" | "dispute">().notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    entry: bigint({ mode: "number" }).notNull(),
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    index("gateway_takeback_payment").on(t.payment),
    foreignKey({
      name: "gateway_takeback_payment_fkey",
      columns: [t.payment],
      foreignColumns: [payment.ref],
    }),
    check("gateway_takeback_kind_check", sql`kind in ('refund', 'dispute')`),
    check("gateway_takeback_amount_check", sql`amount > 0`),
  ],
);
