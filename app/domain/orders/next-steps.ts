import { may, type MayProblem, type Person } from "../people/may.ts";
import { mayCancel } from "./cancel-order.ts";
import { type MoneyOrder, type OrderStep, stateAfter } from "./order.ts";
import { preparersFor, subjectOf } from "./place.ts";

/** A step that the order's state allows, and whether this person may take it. */
export interface NextStep {
  readonly step: Exclude<OrderStep, "request">;
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

function permittedTo(person: Person, order: MoneyOrder, step: NextStep["step"]) {
  const { kind, place } = order;
  switch (step) {
    case "change":
      return may(person, `${kind}.request`, subjectOf(place));
    case "cancel":
      return mayCancel(person, order);
    case "approve":
    case "refuse":
      return may(person, `${kind}.approve`, subjectOf(place, preparersFor(order, "approve")));
    case "book":
      return may(person, `${kind}.book`, subjectOf(place, preparersFor(order, "book")));
    case "send-back": {
      const by = order.state === "approved" ? "book" : "approve";
      return may(person, `${kind}.${by}`, subjectOf(place, preparersFor(order, by)));
    }
  }
}
