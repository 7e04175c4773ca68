import {
  bigint,
  boolean,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

import type { Factor } from "#app/domain/people/sign-in.ts";

const moment = () => timestamp({ withTimezone: true });
const seconds = () => bigint({ mode: "number" });

/** Somebody with an account: staff of the office, or a donor. Names of the columns are better-auth's. */
export const user = pgTable("user", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** Lower case. */
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  staff: boolean().notNull().default(false),
  /** Invented, with a password that is printed: a live site does not start over such people. */
  demonstration: boolean().notNull().default(false),
  locale: text().$type<"vi" | "en">(),
  createdAt: moment().notNull().defaultNow(),
  updatedAt: moment().notNull().defaultNow(),
});

/** A session as better-auth knows it; what it has shown stands in `sessionMark`. */
export const session = pgTable("session", {
  id: text().primaryKey(),
  token: text().notNull().unique(),
  userId: text().notNull(),
  expiresAt: moment().notNull(),
  ipAddress: text(),
  userAgent: text(),
  createdAt: moment().notNull().defaultNow(),
  updatedAt: moment().notNull().defaultNow(),
});

/** Passwords (scrypt), by person; better-auth calls it an account. */
export const credential = pgTable("credential", {
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
});

/** Links that work once. */
export const oneTimeToken = pgTable("one_time_token", {
  id: text().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: moment().notNull(),
  createdAt: moment().notNull().defaultNow(),
  updatedAt: moment().notNull().defaultNow(),
});

/** What a session has shown; times are UTC seconds of the site's clock, as below. */
export const sessionMark = pgTable("session_mark", {
  session: text().primaryKey(),
  person: text().notNull(),
  begunBy: text().$type<"password" | "link">().notNull(),
  begunAt: seconds().notNull(),
  seenAt: seconds().notNull(),
  factor: text().$type<Factor>(),
  factorAt: seconds(),
});

/** The authenticator app of a person. */
export const secondFactor = pgTable("second_factor", {
  person: text().primaryKey(),
  /** Encrypted with `ACCOUNTS_SECRET`. */
  secret: text().notNull(),
  confirmedAt: seconds(),
  /** Thirty-second step of the last code taken: none is taken twice, and none before it. */
  lastStep: seconds().notNull().default(0),
});

/** Recovery codes, as keyed hashes. */
export const recoveryCode = pgTable(
  "recovery_code",
  { person: text().notNull(), digest: text().notNull(), usedAt: seconds() },
  (table) => [primaryKey({ columns: [table.person, table.digest] })],
);

/** What is counted against guessing. */
export const signInLimit = pgTable("sign_in_limit", {
  /** Keyed hash of the account or address. */
  key: text().primaryKey(),
  used: integer().notNull(),
  windowEnds: seconds().notNull(),
});

/** Gifts that a donor keeps together. */
export const donorGift = pgTable(
  "donor_gift",
  { person: text().notNull(), code: text().notNull(), linkedAt: seconds().notNull() },
  (table) => [primaryKey({ columns: [table.person, table.code] })],
);
