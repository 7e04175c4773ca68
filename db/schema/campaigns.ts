import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

/** An official account that receives gifts; the platform itself holds none. */
export const bankAccount = pgTable("bank_account", {
  id: text().primaryKey(),
  holder: text().notNull(),
  bankName: text().notNull(),
  /** Six-digit NAPAS number of the bank. */
  bin: text().notNull(),
  number: text().notNull().unique(),
  /** Whose account: the appeal's (money is then disbursed) or a commune's (a gift is then direct). */
  owner: text().$type<"appeal" | "commune">().notNull(),
  /** Commune code when the owner is a commune. */
  commune: text(),
  validFrom: date().notNull(),
  validTo: date(),
});

/** A fundable pilot project of one commune. */
export const campaign = pgTable(
  "campaign",
  {
    /** Short code used in account codes, such as `LD1`: upper-case letters and digits. */
    id: text().primaryKey(),
    slug: text().notNull().unique(),
    model: text().$type<"livestock" | "start-up" | "training" | "village">().notNull(),
    /** Species or thing delivered: BO, DE, TB, LH, TC. */
    species: text().notNull(),
    commune: text().notNull(),
    /** Period of the commune row the campaign was opened for. */
    communeFrom: date().notNull(),
    /** Mountain district of 2024. */
    district: text().notNull(),
    titleVi: text().notNull(),
    titleEn: text().notNull(),
    summaryVi: text().notNull(),
    summaryEn: text().notNull(),
    storyVi: text().notNull(),
    storyEn: text().notNull(),
    /** đồng */
    goal: bigint({ mode: "bigint" }).notNull(),
    households: integer().notNull(),
    startsOn: date().notNull(),
    endsOn: date().notNull(),
    /** Day the Committee stopped it early; null when it runs to its end. */
    closedOn: date(),
    bankAccount: text().notNull(),
    /** Standing code for people who type it from a poster (QN + 6 + check). */
    code: text().notNull().unique(),
    twin: text().notNull(),
    responsible: text().notNull(),
    publishedBy: text().notNull(),
    publishedOn: date().notNull(),
    decisionNumber: text().notNull(),
    decisionDate: date().notNull(),
    /** What a group passes on, as data: heads owed per head received, age in days when due. */
    passOnHeads: integer().notNull().default(0),
    passOnAgeDays: integer().notNull().default(0),
    /** What happens with money over the goal; `campaign` names one in `surplusTo`. */
    surplus: text()
      .$type<"same" | "campaign" | "reserve" | "agreement">()
      .notNull()
      .default("same"),
    /** Campaign that takes a surplus; else null. */
    surplusTo: text(),
    /** What happens when too little came; null for campaigns opened before it was asked for. */
    shortfall: text().$type<"fewer" | "extend" | "other-source" | "agreement">(),
    /** Raised by every published change. */
    version: integer().notNull().default(1),
    /** Office that drafted it; null for campaigns opened before drafts were kept. */
    draftedBy: text(),
    householdsPoor: integer(),
    householdsNearPoor: integer(),
    householdsEscaped: integer(),
    householdsLeader: integer(),
    /** Coded reasons for asking otherwise than by the norm. */
    normReasons: jsonb().$type<string[]>().notNull().default([]),
    /** The commune tells how it goes at least every so many months. */
    reportingMonths: integer().notNull().default(12),
    /** The permitting decision as filed, and the salted digest of its original. */
    decisionFile: text(),
    decisionDigest: text(),
    searchText: text().notNull(),
  },
  (t) => [
    index("campaign_commune").on(t.commune),
    index("campaign_district").on(t.district),
    check("known_surplus", sql`surplus in ('same', 'campaign', 'reserve', 'agreement')`),
    check("known_shortfall", sql`shortfall in ('fewer', 'extend', 'other-source', 'agreement')`),
    check("decision_file_sealed", sql`(decision_file is null) = (decision_digest is null)`),
  ],
);

/** One line of what a campaign needs; `normId` is set where it was computed from a norm. */
export const needLine = pgTable(
  "need_line",
  {
    campaign: text().notNull(),
    n: integer().notNull(),
    species: text().notNull(),
    titleVi: text().notNull(),
    titleEn: text().notNull(),
    quantity: integer().notNull(),
    unitPrice: bigint({ mode: "bigint" }).notNull(),
    normId: text(),
    /** What one is counted in, such as `cây giống`; empty where the thing says so itself. */
    unitVi: text().notNull().default(""),
    unitEn: text().notNull().default(""),
    /** Item of the catalogue it was taken from. */
    catalogue: text(),
  },
  (t) => [primaryKey({ columns: [t.campaign, t.n] })],
);

/** News of a campaign, tied to a ledger entry or a delivered thing where there is one. */
export const campaignUpdate = pgTable(
  "campaign_update",
  {
    campaign: text().notNull(),
    n: integer().notNull(),
    publishedOn: date().notNull(),
    textVi: text().notNull(),
    textEn: text().notNull(),
    entry: bigint({ mode: "number" }),
    animal: text(),
    /** Need line it tells of: a class, a criterion, a kind of thing. */
    need: integer(),
    /** Organisation that tells it; null for those of before. */
    toldBy: text(),
    /** Made by the form: sent twice it is one update. */
    formKey: text().unique("campaign_update_form_key_key"),
  },
  (t) => [primaryKey({ columns: [t.campaign, t.n] })],
);

/** A household group that keeps the animals and passes offspring on. */
export const householdGroup = pgTable("household_group", {
  id: text().primaryKey(),
  campaign: text().notNull(),
  commune: text().notNull(),
  nameVi: text().notNull(),
  nameEn: text().notNull(),
  foundedOn: date().notNull(),
  decisionNumber: text().notNull(),
});

/** A supported household as the public may know it: a code, a class, a commune. */
export const household = pgTable(
  "household",
  {
    /** Public code such as `H-LD1-018`. */
    code: text().primaryKey(),
    campaign: text().notNull(),
    commune: text().notNull(),
    communeFrom: date().notNull(),
    group: text("group_id").notNull(),
    round: integer().notNull(),
    category: text().$type<"poor" | "near_poor" | "escaped" | "other">().notNull(),
    leader: integer().notNull().default(0),
    listedOn: date().notNull(),
    /** The row of the private register it stands for; null for those of before the register. */
    registration: text(),
  },
  (t) => [index("household_commune").on(t.commune, t.campaign, t.round)],
);

/** Counters by which the page cache knows that something other than the ledger changed. */
export const contentVersion = pgTable("content_version", {
  name: text().primaryKey(),
  version: bigint({ mode: "number" }).notNull(),
  changedAt: timestamp({ withTimezone: true, mode: "string" }).notNull().defaultNow(),
});
