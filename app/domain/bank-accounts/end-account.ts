import { type Day, isDay } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { carryOut, done, nothing, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { AccountDesk } from "./ports.ts";
import { LONGEST_FIELD, sentBefore } from "./propose-account.ts";

/** What the office types to end an account. */
export interface EndWish {
  readonly account: string;
  /** Last day on which it is official. */
  readonly lastDay: Day;
  readonly reason: string;
  readonly paperNumber: string;
  readonly paperDate: Day;
  readonly key: string;
}

export type EndAccountProblem =
  | MayProblem
  | { code: "account.missing"; field: string }
  | { code: "account.bad-day"; field: string }
  | { code: "account.unknown"; account: string }
  | { code: "account.ended"; on: Day }
  | { code: "account.waiting"; number: string }
  | { code: "account.in-use"; campaigns: string }
  /** The form's key was used before, for something else or by somebody else. */
  | { code: "account.key-used" };

/**
 * Propose the last day of an official account. Refused while a campaign would still send its donors there after that day:
 * that campaign is first given another account.
 */
export async function endAccount(
  desk: AccountDesk,
  person: Person,
  wish: EndWish,
): Promise<Result<{ readonly id: string; readonly again: boolean }, EndAccountProblem>> {
  for (const field of ["reason", "paperNumber"] as const) {
    if (tidy(wish[field]) === "" || wish[field].length > LONGEST_FIELD) {
      return no({ code: "account.missing", field });
    }
  }
  for (const field of ["lastDay", "paperDate"] as const) {
    if (!isDay(wish[field])) return no({ code: "account.bad-day", field });
  }
  return carryOut(desk, person, {
    find: nothing,
    right: (now) => rightTo(now, "account.propose", {}),
    work: async ({ stores: { accountChanges }, grant, at }) => {
      const proposed = {
        kind: "end",
        bankAccount: wish.account,
        validTo: wish.lastDay,
        reason: tidy(wish.reason),
        paperNumber: tidy(wish.paperNumber),
        paperDate: wish.paperDate,
        proposedBy: person.id,
      } as const;
      const again = await sentBefore(accountChanges, wish.key, proposed);
      if (again) return again.ok ? done(again.value) : again;
      const account = await accountChanges.account(wish.account);
      if (!account) return no({ code: "account.unknown", account: wish.account });
      if (account.validTo !== null) return no({ code: "account.ended", on: account.validTo });
      if (wish.lastDay < account.validFrom) {
        return no({ code: "account.bad-day", field: "lastDay" });
      }
      const waiting = await accountChanges.waiting("end", account.number);
      if (waiting.length > 0) return no({ code: "account.waiting", number: account.number });
      const used = await accountChanges.campaignsAfter(account.id, wish.lastDay);
      if (used.length > 0) return no({ code: "account.in-use", campaigns: used.join(", ") });
      const id = desk.newId();
      const { organisation } = grant;
      await accountChanges.propose(
        { ...account, ...proposed, id, organisation, proposedAt: at },
        wish.key,
      );
      const facts = { kind: "end", number: account.number, day: wish.lastDay };
      return done({ id, again: false }, { kind: "account", id: account.id, facts });
    },
  });
}
