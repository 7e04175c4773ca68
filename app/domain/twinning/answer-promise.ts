import { dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { noteOf } from "../people/audit.ts";
import { mayNow } from "../people/may-now.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { TwinningDesk } from "./ports.ts";

/** What the commune says to a promise. */
export interface PromiseAnswer {
  /** Id of the version. */
  readonly promise: string;
  readonly outcome: "confirmed" | "declined";
  /** Needed when declined. */
  readonly reason: string;
}

export type AnswerProblem =
  | MayProblem
  | { code: "twinning.no-promise"; promise: string }
  | { code: "twinning.answered" }
  | { code: "twinning.no-reason" }
  | { code: "office.stale"; version: number };

/** Longest reason. */
export const LONGEST_REASON = 300;

/** The commune signs a promise, or says no: then both sides have spoken. Only the newest version can be answered. */
export async function answerPromise(
  { official, now }: TwinningDesk,
  person: Person,
  answer: PromiseAnswer,
): Promise<Result<{ readonly pair: string }, AnswerProblem>> {
  const reason = tidy(answer.reason).slice(0, LONGEST_REASON);
  if (answer.outcome === "declined" && reason === "") return no({ code: "twinning.no-reason" });
  return official.write(async ({ twinning, people, places, audit }) => {
    const promise = await twinning.promise(answer.promise);
    const line = promise ? await places.lineage(promise.commune, promise.communeFrom) : [];
    const district = line[0]?.district2024;
    const permitted = await mayNow(
      people,
      person,
      "twinning.confirm",
      promise && {
        communes: line.map(({ code }) => code),
        ...(district ? { district } : {}),
        preparedBy: [promise.promisedBy],
      },
      dayOf(now()),
    );
    if (!permitted.ok) return permitted;
    if (!promise) return no({ code: "twinning.no-promise", promise: answer.promise });
    if (promise.answered) return no({ code: "twinning.answered" });
    const newest = await twinning.newest(promise);
    if (newest !== promise.version) return no({ code: "office.stale", version: newest });
    await twinning.answered(promise.id, {
      outcome: answer.outcome,
      reason: reason === "" ? null : reason,
      organisation: permitted.value.organisation,
      answeredBy: person.id,
      answeredAt: now(),
    });
    await audit.add(
      noteOf(
        person,
        permitted.value,
        "twinning.confirm",
        { kind: "promise", id: promise.id },
        { outcome: answer.outcome, pair: promise.pair, year: promise.year, model: promise.model },
      ),
    );
    return ok({ pair: promise.pair });
  });
}
