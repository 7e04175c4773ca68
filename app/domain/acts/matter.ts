import { ok, type Result } from "../kernel/result.ts";
import type { EntryDraft, EntryKind, Evidence } from "../ledger/entry.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { type Act, type ActStores, bookAct, type Booked } from "./act.ts";

/**
 * What an act would move, before it has a key and papers: an order shows it, checks it again when it is approved, and
 * books the same thing at last.
 */
export interface ActMatter extends Omit<
  EntryDraft,
  "key" | "kind" | "effectiveOn" | "evidence" | "role"
> {
  readonly kind: EntryKind;
}

/** Book what an act moves, with its papers, in the transaction of `stores`. */
export function bookMatter(
  stores: ActStores,
  act: Act,
  { kind, ...rest }: ActMatter,
): Promise<Result<Booked, PostProblem>> {
  return bookAct(stores, act, kind, rest);
}

/** An act whose papers were sealed when they were filed: their openings are kept already. */
export interface FiledAct extends Omit<Act, "papers"> {
  readonly evidence: readonly Evidence[];
}

/** Book what an act moves with papers from the register of files. */
export async function bookFiled(
  { ledger }: Pick<ActStores, "ledger">,
  { key, on, role, evidence }: FiledAct,
  matter: ActMatter,
): Promise<Result<Booked, PostProblem>> {
  const posted = await ledger.post({ ...matter, key, effectiveOn: on, role, evidence });
  if (!posted.ok) return posted;
  const { number: entry, again, movements } = posted.value;
  return ok({ entry, again, movements });
}
