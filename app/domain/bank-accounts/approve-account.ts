import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { AccountChangeFile, AccountChanges, AccountDesk } from "./ports.ts";
import { LONGEST_FIELD } from "./propose-account.ts";

/** What is decided on a proposed account, or on the proposed end of one. */
export interface AccountVerdict {
  /** Id of the change. */
  readonly change: string;
  readonly outcome: "approved" | "refused";
  /** Needed when refused. */
  readonly reason: string;
}

export type ApproveAccountProblem =
  | MayProblem
  | { code: "account.no-change"; change: string }
  | { code: "account.decided"; outcome: "approved" | "refused" }
  | { code: "account.missing"; field: string }
  | { code: "account.taken"; number: string }
  | { code: "account.ended"; on: Day }
  | { code: "account.in-use"; campaigns: string };

/** Decide a change that somebody else proposed. Approved, the account is official, or ends, from then on. */
export async function approveAccount(
  desk: AccountDesk,
  person: Person,
  verdict: AccountVerdict,
): Promise<Result<{ readonly bankAccount: string }, ApproveAccountProblem>> {
  const reason = tidy(verdict.reason);
  if (verdict.outcome === "refused" && (reason === "" || reason.length > LONGEST_FIELD)) {
    return no({ code: "account.missing", field: "reason" });
  }
  return carryOut(desk, person, {
    find: async ({ accountChanges }) => ok(await accountChanges.change(verdict.change)),
    right: (now, change) =>
      rightTo(now, "account.approve", change && { preparedBy: [change.proposedBy] }),
    work: async ({ stores: { accountChanges }, found: change, grant, at }) => {
      if (!change) return no({ code: "account.no-change", change: verdict.change });
      const { decision, bankAccount: id, kind, number } = change;
      if (decision) return no({ code: "account.decided", outcome: decision.outcome });
      const { outcome } = verdict;
      if (outcome === "approved") {
        const problem = await stillPossible(accountChanges, change);
        if (problem) return no(problem);
      }
      await accountChanges.decide(change.id, {
        outcome,
        reason: reason === "" ? null : reason,
        decidedBy: person.id,
        organisation: grant.organisation,
        decidedAt: at,
      });
      if (outcome === "approved") {
        if (kind === "open") await accountChanges.open(change);
        else await accountChanges.end(id, change.validTo ?? change.validFrom);
      }
      return done({ bankAccount: id }, { kind: "account", id, facts: { kind, outcome, number } });
    },
  });
}

/** What has come in between since it was proposed. */
async function stillPossible(
  accounts: AccountChanges,
  change: AccountChangeFile,
): Promise<ApproveAccountProblem | undefined> {
  if (change.kind === "open") {
    const same = await accounts.byNumber(change.number);
    return same && { code: "account.taken", number: change.number };
  }
  const account = await accounts.account(change.bankAccount);
  if (account && account.validTo !== null) return { code: "account.ended", on: account.validTo };
  const used = await accounts.campaignsAfter(
    change.bankAccount,
    change.validTo ?? change.validFrom,
  );
  return used.length === 0 ? undefined : { code: "account.in-use", campaigns: used.join(", ") };
}
