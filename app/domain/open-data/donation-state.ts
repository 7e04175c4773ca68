/**
 * What became of a gift as a whole, from where its đồng rest now. The first line that fits:
 *
 *   suspense   some rest in suspense: its purpose is not known yet
 *   reported   some rest in clearing: a gateway says paid, no bank statement shows it yet
 *   received   some rest in the fund, at the commune, in a purchase, in things delivered or lost, or in the reserve
 *   refunded   what is no fee is owed to the donor or was paid back
 *   expired    all went back, as it never came
 *   reversed   all went back by a reversal or by the gateway
 *   received   nothing is left but fees
 */
import { type AccountKind, accountSpec } from "../ledger/chart.ts";
import type { EntryKind } from "../ledger/entry.ts";
import type { Piece } from "../ledger/trace.ts";

export const DONATION_STATES = [
  "suspense",
  "reported",
  "received",
  "refunded",
  "expired",
  "reversed",
] as const;
export type DonationState = (typeof DONATION_STATES)[number];

/** A part of a gift that rests, with the kind of the entry that brought it there. */
export interface Resting extends Pick<Piece, "account" | "amount"> {
  /** Absent where it has never moved. */
  readonly by?: EntryKind;
}

const USED: ReadonlySet<AccountKind> = new Set([
  "fund",
  "commune",
  "proc",
  "delivered",
  "loss",
  "reserve",
]);

/** State of a gift, and how many of its đồng went back or are owed back to the donor. */
export function donationState(resting: readonly Resting[]): {
  readonly state: DonationState;
  readonly returned: bigint;
} {
  const parts = resting.map((part) => ({ ...part, kind: kindOf(part.account) }));
  const isBack = ({ kind }: { kind: AccountKind }) => kind === "world" || kind === "refund";
  const returned = parts.filter(isBack).reduce((sum, { amount }) => sum + amount, 0n);
  const has = (kind: AccountKind) => parts.some((part) => part.kind === kind);

  if (has("suspense")) return { state: "suspense", returned };
  if (has("clearing")) return { state: "reported", returned };
  if (parts.some(({ kind }) => USED.has(kind))) return { state: "received", returned };
  if (has("refund") || parts.some(({ account }) => account === "world:refund")) {
    return { state: "refunded", returned };
  }
  if (parts.some(({ by }) => by === "donation-expired")) return { state: "expired", returned };
  return { state: has("world") ? "reversed" : "received", returned };
}

function kindOf(account: string): AccountKind {
  const spec = accountSpec(account);
  if (!spec.ok) throw new Error(`no account: ${account}`);
  return spec.value.kind;
}
