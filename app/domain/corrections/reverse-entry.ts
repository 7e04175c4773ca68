import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import type { Reason } from "../acts/reasons.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { reversalLegs, type ReversalProblem } from "../ledger/reversal.ts";

/** A decision to undo one entry. */
export interface Reversal extends Omit<Act, "key"> {
  readonly entry: number;
  readonly reason: Reason;
}

export type ReverseProblem =
  | PostProblem
  | ReversalProblem
  | { code: "entry.unknown"; entry: number }
  | { code: "reversal.no-paper" };

/**
 * Turn an entry round, taking back exactly the numbers it brought; refused when some have moved on (ledger.md 3.6).
 * An entry is reversed once, so its number is the key.
 */
export async function reverseEntry(
  services: Writing<ActStores>,
  act: Reversal,
): Promise<Result<Booked, ReverseProblem>> {
  if (act.papers.length === 0) return no({ code: "reversal.no-paper" });
  return services.write(async (stores) => {
    const matter = await reversalOf(stores, act);
    const keyed = { ...act, key: `reversal:${act.entry}` };
    return matter.ok ? bookMatter(stores, keyed, matter.value) : matter;
  });
}

/** What turning an entry round moves. */
export async function reversalOf(
  stores: Pick<ActStores, "ledger">,
  act: Pick<Reversal, "entry" | "reason">,
): Promise<Result<ActMatter, Exclude<ReverseProblem, PostProblem>>> {
  const target = await stores.ledger.find(act.entry);
  if (!target) return no({ code: "entry.unknown", entry: act.entry });
  const legs = reversalLegs(target.kind, target.movements);
  if (!legs.ok) return legs;
  return ok({ kind: "reversal", legs: legs.value, reverses: act.entry, reason: act.reason });
}
