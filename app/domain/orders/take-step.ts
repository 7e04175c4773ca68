import type { OrderProblem } from "./order-problem.ts";
import type { Writing } from "../acts/act.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidyParagraphs } from "../kernel/tidy.ts";
import type { AuditFacts } from "../people/audit.ts";
import {
  carryOut,
  type Done,
  type Moment,
  type Right,
  type TrailNote,
} from "../people/carry-out.ts";
import type { Person } from "../people/may.ts";
import {
  type MoneyOrder,
  NOTE_LIMIT,
  type OrderState,
  type OrderStep,
  stateAfter,
} from "./order.ts";
import type { OrderStores } from "./ports.ts";
import { type LaterStep, permittedTo } from "./step-right.ts";

/** What the verbs of orders need. */
export type OrderServices = Writing<OrderStores> & { now(): Seconds };

/** What every form about an order carries. */
export interface OrderForm {
  readonly id: string;
  /** Version of the order that the person saw. */
  readonly version: number;
  /** For the office only. */
  readonly note?: string;
}

/** What a step is decided on: everything read inside its transaction. */
export interface StepMoment {
  readonly stores: OrderStores;
  readonly at: Seconds;
  readonly today: Day;
  /** With the roles held at this moment. */
  readonly person: Person;
  readonly order: MoneyOrder;
  /** By what right the person takes it. */
  readonly right: Right;
}

/** What a step makes of an order, and what it leaves in the history. */
export interface StepDecided {
  /** Where another right counts than that to the order as it was. */
  readonly right?: Right;
  /** What changes beside state, version and time. */
  readonly becomes?: Partial<MoneyOrder>;
  readonly trace: Omit<StepTrace, "step">;
}

/**
 * One step of an order that is there, in one transaction: found in the version that the form saw, possible from the state
 * it is in, permitted by what the person holds now, decided, then written with its line in the audit trail.
 */
export function takeStep(
  services: OrderServices,
  asking: Person,
  form: OrderForm,
  step: LaterStep,
  decide: (moment: StepMoment) => Promise<Result<StepDecided, OrderProblem>>,
): Promise<Result<MoneyOrder, OrderProblem>> {
  return carryOut<OrderStores, Found, Result<Done<MoneyOrder>, OrderProblem>>(
    { official: services, now: services.now },
    asking,
    {
      find: (stores) => orderFor(stores, form, step),
      right: (person, { order }) => permittedTo(person, order, step),
      work: async ({ stores, at, today, person, act, grant, found: { order, next } }) => {
        const decided = await decide({ stores, at, today, person, order, right: { act, grant } });
        if (!decided.ok) return decided;
        const { right = { act, grant }, becomes, trace } = decided.value;
        const version = order.version + 1;
        const taken = { ...order, ...becomes, state: next, version, changedAt: at };
        const taker = { stores, at, person, grant: right.grant };
        const note = await putStep(taker, taken, { step, ...trace });
        return ok({ value: taken, notes: [note], right });
      },
    },
  );
}

type Found = Result<{ order: MoneyOrder; next: OrderState }, OrderProblem>;

/** The order a form is about; refused when it was changed since, or the step is not possible. */
async function orderFor(stores: OrderStores, form: OrderForm, step: OrderStep): Promise<Found> {
  const order = await stores.orders.find(form.id);
  if (!order) return no({ code: "order.unknown", order: form.id });
  if (order.version !== form.version) return no({ code: "office.stale", version: order.version });
  const next = stateAfter(order.state, step);
  if (next === undefined) return no({ code: "order.wrong-state", state: order.state });
  return ok({ order, next });
}

/** The note as it is kept: composed, without control signs or blanks around. */
export function noteText(typed: string | undefined): Result<string, OrderProblem> {
  const note = tidyParagraphs(typed ?? "");
  if ([...note].length > NOTE_LIMIT) return no({ code: "order.note-too-long", most: NOTE_LIMIT });
  return ok(note);
}

/** A coded reason of `known`, and a note; "other" says nothing without words. */
export function reasonAndNote(
  form: { readonly reason: string; readonly note?: string },
  known: readonly string[],
): Result<{ reason: string; note: string }, OrderProblem> {
  const note = noteText(form.note);
  if (!note.ok) return note;
  if (!known.includes(form.reason)) return no({ code: "order.no-reason" });
  if (form.reason === "other" && note.value === "") return no({ code: "order.no-note" });
  return ok({ reason: form.reason, note: note.value });
}

/** What a step leaves behind. */
export interface StepTrace {
  readonly step: OrderStep;
  readonly reason?: string;
  readonly note: string;
  /** The request itself is part of the step. */
  readonly asks?: boolean;
  readonly facts?: AuditFacts;
}

/** Write the order as it now is, and its step; answers the line for the audit trail. */
export async function putStep(
  {
    stores,
    at,
    person,
    grant,
  }: Pick<Moment<OrderStores, unknown>, "stores" | "at" | "person" | "grant">,
  order: MoneyOrder,
  trace: StepTrace,
): Promise<TrailNote> {
  await stores.orders.put(order, {
    step: trace.step,
    at,
    person: person.id,
    role: grant.role,
    organisation: grant.organisation,
    reason: trace.reason ?? null,
    note: trace.note,
    matter: trace.asks ? order.matter : null,
    amount: trace.asks ? order.amount : null,
    entry: order.entry,
  });
  const facts = {
    step: trace.step,
    number: order.number,
    version: order.version,
    amount: order.amount.toString(),
    ...(trace.reason === undefined ? {} : { reason: trace.reason }),
    ...trace.facts,
  };
  return { kind: "order", id: order.id, facts };
}
