import {
  bigint,
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";

type Model = "livestock" | "start-up" | "training" | "village";

/** A part of a model's catalogue (plan 9295, II.2.5, II.3.3, II.4.3), as dated rows. */
export const catalogueSection = pgTable("catalogue_section", {
  id: text().primaryKey(),
  model: text().$type<Model>().notNull(),
  n: integer().notNull(),
  titleVi: text().notNull(),
  titleEn: text().notNull(),
  /** The plan leaves the list open: other things may be asked for too. */
  openEnded: boolean().notNull(),
  noteVi: text(),
  noteEn: text(),
  validFrom: date().notNull(),
  validTo: date(),
  source: text().notNull(),
});

/** A thing of a catalogue, or a kind of support given for its things. */
export const catalogueItem = pgTable(
  "catalogue_item",
  {
    section: text().notNull(),
    code: text().notNull(),
    n: integer().notNull(),
    kind: text().$type<"thing" | "support">().notNull(),
    titleVi: text().notNull(),
    titleEn: text().notNull(),
    /** Named as a priority by the plan. */
    priority: boolean().notNull().default(false),
    validFrom: date().notNull(),
    validTo: date(),
  },
  (t) => [primaryKey({ columns: [t.section, t.code, t.validFrom] })],
);

/** Which official account the donors of a campaign were shown, from which day on. Append-only. */
export const campaignAccount = pgTable(
  "campaign_account",
  {
    campaign: text().notNull(),
    n: integer().notNull(),
    bankAccount: text().notNull(),
    since: date().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign, t.n] })],
);

/** A proposal to open or to end an official account. Append-only. */
export const accountChange = pgTable("account_change", {
  id: text().primaryKey(),
  formKey: text().notNull().unique(),
  kind: text().$type<"open" | "end">().notNull(),
  bankAccount: text().notNull(),
  holder: text().notNull(),
  bankName: text().notNull(),
  bin: text().notNull(),
  number: text().notNull(),
  owner: text().$type<"appeal" | "commune">().notNull(),
  commune: text(),
  validFrom: date().notNull(),
  validTo: date(),
  reason: text().notNull(),
  paperNumber: text().notNull(),
  paperDate: date().notNull(),
  proposedBy: text().notNull(),
  organisation: text().notNull(),
  proposedAt: bigint({ mode: "number" }).notNull(),
});

/** What somebody else decided on it. Append-only. */
export const accountDecision = pgTable("account_decision", {
  change: text().primaryKey(),
  outcome: text().$type<"approved" | "refused">().notNull(),
  reason: text(),
  decidedBy: text().notNull(),
  organisation: text().notNull(),
  decidedAt: bigint({ mode: "number" }).notNull(),
});

/** What a twinned body promises a commune for a year and a model (plan 9295, III.7). Append-only. */
export const twinningPromise = pgTable(
  "twinning_promise",
  {
    id: text().primaryKey(),
    formKey: text().notNull().unique(),
    pair: text().notNull(),
    commune: text().notNull(),
    communeFrom: date().notNull(),
    year: integer().notNull(),
    model: text().$type<Model>().notNull(),
    version: integer().notNull(),
    /** đồng */
    money: bigint({ mode: "bigint" }).notNull(),
    goods: jsonb().$type<{ what: string; quantity: number; unit: string }[]>().notNull(),
    organisation: text().notNull(),
    promisedBy: text().notNull(),
    promisedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [unique().on(t.pair, t.commune, t.communeFrom, t.year, t.model, t.version)],
);

/** The commune's signature under a promise, or its no. Append-only. */
export const twinningAnswer = pgTable("twinning_answer", {
  promise: text().primaryKey(),
  outcome: text().$type<"confirmed" | "declined">().notNull(),
  reason: text(),
  organisation: text().notNull(),
  answeredBy: text().notNull(),
  answeredAt: bigint({ mode: "number" }).notNull(),
});

/** What a commune states of a campaign; figures are those of the books up to `entry`. Append-only. */
export const progressStatement = pgTable(
  "progress_statement",
  {
    campaign: text().notNull(),
    n: integer().notNull(),
    formKey: text().notNull().unique(),
    filedOn: date().notNull(),
    filedAt: bigint({ mode: "number" }).notNull(),
    daysLate: integer().notNull(),
    entry: bigint({ mode: "number" }).notNull(),
    received: bigint({ mode: "bigint" }).notNull(),
    disbursed: bigint({ mode: "bigint" }).notNull(),
    spent: bigint({ mode: "bigint" }).notNull(),
    delivered: bigint({ mode: "bigint" }).notNull(),
    alive: integer().notNull(),
    lost: integer().notNull(),
    born: integer().notNull(),
    textVi: text().notNull(),
    textEn: text(),
    organisation: text().notNull(),
    filedBy: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign, t.n] })],
);
