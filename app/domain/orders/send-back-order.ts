import type { OrderProblem } from "./order-problem.ts";
import { ok, type Result } from "../kernel/result.ts";
import type { Person } from "../people/may.ts";
import { type MoneyOrder, NOT_APPROVED, REFUSE_REASONS, SEND_BACK_REASONS } from "./order.ts";
import { type OrderForm, type OrderServices, reasonAndNote, takeStep } from "./take-step.ts";

/** Send an order back to be changed: the approver, or the accountant where it cannot be booked as it was approved. */
export async function sendBackOrder(
  services: OrderServices,
  asking: Person,
  form: OrderForm & { readonly reason: string },
): Promise<Result<MoneyOrder, OrderProblem>> {
  const why = reasonAndNote(form, SEND_BACK_REASONS);
  if (!why.ok) return why;
  return takeStep(services, asking, form, "send-back", async () =>
    ok({ becomes: NOT_APPROVED, trace: why.value }),
  );
}

/** Refuse an order for good. */
export async function refuseOrder(
  services: OrderServices,
  asking: Person,
  form: OrderForm & { readonly reason: string },
): Promise<Result<MoneyOrder, OrderProblem>> {
  const why = reasonAndNote(form, REFUSE_REASONS);
  if (!why.ok) return why;
  return takeStep(services, asking, form, "refuse", async () => ok({ trace: why.value }));
}
