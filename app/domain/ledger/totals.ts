/**
 * The four totals of a campaign, from its movements alone (definitions: docs/architecture.md).
 *
 *   promised --> pledged   received ------> disbursed ---> delivered
 *                (no money) donor -> C       -> commune     proc -> animals
 *
 * `db/stores/totals.ts` gets the same figures from the account sums; a test holds the two together.
 */
import type { Dong } from "../kernel/dong.ts";
import { type AccountSpec, accountSpec } from "./chart.ts";
import type { Movement } from "./movement.ts";

/** What the ledger says of one campaign, in đồng. */
export interface LedgerTotals {
  readonly received: Dong;
  /** The part of `received` that gateways have told of and no bank statement shows yet. */
  readonly unsettled: Dong;
  readonly disbursed: Dong;
  readonly delivered: Dong;
}

/** The four figures that always stand together. */
export interface StageTotals extends LedgerTotals {
  /** Received, and what open promises that were confirmed still owe. */
  readonly pledged: Dong;
}

/** What the ledger says of a campaign that nothing moved for. */
export const NOTHING_MOVED: LedgerTotals = {
  received: 0n,
  unsettled: 0n,
  disbursed: 0n,
  delivered: 0n,
};
export const NO_TOTALS: StageTotals = { pledged: 0n, ...NOTHING_MOVED };

type Counting = { -readonly [Figure in keyof LedgerTotals]: Dong };

/** The figures of each campaign that occurs in the movements. */
export function ledgerTotals(movements: readonly Movement[]): Map<string, LedgerTotals> {
  const totals = new Map<string, Counting>();
  const of = (campaign: string) => {
    const known = totals.get(campaign) ?? { ...NOTHING_MOVED };
    totals.set(campaign, known);
    return known;
  };
  for (const movement of movements) {
    const from = side(movement.from);
    const to = side(movement.to);
    if (from.unit !== "VND" || to.unit !== "VND") continue;
    const { amount } = movement;

    countReceived(from, to, amount, of);
    if (to.kind === "commune" && to.campaign && reachesCommune(from)) {
      of(to.campaign).disbursed += amount;
    }
    if (from.kind === "commune" && from.campaign && takesBack(to)) {
      of(from.campaign).disbursed -= amount;
    }

    if (from.kind === "proc" && to.kind === "delivered" && to.campaign) {
      of(to.campaign).delivered += amount;
    }
    if (from.kind === "delivered" && to.kind === "proc" && from.campaign) {
      of(from.campaign).delivered -= amount;
    }
  }
  return totals;
}

/** What comes from outside a campaign, and how much of it a gateway's word alone stands for. */
function countReceived(
  from: AccountSpec,
  to: AccountSpec,
  amount: Dong,
  of: (campaign: string) => Counting,
): void {
  if (holds(to) && bringsIn(from, to.campaign)) of(to.campaign).received += amount;
  if (holds(from) && bringsIn(to, from.campaign)) of(from.campaign).received -= amount;
  if (to.kind === "clearing" && to.campaign) of(to.campaign).unsettled += amount;
  if (from.kind === "clearing" && from.campaign) of(from.campaign).unsettled -= amount;
}

/** Add up the figures of several campaigns. */
export function sumTotals(all: Iterable<StageTotals>): StageTotals {
  let sum = NO_TOTALS;
  for (const one of all) {
    sum = {
      pledged: sum.pledged + one.pledged,
      received: sum.received + one.received,
      unsettled: sum.unsettled + one.unsettled,
      disbursed: sum.disbursed + one.disbursed,
      delivered: sum.delivered + one.delivered,
    };
  }
  return sum;
}

function side(account: string): AccountSpec {
  const spec = accountSpec(account);
  if (!spec.ok) throw new Error(`no account: ${account}`);
  return spec.value;
}

/** An account that holds money of a campaign; what is owed back to donors no longer is. */
function holds(account: AccountSpec): account is AccountSpec & { campaign: string } {
  return account.campaign !== undefined && account.kind !== "refund";
}

/** Whether đồng that cross between `other` and an account of `campaign` change what it has received. */
function bringsIn(other: AccountSpec, campaign: string): boolean {
  if (isDonor(other) || other.kind === "suspense") return true;
  if (other.kind === "refund") return other.campaign === campaign;
  return other.campaign !== undefined && other.campaign !== campaign;
}

function reachesCommune(from: AccountSpec): boolean {
  return (
    from.kind === "fund" || from.kind === "clearing" || from.kind === "suspense" || isDonor(from)
  );
}

function takesBack(to: AccountSpec): boolean {
  return to.kind === "fund" || to.kind === "suspense" || to.kind === "world";
}

function isDonor(account: AccountSpec): boolean {
  return account.code.startsWith("world:donor:");
}
