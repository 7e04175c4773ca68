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
