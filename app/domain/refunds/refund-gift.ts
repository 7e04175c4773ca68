import type { GiftRange, GiftStores } from "../donations/gift-range.ts";
import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { accountCode, accountSpec } from "../ledger/chart.ts";
import type { Range } from "../ledger/axis.ts";
import type { Leg } from "../ledger/entry.ts";
import type { LedgerAsked, PostProblem } from "../ledger/ports.ts";
import { type Piece, restingPieces } from "../ledger/trace.ts";

/** A gift given back to its donor. */
export interface Refund extends Act {
  /** Gift code. */
  readonly gift: string;
  readonly reason: "donor-asked" | "paid-twice";
}

export type RefundProblem =
  | PostProblem
  | { code: "gift.unknown"; gift: string }
  | { code: "refund.no-paper" }
  | { code: "refund.spent"; left: Dong; of: Dong };

/**
 * Give a gift back: the donor's own range leaves where it rests, clearing, fund or suspense, and never another donor's
 * (ledger.md 3.6). What a gateway kept as a fee is not given back. A gift that has gone on to the commune is refused.
 */
export async function refundGift(
  services: Writing<ActStores & GiftStores>,
  act: Refund,
): Promise<Result<Booked, RefundProblem>> {
  if (act.papers.length === 0) return no({ code: "refund.no-paper" });
  return services.write(async (stores) => {
    const matter = await refundOf(stores, act);
    return matter.ok ? bookMatter(stores, act, matter.value) : matter;
  });
}

/** What a refund moves: the donor's own numbers, or, once they are spent, money of the reserve where the office says so. */
export async function refundOf(
  stores: { readonly ledger: LedgerAsked } & GiftStores,
  act: Pick<Refund, "gift" | "reason"> & { readonly spentBy?: "reserve" },
): Promise<Result<ActMatter, Exclude<RefundProblem, PostProblem>>> {
  const gift = await stores.giftRanges.range(act.gift);
  if (!gift) return no({ code: "gift.unknown", gift: act.gift });
  const whole: Range = { lo: gift.lo, length: gift.amount };
  const resting = restingPieces(await stores.ledger.forward(gift.account, whole));
  const own = refundLegs(resting, gift.campaign);
  const rest = { kind: "refund", donation: gift.code, reason: act.reason } as const;
  if (!("left" in own)) return ok({ ...rest, legs: own.legs });
  // What was given back before is not spent: the reserve would pay it twice.
  const returned = resting.some(({ account }) => /^(world|refund):/.test(account));
  if (act.spentBy !== "reserve" || returned) {
    return no({ code: "refund.spent", left: own.left, of: gift.amount });
  }
  return ok({ ...rest, legs: reserveLegs(gift) });
}

/** The reserve pays back a gift whose own đồng are spent (ledger.md 3.6). */
function reserveLegs({ amount, campaign }: Pick<GiftRange, "amount" | "campaign">): Leg[] {
  const payable = accountCode.refund(campaign ?? "suspense");
  return [
    { from: accountCode.reserve, to: payable, amount },
    { from: payable, to: accountCode.worldRefund, amount, take: { broughtBy: 0 } },
  ];
}

/** Legs that take the resting pieces out; `left` when a part has gone where no refund can reach it. */
export function refundLegs(
  resting: readonly Piece[],
  campaign: string | null,
): { legs: Leg[] } | { left: Dong } {
  const free = resting.filter(({ account }) => REFUNDABLE.test(account));
  const kept = resting.filter(({ account }) => account.startsWith("fee:"));
  if (free.length === 0 || free.length + kept.length < resting.length) {
    return { left: free.reduce((sum, { amount }) => sum + amount, 0n) };
  }
  const legs: Leg[] = [];
  for (const account of new Set(free.map((piece) => piece.account))) {
    const ranges = free.flatMap((piece): Range[] =>
      piece.account === account && piece.lo !== undefined
        ? [{ lo: piece.lo, length: piece.amount }]
        : [],
    );
    const amount = ranges.reduce((sum, { length }) => sum + length, 0n);
    const spec = accountSpec(account);
    const owner = (spec.ok ? spec.value.campaign : undefined) ?? campaign ?? "suspense";
    const payable = accountCode.refund(account.startsWith("suspense:") ? "suspense" : owner);
    legs.push({ from: account, to: payable, amount, take: ranges });
    legs.push({
      from: payable,
      to: accountCode.worldRefund,
      amount,
      take: { broughtBy: legs.length - 1 },
    });
  }
  return { legs };
}

const REFUNDABLE = /^(clearing|fund|suspense):/;
