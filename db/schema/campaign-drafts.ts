import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";

import type { DraftState, OpinionSide, Verdict } from "#app/domain/campaigns/draft.ts";

/** A campaign on its way to publication, or a change of a published one. Never deleted; frozen once decided. */
export const campaignDraft = pgTable(
  "campaign_draft",
  {
    id: text().primaryKey(),
    formKey: text().notNull().unique(),
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
  (t) => [index("campaign_draft_changed").on(t.changedAt.desc(), t.id)],
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
  (t) => [primaryKey({ columns: [t.draft, t.n] }), unique().on(t.draft, t.round, t.side)],
);

/** Who did what to a draft, when. Append-only. */
export const draftStep = pgTable(
  "draft_step",
  {
    draft: text().notNull(),
    n: integer().notNull(),
    step: text().notNull(),
    /** Coded. */
    reason: text(),
    /** Free text, for the office only. */
    note: text().notNull().default(""),
    person: text().notNull(),
    organisation: text().notNull(),
    role: text().notNull(),
    at: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.draft, t.n] })],
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
  (t) => [primaryKey({ columns: [t.campaign, t.version] })],
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
  (t) => [primaryKey({ columns: [t.campaign, t.ofUpdate, t.n] })],
);
