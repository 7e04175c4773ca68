import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";

import type { Factor } from "#app/domain/people/sign-in.ts";

const moment = () => timestamp({ withTimezone: true });
const seconds = () => bigint({ mode: "number" });

/** Somebody with an account: staff of the office, or a donor. Names of the columns are better-auth's. */
export const user = pgTable(
  "user",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** Lower case. */
    email: text().notNull().unique("user_email_key"),
    emailVerified: boolean().notNull().default(false),
    image: text(),
    staff: boolean().notNull().default(false),
    /** Invented, with a password that is printed: a live site does not start over such people. */
    demonstration: boolean().notNull().default(false),
    locale: text().$type<"vi" | "en">(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  () => [
    check("user_locale_check", sql`locale in ('vi', 'en')`),
    check("plain_email", sql`email = lower(email) and email like '%_@_%'`),
  ],
);

/** A session as better-auth knows it; what it has shown stands in `sessionMark`. */
export const session = pgTable(
  "session",
  {
    id: text().primaryKey(),
    token: text().notNull().unique("session_token_key"),
    userId: text().notNull(),
    expiresAt: moment().notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "session_user_id_fkey",
      columns: [t.userId],
      foreignColumns: [user.id],
    }).onDelete("cascade"),
    index("session_of_user").on(t.userId),
  ],
);

/** Passwords (scrypt), by person; better-auth calls it an account. */
export const credential = pgTable(
  "credential",
  {
    id: text().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: text().notNull(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: moment(),
    refreshTokenExpiresAt: moment(),
    scope: text(),
    password: text(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "credential_user_id_fkey",
      columns: [t.userId],
      foreignColumns: [user.id],
    }).onDelete("cascade"),
    uniqueIndex("credential_of_provider").on(t.userId, t.providerId),
  ],
);

/** Links that work once. */
export const oneTimeToken = pgTable(
  "one_time_token",
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment().notNull(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [index("one_time_token_identifier").on(t.identifier)],
);

/** What a session has shown; times are UTC seconds of the site's clock, as below. */
export const sessionMark = pgTable(
  "session_mark",
  {
    session: text().primaryKey(),
    person: text().notNull(),
    begunBy: text().$type<"password" | "link">().notNull(),
    begunAt: seconds().notNull(),
    seenAt: seconds().notNull(),
    factor: text().$type<Factor>(),
    factorAt: seconds(),
  },
  (t) => [
    foreignKey({
      name: "session_mark_session_fkey",
      columns: [t.session],
      foreignColumns: [session.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "session_mark_person_fkey",
      columns: [t.person],
      foreignColumns: [user.id],
    }).onDelete("cascade"),
    check("session_mark_begun_by_check", sql`begun_by in ('password', 'link')`),
    check("session_mark_factor_check", sql`factor in ('totp', 'recovery')`),
    check("factor_with_time", sql`(factor is null) = (factor_at is null)`),
    // Who came by an e-mail link gave no password, so there is no second factor to it.
    check("factor_after_password", sql`factor is null or begun_by = 'password'`),
    index("session_mark_person").on(t.person),
  ],
);

/** The authenticator app of a person. */
export const secondFactor = pgTable(
  "second_factor",
  {
    person: text().primaryKey(),
    /** Encrypted with `ACCOUNTS_SECRET`. */
    secret: text().notNull(),
    confirmedAt: seconds(),
    /** Thirty-second step of the last code taken: none is taken twice, and none before it. */
    lastStep: seconds().notNull().default(0),
  },
  (t) => [
    foreignKey({
      name: "second_factor_person_fkey",
      columns: [t.person],
      foreignColumns: [user.id],
    }).onDelete("cascade"),
  ],
);

/** Recovery codes, as keyed hashes. */
export const recoveryCode = pgTable(
  "recovery_code",
  { person: text().notNull(), digest: text().notNull(), usedAt: seconds() },
  (t) => [
    primaryKey({ name: "recovery_code_pkey", columns: [t.person, t.digest] }),
    foreignKey({
      name: "recovery_code_person_fkey",
      columns: [t.person],
      foreignColumns: [user.id],
    }).onDelete("cascade"),
  ],
);

/** What is counted against guessing. */
export const signInLimit = pgTable(
  "sign_in_limit",
  {
    /** Keyed hash of the account or address. */
    key: text().primaryKey(),
    used: integer().notNull(),
    windowEnds: seconds().notNull(),
  },
  (t) => [index("sign_in_limit_end").on(t.windowEnds)],
);

/** Gifts that a donor keeps together. */
export const donorGift = pgTable(
  "donor_gift",
  { person: text().notNull(), code: text().notNull(), linkedAt: seconds().notNull() },
  (t) => [
    primaryKey({ name: "donor_gift_pkey", columns: [t.person, t.code] }),
    foreignKey({
      name: "donor_gift_person_fkey",
      columns: [t.person],
      foreignColumns: [user.id],
    }).onDelete("cascade"),
  ],
);
