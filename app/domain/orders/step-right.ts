/**
 * Who may take which step of an order, told once: `takeStep` asks it inside the transaction, the page shows what it answers,
 * and the doors of the order's forms are the same acts (`ORDER_FORM_HANDS`, `people/office-act.ts`).
 */
import type { Result } from "../kernel/result.ts";
import { type Right, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { type MoneyHand, type OfficeAct, ORDER_FORM_HANDS } from "../people/office-act.ts";
import type { MoneyOrder, OrderStep } from "./order.ts";
import { preparersFor, subjectOf } from "./place.ts";

/** A step of an order that is there. */
export type LaterStep = Exclude<OrderStep, "request">;

type Standing = Pick<MoneyOrder, "kind" | "state" | "place" | "preparedBy" | "approvedBy">;

/** Acts that open the form of a step, any of them; the right of the step may ask for more. */
export function actsFor(
  { kind, state }: Pick<MoneyOrder, "kind" | "state">,
  form: keyof typeof ORDER_FORM_HANDS,
): readonly [OfficeAct, ...OfficeAct[]] {
  const [first, ...others]: readonly [MoneyHand, ...MoneyHand[]] =
    form === "send-back" ? [senderBack(state)] : ORDER_FORM_HANDS[form];
  return [`${kind}.${first}`, ...others.map((hand): OfficeAct => `${kind}.${hand}`)];
}

/** An approved order is sent back by whoever books, where it cannot be booked as it was approved; before, by the approver. */
function senderBack(state: MoneyOrder["state"]): "approve" | "book" {
  return state === "approved" ? "book" : "approve";
}

/** Whether a person may take a step of an order now, and by what right. */
export function permittedTo(
  person: Person | undefined,
  order: Standing,
  step: LaterStep,
): Result<Right, MayProblem> {
  switch (step) {
    case "change":
      return rightBy(person, order, "request", []);
    case "cancel":
      return permittedToCancel(person, order);
    case "approve":
    case "refuse":
      return rightBy(person, order, "approve", preparersFor(order, "approve"));
    case "book":
      return rightBy(person, order, "book", preparersFor(order, "book"));
    case "send-back": {
      const hand = senderBack(order.state);
      return rightBy(person, order, hand, preparersFor(order, hand));
    }
  }
}

/** Given up by whoever may approve it, their own too, as nothing is granted by that; else by whoever asked for it. */
function permittedToCancel(person: Person | undefined, order: Standing): Result<Right, MayProblem> {
  const approver = rightBy(person, order, "approve", []);
  const asked = person !== undefined && order.preparedBy.includes(person.id);
  return approver.ok || !asked ? approver : rightBy(person, order, "request", []);
}

function rightBy(
  person: Person | undefined,
  { kind, place }: Standing,
  hand: MoneyHand,
  preparers: string[],
): Result<Right, MayProblem> {
  return rightTo(person, `${kind}.${hand}`, subjectOf(place, preparers));
}
