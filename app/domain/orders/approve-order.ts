import type { OrderProblem } from "./order-problem.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { Person } from "../people/may.ts";
import { missingItems } from "./dossier.ts";
import type { MoneyOrder } from "./order.ts";
import { dossierNow } from "./papers.ts";
import { workOut } from "./request-order.ts";
import { spendingText } from "./spending.ts";
import { noteText, type OrderForm, type OrderServices, takeStep } from "./take-step.ts";

/** An approval of what the approver saw. */
export interface Approval extends OrderForm {
  /** `spendingText` of the numbers that the page showed. */
  readonly seen: string;
}

/**
 * Approve an order: by somebody who had no hand in preparing it, with the required papers there, and only if it would
 * still spend what the approver was shown.
 */
export async function approveOrder(
  services: OrderServices,
  asking: Person,
  form: Approval,
): Promise<Result<MoneyOrder, OrderProblem>> {
  const note = noteText(form.note);
  if (!note.ok) return note;
  return takeStep(services, asking, form, "approve", async (moment) => {
    const { stores, at, today, person, order, right } = moment;
    const { dossier, papers } = await dossierNow(stores.orders, order, today);
    const missing = missingItems(dossier, papers, "approve");
    if (missing.length > 0) {
      return no({ code: "order.papers-missing", items: missing.map(({ code }) => code) });
    }
    const planned = await workOut(stores, order.matter, today, order.id);
    if (!planned.ok) return planned;
    if (spendingText(planned.value.spending.ranges) !== form.seen) {
      return no({ code: "order.spending-changed", ...planned.value });
    }
    const becomes = {
      ...planned.value,
      approvedBy: [person.id],
      approvedFor: right.grant.organisation,
      approvedAt: at,
    };
    return ok({ becomes, trace: { note: note.value } });
  });
}
