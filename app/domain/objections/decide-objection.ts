import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import type { Day } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import type { EntryDraft } from "../ledger/entry.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { listAnew } from "../lists/list-anew.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import {
  bodyOn,
  daysLateOn,
  type Objection,
  type ObjectionBody,
  type ObjectionOutcome,
  outcomesFor,
  upholds,
} from "./objection.ts";
import { subjectOfList } from "./open-objection.ts";
import type { ObjectedList, ObjectionDesk, ObjectionStores } from "./ports.ts";

/** A decision on an objection, on paper. */
export interface ObjectionDecision {
  readonly code: string;
  readonly outcome: string;
  /** Day on the paper. */
  readonly on: Day;
  readonly papers: readonly PreparedFile[];
}

export type DecideProblem =
  | MayProblem
  | PostProblem
  | { readonly code: "objection.unknown" }
  | { readonly code: "objection.decided" }
  | { readonly code: "objection.no-outcome" }
  | { readonly code: "objection.no-paper" }
  | { readonly code: "objection.wrong-day" };

/** The act that decides, by the body whose it is. */
export const DECIDING: Readonly<Record<ObjectionBody, OfficeAct>> = {
  commune: "objection.decide",
  district: "objection.review",
};

/**
 * Decide an objection, by the body that has it on this day. Upheld before the hand-over, the line leaves by a new version of the
 * list; after it, what was found is on record, and money for the household stays locked where it is to be taken back.
 */
export async function decideObjection(
  desk: Pick<ObjectionDesk, "now" | "official">,
  person: Person,
  decision: ObjectionDecision,
): Promise<Result<{ readonly entry: number }, DecideProblem>> {
  return carryOut(desk, person, {
    find: async ({ objections }, today) => {
      const objection = await objections.find(decision.code);
      const list = objection && (await objections.list(objection.list));
      const body = objection ? bodyOn({ ...objection, decidedOn: null }, today) : "commune";
      return ok({ objection, list, body });
    },
    right: (now, { list, body }) => rightTo(now, DECIDING[body], list && subjectOfList(list)),
    work: async ({ stores, found: { objection, list, body }, at, today }) => {
      if (!objection || !list) return no({ code: "objection.unknown" });
      const outcome = await outcomeOf(stores, objection, list, decision, today);
      if (!outcome.ok) return outcome;
      const state = upholds(outcome.value) ? ("upheld" as const) : ("refused" as const);
      const decided = { state, outcome: outcome.value, decidedBy: person.id, decidedOn: today };
      const evidence = decision.papers.map(({ digest }) => ({ kind: "decision", digest }));
      const draft = decidedDraft(objection, list, { ...decided, body, on: decision.on, evidence });
      const posted = await stores.ledger.post(draft);
      if (!posted.ok) return posted;
      const entry = posted.value.number;
      const { communes, district } = list;
      const filed = {
        kind: "objection",
        id: objection.code,
        communes,
        district,
        twin: null,
      } as const;
      // Whoever decides may file papers there too: refused here, nothing of the act may stay.
      const [paper] = must(await keepFiles(stores, person, decision.papers, filed, at));
      const kept = { ...decided, paper: paper?.id ?? "", decidedEntry: entry };
      await stores.objections.decide(objection.code, kept);
      if (outcome.value === "line-leaves" || outcome.value === "list-anew") {
        const without = outcome.value === "line-leaves" ? objection.line : null;
        const reason = "objection-upheld";
        must(await listAnew(stores, { list: list.list, without, reason, at }));
      }
      const facts = { outcome: outcome.value, list: list.list, line: objection.line, entry };
      return done({ entry }, { kind: "objection", id: objection.code, facts });
    },
  });
}

/** The outcome, when this objection can have it and everything that a decision needs is there. */
async function outcomeOf(
  { objections }: Pick<ObjectionStores, "objections">,
  objection: Objection,
  list: ObjectedList,
  decision: ObjectionDecision,
  today: Day,
): Promise<Result<ObjectionOutcome, DecideProblem>> {
  if (objection.state !== "open") return no({ code: "objection.decided" });
  const { line } = objection;
  const possible = outcomesFor({
    line,
    handed: (await objections.handedOver(list.list, line)) > 0,
    stands: line === null || list.lines.some(({ code }) => code === line),
  });
  const outcome = possible.find((one) => one === decision.outcome);
  if (outcome === undefined) return no({ code: "objection.no-outcome" });
  if (decision.on > today || decision.on < objection.onDay) {
    return no({ code: "objection.wrong-day" });
  }
  if (decision.papers.length === 0) return no({ code: "objection.no-paper" });
  return ok(outcome);
}

/** What the entry tells. */
function decidedDraft(
  objection: Objection,
  list: ObjectedList,
  decided: Pick<Objection, "state" | "outcome" | "decidedOn"> & {
    readonly body: ObjectionBody;
    readonly on: Day;
    readonly evidence: NonNullable<EntryDraft["evidence"]>;
  },
): EntryDraft {
  const { code, line } = objection;
  const today = decided.decidedOn ?? decided.on;
  return {
    key: `objection-decided:${code}`,
    kind: "objection-decided",
    effectiveOn: today,
    legs: [],
    evidence: decided.evidence,
    facts: {
      objection: code,
      list: list.list,
      version: list.version,
      ...(line === null ? {} : { line }),
      state: decided.state,
      outcome: decided.outcome ?? "",
      body: decided.body,
      on: decided.on,
      late: daysLateOn({ ...objection, ...decided }, today),
    },
    ...(decided.body === "commune" ? { role: `commune:${list.commune}` } : {}),
  };
}
