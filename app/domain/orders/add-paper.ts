import type { OrderProblem } from "./order-problem.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import type { FileStores } from "../files/ports.ts";
import type { Writing } from "../acts/act.ts";
import type { Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { Person } from "../people/may.ts";
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
  return carryOut({ official: services, now: services.now }, asking, {
    find: async (stores, today) => {
      const order = await stores.orders.find(added.id);
      if (!order) return no({ code: "order.unknown", order: added.id });
      const dossier = await stores.orders.dossier(order.kind, sourceOf(order.matter), today);
      const answered = answeredBy(added, order, dossier);
      return answered.ok ? ok({ order, answered: answered.value }) : answered;
    },
    right: (person, { order, answered }) => {
      const rights = answered.map(({ item }) => mayAddPaper(person, order, item));
      return (
        rights.find((right) => !right.ok) ??
        rights[0] ??
        rightTo(person, `${order.kind}.request`, subjectOf(order.place))
      );
    },
    work: async ({ stores, at, person, found: { order, answered } }) => {
      for (const { item, file } of answered) {
        if (!isPaymentOrder(item)) continue;
        const others = await stores.orders.paymentOrders(file.staged.bytes, order.id);
        const used = others.find((other) => file.isSame(other));
        if (used) return no({ code: "order.paper-used", number: used.number });
      }
      const { communes, district, twin } = order.place;
      const subject = { kind: "order", id: order.id, communes, district, twin } as const;
      const files = answered.map(({ file }) => file);
      // Each file has its own line in the trail.
      const kept = await keepFiles(stores, person, files, subject, at);
      if (!kept.ok) return kept;
      for (const { item, file } of answered) {
        const paper = { item: item.code, file: file.id, addedBy: person.id, addedAt: at };
        await stores.orders.addPaper(order.id, paper, item.before !== "book");
      }
      return done((await stores.orders.find(order.id)) ?? order);
    },
  });
}

/** The papers with the items of the dossier they answer, all of which can be answered now. */
function answeredBy(
  { papers }: OrderPapers,
  order: MoneyOrder,
  dossier: readonly DossierItem[],
): Result<{ item: DossierItem; file: PreparedFile }[], OrderProblem> {
  const answered = [];
  for (const { item: code, file } of papers) {
    const item = dossier.find((one) => one.code === code);
    if (!item) return no({ code: "order.paper-unknown", item: code });
    if (!takesPaper(order, item)) return no({ code: "order.wrong-state", state: order.state });
    answered.push({ item, file });
  }
  return ok(answered);
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
  return rightTo(
    person,
    `${order.kind}.${books ? "book" : "request"}`,
    subjectOf(order.place, books ? preparersFor(order, "book") : []),
  );
}
