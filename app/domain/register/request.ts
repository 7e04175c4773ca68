import { addDays, type Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidyParagraphs } from "../kernel/tidy.ts";
import type { AuditFacts } from "../people/audit.ts";
import { carryOut, type Done, done, type Moment, rightTo } from "../people/carry-out.ts";
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
  needs: RegisterNeeds,
  person: Person,
  wish: {
    readonly household: string;
    readonly kind: string;
    readonly channel: string;
    readonly receivedOn: string;
    readonly text: string;
  },
): Promise<Result<HouseholdRequest, RequestProblem>> {
  return carryOut(needs, person, {
    find: async ({ register }) => ok(await register.household(wish.household)),
    right: (now, household) =>
      rightTo(now, "register.keep", household && subjectOfHousehold(household)),
    work: async ({ stores, found: household, at, today }) => {
      const { register, sealed } = stores;
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
        id: needs.newId(),
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
      const { id, answerBy, actBy } = request;
      const facts = { request: id, kind, answerBy, actBy };
      return done(request, { kind: "household", id: household.id, facts });
    },
  });
}

/** Tell the household that its request is here and what happens with it: the first clock stops. */
export function answerRequest(
  needs: RegisterNeeds,
  person: Person,
  id: string,
): Promise<Result<HouseholdRequest, CloseRequestProblem>> {
  return workOnRequest(needs, person, { act: "register.keep", id }, async (at) => {
    const { stores, request, today } = at;
    if (request.answeredOn !== null) return no({ code: "request.answered-already" });
    const answered = { ...request, answeredOn: today };
    await stores.register.closeRequest(answered);
    return told(answered, { request: id, answered: today, late: today > request.answerBy });
  });
}

/** What became of a request to see or to correct; one to erase is decided by the leader, see `decideErasure`. */
export function finishRequest(
  needs: RegisterNeeds,
  person: Person,
  wish: { readonly request: string; readonly outcome: string },
): Promise<Result<HouseholdRequest, CloseRequestProblem>> {
  const asked = { act: "register.keep", id: wish.request } as const;
  return workOnRequest(needs, person, asked, async (at) => {
    const { request } = at;
    const outcomes: readonly string[] =
      request.kind === "erase" ? [] : REQUEST_OUTCOMES[request.kind];
    if (!outcomes.includes(wish.outcome)) {
      return no({ code: "request.no-outcome", field: "outcome" });
    }
    return finished(at, wish.outcome);
  });
}

/**
 * The leader decides a request to erase that somebody else noted: value and marks are emptied, the salt goes; lines of lists and
 * entries keep the household's code.
 */
export function decideErasure(
  needs: RegisterNeeds,
  person: Person,
  wish: { readonly request: string; readonly outcome: string },
): Promise<Result<HouseholdRequest, CloseRequestProblem>> {
  const asked = { act: "register.erase", id: wish.request } as const;
  return workOnRequest(needs, person, asked, async (at) => {
    const { stores, request } = at;
    const outcome =
      request.kind === "erase"
        ? REQUEST_OUTCOMES.erase.find((one) => one === wish.outcome)
        : undefined;
    if (!outcome) return no({ code: "request.no-outcome", field: "outcome" });
    const closed = await finished(at, outcome);
    if (outcome === "erased") await stores.register.erase(request.household, at.at);
    return closed;
  });
}

interface AtRequest extends Pick<
  Moment<RegisterStores, unknown>,
  "stores" | "person" | "at" | "today"
> {
  readonly request: HouseholdRequest;
}

/** Do one thing with a request that is not done yet. */
function workOnRequest(
  needs: RegisterNeeds,
  asking: Person,
  { act, id }: { readonly act: "register.keep" | "register.erase"; readonly id: string },
  work: (at: AtRequest) => Promise<Result<Done<HouseholdRequest>, CloseRequestProblem>>,
): Promise<Result<HouseholdRequest, CloseRequestProblem>> {
  return carryOut(needs, asking, {
    find: async ({ register }) => {
      const request = await register.request(id);
      const household = request && (await register.household(request.household));
      return ok({ request, household });
    },
    right: (now, { request, household }) => {
      const preparedBy = request ? [request.notedBy] : [];
      return rightTo(now, act, household && { ...subjectOfHousehold(household), preparedBy });
    },
    work: async ({ stores, person, at, today, found: { request } }) => {
      if (!request) return no({ code: "request.unknown" });
      if (request.doneOn !== null) return no({ code: "request.done-already" });
      return work({ stores, person, at, today, request });
    },
  });
}

/** Close a request; with both clocks stopped. */
async function finished({ stores, person, request, today }: AtRequest, outcome: string) {
  const closed: HouseholdRequest = {
    ...request,
    answeredOn: request.answeredOn ?? today,
    doneOn: today,
    outcome,
    doneBy: person.id,
  };
  await stores.register.closeRequest(closed);
  return told(closed, { request: request.id, outcome, late: today > request.actBy });
}

function told(request: HouseholdRequest, facts: AuditFacts) {
  return done(request, { kind: "household", id: request.household, facts });
}

/** Days of both clocks by the rules of the day a request came; without a rule, those of decree 356 and of decree 13. */
async function clocksFrom({ rules }: Pick<RegisterStores, "rules">, day: Day) {
  const working = Number((await rules.on("register.answer-working-days", day)) ?? 2);
  const hours = Number((await rules.on("register.act-hours", day)) ?? 72);
  return { answerBy: addWorkingDays(day, working), actBy: addDays(day, Math.floor(hours / 24)) };
}

/** So many days on that are no Saturday or Sunday. Public holidays are not left out: the day is rather too early. */
function addWorkingDays(day: Day, count: number): Day {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    const weekday = new Date(`${at}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}
