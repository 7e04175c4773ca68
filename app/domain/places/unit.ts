/**
 * Administrative units in time. A code names a unit only together with a period: codes come back in later periods with another meaning.
 *
 *   20446 Xã Tr'Hy          2021-11-01 ... 2025-06-30  --became-->  20443 Xã Hùng Sơn  2025-07-01 ...
 *   504   Huyện Tây Giang   2021-11-01 ... 2025-06-30  --became-->  48    Đà Nẵng      2025-07-01 ...
 */
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";

/** A province, district or commune (xã, phường, thị trấn, đặc khu) in one period. */
export interface Unit {
  /** GSO code as text. */
  readonly code: string;
  readonly validFrom: Day;
  /** Last day in force; null while in force. */
  readonly validTo: Day | null;
  readonly kind: "province" | "district" | "commune";
  /** `Tr'Hy` */
  readonly name: string;
  /** `Xã Tr'Hy` */
  readonly fullName: string;
  readonly slug: string;
  /** Code of the unit above in the same period; null for a province. */
  readonly parent: string | null;
  /** Code of the unit it became on the day after its last; null while in force. */
  readonly successor: string | null;
  readonly otherSpellings: readonly string[];
  /** One of the plan's six mountain districts, or lies in one (plan 9295, II.1.1). */
  readonly mountain: boolean;
  /** The mountain district of 2024 it is, belongs to or came from; null elsewhere. */
  readonly district2024: string | null;
}

/** Why a unit was not found: no such code at all, or not on that day. */
export type PlaceProblem =
  | { code: "place.unknown"; place: string }
  | { code: "place.not-then"; place: string; day: Day };

/** Whether the unit was in force on `day`. */
export function inForce(unit: Unit, day: Day): boolean {
  return unit.validFrom <= day && (unit.validTo === null || day <= unit.validTo);
}

/** The unit that `code` named on `day`. */
export function findUnit(
  units: readonly Unit[],
  code: string,
  day: Day,
): Result<Unit, PlaceProblem> {
  const periods = units.filter((unit) => unit.code === code);
  const found = periods.find((unit) => inForce(unit, day));
  if (found) return ok(found);
  return no(
    periods.length === 0
      ? { code: "place.unknown", place: code }
      : { code: "place.not-then", place: code, day },
  );
}

/** All periods of a code, oldest first. */
export function periodsOf(units: readonly Unit[], code: string): Unit[] {
  return units
    .filter((unit) => unit.code === code)
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}

/** An administrative unit as a reader is shown it. */
export interface PlaceName {
  readonly code: string;
  readonly name: string;
  /** With its kind: `Xã La Dêê`. */
  readonly fullName: string;
  /** First day of the period it is meant in: a code alone does not say which unit. */
  readonly validFrom: Day;
}
