import { no, ok, type Result } from "../kernel/result.ts";
import type { EntryDraft, EntryKind, Leg } from "./entry.ts";
import type { Movement } from "./movement.ts";

export type ReversalProblem = { code: "ledger.cannot-reverse"; kind: EntryKind };

/** Kinds that are themselves answers or move nothing: they are answered by a new act, not turned round. */
const FINAL: ReadonlySet<EntryKind> = new Set(["reversal", "period-close", "succession"]);

/**
 * The legs that undo an entry: last movement first, each turned round, taking exactly the numbers it brought
 * (ledger.md 3.6). If some have moved on, laying out refuses with `ledger.moved-on`.
 */
export function reversalLegs(
  kind: EntryKind,
  movements: readonly Movement[],
): Result<Leg[], ReversalProblem> {
  if (FINAL.has(kind)) return no({ code: "ledger.cannot-reverse", kind });
  return ok(
    movements.toReversed().map((movement) => ({
      from: movement.to,
      to: movement.from,
      amount: movement.amount,
      ...(movement.toLo === undefined
        ? {}
        : { take: [{ lo: movement.toLo, length: movement.amount }] }),
      ...(movement.animal === undefined ? {} : { animal: movement.animal }),
    })),
  );
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
