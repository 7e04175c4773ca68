import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import type { Reason } from "../ledger/reasons.ts";
import type { HerdStores } from "../animals/ports.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { LedgerAsked, PostProblem } from "../ledger/ports.ts";
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
  /** Nothing is turned round before it took effect. */
  | { code: "reversal.before-entry"; entry: number; effectiveOn: Day }
  | { code: "reversal.no-paper" }
  | { code: "reversal.animal-moved-on"; animal: string; entry: number };

/**
 * Turn an entry round, taking back exactly the numbers it brought; refused when some have moved on (ledger.md 3.6). Heads
 * have no numbers: there it is the animals that must not be in a later entry, or another's head would leave the herd.
 * An entry is reversed once, so its number is the key.
 */
export async function reverseEntry(
  services: Writing<ActStores & HerdStores>,
  act: Reversal,
): Promise<Result<Booked, ReverseProblem>> {
  if (act.papers.length === 0) return no({ code: "reversal.no-paper" });
  return services.write(async (stores) => {
    const matter = await reversalOf(stores, act);
    const keyed = { ...act, key: `reversal:${act.entry}` };
    return matter.ok ? bookMatter(stores, keyed, matter.value) : matter;
  });
}

/** What turning an entry round moves on a day. */
export async function reversalOf(
  stores: { readonly ledger: LedgerAsked } & HerdStores,
  act: Pick<Reversal, "entry" | "reason" | "on">,
): Promise<Result<ActMatter, Exclude<ReverseProblem, PostProblem>>> {
  const target = await stores.ledger.find(act.entry);
  if (!target) return no({ code: "entry.unknown", entry: act.entry });
  const { effectiveOn } = target;
  if (act.on < effectiveOn) {
    return no({ code: "reversal.before-entry", entry: act.entry, effectiveOn });
  }
  const legs = reversalLegs(target.kind, target.movements);
  if (!legs.ok) return legs;
  // One that was reversed before is answered by the ledger.
  const later =
    target.reversedBy === undefined ? await stores.herds.laterEntry(act.entry) : undefined;
  if (later) return no({ code: "reversal.animal-moved-on", ...later });
  return ok({ kind: "reversal", legs: legs.value, reverses: act.entry, reason: act.reason });
}
