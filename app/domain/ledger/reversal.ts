import { no, ok, type Result } from "../kernel/result.ts";
import { type EntryDraft, type EntryKind, type Leg, type Take, TELLING_KINDS } from "./entry.ts";
import type { Movement } from "./movement.ts";

export type ReversalProblem = { code: "ledger.cannot-reverse"; kind: EntryKind };

/** Kinds that are themselves answers or move nothing: they are answered by a new act, not turned round. */
const FINAL: ReadonlySet<EntryKind> = new Set([
  "reversal",
  "period-close",
  "succession",
  "clock-corrected",
  ...TELLING_KINDS,
]);

/**
 * The legs that undo an entry: last movement first, each turned round, taking exactly the numbers it brought
 * (ledger.md 3.6). If some have moved on, laying out refuses with `ledger.moved-on`.
 *
 *   refund:    fund --a--> payable --b--> world
 *   reversal:  world --> payable --what that leg brought--> fund
 */
export function reversalLegs(
  kind: EntryKind,
  movements: readonly Movement[],
): Result<Leg[], ReversalProblem> {
  if (FINAL.has(kind)) return no({ code: "ledger.cannot-reverse", kind });
  return ok(
    movements
      .map((movement, n) => ({
        from: movement.to,
        to: movement.from,
        amount: movement.amount,
        ...takeBack(movement, n, movements),
        ...(movement.animal === undefined ? {} : { animal: movement.animal }),
      }))
      .toReversed(),
  );
}

/** What the turned leg takes: the numbers brought, or, where a later leg of the entry sent just these on, what comes back. */
function takeBack(
  { to, toLo, amount }: Movement,
  n: number,
  movements: readonly Movement[],
): { take?: Take } {
  if (toLo === undefined) return {};
  const sentOn = movements.findIndex(
    (later, at) => at > n && later.from === to && later.fromLo === toLo && later.amount === amount,
  );
  return sentOn < 0
    ? { take: [{ lo: toLo, length: amount }] }
    : { take: { broughtBy: movements.length - 1 - sentOn } };
}

/** A whole draft that reverses entry `number`; `key` is `reversal:<number>`, as an entry is reversed once. */
export function reversalDraft(
  target: {
    readonly number: number;
    readonly kind: EntryKind;
    readonly movements: readonly Movement[];
  },
  act: Pick<EntryDraft, "effectiveOn" | "reason" | "evidence" | "role">,
): Result<EntryDraft, ReversalProblem> {
  const legs = reversalLegs(target.kind, target.movements);
  if (!legs.ok) return legs;
  return ok({
    key: `reversal:${target.number}`,
    kind: "reversal",
    legs: legs.value,
    reverses: target.number,
    ...act,
  });
}
