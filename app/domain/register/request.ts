import { addDays, type Day, dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidyParagraphs } from "../kernel/tidy.ts";
import { noteOf } from "../people/audit.ts";
import { mayNow } from "../people/may-now.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { readPastDay, subjectOfHousehold } from "./household.ts";
import {
  type HouseholdRequest,
  REQUEST_CHANNELS,
  REQUEST_KINDS,
  REQUEST_OUTCOMES,
} from "./matters.ts";
import type { KeyProblem } from "./personal-data.ts";
import type { RegisterNeeds, RegisterStores } from "./ports.ts";

export type RequestProblem =
  | MayProblem
  | KeyProblem
  | { code: "register.unknown" }
  | { code: "register.erased" }
  | { code: "request.no-kind"; field: "kind" }
  | { code: "request.no-channel"; field: "channel" }
  | { code: "register.no-day" | "register.day-to-come"; field: "receivedOn" };

export type CloseRequestProblem =
  | MayProblem
  | { code: "request.unknown" }
  | { code: "request.done-already" }
  | { code: "request.answered-already" }
  | { code: "request.no-outcome"; field: "outcome" };

const LONGEST_TEXT = 2_000;

/** Note that a household asks about its own data; both clocks of the law begin on the day it was received. */
export async function noteRequest(
  { official, now, newId }: RegisterNeeds,
  person: Person,
  wish: {
    readonly household: string;
    readonly kind: string;
    readonly channel: string;
    readonly receivedOn: string;
    readonly text: string;
  },
): Promise<Result<HouseholdRequest, RequestProblem>> {
  const at = now();
  const today = dayOf(at);
  return official.write(async (stores) => {
    const { register, people, audit, sealed } = stores;
    const household = await register.household(wish.household);
    const subject = household && subjectOfHousehold(household);
    const permitted = await mayNow(people, person, "register.keep", subject, today);
    if (!permitted.ok) return permitted;
    if (!household) return no({ code: "register.unknown" });
    if (household.erasedAt !== null) return no({ code: "register.erased" });
    const kind = REQUEST_KINDS.find((one) => one === wish.kind);
    if (!kind) return no({ code: "request.no-kind", field: "kind" });
    const channel = REQUEST_CHANNELS.find((one) => one === wish.channel);
    if (!channel) return no({ code: "request.no-channel", field: "channel" });
    const receivedOn = readPastDay(wish.receivedOn, today);
    if (!receivedOn.ok) return no({ code: receivedOn.problem.code, field: "receivedOn" });
    const text = await sealed.seal(tidyParagraphs(wish.text).slice(0, LONGEST_TEXT));
    if (!text.ok) return text;
    const request: HouseholdRequest = {
      id: newId(),
      household: household.id,
      kind,
      channel,
      receivedOn: receivedOn.value,
      ...(await clocksFrom(stores, receivedOn.value)),
      notedBy: person.id,
      notedAt: at,
      answeredOn: null,
      doneOn: null,
      outcome: null,
      doneBy: null,
    };
    await register.addRequest({ ...request, sealed: text.value });
    await audit.add(
      noteOf(
        person,
        permitted.value,
        "register.keep",
        { kind: "household", id: household.id },
        { request: request.id, kind, answerBy: request.answerBy, actBy: request.actBy },
      ),
    );
    return ok(request);
  });
}

/** Tell the household that its request is here and what happens with it: the first clock stops. */
export async function answerRequest(
  { official, now }: RegisterNeeds,
  person: Person,
  id: string,
): Promise<Result<HouseholdRequest, CloseRequestProblem>> {
  const today = dayOf(now());
  return official.write(async (stores) => {
    const opened = await openRequest(stores, person, id, today, "register.keep");
    if (!opened.ok) return opened;
    const { request, grant } = opened.value;
    if (request.answeredOn !== null) return no({ code: "request.answered-already" });
    const answered = { ...request, answeredOn: today };
    await stores.register.closeRequest(answered);
    const facts = { request: id, answered: today, late: today > request.answerBy };
    await stores.audit.add(
      noteOf(person, grant, "register.keep", { kind: "household", id: request.household }, facts),
    );
    return ok(answered);
  });
}

/** What became of a request to see or to correct; one to erase is decided by the leader, see `decideErasure`. */
export async function finishRequest(
  { official, now }: RegisterNeeds,
  person: Person,
  wish: { readonly request: string; readonly outcome: string },
): Promise<Result<HouseholdRequest, CloseRequestProblem>> {
  const today = dayOf(now());
  return official.write(async (stores) => {
    const opened = await openRequest(stores, person, wish.request, today, "register.keep");
    if (!opened.ok) return opened;
    const { request, grant } = opened.value;
    const outcomes: readonly string[] =
      request.kind === "erase" ? [] : REQUEST_OUTCOMES[request.kind];
    if (!outcomes.includes(wish.outcome))
      return no({ code: "request.no-outcome", field: "outcome" });
    const done: HouseholdRequest = {
      ...request,
      answeredOn: request.answeredOn ?? today,
      doneOn: today,
      outcome: wish.outcome,
      doneBy: person.id,
    };
    await stores.register.closeRequest(done);
    const facts = { request: request.id, outcome: wish.outcome, late: today > request.actBy };
    await stores.audit.add(
      noteOf(person, grant, "register.keep", { kind: "household", id: request.household }, facts),
    );
    return ok(done);
  });
}

/**
 * The leader decides a request to erase that somebody else noted: value and marks are emptied, the salt goes; lines of lists and
 * entries keep the household's code.
 */
export async function decideErasure(
  { official, now }: RegisterNeeds,
  person: Person,
  wish: { readonly request: string; readonly outcome: string },
): Promise<Result<HouseholdRequest, CloseRequestProblem>> {
  const at = now();
  const today = dayOf(at);
  return official.write(async (stores) => {
    const opened = await openRequest(stores, person, wish.request, today, "register.erase");
    if (!opened.ok) return opened;
    const { request, grant } = opened.value;
    const outcome =
      request.kind === "erase"
        ? REQUEST_OUTCOMES.erase.find((one) => one === wish.outcome)
        : undefined;
    if (!outcome) return no({ code: "request.no-outcome", field: "outcome" });
    const done: HouseholdRequest = {
      ...request,
      answeredOn: request.answeredOn ?? today,
      doneOn: today,
      outcome,
      doneBy: person.id,
    };
    await stores.register.closeRequest(done);
    if (outcome === "erased") await stores.register.erase(request.household, at);
    const facts = { request: request.id, outcome, late: today > request.actBy };
    await stores.audit.add(
      noteOf(person, grant, "register.erase", { kind: "household", id: request.household }, facts),
    );
    return ok(done);
  });
}

async function openRequest(
  { register, people }: RegisterStores,
  person: Person,
  id: string,
  today: Day,
  act: "register.keep" | "register.erase",
) {
  const request = await register.request(id);
  const household = request && (await register.household(request.household));
  const subject = household && {
    ...subjectOfHousehold(household),
    preparedBy: request ? [request.notedBy] : [],
  };
  const permitted = await mayNow(people, person, act, subject, today);
  if (!permitted.ok) return permitted;
  if (!request) return no({ code: "request.unknown" });
  if (request.doneOn !== null) return no({ code: "request.done-already" });
  return ok({ request, grant: permitted.value });
}

/** Days of both clocks by the rules of the day a request came; without a rule, those of decree 356 and of decree 13. */
async function clocksFrom({ rules }: Pick<RegisterStores, "rules">, day: Day) {
  const working = Number((await rules.on("register.answer-working-days", day)) ?? 2);
  const hours = Number((await rules.on("register.act-hours", day)) ?? 72);
  return { answerBy: addWorkingDays(day, working), actBy: addDays(day, Math.floor(hours / 24)) };
}

/** So many days on that are no Saturday or Sunday. Public holidays are not left out: the day is rather too early. */
export function addWorkingDays(day: Day, count: number): Day {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    const weekday = new Date(`${at}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}
