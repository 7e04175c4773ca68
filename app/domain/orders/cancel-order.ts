import type { OrderProblem } from "./order-problem.ts";
import { ok, type Result } from "../kernel/result.ts";
import { may, type MayProblem, type Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import type { Grant } from "../people/role.ts";
import { CANCEL_REASONS, type MoneyOrder } from "./order.ts";
import { subjectOf } from "./place.ts";
import { type OrderForm, type OrderServices, reasonAndNote, takeStep } from "./take-step.ts";

/** Give an order up before it is booked: whoever asked for it, or whoever may approve it. */
export async function cancelOrder(
  services: OrderServices,
  asking: Person,
  form: OrderForm & { readonly reason: string },
): Promise<Result<MoneyOrder, OrderProblem>> {
  const why = reasonAndNote(form, CANCEL_REASONS);
  if (!why.ok) return why;
  return takeStep(services, asking, form, "cancel", async ({ person, order }) => {
    const permitted = mayCancel(person, order);
    return permitted.ok ? ok({ ...permitted.value, trace: why.value }) : permitted;
  });
}

/** Whether a person may give an order up: nobody's own preparation is decided by that. */
export function mayCancel(
  person: Person | undefined,
  order: Pick<MoneyOrder, "kind" | "place" | "preparedBy">,
): Result<{ grant: Grant; act: OfficeAct }, MayProblem> {
  const subject = subjectOf(order.place);
  const approve: OfficeAct = `${order.kind}.approve`;
  const request: OfficeAct = `${order.kind}.request`;
  const approver = may(person, approve, subject);
  if (approver.ok) return ok({ grant: approver.value, act: approve });
  const asked = person !== undefined && order.preparedBy.includes(person.id);
  const requester = asked ? may(person, request, subject) : approver;
  return requester.ok ? ok({ grant: requester.value, act: request }) : requester;
}
