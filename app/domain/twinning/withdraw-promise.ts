import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { LONGEST_REASON } from "./answer-promise.ts";
import { actingGiver, promisesSomething } from "./pair.ts";
import type { StoredPromise, TwinningDesk } from "./ports.ts";

/** A twinned body takes a promise back. */
export interface Withdrawal {
  /** Id of the version that the page showed. */
  readonly promise: string;
  readonly reason: string;
  /** Made with the form, before its first send. */
  readonly key: string;
}

export type WithdrawProblem =
  | MayProblem
  | { code: "twinning.no-promise"; promise: string }
  | { code: "twinning.no-withdraw-reason" }
  | { code: "twinning.withdrawn" }
  | { code: "twinning.bad-year"; year: number }
  /** The form's key was used before, for something else. */
  | { code: "twinning.key-used" }
  | { code: "office.stale"; version: number };

/**
 * Take a promise back: a further version that promises nothing, which the commune signs like any other; until then the
 * version before it holds. The reason stands in the audit trail.
 */
export async function withdrawPromise(
  desk: TwinningDesk,
  person: Person,
  { promise: id, reason: typed, key }: Withdrawal,
): Promise<Result<{ readonly pair: string }, WithdrawProblem>> {
  const reason = tidy(typed).slice(0, LONGEST_REASON);
  if (reason === "") return no({ code: "twinning.no-withdraw-reason" });
  return carryOut(desk, person, {
    find: async ({ twinning }, today) => {
      const promise = await twinning.promise(id);
      const pair = promise && (await twinning.pair(promise.pair));
      return ok({ promise, pair, twin: pair && actingGiver(pair, today).id });
    },
    right: (now, { twin }) =>
      rightTo(now, "twinning.promise", twin === undefined ? undefined : { twin }),
    work: async ({ stores: { twinning }, found: { promise, pair }, grant, at, today }) => {
      if (!promise || !pair) return no({ code: "twinning.no-promise", promise: id });
      const before = await twinning.byKey(key);
      if (before !== undefined) {
        const kept = await twinning.promise(before);
        return kept && isWithdrawalOf(promise, kept, person)
          ? done({ pair: pair.id })
          : no({ code: "twinning.key-used" });
      }
      // What a past year came to is history: nothing of it is taken back.
      if (promise.year < Number(today.slice(0, 4))) {
        return no({ code: "twinning.bad-year", year: promise.year });
      }
      const newest = await twinning.newest(promise);
      if (newest !== promise.version) return no({ code: "office.stale", version: newest });
      if (!promisesSomething(promise)) return no({ code: "twinning.withdrawn" });
      const { commune, communeFrom, year, model } = promise;
      const of = { pair: pair.id, commune, communeFrom, year, model };
      const version = newest + 1;
      const stored = { id: desk.newId(), version, organisation: grant.organisation };
      await twinning.promised(
        { ...of, ...stored, money: 0n, goods: [], promisedBy: person.id, promisedAt: at },
        key,
      );
      const facts = { ...of, version, money: "0", goods: 0, reason };
      return done({ pair: pair.id }, { kind: "promise", id: stored.id, facts });
    },
  });
}

/** Whether `kept` is what taking `promise` back wrote. */
function isWithdrawalOf(
  promise: StoredPromise,
  kept: StoredPromise,
  person: Pick<Person, "id">,
): boolean {
  return (
    kept.promisedBy === person.id &&
    kept.pair === promise.pair &&
    kept.commune === promise.commune &&
    kept.communeFrom === promise.communeFrom &&
    kept.year === promise.year &&
    kept.model === promise.model &&
    kept.version === promise.version + 1 &&
    !promisesSomething(kept)
  );
}
