import type { OrderProblem } from "./order-problem.ts";
import { ok, type Result } from "../kernel/result.ts";
import type { Person } from "../people/may.ts";
import { CANCEL_REASONS, type MoneyOrder } from "./order.ts";
import { type OrderForm, type OrderServices, reasonAndNote, takeStep } from "./take-step.ts";

/** Give an order up before it is booked: whoever asked for it, or whoever may approve it. */
export async function cancelOrder(
  services: OrderServices,
  asking: Person,
  form: OrderForm & { readonly reason: string },
): Promise<Result<MoneyOrder, OrderProblem>> {
  const why = reasonAndNote(form, CANCEL_REASONS);
  if (!why.ok) return why;
  return takeStep(services, asking, form, "cancel", async () => ok({ trace: why.value }));
}
