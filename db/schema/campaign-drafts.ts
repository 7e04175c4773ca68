import { sql } from "drizzle-orm";
import {
  bigint,
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
  uniqueIndex,
} from "drizzle-orm/pg-core";

import type { DraftState, DraftStep, OpinionSide, Verdict } from "#app/domain/campaigns/draft.ts";

/** A campaign on its way to publication, or a change of a published one. Never deleted; frozen once decided. */
export const campaignDraft = pgTable(
  "campaign_draft",
  {
    id: text().primaryKey(),
    formKey: text().notNull().unique("campaign_draft_form_key_key"),
    /** Campaign that it changes; null for a new one. */
    amends: text(),
    /** Campaign that it became. */
    campaign: text(),
    commune: text().notNull(),
    communeFrom: date().notNull(),
    district: text().notNull(),
    state: text().$type<DraftState>().notNull(),
    /** Raised by every change; decisions carry it. */
    version: integer().notNull().default(1),
    /** How many times it was submitted. */
    round: integer().notNull().default(0),
    submittedOn: date(),
    /** `DraftContent` as JSON. */
    content: text().notNull(),
    /** JSON: how often each section was saved. */
    revisions: text().notNull(),
    /** JSON array of person ids. */
    preparedBy: text().notNull(),
    /** Organisation that drafts it. */
    office: text().notNull(),
    /** UTC seconds, as the other times here. */
    createdAt: bigint({ mode: "number" }).notNull(),
    changedAt: bigint({ mode: "number" }).notNull(),
    searchText: text().notNull(),
  },
  (t) => [
    index("campaign_draft_changed").on(t.changedAt.desc().nullsFirst(), t.id),
    uniqueIndex("campaign_draft_one_amendment")
      .on(t.amends)
      .where(sql`amends is not null and state not in ('published', 'cancelled')`),
    check(
      "known_state",
      sql`state in ('drafting', 'submitted', 'opinions', 'sent-back', 'published', 'cancelled')`,
    ),
    check("published_is_a_campaign", sql`(state = 'published') = (campaign is not null)`),
  ],
);

/** What the district's office and the twin think of a submitted draft. Append-only. */
export const draftOpinion = pgTable(
  "draft_opinion",
  {
    draft: text().notNull(),
    n: integer().notNull(),
    round: integer().notNull(),
    side: text().$type<OpinionSide>().notNull(),
    verdict: text().$type<Verdict>().notNull(),
    remarks: text().notNull(),
    organisation: text().notNull(),
    person: text().notNull(),
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ name: "draft_opinion_pkey", columns: [t.draft, t.n] }),
    unique("draft_opinion_draft_round_side_key").on(t.draft, t.round, t.side),
    foreignKey({
      name: "draft_opinion_draft_fkey",
      columns: [t.draft],
      foreignColumns: [campaignDraft.id],
    }),
    check("draft_opinion_side_check", sql`side in ('district', 'twin')`),
    check(
      "draft_opinion_verdict_check",
      sql`verdict in ('agrees', 'agrees-with-remarks', 'disagrees')`,
    ),
  ],
);

/** Who did what to a draft, when. Append-only. */
export const draftStep = pgTable(
  "draft_step",
  {
    draft: text().notNull(),
    n: integer().notNull(),
    step: text().$type<DraftStep["step"]>().notNull(),
    /** Coded. */
    reason: text(),
    /** Free text, for the office only. */
    note: text().notNull().default(""),
    person: text().notNull(),
    organisation: text().notNull(),
    role: text().notNull(),
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ name: "draft_step_pkey", columns: [t.draft, t.n] }),
    foreignKey({
      name: "draft_step_draft_fkey",
      columns: [t.draft],
      foreignColumns: [campaignDraft.id],
    }),
  ],
);

/** What donors could read of a campaign from a day on. Append-only. */
export const campaignVersion = pgTable(
  "campaign_version",
  {
    campaign: text().notNull(),
    version: integer().notNull(),
    publishedOn: date().notNull(),
    /** Coded; null for the first. */
    reason: text(),
    draftedBy: text(),
    publishedBy: text().notNull(),
    draft: text(),
    terms: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    primaryKey({ name: "campaign_version_pkey", columns: [t.campaign, t.version] }),
    check("campaign_version_version_check", sql`version > 0`),
    check("reason_for_a_change", sql`version = 1 or reason is not null`),
  ],
);

/** Pictures of a campaign's story (`ofUpdate` 0) and of its updates. */
export const campaignPicture = pgTable(
  "campaign_picture",
  {
    campaign: text().notNull(),
    ofUpdate: integer().notNull(),
    n: integer().notNull(),
    file: text().notNull(),
    altVi: text().notNull(),
    altEn: text().notNull(),
  },
  (t) => [primaryKey({ name: "campaign_picture_pkey", columns: [t.campaign, t.ofUpdate, t.n] })],
);
