import type { Planned, SpentShare } from "./order.ts";
import type { ActMatter } from "../acts/matter.ts";
import type { Dong } from "../kernel/dong.ts";
import { ok, type Result } from "../kernel/result.ts";
import { type AccountState, layOut, type LayOutProblem } from "../ledger/lay-out.ts";
import type { Movement } from "../ledger/movement.ts";
import type { Ledger } from "../ledger/ports.ts";
import { originPieces } from "../ledger/trace.ts";
import type { Orders } from "./ports.ts";
import type { Spent } from "./order.ts";

/** Lay the legs out over the books as they are, without writing: the numbers that would leave, lowest first. */
export async function planSpending(
  {
    ledger,
    orders,
  }: { readonly ledger: Pick<Ledger, "state">; readonly orders: Pick<Orders, "head"> },
  matter: Pick<ActMatter, "legs">,
): Promise<Result<Planned, LayOutProblem>> {
  const before = new Map<string, AccountState>();
  for (const code of new Set(matter.legs.flatMap(({ from, to }) => [from, to]))) {
    const state = await ledger.state(code);
    if (state) before.set(code, state);
  }
  const laid = layOut(before, matter.legs);
  if (!laid.ok) return laid;
  const ranges = spentBy(laid.value.movements);
  return ok({
    spending: { asOf: await orders.head(), ranges },
    amount: amountOf(laid.value.movements, laid.value.units),
  });
}

/** Ranges that leave an axis; what an earlier movement of the same entry brought is no other money. */
export function spentBy(movements: readonly Movement[]): Spent[] {
  const brought = new Set<string>();
  const ranges: Spent[] = [];
  for (const { from, to, fromLo, amount } of movements) {
    if (fromLo !== undefined && !brought.has(from)) {
      ranges.push({ account: from, lo: fromLo, length: amount });
    }
    brought.add(to);
  }
  return ranges;
}

/** đồng that move: what later movements of the entry send on is counted once. */
function amountOf(movements: readonly Movement[], units: readonly string[]): Dong {
  const brought = new Set<string>();
  let sum = 0n;
  for (const [n, { from, to, amount }] of movements.entries()) {
    if (units[n] === "VND" && !brought.has(from)) sum += amount;
    brought.add(to);
  }
  return sum;
}

/** Ranges as one text, which a form carries: what the approver saw is what is approved. */
export function spendingText(ranges: readonly Spent[]): string {
  return ranges.map(({ account, lo, length }) => `${account}@${lo}+${length}`).join(" ");
}

/** Gifts in ranges, lowest numbers first, shares of one gift added up: they sum to the ranges, to the đồng. */
export async function sharesOf(
  {
    ledger,
    orders,
  }: { readonly ledger: Pick<Ledger, "back">; readonly orders: Pick<Orders, "giftsOf"> },
  ranges: readonly Spent[],
): Promise<SpentShare[]> {
  const byEntry = new Map<number, Dong>();
  for (const { account, lo, length } of ranges) {
    for (const { entry, amount } of originPieces(await ledger.back(account, { lo, length }))) {
      if (entry === undefined) continue;
      byEntry.set(entry, (byEntry.get(entry) ?? 0n) + amount);
    }
  }
  const gifts = await orders.giftsOf([...byEntry.keys()]);
  return [...byEntry].map(([entry, amount]) => ({
    gift: gifts.get(entry) ?? null,
    entry,
    amount,
  }));
}
