import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
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
  desk: TwinningDesk,
  person: Person,
  answer: PromiseAnswer,
): Promise<Result<{ readonly pair: string }, AnswerProblem>> {
  const reason = tidy(answer.reason).slice(0, LONGEST_REASON);
  if (answer.outcome === "declined" && reason === "") return no({ code: "twinning.no-reason" });
  return carryOut(desk, person, {
    find: async ({ twinning, places }) => {
      const promise = await twinning.promise(answer.promise);
      const line = promise ? await places.lineage(promise.commune, promise.communeFrom) : [];
      return ok({ promise, line });
    },
    right: (now, { promise, line }) => {
      const district = line[0]?.district2024;
      const subject = promise && {
        communes: line.map(({ code }) => code),
        ...(district ? { district } : {}),
        preparedBy: [promise.promisedBy],
      };
      return rightTo(now, "twinning.confirm", subject);
    },
    work: async ({ stores: { twinning }, found: { promise }, grant, at }) => {
      if (!promise) return no({ code: "twinning.no-promise", promise: answer.promise });
      if (promise.answered) return no({ code: "twinning.answered" });
      const newest = await twinning.newest(promise);
      if (newest !== promise.version) return no({ code: "office.stale", version: newest });
      await twinning.answered(promise.id, {
        outcome: answer.outcome,
        reason: reason === "" ? null : reason,
        organisation: grant.organisation,
        answeredBy: person.id,
        answeredAt: at,
      });
      const { id, pair, year, model } = promise;
      const facts = { outcome: answer.outcome, pair, year, model };
      return done({ pair }, { kind: "promise", id, facts });
    },
  });
}
