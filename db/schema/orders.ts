import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";

import type { PaperKind } from "#app/domain/acts/paper.ts";
import type { OrderState, OrderStep } from "#app/domain/orders/order.ts";
import type { MoneyKind } from "#app/domain/people/office-act.ts";

/** Where a money order stands now; its history are its steps. Two people is a rule of the table too. */
export const moneyOrder = pgTable(
  "money_order",
  {
    id: text().primaryKey(),
    /** Public number, from 1. */
    number: integer().notNull().unique("money_order_number_key"),
    kind: text().$type<MoneyKind>().notNull(),
    state: text().$type<OrderState>().notNull(),
    version: integer().notNull(),
    /** What is asked; amounts as decimal text. */
    matter: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    /** đồng */
    amount: bigint({ mode: "bigint" }).notNull(),
    campaign: text(),
    commune: text(),
    communes: text().array().notNull(),
    district: text(),
    twin: text(),
    /** Gift, animal or entry it is about, where it is about one. */
    subject: text(),
    preparedBy: text().array().notNull(),
    approvedBy: text().array().notNull(),
    bookedBy: text().array().notNull().default([]),
    requestedAt: bigint({ mode: "number" }).notNull(),
    changedAt: bigint({ mode: "number" }).notNull(),
    /** Organisation. */
    requestedFor: text().notNull(),
    approvedFor: text(),
    approvedAt: bigint({ mode: "number" }),
    /** Numbers it would spend. */
    spending: jsonb().notNull(),
    entry: bigint({ mode: "number" }).unique("money_order_entry_key"),
    searchText: text().notNull(),
  },
  (t) => [
    index("money_order_state").on(t.state, t.changedAt),
    index("money_order_campaign").on(t.campaign),
    index("money_order_subject")
      .on(t.subject)
      .where(sql`subject is not null`),
    check("money_order_number_check", sql`number > 0`),
    check(
      "money_order_kind_check",
      sql`kind in ('disbursement', 'advance', 'return', 'refund', 'redesignation', 'write-off', 'reversal')`,
    ),
    check(
      "money_order_state_check",
      sql`state in ('requested', 'sent-back', 'approved', 'booked', 'cancelled', 'refused')`,
    ),
    check("money_order_version_check", sql`version > 0`),
    check("money_order_amount_check", sql`amount >= 0`),
    check("booked_has_entry", sql`(state = 'booked') = (entry is not null)`),
    check(
      "approved_by_somebody",
      sql`state not in ('approved', 'booked') or cardinality(approved_by) > 0`,
    ),
    check("somebody_asked", sql`cardinality(prepared_by) > 0`),
    check("two_people", sql`not (prepared_by && approved_by)`),
    // These two do not hold the rows of before (0018_a).
    check("three_people", sql`not (booked_by && prepared_by) and not (booked_by && approved_by)`),
    check("booked_by_somebody", sql`(state = 'booked') = (cardinality(booked_by) > 0)`),
  ],
);

/** One step of an order. Append-only. */
export const orderStep = pgTable(
  "order_step",
  {
    orderId: text().notNull(),
    n: integer().notNull(),
    step: text().$type<OrderStep>().notNull(),
    version: integer().notNull(),
    at: bigint({ mode: "number" }).notNull(),
    person: text().notNull(),
    role: text().notNull(),
    organisation: text().notNull(),
    reason: text(),
    note: text().notNull(),
    matter: jsonb().$type<Readonly<Record<string, unknown>>>(),
    amount: bigint({ mode: "bigint" }),
    entry: bigint({ mode: "number" }),
  },
  (t) => [
    primaryKey({ name: "order_step_pkey", columns: [t.orderId, t.n] }),
    check(
      "order_step_step_check",
      sql`step in ('request', 'change', 'send-back', 'approve', 'refuse', 'book', 'cancel')`,
    ),
  ],
);

/** A paper of an order; the last one of an item stands. Append-only. */
export const orderPaper = pgTable(
  "order_paper",
  {
    orderId: text().notNull(),
    n: integer().notNull(),
    item: text().notNull(),
    /** Id in the register of files. */
    file: text().notNull(),
    addedBy: text().notNull(),
    addedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ name: "order_paper_pkey", columns: [t.orderId, t.n] })],
);

/** A paper that an order needs, by the source of its money; dated. */
export const dossierItem = pgTable(
  "dossier_item",
  {
    kind: text().$type<MoneyKind>().notNull(),
    source: text().notNull(),
    code: text().notNull(),
    n: integer().notNull(),
    titleVi: text().notNull(),
    titleEn: text().notNull(),
    beforeStep: text().$type<"approve" | "book">().notNull(),
    required: boolean().notNull(),
    paper: text().$type<PaperKind>().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    legalSource: text().notNull(),
  },
  (t) => [
    primaryKey({ name: "dossier_item_pkey", columns: [t.kind, t.source, t.code, t.validFrom] }),
    check("dossier_item_before_step_check", sql`before_step in ('approve', 'book')`),
  ],
);

/** What anybody may know of an order: offices, never people. Written by hand in 0008_orders.sql. */
export const orderPublic = pgView("order_public", {
  number: integer().notNull(),
  kind: text().$type<MoneyKind>().notNull(),
  state: text().$type<OrderState>().notNull(),
  campaign: text(),
  commune: text(),
  amount: bigint({ mode: "bigint" }).notNull(),
  requestedOn: date().notNull(),
  requestedFor: text().notNull(),
  approvedOn: date(),
  approvedFor: text(),
  entry: bigint({ mode: "number" }),
}).existing();
