import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
} from "drizzle-orm/pg-core";

/** An administrative unit in one period; a code can return in a later period with another meaning. */
export const place = pgTable(
  "place",
  {
    code: text().notNull(),
    validFrom: date().notNull(),
    /** Last day in force; null while in force. */
    validTo: date(),
    kind: text().$type<"province" | "district" | "commune">().notNull(),
    name: text().notNull(),
    fullName: text().notNull(),
    slug: text().notNull(),
    /** Code of the unit above, in the same period; null for a province. */
    parent: text(),
    /** Code of the unit it became; null while in force. */
    successor: text(),
    otherSpellings: jsonb().$type<string[]>().notNull().default([]),
    /** One of the plan's six mountain districts, or lies in one. */
    mountain: boolean().notNull().default(false),
    /** The mountain district of 2024 it belongs to or came from (plan 9295, II.1.1). */
    district2024: text(),
    labelLon: real(),
    labelLat: real(),
    searchText: text().notNull(),
    source: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.code, t.validFrom] })],
);

/** The outline of a unit in one period, WGS 84 GeoJSON geometry; simplified, not official. */
export const placeShape = pgTable(
  "place_shape",
  {
    code: text().notNull(),
    validFrom: date().notNull(),
    geometry: jsonb().$type<{ type: string; coordinates: unknown }>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.code, t.validFrom] })],
);

/** A plains unit twinned with a mountain district (plan 9295, III.7). */
export const twinPair = pgTable(
  "twin_pair",
  {
    plainsCode: text().notNull(),
    mountainCode: text().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    status: text().$type<"inferred" | "decided">().notNull(),
    source: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.plainsCode, t.mountainCode, t.validFrom] })],
);

/** What one household gets and what a head costs on average (plan 9295, II.1.3), as dated rows. */
export const norm = pgTable("norm", {
  id: text().primaryKey(),
  model: text().notNull(),
  species: text().notNull(),
  perHousehold: integer().notNull(),
  /** Average price of one head, đồng. */
  unitPrice: bigint({ mode: "bigint" }).notNull(),
  validFrom: date().notNull(),
  validTo: date(),
  source: text().notNull(),
});

/** The plan's target for one district and species. */
export const planTarget = pgTable(
  "plan_target",
  {
    district: text().notNull(),
    species: text().notNull(),
    animals: integer().notNull(),
    households: integer().notNull(),
    validFrom: date().notNull(),
    source: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.district, t.species, t.validFrom] })],
);

/** One of the four models of the plan (II.1 to II.4). */
export const planModel = pgTable("plan_model", {
  code: text().$type<"livestock" | "start-up" | "training" | "village">().primaryKey(),
  n: integer().notNull(),
  titleVi: text().notNull(),
  titleEn: text().notNull(),
  source: text().notNull(),
});

/** Any other rule that changes over time: limits, waiting days, least cell size. */
export const rule = pgTable(
  "rule",
  {
    code: text().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    value: jsonb().$type<unknown>().notNull(),
    source: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.code, t.validFrom] })],
);

/** An office or body, with its period and successor: people appear in public only as these. */
export const organisation = pgTable(
  "organisation",
  {
    id: text().primaryKey(),
    kind: text()
      .$type<
        | "committee"
        | "department"
        | "district-office"
        | "commune-committee"
        | "twinned-unit"
        | "company"
        | "front"
        | "union"
      >()
      .notNull(),
    nameVi: text().notNull(),
    nameEn: text().notNull(),
    place: text(),
    validFrom: date().notNull(),
    validTo: date(),
    successor: text(),
    /** Raised by every change; a form that carries another one is stale. */
    version: integer().notNull().default(1),
  },
  () => [check("organisation_period", sql`valid_to is null or valid_from <= valid_to`)],
);
