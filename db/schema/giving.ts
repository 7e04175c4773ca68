import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";

import type { AttentionKind } from "#app/domain/payments/ports.ts";

import { bytea } from "./bytea.ts";

/** A promise to give, or a gift about to be paid: one reference code for all its payments. Private: holds names. */
export const pledge = pgTable(
  "pledge",
  {
    code: text().primaryKey(),
    campaign: text().notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    /** `now`: on the way to pay, not yet a promise; `promised`: counts as pledged once confirmed, until it is over. */
    intent: text().$type<"now" | "promised">().notNull(),
    /** Day promised for; null when `now`. */
    promisedOn: date(),
    donorKind: text().$type<"person" | "organisation">().notNull(),
    /** As typed, NFC; empty when the donor gave none. */
    donorName: text().notNull(),
    /** The donor chose to have the name shown. */
    namePublic: boolean().notNull(),
    channel: text().$type<"bank" | "vnpay" | "stripe">().notNull(),
    locale: text().notNull(),
    createdAt: bigint({ mode: "number" }).notNull(),
    state: text().$type<"open" | "withdrawn" | "expired">().notNull(),
    /** Made by the form before the first send: a double click is one pledge. */
    formKey: text().notNull().unique(),
  },
  (t) => [index("pledge_campaign").on(t.campaign)],
);

/** Who stands for a promise, written once: from then on it counts as pledged. */
export const pledgeConfirmation = pgTable(
  "pledge_confirmation",
  {
    /** Code of the promise. */
    pledge: text().primaryKey(),
    /** `before`: made when none was asked to confirm, and paid in part by then. */
    way: text().$type<"link" | "person" | "office" | "before">().notNull(),
    /** Whoever was signed in; null where nobody was. */
    person: text(),
    /** What the official heard; private, empty elsewhere. */
    note: text().notNull(),
    confirmedAt: bigint({ mode: "number" }).notNull(),
  },
  () => [
    check("pledge_confirmation_way_check", sql`way in ('link', 'person', 'office', 'before')`),
    check("known_hand", sql`(person is not null) = (way in ('person', 'office'))`),
    check("noted_by_office", sql`way = 'office' or note = ''`),
  ],
);

/** One attempt to pay a pledge through a gateway. */
export const payment = pgTable(
  "payment",
  {
    /** Our reference at the gateway: pledge code, hyphen, attempt. */
    ref: text().primaryKey(),
    pledge: text().notNull(),
    channel: text().$type<"vnpay" | "stripe">().notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    createdAt: bigint({ mode: "number" }).notNull(),
    expiresAt: bigint({ mode: "number" }).notNull(),
    /** The gateway's own id (Stripe session), when it gave one. */
    providerRef: text(),
  },
  (t) => [index("payment_pledge").on(t.pledge), index("payment_provider").on(t.providerRef)],
);

/** The final state of a payment, written once: its key decides between two equal notices. */
export const paymentOutcome = pgTable(
  "payment_outcome",
  {
    ref: text().primaryKey(),
    state: text().$type<"paid" | "failed" | "held">().notNull(),
    /** The gateway's code for it, raw. */
    providerCode: text().notNull(),
    providerTransaction: text(),
    inbox: bigint({ mode: "number" }),
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    index("payment_outcome_transaction")
      .on(t.providerTransaction)
      .where(sql`provider_transaction is not null`),
  ],
);

/** Every event from a bank or gateway as it came; append-only. */
export const inbox = pgTable(
  "inbox",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    provider: text().notNull(),
    /** The provider's own id of the event, or a digest of its bytes. A signed notice told again is counted in `inbox_told`. */
    eventKey: text().notNull(),
    receivedAt: bigint({ mode: "number" }).notNull(),
    body: bytea().notNull(),
    signatureValid: boolean().notNull(),
  },
  (t) => [index("inbox_event").on(t.provider, t.eventKey)],
);

/** How often a signed event was told: one row for each, whose first stands in `inbox`. */
export const inboxTold = pgTable(
  "inbox_told",
  {
    provider: text().notNull(),
    /** SHA-256 of what was signed, hexadecimal. */
    identity: text().notNull(),
    inbox: bigint({ mode: "number" }).notNull(),
    times: bigint({ mode: "number" }).notNull(),
    lastAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ name: "inbox_told_pkey", columns: [t.provider, t.identity] }),
    check("inbox_told_times_check", sql`times > 0`),
  ],
);

/** What we answered to an event; append-only. An event without an answer is taken up again at start. */
export const inboxAnswer = pgTable("inbox_answer", {
  inbox: bigint({ mode: "number" }).primaryKey(),
  at: bigint({ mode: "number" }).notNull(),
  outcome: text().notNull(),
});

/** Confirmed gifts that wait for their numbers; a work queue, rows leave when booked. */
export const sequencerQueue = pgTable("sequencer_queue", {
  id: bigserial({ mode: "number" }).primaryKey(),
  key: text().notNull().unique(),
  /** An `IntakeGift` as JSON, amounts as decimal text. */
  gift: text().notNull(),
  /** Since when it waits, by the database's clock. */
  queuedAt: bigint({ mode: "number" })
    .notNull()
    .default(sql`floor(extract(epoch from clock_timestamp()))::bigint`),
});

/** One bank statement line, unique by its own facts (payments.md 4.2); append-only. Holds payer text: private. */
export const statementLine = pgTable(
  "statement_line",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    bankAccount: text().notNull(),
    /** Digest of account, reference, day, amount, direction, whole line and its running number that day. */
    lineKey: text().notNull(),
    bookedOn: date().notNull(),
    reference: text().notNull(),
    direction: text().$type<"credit" | "debit">().notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    /** Balance after the line as the bank printed it, where it did. */
    balance: bigint({ mode: "bigint" }),
    text: text().notNull(),
    importedAt: bigint({ mode: "number" }).notNull(),
    /** Rule of payments.md 4.2 that placed it: 2, 3, 4, 5, or 6 (suspense); 0 for debits and settlements. */
    rule: integer().notNull(),
    matchedCode: text(),
    /** A person should look: another amount than pledged, a guessed sign, a reversed line. */
    needsLook: boolean().notNull(),
    /** Key of the gift it was handed on as; null for debits. */
    giftKey: text(),
  },
  (t) => [
    uniqueIndex("statement_line_key").on(t.lineKey),
    index("statement_line_day").on(t.bankAccount, t.bookedOn),
    index("statement_line_rule").on(t.rule),
    index("statement_line_code")
      .on(t.matchedCode)
      .where(sql`matched_code is not null`),
    index("statement_line_amount")
      .on(t.bankAccount, t.amount)
      .where(sql`direction = 'credit'`),
  ],
);

/** Something a person has to look at: wrong amount, paid after failing, suspicious payment. */
export const attention = pgTable(
  "attention",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    kind: text().$type<AttentionKind>().notNull(),
    subject: text().notNull(),
    facts: text().notNull(),
    raisedAt: bigint({ mode: "number" }).notNull(),
    closedAt: bigint({ mode: "number" }),
    /** Coded; what a person decided. */
    outcome: text(),
    closedBy: text(),
    note: text().notNull().default(""),
  },
  (t) => [
    uniqueIndex("attention_once").on(t.kind, t.subject),
    check("closed_with_outcome", sql`closed_at is null or outcome is not null`),
  ],
);
