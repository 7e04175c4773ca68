import { type Day, isDay } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { carryOut, done, nothing, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { readNumber } from "./account.ts";
import type { AccountChange, AccountChanges, AccountDesk } from "./ports.ts";

/** What the office types to open an account. */
export interface AccountWish {
  readonly holder: string;
  readonly bankName: string;
  readonly bin: string;
  readonly number: string;
  readonly owner: "appeal" | "commune";
  /** Code; only for a commune's account. */
  readonly commune: string;
  readonly validFrom: Day;
  readonly reason: string;
  readonly paperNumber: string;
  readonly paperDate: Day;
  /** Made with the form, before its first send. */
  readonly key: string;
}

export type ProposeAccountProblem =
  | MayProblem
  | { code: "account.missing"; field: string }
  | { code: "account.bad-number" }
  | { code: "account.bad-bin" }
  | { code: "account.bad-day"; field: string }
  | { code: "account.no-commune"; commune: string }
  | { code: "account.taken"; number: string }
  | { code: "account.waiting"; number: string }
  /** The form's key was used before, for something else or by somebody else. */
  | { code: "account.key-used" };

const TEXTS = ["holder", "bankName", "number", "reason", "paperNumber"] as const;
/** Longest text of one field. */
export const LONGEST_FIELD = 200;

/** Propose an official account. It is in no list and receives nothing until somebody else approves it. */
export async function proposeAccount(
  desk: AccountDesk,
  person: Person,
  wish: AccountWish,
): Promise<Result<{ readonly id: string; readonly again: boolean }, ProposeAccountProblem>> {
  const wrong = wrongField(wish);
  if (wrong) return no(wrong);
  const number = readNumber(wish.number) ?? "";
  return carryOut(desk, person, {
    find: nothing,
    right: (now) => rightTo(now, "account.propose", {}),
    work: async ({ stores: { accountChanges, places }, grant, at, today }) => {
      const change = { ...openingOf(wish, number), proposedBy: person.id };
      const again = await sentBefore(accountChanges, wish.key, change);
      if (again) return again.ok ? done(again.value) : again;
      if (wish.owner === "commune") {
        const periods = await places.periods(wish.commune);
        const there = periods.some(
          (unit) =>
            unit.kind === "commune" &&
            unit.mountain &&
            unit.validFrom <= wish.validFrom &&
            (unit.validTo === null || wish.validFrom <= unit.validTo),
        );
        if (!there) return no({ code: "account.no-commune", commune: wish.commune });
      }
      if (await accountChanges.byNumber(number)) return no({ code: "account.taken", number });
      const waiting = await accountChanges.waiting("open", number);
      if (waiting.length > 0) return no({ code: "account.waiting", number });
      const id = desk.newId();
      const { organisation } = grant;
      await accountChanges.propose({ ...change, id, organisation, proposedAt: at }, wish.key);
      const facts = { kind: "open", number, day: today };
      return done({ id, again: false }, { kind: "account", id, facts });
    },
  });
}

function openingOf(wish: AccountWish, number: string) {
  return {
    kind: "open",
    // A number belongs to one account for ever, so it names it in the books too.
    bankAccount: number.toLowerCase(),
    holder: tidy(wish.holder),
    bankName: tidy(wish.bankName),
    bin: wish.bin,
    number,
    owner: wish.owner,
    commune: wish.owner === "commune" ? wish.commune : null,
    validFrom: wish.validFrom,
    validTo: null,
    reason: tidy(wish.reason),
    paperNumber: tidy(wish.paperNumber),
    paperDate: wish.paperDate,
  } as const;
}

/**
 * The answer to a form whose key was sent before: the first answer again where the same person proposed the same, else a
 * refusal; undefined for a new key.
 */
export async function sentBefore(
  changes: Pick<AccountChanges, "byKey" | "change">,
  key: string,
  proposed: Partial<AccountChange>,
): Promise<
  Result<{ readonly id: string; readonly again: true }, { code: "account.key-used" }> | undefined
> {
  const id = await changes.byKey(key);
  if (id === undefined) return undefined;
  const before = await changes.change(id);
  const fields = Object.keys(proposed) as (keyof AccountChange)[];
  const same = before !== undefined && fields.every((field) => before[field] === proposed[field]);
  return same ? ok({ id, again: true }) : no({ code: "account.key-used" });
}

/** The first thing that is missing or malformed. */
function wrongField(wish: AccountWish): ProposeAccountProblem | undefined {
  const empty = TEXTS.find(
    (field) => tidy(wish[field]) === "" || wish[field].length > LONGEST_FIELD,
  );
  if (empty) return { code: "account.missing", field: empty };
  if (!/^\d{6}$/.test(wish.bin)) return { code: "account.bad-bin" };
  if (readNumber(wish.number) === undefined) return { code: "account.bad-number" };
  if (wish.owner === "commune" && wish.commune === "") {
    return { code: "account.missing", field: "commune" };
  }
  if (!isDay(wish.validFrom)) return { code: "account.bad-day", field: "validFrom" };
  if (!isDay(wish.paperDate) || wish.paperDate > wish.validFrom) {
    return { code: "account.bad-day", field: "paperDate" };
  }
  return undefined;
}
