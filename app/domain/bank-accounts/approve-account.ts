import { type Day, dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { noteOf } from "../people/audit.ts";
import { mayNow } from "../people/may-now.ts";
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
  { official, now }: AccountDesk,
  person: Person,
  verdict: AccountVerdict,
): Promise<Result<{ readonly bankAccount: string }, ApproveAccountProblem>> {
  const reason = tidy(verdict.reason);
  if (verdict.outcome === "refused" && (reason === "" || reason.length > LONGEST_FIELD)) {
    return no({ code: "account.missing", field: "reason" });
  }
  return official.write(async ({ accountChanges, people, audit }) => {
    const change = await accountChanges.change(verdict.change);
    const permitted = await mayNow(
      people,
      person,
      "account.approve",
      change ? { preparedBy: [change.proposedBy] } : undefined,
      dayOf(now()),
    );
    if (!permitted.ok) return permitted;
    if (!change) return no({ code: "account.no-change", change: verdict.change });
    if (change.decision) return no({ code: "account.decided", outcome: change.decision.outcome });
    if (verdict.outcome === "approved") {
      const problem = await stillPossible(accountChanges, change);
      if (problem) return no(problem);
    }
    await accountChanges.decide(change.id, {
      outcome: verdict.outcome,
      reason: reason === "" ? null : reason,
      decidedBy: person.id,
      organisation: permitted.value.organisation,
      decidedAt: now(),
    });
    if (verdict.outcome === "approved") {
      if (change.kind === "open") await accountChanges.open(change);
      else await accountChanges.end(change.bankAccount, change.validTo ?? change.validFrom);
    }
    await audit.add(
      noteOf(
        person,
        permitted.value,
        "account.approve",
        { kind: "account", id: change.bankAccount },
        { kind: change.kind, outcome: verdict.outcome, number: change.number },
      ),
    );
    return ok({ bankAccount: change.bankAccount });
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
