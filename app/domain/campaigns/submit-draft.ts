import { no, type Result } from "../kernel/result.ts";
import { done } from "../people/carry-out.ts";
import type { Person } from "../people/may.ts";
import { CANCEL_REASONS, SEND_BACK_REASONS } from "./campaign-reasons.ts";
import { awaited, type OpinionSide, VERDICTS } from "./draft.ts";
import type { DraftServices } from "./draft-ports.ts";
import { type DraftProblem, problemsOf } from "./draft-problems.ts";
import { judgingOf } from "./judge-draft.ts";
import {
  type DraftAsSeen,
  type DraftRefusal,
  keepDraft,
  tell,
  todayOf,
  withPreparer,
  workOn,
} from "./draft-verb.ts";

export type SubmitProblem =
  | DraftRefusal
  | { code: "draft.incomplete"; problems: readonly DraftProblem[] };

/** Hand a finished draft in: the district's office and the twin are asked for their opinions. */
export async function submitDraft(
  services: DraftServices,
  person: Person,
  seen: DraftAsSeen,
): Promise<Result<{ readonly round: number }, SubmitProblem>> {
  return workOn<{ readonly round: number }, SubmitProblem>(
    services,
    person,
    { act: "campaign.draft", verb: "submit" },
    seen,
    async (at) => {
      const { draft, stores, next } = at;
      const problems = problemsOf(draft.content, await judgingOf(services, stores, draft));
      if (problems.length > 0) return no({ code: "draft.incomplete", problems });
      const round = draft.round + 1;
      await keepDraft(services, at, {
        state: next,
        round,
        submittedOn: todayOf(services),
        preparedBy: withPreparer(draft, person),
      });
      return done({ round }, await tell(services, at, { step: "submitted" }, { round }));
    },
  );
}

/** What an office says of a submitted draft. */
export interface OpinionWish extends DraftAsSeen {
  readonly side: OpinionSide;
  /** One of the verdicts; anything else is refused. */
  readonly verdict: string;
  readonly remarks: string;
}

export type OpinionProblem =
  | DraftRefusal
  | { code: "opinion.no-verdict" }
  | { code: "opinion.no-remarks" }
  | { code: "opinion.too-long"; limit: number }
  | { code: "opinion.not-your-side"; side: OpinionSide }
  | { code: "opinion.given"; side: OpinionSide };

export const LONGEST_REMARKS = 4_000;

/**
 * Give an opinion, once for what was submitted; it is never changed. Whoever does not simply agree says why. With the last
 * one the draft waits for the Committee.
 */
export async function giveOpinion(
  services: DraftServices,
  person: Person,
  wish: OpinionWish,
): Promise<Result<{ readonly complete: boolean }, OpinionProblem>> {
  const verdict = VERDICTS.find((one) => one === wish.verdict);
  if (!verdict) return no({ code: "opinion.no-verdict" });
  const remarks = wish.remarks.normalize("NFC").trim();
  if (verdict !== "agrees" && remarks === "") return no({ code: "opinion.no-remarks" });
  if (remarks.length > LONGEST_REMARKS) {
    return no({ code: "opinion.too-long", limit: LONGEST_REMARKS });
  }
  return workOn<{ readonly complete: boolean }, OpinionProblem>(
    services,
    person,
    { act: "campaign.opine", verb: "opine" },
    wish,
    async (at) => {
      const { draft, stores, grant, next } = at;
      const side: OpinionSide = grant.role === "twin-officer" ? "twin" : "district";
      if (side !== wish.side) return no({ code: "opinion.not-your-side", side: wish.side });
      const given = await stores.drafts.opinions(draft.id);
      if (!awaited(draft.round, given).includes(side)) return no({ code: "opinion.given", side });
      const opinion = {
        round: draft.round,
        side,
        verdict,
        remarks,
        organisation: grant.organisation,
        person: person.id,
        at: services.now(),
      };
      await stores.drafts.addOpinion(draft.id, opinion);
      const complete = awaited(draft.round, [...given, opinion]).length === 0;
      await keepDraft(services, at, { state: complete ? "opinions" : next });
      const step = { step: "opinion", reason: verdict } as const;
      const facts = { side, verdict: wish.verdict, round: draft.round };
      return done({ complete }, await tell(services, at, step, facts));
    },
  );
}

/** A decision with its coded reason and a note for the people concerned. */
export interface ReasonedWish extends DraftAsSeen {
  readonly reason: string;
  readonly note: string;
}

export type ReasonedProblem =
  | DraftRefusal
  | { code: "draft.no-reason" }
  | { code: "draft.no-note" }
  | { code: "opinion.too-long"; limit: number };

/** Send a draft back to the commune, which may mend it and submit it again. */
export async function sendBack(
  services: DraftServices,
  person: Person,
  wish: ReasonedWish,
): Promise<Result<{ readonly state: "sent-back" }, ReasonedProblem>> {
  const wrong = wrongReason(wish, SEND_BACK_REASONS);
  if (wrong) return no(wrong);
  return workOn<{ readonly state: "sent-back" }, ReasonedProblem>(
    services,
    person,
    { act: "campaign.review", verb: "send-back" },
    wish,
    async (at) => {
      await keepDraft(services, at, { state: at.next, submittedOn: null });
      const { reason, note } = wish;
      const told = await tell(services, at, { step: "sent-back", reason, note }, { reason });
      return done({ state: "sent-back" }, told);
    },
  );
}

/** Give a draft up. It is kept, and answered only by another. */
export async function cancelDraft(
  services: DraftServices,
  person: Person,
  wish: ReasonedWish,
): Promise<Result<{ readonly state: "cancelled" }, ReasonedProblem>> {
  const wrong = wrongReason({ ...wish, note: wish.note || "-" }, CANCEL_REASONS);
  if (wrong) return no(wrong);
  return workOn<{ readonly state: "cancelled" }, ReasonedProblem>(
    services,
    person,
    { act: "campaign.draft", verb: "cancel" },
    wish,
    async (at) => {
      await keepDraft(services, at, { state: at.next });
      const { reason, note } = wish;
      const told = await tell(services, at, { step: "cancelled", reason, note }, { reason });
      return done({ state: "cancelled" }, told);
    },
  );
}

function wrongReason(
  { reason, note }: Pick<ReasonedWish, "reason" | "note">,
  known: readonly string[],
) {
  if (!known.includes(reason)) return { code: "draft.no-reason" } as const;
  if (note.trim() === "") return { code: "draft.no-note" } as const;
  return note.length > LONGEST_REMARKS
    ? ({ code: "opinion.too-long", limit: LONGEST_REMARKS } as const)
    : undefined;
}
