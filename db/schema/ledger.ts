import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";

import { bytea } from "./bytea.ts";

/** The chart of accounts: an account is opened by the first entry that uses it, never deleted. */
export const account = pgTable("account", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  code: text().notNull().unique(),
  kind: text().notNull(),
  unit: text().$type<"VND" | "BO" | "DE">().notNull(),
  axis: boolean().notNull(),
  mayBeNegative: boolean().notNull(),
  /** Campaign whose money it holds; null for accounts of no one campaign. */
  campaign: text(),
  commune: text(),
  openedBy: bigint({ mode: "number" }).notNull(),
});

/** The entry that ended an account, such as the merger of its commune. Append-only. */
export const accountClosing = pgTable("account_closing", {
  accountId: integer().primaryKey(),
  entry: bigint({ mode: "number" }).notNull(),
});

/** One act, numbered without gaps from 1; the log index is `number - 1`. Append-only. */
export const entry = pgTable(
  "entry",
  {
    number: bigint({ mode: "number" }).primaryKey(),
    kind: text().notNull(),
    effectiveOn: date().notNull(),
    /** UTC seconds */
    recordedAt: bigint({ mode: "number" }).notNull(),
    /** How many movements it has; checked at commit. */
    legs: smallint().notNull(),
    reverses: bigint({ mode: "number" }),
    reason: text(),
    /** Private: whoever knows the key may know the payer. */
    idempotencyKey: text().notNull().unique(),
    requestHash: bytea().notNull(),
    keySalt: bytea().notNull(),
    /** The canonical JSON that a public log publishes; hashed as stored, never re-serialised. */
    bytes: bytea().notNull(),
    leafHash: bytea().notNull(),
    /** Transaction that wrote it: a movement of any other transaction is refused. */
    writtenBy: text()
      .notNull()
      .default(sql`pg_current_xact_id()::text`),
  },
  (t) => [
    uniqueIndex("entry_reverses")
      .on(t.reverses)
      .where(sql`reverses is not null`),
    index("entry_kind").on(t.kind, t.effectiveOn),
    check("answers_earlier", sql`reverses < number`),
    check("hash_length", sql`length(leaf_hash) = 32 and length(request_hash) = 32`),
  ],
);

/** Money or heads from one account to another; on an axis it names the numbers. Append-only. */
export const movement = pgTable(
  "movement",
  {
    entry: bigint({ mode: "number" }).notNull(),
    n: smallint().notNull(),
    fromAccount: integer().notNull(),
    toAccount: integer().notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    fromLo: bigint({ mode: "bigint" }),
    toLo: bigint({ mode: "bigint" }),
    animal: text(),
  },
  (t) => [
    primaryKey({ columns: [t.entry, t.n] }),
    // Partial: what has no number needs no index row, and each one costs every gift.
    uniqueIndex("movement_from")
      .on(t.fromAccount, t.fromLo)
      .where(sql`from_lo is not null`),
    uniqueIndex("movement_to")
      .on(t.toAccount, t.toLo)
      .where(sql`to_lo is not null`),
    index("movement_animal")
      .on(t.animal)
      .where(sql`animal is not null`),
    check("amount_positive", sql`amount > 0`),
    check("numbers_positive", sql`coalesce(from_lo, 1) > 0 and coalesce(to_lo, 1) > 0`),
    check("from_differs", sql`from_account <> to_account`),
  ],
);

/** A delivered thing that money became, or an animal born of one. Append-only. */
export const animal = pgTable(
  "animal",
  {
    /** Public code such as `LD1-0107`. */
    code: text().primaryKey(),
    species: text().notNull(),
    campaign: text().notNull(),
    commune: text().notNull(),
    round: smallint().notNull(),
    /** Entry that made it: purchase, birth or gift in kind. */
    entry: bigint({ mode: "number" }).notNull(),
    /** Its range on the delivered axis; null when born or given in kind. */
    accountId: integer(),
    lo: bigint({ mode: "bigint" }),
    price: bigint({ mode: "bigint" }),
    dam: text(),
    bornOn: date(),
    sex: text().$type<"F" | "M">(),
    /** Salted commitment to the ear tag number, hex. */
    tagCommitment: text(),
    /** Why the price is over the norm, coded (plan 9295, II.1.3). */
    priceReason: text(),
  },
  (t) => [index("animal_dam").on(t.dam), index("animal_campaign").on(t.campaign, t.round)],
);

/** What happened to an animal, each tied to the entry that says so. Append-only. */
export const animalEvent = pgTable(
  "animal_event",
  {
    animal: text().notNull(),
    n: smallint().notNull(),
    kind: text()
      .$type<"handed-over" | "born" | "died" | "passed-on" | "replaced" | "returned">()
      .notNull(),
    on: date("on_day").notNull(),
    entry: bigint({ mode: "number" }).notNull(),
    household: text(),
    /** The other animal of the event: replacement or offspring. */
    other: text(),
    cause: text(),
  },
  (t) => [
    primaryKey({ columns: [t.animal, t.n] }),
    index("animal_event_household").on(t.household),
    index("animal_event_entry").on(t.entry),
  ],
);

/** Digest of a paper behind an entry: SHA-256 over 32 salt bytes and the content. Append-only. */
export const evidence = pgTable(
  "evidence",
  {
    entry: bigint({ mode: "number" }).notNull(),
    n: smallint().notNull(),
    kind: text().notNull(),
    digest: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.entry, t.n] })],
);

/** Opening of an evidence digest or a tag commitment: private, may be erased. */
export const opening = pgTable(
  "opening",
  {
    digest: text().primaryKey(),
    salt: bytea().notNull(),
    /** The bytes themselves, or in `blob` their name in the file store: exactly one of them. */
    content: bytea(),
    blob: text(),
  },
  () => [check("one_content", sql`(content is null) <> (blob is null)`)],
);

/** One gift as booked: the range it first entered. Append-only. */
export const donation = pgTable(
  "donation",
  {
    /** Pledge code, with `-2`, `-3` for further payments of the same pledge. */
    code: text().primaryKey(),
    entry: bigint({ mode: "number" }).notNull().unique(),
    pledge: text(),
    /** Null while in suspense. */
    campaign: text(),
    channel: text().notNull(),
    accountId: integer().notNull(),
    lo: bigint({ mode: "bigint" }).notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    receivedOn: date().notNull(),
  },
  (t) => [
    index("donation_pledge")
      .on(t.pledge)
      .where(sql`pledge is not null`),
    index("donation_campaign").on(t.campaign),
  ],
);

/** The one row whose lock orders all entries. Projection. */
export const ledgerHead = pgTable(
  "ledger_head",
  {
    one: boolean().primaryKey(),
    nextEntry: bigint({ mode: "number" }).notNull(),
    lastRecordedAt: bigint({ mode: "number" }).notNull(),
  },
  () => [check("one_head", sql`one`)],
);

/** Sums in and out of an account; on an axis the head is `received`. World accounts have none. Projection. */
export const accountState = pgTable(
  "account_state",
  {
    accountId: integer().primaryKey(),
    received: bigint({ mode: "bigint" }).notNull(),
    sent: bigint({ mode: "bigint" }).notNull(),
  },
  () => [check("never_overdrawn", sql`sent <= received and sent >= 0`)],
);

/** Numbers still on an axis: from `lo` to before `hi`; the last row of an axis has no `hi`, it runs to the head. Projection. */
export const freeRange = pgTable(
  "free_range",
  {
    accountId: integer().notNull(),
    lo: bigint({ mode: "bigint" }).notNull(),
    hi: bigint({ mode: "bigint" }),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.lo] })],
);
