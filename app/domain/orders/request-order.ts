import type { OrderProblem } from "./order-problem.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { Person } from "../people/may.ts";
import { matterOf } from "./matter.ts";
import {
  type MoneyOrder,
  NOT_APPROVED,
  type OrderMatter,
  type OrderPlace,
  sameMatter,
  type Planned,
} from "./order.ts";
import { placeOf, subjectOf } from "./place.ts";
import type { OrderBooks } from "./ports.ts";
import { planSpending } from "./spending.ts";
import { noteText, type OrderForm, type OrderServices, putStep, takeStep } from "./take-step.ts";

/**
 * A new request; `id` is made by the form before it is sent, so that a double click asks once. The same id with something
 * else asked is refused: nobody is told that it was asked for.
 */
export interface OrderRequest {
  readonly id: string;
  readonly matter: OrderMatter;
  readonly note?: string;
}

/** Ask for money to move: checked against the books as they are, written down with the gifts it would spend. */
export async function requestOrder(
  services: OrderServices,
  asking: Person,
  request: OrderRequest,
): Promise<Result<MoneyOrder, OrderProblem>> {
  const note = noteText(request.note);
  if (!note.ok) return note;
  const { matter } = request;
  return carryOut({ official: services, now: services.now }, asking, {
    find: async (stores, today) => ok(await placeOf(stores, matter, today)),
    right: (person, place) => rightTo(person, `${matter.kind}.request`, subjectOf(place)),
    work: async (moment) => {
      const { stores, at, today, person, grant, found: place } = moment;
      const known = await stores.orders.find(request.id);
      if (known) {
        const mine = known.preparedBy.includes(person.id);
        if (!mine || !sameMatter(known.matter, matter)) return no({ code: "order.key-used" });
        const fresh = known.version === 1;
        return fresh ? done(known) : no({ code: "office.stale", version: known.version });
      }
      const planned = await workOut(stores, matter, today, request.id);
      if (!planned.ok) return planned;
      const order: MoneyOrder = {
        id: request.id,
        number: await stores.orders.nextNumber(),
        kind: matter.kind,
        state: "requested",
        version: 1,
        matter,
        place,
        ...planned.value,
        preparedBy: [person.id],
        ...NOT_APPROVED,
        bookedBy: [],
        requestedAt: at,
        changedAt: at,
        requestedFor: grant.organisation,
        entry: null,
      };
      const trace = { step: "request", note: note.value, asks: true } as const;
      return done(order, await putStep(moment, order, trace));
    },
  });
}

/** Change what is asked and ask again: a new version of the same order; what was approved is approved no longer. */
export async function changeOrder(
  services: OrderServices,
  asking: Person,
  form: OrderForm & { readonly matter: OrderMatter },
): Promise<Result<MoneyOrder, OrderProblem>> {
  const note = noteText(form.note);
  if (!note.ok) return note;
  return takeStep(services, asking, form, "change", async ({ stores, today, person, order }) => {
    const { matter } = form;
    if (order.kind !== matter.kind) return no({ code: "order.other-kind" });
    const place = await placeOf(stores, matter, today);
    const permitted = rightTo(person, `${order.kind}.request`, subjectOf(place));
    if (!permitted.ok) return permitted;
    const planned = await workOut(stores, matter, today, order.id);
    if (!planned.ok) return planned;
    const becomes = {
      ...planned.value,
      ...NOT_APPROVED,
      matter,
      place,
      preparedBy: [...new Set([...order.preparedBy, person.id])],
      requestedFor: permitted.value.grant.organisation,
    };
    return ok({
      right: permitted.value,
      becomes,
      trace: { note: note.value, asks: true },
    });
  });
}

/** What a request would do, without asking for it: pages show it before it is sent. */
export async function tryOrder(
  stores: OrderBooks,
  matter: OrderMatter,
  today: Day,
  self = "",
): Promise<{ readonly place: OrderPlace; readonly planned: Result<Planned, OrderProblem> }> {
  const place = await placeOf(stores, matter, today);
  return { place, planned: await workOut(stores, matter, today, self) };
}

/** Every check of the books, and what would be spent; `self` is the order itself, which is no double. */
export async function workOut(
  stores: OrderBooks,
  matter: OrderMatter,
  today: Day,
  self: string,
): Promise<Result<Planned, OrderProblem>> {
  const double = await doubleOf(stores, matter, self);
  if (double !== undefined) return no({ code: "order.twice", number: double });
  const moves = await matterOf(stores, matter, today);
  return moves.ok ? planSpending(stores, moves.value) : moves;
}

/** Number of another order about the same gift, animal, entry or line of a list. */
async function doubleOf(
  { orders }: OrderBooks,
  matter: OrderMatter,
  self: string,
): Promise<number | undefined> {
  const others =
    matter.kind === "refund" || (matter.kind === "redesignation" && "gift" in matter)
      ? await orders.ofGift(matter.gift)
      : matter.kind === "write-off"
        ? await orders.ofThing({ animal: matter.animal })
        : matter.kind === "reversal"
          ? await orders.ofThing({ entry: matter.entry })
          : matter.kind === "advance"
            ? await orders.ofLines(matter.campaign, matter.lines ?? [])
            : [];
  return others.find(({ id }) => id !== self)?.number;
}
