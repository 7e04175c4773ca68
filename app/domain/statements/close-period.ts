import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import type { Day } from "../kernel/calendar.ts";
import type { Result } from "../kernel/result.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** The balance of a guarded account. */
export interface Balance {
  readonly account: string;
  /** đồng or heads */
  readonly balance: bigint;
}

/** Reading balances of all accounts. */
export interface Balances {
  /** Guarded accounts with something on them, in order of code; with `commune`, all of that commune's, also empty ones. */
  standing(): Promise<Balance[]>;
  /** Accounts of a commune that are still open, also empty ones, in order of code. */
  ofCommune(commune: string): Promise<Balance[]>;
}

/** What acts on whole books read. */
export interface BalanceStores {
  readonly balances: Balances;
}

/** The end of a period: nothing can take effect up to its last day any more. */
export interface PeriodClose extends Omit<Act, "key" | "on"> {
  readonly lastDay: Day;
}

/** Close a period: every balance is stated, and the ledger refuses the entry when one is not so (ledger.md 3.12). */
export async function closePeriod(
  services: Writing<ActStores & BalanceStores>,
  close: PeriodClose,
): Promise<Result<Booked, PostProblem>> {
  return services.write(async (stores) => {
    const act: Act = { ...close, key: `period-close:${close.lastDay}`, on: close.lastDay };
    return bookAct(stores, act, "period-close", {
      legs: [],
      assertions: await stores.balances.standing(),
    });
  });
}
