import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";

type Model = "livestock" | "start-up" | "training" | "village";

/** A part of a model's catalogue (plan 9295, II.2.5, II.3.3, II.4.3), as dated rows. */
export const catalogueSection = pgTable(
  "catalogue_section",
  {
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
  },
  () => [
    check("known_model", sql`model in ('livestock', 'start-up', 'training', 'village')`),
    check("note_in_both", sql`(note_vi is null) = (note_en is null)`),
  ],
);

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
  (t) => [
    primaryKey({ name: "catalogue_item_pkey", columns: [t.section, t.code, t.validFrom] }),
    foreignKey({
      name: "catalogue_item_section_fkey",
      columns: [t.section],
      foreignColumns: [catalogueSection.id],
    }),
    check("catalogue_item_kind_check", sql`kind in ('thing', 'support')`),
  ],
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
  (t) => [primaryKey({ name: "campaign_account_pkey", columns: [t.campaign, t.n] })],
);

/** A proposal to open or to end an official account. Append-only. */
export const accountChange = pgTable(
  "account_change",
  {
    id: text().primaryKey(),
    formKey: text().notNull().unique("account_change_form_key_key"),
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
  },
  (t) => [
    index("account_change_number").on(t.number),
    check("account_change_kind_check", sql`kind in ('open', 'end')`),
    check("account_change_bin_check", sql`bin ~ '^[0-9]{6}$'`),
    check("account_change_number_check", sql`number ~ '^[0-9A-Z]{6,24}$'`),
    check("account_change_owner_check", sql`owner in ('appeal', 'commune')`),
    check("commune_of_a_commune", sql`(owner = 'commune') = (commune is not null)`),
    check("ended_has_a_day", sql`kind = 'open' or valid_to is not null`),
  ],
);

/** What somebody else decided on it. Append-only. */
export const accountDecision = pgTable(
  "account_decision",
  {
    change: text().primaryKey(),
    outcome: text().$type<"approved" | "refused">().notNull(),
    reason: text(),
    decidedBy: text().notNull(),
    organisation: text().notNull(),
    decidedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    foreignKey({
      name: "account_decision_change_fkey",
      columns: [t.change],
      foreignColumns: [accountChange.id],
    }),
    check("account_decision_outcome_check", sql`outcome in ('approved', 'refused')`),
    check("refused_with_reason", sql`outcome = 'approved' or reason is not null`),
  ],
);

/** What a twinned body promises a commune for a year and a model (plan 9295, III.7). Append-only. */
export const twinningPromise = pgTable(
  "twinning_promise",
  {
    id: text().primaryKey(),
    formKey: text().notNull().unique("twinning_promise_form_key_key"),
    pair: text().notNull(),
    commune: text().notNull(),
    communeFrom: date().notNull(),
    year: integer().notNull(),
    model: text().$type<Model>().notNull(),
    version: integer().notNull(),
    /** đồng */
    money: bigint({ mode: "bigint" }).notNull(),
    goods: jsonb()
      .$type<{ what: string; quantity: number; unit: string }[]>()
      .notNull()
      .default([]),
    organisation: text().notNull(),
    promisedBy: text().notNull(),
    promisedAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    unique("twinning_promise_pair_commune_commune_from_year_model_versi_key").on(
      t.pair,
      t.commune,
      t.communeFrom,
      t.year,
      t.model,
      t.version,
    ),
    check("twinning_promise_year_check", sql`year between 2021 and 2100`),
    check(
      "twinning_promise_model_check",
      sql`model in ('livestock', 'start-up', 'training', 'village')`,
    ),
    check("twinning_promise_version_check", sql`version > 0`),
    check("twinning_promise_money_check", sql`money >= 0`),
  ],
);

/** The commune's signature under a promise, or its no. Append-only. */
export const twinningAnswer = pgTable(
  "twinning_answer",
  {
    promise: text().primaryKey(),
    outcome: text().$type<"confirmed" | "declined">().notNull(),
    reason: text(),
    organisation: text().notNull(),
    answeredBy: text().notNull(),
    answeredAt: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    foreignKey({
      name: "twinning_answer_promise_fkey",
      columns: [t.promise],
      foreignColumns: [twinningPromise.id],
    }),
    check("twinning_answer_outcome_check", sql`outcome in ('confirmed', 'declined')`),
    check("declined_with_reason", sql`outcome = 'confirmed' or reason is not null`),
  ],
);

/** What a commune states of a campaign; figures are those of the books up to `entry`. Append-only. */
export const progressStatement = pgTable(
  "progress_statement",
  {
    campaign: text().notNull(),
    n: integer().notNull(),
    formKey: text().notNull().unique("progress_statement_form_key_key"),
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
  (t) => [
    primaryKey({ name: "progress_statement_pkey", columns: [t.campaign, t.n] }),
    check("progress_statement_n_check", sql`n > 0`),
    check("progress_statement_days_late_check", sql`days_late >= 0`),
  ],
);
