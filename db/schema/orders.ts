import {
  bigint,
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";

import type { OrderState, OrderStep } from "#app/domain/orders/order.ts";
import type { MoneyKind } from "#app/domain/people/office-act.ts";

/** Where a money order stands now; its history are its steps. Two people is a rule of the table too. */
export const moneyOrder = pgTable("money_order", {
  id: text().primaryKey(),
  /** Public number, from 1. */
  number: integer().notNull().unique(),
  kind: text().$type<MoneyKind>().notNull(),
  state: text().$type<OrderState>().notNull(),
  version: integer().notNull(),
  /** What is asked; amounts as decimal text. */
  matter: jsonb().notNull(),
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
  bookedBy: text().array().notNull(),
  requestedAt: bigint({ mode: "number" }).notNull(),
  changedAt: bigint({ mode: "number" }).notNull(),
  /** Organisation. */
  requestedFor: text().notNull(),
  approvedFor: text(),
  approvedAt: bigint({ mode: "number" }),
  /** Numbers it would spend. */
  spending: jsonb().notNull(),
  entry: bigint({ mode: "number" }).unique(),
  searchText: text().notNull(),
});

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
    matter: jsonb(),
    amount: bigint({ mode: "bigint" }),
    entry: bigint({ mode: "number" }),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.n] })],
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
  (t) => [primaryKey({ columns: [t.orderId, t.n] })],
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
    paper: text().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    legalSource: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.source, t.code, t.validFrom] })],
);
