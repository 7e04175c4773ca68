import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";

import { bytea } from "./bytea.ts";

import { organisation } from "./places.ts";
import type { Role } from "#app/domain/people/role.ts";

/**
 * A role somebody holds in an organisation, for a period, for a place: proposed by one person, decided by another. What was
 * proposed never changes; only its state does, and only forwards (triggers of 0006_people.sql).
 */
export const roleGrant = pgTable(
  "role_grant",
  {
    id: text().primaryKey(),
    /** Id of the account. */
    person: text().notNull(),
    role: text().$type<Role>().notNull(),
    organisation: text().notNull(),
    /** Code of a commune, or of a district of 2024; null: the whole province. */
    place: text(),
    validFrom: date().notNull(),
    validTo: date(),
    state: text().$type<"proposed" | "approved" | "refused" | "withdrawn">().notNull(),
    proposedBy: text().notNull(),
    /** UTC seconds, as the other times here. */
    proposedAt: bigint({ mode: "number" }).notNull(),
    decidedBy: text(),
    decidedAt: bigint({ mode: "number" }),
    withdrawnBy: text(),
    withdrawnAt: bigint({ mode: "number" }),
    version: integer().notNull().default(1),
  },
  (t) => [
    index("role_grant_person").on(t.person),
    index("role_grant_waiting")
      .on(t.proposedAt)
      .where(sql`state = 'proposed'`),
    foreignKey({
      name: "role_grant_organisation_fkey",
      columns: [t.organisation],
      foreignColumns: [organisation.id],
    }),
    check("period", sql`valid_to is null or valid_from <= valid_to`),
    check("known_state", sql`state in ('proposed', 'approved', 'refused', 'withdrawn')`),
    // Two people, whatever the application says. `bin/grant` is no person: it makes the first administrator and leader.
    check(
      "decided_by_another",
      sql`decided_by is null or proposed_by = 'bin/grant' or (decided_by <> proposed_by and decided_by <> person)`,
    ),
    check(
      "decided_when_decided",
      sql`(decided_by is null) = (decided_at is null) and (state not in ('approved', 'refused') or decided_by is not null)`,
    ),
    check(
      "withdrawn_when_withdrawn",
      sql`(withdrawn_by is null) = (withdrawn_at is null) and (state = 'withdrawn') = (withdrawn_by is not null)`,
    ),
  ],
);

/** Where the trail stands: number and hash of its last line. One row, kept by the trigger that numbers the lines. */
export const auditHead = pgTable(
  "audit_head",
  {
    one: boolean().primaryKey().default(true),
    n: bigint({ mode: "number" }).notNull(),
    hash: bytea().notNull(),
  },
  () => [check("audit_head_one_check", sql`one`)],
);

/** Who did what, when, under which grant. Append-only, numbered without gaps, each line sealed to the one before. */
export const auditLine = pgTable(
  "audit_line",
  {
    n: bigint({ mode: "number" }).primaryKey(),
    at: bigint({ mode: "number" }).notNull(),
    act: text().notNull(),
    subjectKind: text().notNull(),
    subject: text().notNull(),
    outcome: text().$type<"done" | "refused">().notNull(),
    /** JSON object of codes, numbers and ids. */
    facts: text().notNull(),
    person: text(),
    roleGrant: text(),
    role: text().$type<Role>(),
    organisation: text(),
    /** SHA-256 over the hash of the line before and this line. */
    hash: bytea().notNull(),
  },
  (t) => [
    index("audit_line_person").on(t.person, t.n),
    index("audit_line_act").on(t.act, t.n),
    uniqueIndex("audit_line_subject").on(t.subject, t.n),
    index("audit_line_at").on(t.at),
    check("audit_line_outcome_check", sql`outcome in ('done', 'refused')`),
  ],
);
