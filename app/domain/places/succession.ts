import { addDays, type Day } from "../kernel/calendar.ts";
import { findUnit, inForce, type Unit } from "./unit.ts";

/** The units a unit became, step by step, until `day`; empty when it is still itself on that day. */
export function becameBy(units: readonly Unit[], unit: Unit, day: Day): Unit[] {
  const steps: Unit[] = [];
  let current = unit;
  while (current.validTo !== null && current.validTo < day) {
    const next = successorOf(units, current);
    if (!next) break;
    steps.push(next);
    current = next;
  }
  return steps;
}

/** What the ground of `unit` is on `day`: itself while in force, else the last of what it became. */
export function unitOn(units: readonly Unit[], unit: Unit, day: Day): Unit | undefined {
  const last = becameBy(units, unit, day).at(-1) ?? unit;
  return inForce(last, day) ? last : undefined;
}

/** The unit that follows directly; undefined while in force. */
export function successorOf(units: readonly Unit[], unit: Unit): Unit | undefined {
  if (unit.successor === null || unit.validTo === null) return undefined;
  const found = findUnit(units, unit.successor, addDays(unit.validTo, 1));
  return found.ok ? found.value : undefined;
}

/** The units that became `unit` on its first day, in code order: what a merged commune was made of. */
export function formedFrom(units: readonly Unit[], unit: Unit): Unit[] {
  const eve = addDays(unit.validFrom, -1);
  return units
    .filter((old) => old.successor === unit.code && old.validTo === eve && old.kind === unit.kind)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/**
 * The mountain district of 2024 whose ground the unit is on: the plan counts by these six even after they ended on
 * 1 July 2025 (plan 9295, II.1.1). Undefined outside them.
 */
export function mountainDistrictOf(units: readonly Unit[], unit: Unit): Unit | undefined {
  if (unit.district2024 === null) return undefined;
  return units.find((other) => other.kind === "district" && other.code === unit.district2024);
}

/** The unit directly above in the same period: a commune's district until 30 June 2025, its city after. */
export function parentOf(units: readonly Unit[], unit: Unit): Unit | undefined {
  if (unit.parent === null) return undefined;
  const found = findUnit(units, unit.parent, unit.validFrom);
  return found.ok ? found.value : undefined;
}
