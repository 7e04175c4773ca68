import type { Day } from "../kernel/calendar.ts";

export const ORGANISATION_KINDS = [
  "committee",
  "department",
  "district-office",
  "commune-committee",
  "twinned-unit",
  "company",
  /** Fatherland Front of a commune. */
  "front",
  /** Women, Farmers, Youth, Veterans of a commune. */
  "union",
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** A body with its period: people appear in public only as these. */
export interface Organisation {
  /** Lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly nameVi: string;
  readonly nameEn: string;
  /** Code of its place; null where it has none, such as a company. */
  readonly place: string | null;
  readonly validFrom: Day;
  /** Last day; null while in force. */
  readonly validTo: Day | null;
  /** Who took its tasks over, by id. */
  readonly successor: string | null;
  readonly version: number;
}

/** Whether an organisation is in force on `day`. */
export function inForce(
  organisation: Pick<Organisation, "validFrom" | "validTo">,
  day: Day,
): boolean {
  return (
    organisation.validFrom <= day && (organisation.validTo === null || day <= organisation.validTo)
  );
}
