import type { Day } from "../kernel/calendar.ts";

/**
 * What a person is in an office (plan 9295, III: who does what). A role says nothing alone: it is held in an
 * organisation, for a period, for a place.
 */
export const ROLES = [
  /** Keeps people, organisations and role grants. Touches no money. */
  "administrator",
  /** Expert of the Ethnic Affairs Committee: reviews drafts, prepares what the Committee decides (III.1). */
  "committee-officer",
  /** Head or deputy of the Committee: decides (III.1). */
  "committee-leader",
  /** Accountant of the appeal: statements, bookings with the bank's paper. */
  "committee-accountant",
  /** Official of a commune: drafts, asks for money, tells how it goes (II.1.6 b). */
  "commune-clerk",
  /** Chair or deputy chair of a commune People's Committee: decides what the commune does with its money. */
  "commune-leader",
  /** Accountant of a commune (II.1.6 b). */
  "commune-accountant",
  /** District Ethnic Office and what took over its task after July 2025: opinions, supervision (III.8). */
  "district-officer",
  /** Official of a twinned unit: opinions, promises of the year (III.7). */
  "twin-officer",
  /** Finance department: reads everything, the audit trail too, changes nothing (III.2). */
  "finance-inspector",
  /** Fatherland Front of a commune: opinions on lists, watching what hangs out (law 10/2022/QH15). */
  "front-officer",
  /** A union of a commune (Women, Farmers, Youth, Veterans): opinions on lists. */
  "union-officer",
] as const;
export type Role = (typeof ROLES)[number];

/** A role as one person holds it. */
export interface Grant {
  readonly id: string;
  readonly role: Role;
  /** Organisation it is held in, by id. */
  readonly organisation: string;
  /** Code of the commune, or of the district of 2024, it is held for; null for the whole province. */
  readonly place: string | null;
  readonly from: Day;
  /** Last day; null while it has no end. */
  readonly to: Day | null;
}

/** Whether a grant is in force on `day`. */
export function heldOn(grant: Pick<Grant, "from" | "to">, day: Day): boolean {
  return grant.from <= day && (grant.to === null || day <= grant.to);
}
