import { dayOf } from "../kernel/calendar.ts";
import { ok, type Result } from "../kernel/result.ts";
import { may, type Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import { type MoneyOrder, REFUSE_REASONS, SEND_BACK_REASONS } from "./order.ts";
import { preparersFor, subjectOf } from "./place.ts";
import {
  orderFor,
  personNow,
  type OrderForm,
  type OrderProblem,
  type OrderServices,
  putStep,
  reasonAndNote,
} from "./take-step.ts";

/** Send an order back to be changed: the approver, or the accountant where it cannot be booked as it was approved. */
export async function sendBackOrder(
  services: OrderServices,
  asking: Person,
  form: OrderForm & { readonly reason: string },
): Promise<Result<MoneyOrder, OrderProblem>> {
  const why = reasonAndNote(form, SEND_BACK_REASONS);
  if (!why.ok) return why;
  return services.write(async (stores) => {
    const at = services.now();
    const person = await personNow(stores, asking, dayOf(at));
    const found = await orderFor(stores, form, "send-back");
    if (!found.ok) return found;
    const { order, next } = found.value;
    const step = order.state === "approved" ? "book" : "approve";
    const act: OfficeAct = `${order.kind}.${step}`;
    const permitted = may(person, act, subjectOf(order.place, preparersFor(order, step)));
    if (!permitted.ok) return permitted;
    const sent: MoneyOrder = {
      ...order,
      state: next,
      version: order.version + 1,
      approvedBy: [],
      approvedFor: null,
      approvedAt: null,
      changedAt: at,
    };
    const taker = { person, grant: permitted.value, act };
    return ok(await putStep(stores, at, taker, sent, { step: "send-back", ...why.value }));
  });
}

/** Refuse an order for good. */
export async function refuseOrder(
  services: OrderServices,
  asking: Person,
  form: OrderForm & { readonly reason: string },
): Promise<Result<MoneyOrder, OrderProblem>> {
  const why = reasonAndNote(form, REFUSE_REASONS);
  if (!why.ok) return why;
  return services.write(async (stores) => {
    const at = services.now();
    const person = await personNow(stores, asking, dayOf(at));
    const found = await orderFor(stores, form, "refuse");
    if (!found.ok) return found;
    const { order, next } = found.value;
    const act: OfficeAct = `${order.kind}.approve`;
    const permitted = may(person, act, subjectOf(order.place, order.preparedBy));
    if (!permitted.ok) return permitted;
    const refused = { ...order, state: next, version: order.version + 1, changedAt: at };
    const taker = { person, grant: permitted.value, act };
    return ok(await putStep(stores, at, taker, refused, { step: "refuse", ...why.value }));
  });
}
