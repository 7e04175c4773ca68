import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import { type Day } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import type { PostProblem } from "../ledger/ports.ts";
import type { Balance, BalanceStores } from "../statements/close-period.ts";
import type { Places } from "./ports.ts";
import { successorOf } from "./succession.ts";

/** The end of a commune by law. */
export interface Succession extends Omit<Act, "key"> {
  /** Code and first day of the commune that ended. */
  readonly commune: string;
  readonly validFrom: Day;
}

export type SuccessionProblem =
  | PostProblem
  | { code: "succession.no-successor"; commune: string }
  | { code: "succession.same-code"; commune: string }
  | { code: "succession.nothing"; commune: string };

/**
 * A merged commune's money, what it owes, and its living herds go to its successor, and its accounts close (ledger.md
 * 3.3). What was delivered stays where it was delivered: that account tells what happened, it holds nothing to spend.
 * Where the successor carries the same code, its People's Committee goes on with the same accounts.
 */
export async function succeedCommune(
  services: Writing<ActStores & BalanceStores & { readonly places: Places }>,
  act: Succession,
): Promise<Result<Booked, SuccessionProblem>> {
  return services.write(async (stores) => {
    const lineage = await stores.places.lineage(act.commune, act.validFrom);
    const old = lineage[0];
    const next = old && successorOf(lineage, old);
    if (!next) return no({ code: "succession.no-successor", commune: act.commune });
    if (next.code === act.commune) {
      return no({ code: "succession.same-code", commune: act.commune });
    }
    const moving = (await stores.balances.ofCommune(act.commune)).filter(({ account }) =>
      MOVING.test(account),
    );
    if (moving.length === 0) return no({ code: "succession.nothing", commune: act.commune });
    const key = `succession:${act.commune}:${act.on}`;
    return bookAct(stores, { ...act, key }, "succession", {
      legs: successionLegs(moving, act.commune, next.code),
      closes: moving.map(({ account }) => account),
    });
  });
}

/** Whole balances from the accounts of `from` to those of `to`. */
export function successionLegs(moving: readonly Balance[], from: string, to: string) {
  return moving
    .filter(({ balance }) => balance > 0n)
    .map(({ account, balance }) => ({
      from: account,
      to: account.replace(`:${from}`, `:${to}`),
      amount: balance,
    }));
}

const MOVING = /^(commune|due|herd):/;
