import type { MayProblem, Person } from "../people/may.ts";
import { type MoneyOrder, stateAfter } from "./order.ts";
import { type LaterStep, permittedTo } from "./step-right.ts";

/** A step that the order's state allows, and whether this person may take it. */
export interface NextStep {
  readonly step: LaterStep;
  /** Why not; null when the person may. */
  readonly why: MayProblem["code"] | null;
}

const STEPS = ["approve", "book", "change", "send-back", "refuse", "cancel"] as const;

/** What can be done with an order now, by anybody, and what forbids it to this person. */
export function nextSteps(person: Person, order: MoneyOrder): NextStep[] {
  return STEPS.filter((step) => stateAfter(order.state, step) !== undefined).map((step) => {
    const permitted = permittedTo(person, order, step);
    return { step, why: permitted.ok ? null : permitted.problem.code };
  });
}
