import type { OrderProblem } from "./order-problem.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import type { FileStores } from "../files/ports.ts";
import type { Writing } from "../acts/act.ts";
import { dayOf, type Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { personNow } from "../people/may-now.ts";
import { may, type Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import { type DossierItem, isPaymentOrder, sourceOf } from "./dossier.ts";
import { isOpen, type MoneyOrder } from "./order.ts";
import { preparersFor, subjectOf } from "./place.ts";
import type { OrderStores } from "./ports.ts";

/** Files that answer items of an order's dossier. */
export interface OrderPapers {
  readonly id: string;
  readonly papers: readonly { readonly item: string; readonly file: PreparedFile }[];
}

/**
 * Add papers to an order; a newer one of the same item stands in place of the older, which stays on record. Papers of the
 * request are preparation: whoever adds one cannot approve. The bank's paper belongs to whoever books, is added to an
 * approved order only, and is no other order's; papers of the request may be shared.
 */
export async function addOrderPapers(
  services: Writing<OrderStores & FileStores> & { now(): Seconds },
  asking: Person,
  added: OrderPapers,
): Promise<Result<MoneyOrder, OrderProblem>> {
  return services.write(async (stores) => {
    const at = services.now();
    const person = await personNow(stores.people, asking, dayOf(at));
    const order = await stores.orders.find(added.id);
    if (!order) return no({ code: "order.unknown", order: added.id });
    const dossier = await stores.orders.dossier(order.kind, sourceOf(order.matter), dayOf(at));
    for (const { item, file } of added.papers) {
      const known = dossier.find(({ code }) => code === item);
      if (!known) return no({ code: "order.paper-unknown", item });
      if (!takesPaper(order, known)) return no({ code: "order.wrong-state", state: order.state });
      const permitted = mayAddPaper(person, order, known);
      if (!permitted.ok) return permitted;
      if (!isPaymentOrder(known)) continue;
      const others = await stores.orders.paymentOrders(file.staged.bytes, order.id);
      const used = others.find((other) => file.isSame(other));
      if (used) return no({ code: "order.paper-used", number: used.number });
    }
    const kept = await keepFiles(
      stores,
      person,
      added.papers.map(({ file }) => file),
      {
        kind: "order",
        id: order.id,
        communes: order.place.communes,
        district: order.place.district,
        twin: order.place.twin,
      },
      at,
    );
    if (!kept.ok) return kept;
    for (const { item, file } of added.papers) {
      const prepares = dossier.find(({ code }) => code === item)?.before !== "book";
      const paper = { item, file: file.id, addedBy: person.id, addedAt: at };
      await stores.orders.addPaper(order.id, paper, prepares);
    }
    return ok((await stores.orders.find(order.id)) ?? order);
  });
}

/** Whether an item can be answered now: what was approved was approved with the papers it had. */
export function takesPaper({ state }: Pick<MoneyOrder, "state">, { before }: DossierItem): boolean {
  return before === "book" ? state === "approved" : isOpen(state) && state !== "approved";
}

/** Whether a person may answer an item: whoever may ask for such an order, or book it. */
export function mayAddPaper(
  person: Person | undefined,
  order: Pick<MoneyOrder, "kind" | "place" | "preparedBy" | "approvedBy">,
  { before }: DossierItem,
) {
  const books = before === "book";
  const act: OfficeAct = `${order.kind}.${books ? "book" : "request"}`;
  return may(person, act, subjectOf(order.place, books ? preparersFor(order, "book") : []));
}
