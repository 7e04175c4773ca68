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
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";

import { bytea } from "./bytea.ts";

/** A key that seals personal data, itself wrapped by the key outside the database. Old ones stay to open what they sealed. */
export const registerKey = pgTable("register_key", {
  id: text().primaryKey(),
  wrapped: bytea().notNull(),
  /** UTC seconds */
  madeAt: bigint({ mode: "number" }).notNull(),
  /** UTC seconds; null for the one that seals now. */
  retiredAt: bigint({ mode: "number" }),
});

/**
 * A household as its commune knows it, for all campaigns. What says who it is (names, phone, book number, members, ethnic
 * group) is sealed; digests under a key find equal ones without opening.
 */
export const registerHousehold = pgTable(
  "register_household",
  {
    /** Random; never public. */
    id: text().primaryKey(),
    commune: text().notNull(),
    communeFrom: date().notNull(),
    /** Village (thôn). */
    village: text().notNull(),
    /** Sealed JSON of `PersonalData`; empty once erased. */
    sealed: bytea().notNull(),
    /** Keyed digests of the folded name of the head, the book number, the phone; null where unknown or erased. */
    nameMark: text(),
    bookMark: text(),
    phoneMark: text(),
    category: text().$type<"poor" | "near_poor" | "escaped" | "other">().notNull(),
    /** The decision that put it into its category. */
    categoryDecision: text().notNull(),
    categoryOn: date().notNull(),
    /** Labour, land, grass, barn: coded answers. */
    ability: jsonb().$type<Readonly<Record<string, string | number | boolean>>>().notNull(),
    version: integer().notNull(),
    keptBy: text().notNull(),
    /** UTC seconds */
    keptAt: bigint({ mode: "number" }).notNull(),
    /** UTC seconds; null while there. */
    erasedAt: bigint({ mode: "number" }),
  },
  (t) => [
    index("register_household_commune").on(t.commune, t.village),
    index("register_household_name").on(t.nameMark),
    index("register_household_book").on(t.bookMark),
    index("register_household_phone").on(t.phoneMark),
    check(
      "register_household_category_check",
      sql`category in ('poor', 'near_poor', 'escaped', 'other')`,
    ),
    check(
      "erased_is_empty",
      sql`erased_at is null or (octet_length(sealed) = 0 and name_mark is null and book_mark is null and phone_mark is null)`,
    ),
  ],
);

/** That a household asked to take part in a round of a campaign. */
export const registration = pgTable(
  "registration",
  {
    id: text().primaryKey(),
    household: text().notNull(),
    campaign: text().notNull(),
    round: integer().notNull(),
    channel: text().$type<"paper" | "meeting" | "office" | "import">().notNull(),
    onDay: date().notNull(),
    /** Coded: `none`, or the programme that helped before. */
    earlierSupport: text().notNull(),
    state: text().$type<"open" | "withdrawn" | "declined">().notNull(),
    registeredBy: text().notNull(),
    registeredAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    uniqueIndex("registration_once").on(t.household, t.campaign, t.round),
    index("registration_campaign").on(t.campaign, t.round),
    check("registration_round_check", sql`round > 0`),
    check("registration_state_check", sql`state in ('open', 'withdrawn', 'declined')`),
    check("registration_channel_check", sql`channel in ('paper', 'meeting', 'office', 'import')`),
  ],
);

/** Consent of a household for one kind of data, with its proof. Given and withdrawn are rows of their own. Append-only. */
export const householdConsent = pgTable(
  "household_consent",
  {
    household: text().notNull(),
    kind: text().$type<"name" | "photo" | "voice">().notNull(),
    n: integer().notNull(),
    given: boolean().notNull(),
    onDay: date().notNull(),
    channel: text().notNull(),
    /** Which wording was signed, and in which language it was explained. */
    textVersion: text().notNull(),
    language: text().notNull(),
    /** File of the office; null where the channel leaves none. */
    paper: text(),
    takenBy: text().notNull(),
    takenAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.household, t.kind, t.n] }),
    check("household_consent_kind_check", sql`kind in ('name', 'photo', 'voice')`),
  ],
);

/** What a person asked about their own data: to see, correct or erase it; answered by both legal clocks. */
export const householdRequest = pgTable(
  "household_request",
  {
    id: text().primaryKey(),
    household: text().notNull(),
    kind: text().$type<"access" | "correct" | "erase">().notNull(),
    receivedOn: date().notNull(),
    channel: text().notNull(),
    /** Sealed text; empty once erased. */
    sealed: bytea().notNull(),
    /** Two working days, 72 hours (vietnam-rules.md 2). */
    answerBy: date().notNull(),
    actBy: date().notNull(),
    notedBy: text().notNull(),
    notedAt: bigint({ mode: "number" }).notNull(),
    answeredOn: date(),
    doneOn: date(),
    /** Coded; null while open. */
    outcome: text(),
    doneBy: text(),
  },
  (t) => [
    index("household_request_household").on(t.household),
    check("household_request_kind_check", sql`kind in ('access', 'correct', 'erase')`),
    check("another_erases", sql`kind <> 'erase' or done_by is null or done_by <> noted_by`),
    check("done_has_outcome", sql`(done_on is null) = (outcome is null)`),
  ],
);

/** Two rows of the register that may be one household: proposed by a match, decided by a person, both stay. */
export const duplicateCheck = pgTable(
  "duplicate_check",
  {
    id: text().primaryKey(),
    /** The older of the two, and the newer. */
    one: text().notNull(),
    other: text().notNull(),
    /** What is equal: `book`, `phone`, `name`, `spelling`. */
    matches: text().array().notNull(),
    proposedAt: bigint({ mode: "number" }).notNull(),
    decision: text().$type<"different" | "same" | "allowed">(),
    /** Coded; null while open. */
    reason: text(),
    decidedBy: text(),
    decidedAt: bigint({ mode: "number" }),
  },
  (t) => [
    uniqueIndex("duplicate_check_pair").on(t.one, t.other),
    check("duplicate_check_order", sql`one <> other`),
    check("duplicate_check_decision_check", sql`decision in ('different', 'same', 'allowed')`),
    check(
      "decided_whole",
      sql`(decision is null) = (reason is null) and (decision is null) = (decided_by is null)`,
    ),
  ],
);

/** A visit to the household before the list: what was asked and seen, coded. Append-only. */
export const siteCheck = pgTable(
  "site_check",
  {
    registration: text().notNull(),
    n: integer().notNull(),
    onDay: date().notNull(),
    /** Capacities of who was there. */
    present: text().array().notNull(),
    answers: jsonb().$type<Readonly<Record<string, string | number | boolean>>>().notNull(),
    fit: boolean().notNull(),
    checkedBy: text().notNull(),
    checkedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.registration, t.n] })],
);

/** An Excel list being read in: its rows sealed until a clerk has confirmed them. */
export const registerImport = pgTable(
  "register_import",
  {
    id: text().primaryKey(),
    commune: text().notNull(),
    campaign: text().notNull(),
    round: integer().notNull(),
    fileName: text().notNull(),
    /** SHA-256 of the file, hex. */
    digest: text().notNull(),
    /** Sealed JSON of sheet and cells; empty once confirmed or dropped. */
    sealed: bytea().notNull(),
    state: text().$type<"read" | "mapped" | "confirmed" | "dropped">().notNull(),
    /** Column of each field, and what stands for all rows. */
    mapping: jsonb().$type<Readonly<Record<string, string | number>>>().notNull(),
    rows: integer().notNull(),
    /** Rows taken so far: an import that was cut off goes on behind them. */
    taken: integer().notNull(),
    counts: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
    startedBy: text().notNull(),
    startedAt: bigint({ mode: "number" }).notNull(),
    confirmedAt: bigint({ mode: "number" }),
  },
  (t) => [
    index("register_import_commune").on(t.commune, t.startedAt),
    check("register_import_state_check", sql`state in ('read', 'mapped', 'confirmed', 'dropped')`),
  ],
);

/** How the columns of a commune's own sheet are to be read, remembered by the digest of its headings. */
export const importMapping = pgTable(
  "import_mapping",
  {
    commune: text().notNull(),
    headings: text().notNull(),
    mapping: jsonb().$type<Readonly<Record<string, string | number>>>().notNull(),
    keptBy: text().notNull(),
    keptAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.commune, t.headings] })],
);
