import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** Money that whoever owed it paid into the appeal's bank account. */
export interface DuePayment extends Act {
  /** Code of the commune that owes; null: the committee. */
  readonly commune: string | null;
  /** đồng; all that is owed, or a part. More is refused by the ledger. */
  readonly amount: Dong;
}

export type SettleDueProblem = PostProblem | { readonly code: "due.no-paper" };

/**
 * Pay off what a chargeback left owed (ledger.md 3.3, 3.6): the claim falls, `due:<commune>` → `world:due`. No đồng enters
 * an axis: the bank took its money when the chargeback came, while every đồng given is still where its numbers are. What
 * comes in now makes the bank's balance the books' again; it is no gift, and no figure of a campaign changes.
 */
export async function settleDue(
  services: Writing<ActStores>,
  act: DuePayment,
): Promise<Result<Booked, SettleDueProblem>> {
  if (act.papers.length === 0) return no({ code: "due.no-paper" });
  const { commune, amount } = act;
  const from = commune === null ? accountCode.dueOfCommittee : accountCode.due(commune);
  const legs = [{ from, to: accountCode.worldDue, amount }];
  return services.write((stores) => bookAct(stores, act, "due-settled", { legs }));
}
