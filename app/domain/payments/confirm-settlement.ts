import type { GiftRange, GiftStores } from "../donations/gift-range.ts";
import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { accountCode, accountSpec } from "../ledger/chart.ts";
import type { Leg } from "../ledger/entry.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { restingPieces } from "../ledger/trace.ts";
import type { GatewayChannel } from "./ports.ts";

/** One gift in a gateway's settlement list. */
interface SettledGift {
  /** Gift code. */
  readonly gift: string;
  /** đồng the gateway kept of it; may be 0. */
  readonly fee: Dong;
}

/** A payout of a gateway, as its list and the bank statement show it. `key` names the payout. */
export interface Settlement extends Act {
  readonly channel: GatewayChannel;
  readonly gifts: readonly SettledGift[];
  /** đồng that the bank shows; must be what the gifts leave after fees. */
  readonly paidOut: Dong;
}

export type SettlementProblem =
  | PostProblem
  | { readonly code: "settlement.no-paper" }
  | { readonly code: "settlement.empty" }
  | { readonly code: "settlement.twice"; readonly gift: string }
  | { readonly code: "settlement.sum"; readonly expected: Dong; readonly found: Dong }
  | { readonly code: "settlement.not-in-clearing"; readonly gift: string }
  | { readonly code: "settlement.bad-fee"; readonly gift: string; readonly fee: Dong }
  | { readonly code: "gift.unknown"; readonly gift: string };

/**
 * Confirm gifts that a gateway reported, now that the bank shows its payout: clearing to fund (net) and clearing to fee,
 * each gift by its own numbers, the fee from the end of them. One entry a campaign, all or none.
 */
export async function confirmSettlement(
  services: Writing<ActStores & GiftStores>,
  settlement: Settlement,
): Promise<Result<readonly Booked[], SettlementProblem>> {
  if (settlement.papers.length === 0) return no({ code: "settlement.no-paper" });
  if (settlement.gifts.length === 0) return no({ code: "settlement.empty" });
  const checked = checkGifts(settlement);
  if (!checked.ok) return checked;
  let refused: PostProblem | undefined;
  try {
    return await services.write(async (stores) => {
      const legs = await legsByCampaign(stores, settlement);
      if (!legs.ok) return legs;
      const booked: Booked[] = [];
      for (const [campaign, ofCampaign] of legs.value) {
        const act = { ...settlement, key: `${settlement.key}:${campaign}` };
        const one = await bookAct(stores, act, "donation-confirmed", { legs: ofCampaign });
        if (!one.ok) {
          // Thrown, so that the campaigns booked before it are rolled back too.
          refused = one.problem;
          throw new Error(`settlement refused: ${refused.code}`);
        }
        booked.push(one.value);
      }
      return ok(booked);
    });
  } catch (error) {
    if (refused) return no(refused);
    throw error;
  }
}

function checkGifts({ gifts }: Settlement): Result<true, SettlementProblem> {
  const seen = new Set<string>();
  for (const { gift } of gifts) {
    if (seen.has(gift)) return no({ code: "settlement.twice", gift });
    seen.add(gift);
  }
  return ok(true);
}

async function legsByCampaign(
  { ledger, giftRanges }: ActStores & GiftStores,
  settlement: Settlement,
): Promise<Result<Map<string, Leg[]>, SettlementProblem>> {
  const legs = new Map<string, Leg[]>();
  let net = 0n;
  for (const { gift: code, fee } of settlement.gifts) {
    const gift = await giftRanges.range(code);
    if (!gift) return no({ code: "gift.unknown", gift: code });
    if (fee < 0n || fee >= gift.amount) return no({ code: "settlement.bad-fee", gift: code, fee });
    const campaign = clearingCampaign(gift, settlement.channel);
    if (campaign === undefined) return no({ code: "settlement.not-in-clearing", gift: code });
    const whole = { lo: gift.lo, length: gift.amount };
    const resting = restingPieces(await ledger.forward(gift.account, whole)).filter(
      ({ account }) => account === gift.account,
    );
    const still = resting.reduce((sum, { amount }) => sum + amount, 0n);
    // A repeat of the same payout finds them moved on; the ledger then answers the first entry by its key.
    if (still !== gift.amount && still !== 0n) {
      return no({ code: "settlement.not-in-clearing", gift: code });
    }
    net += gift.amount - fee;
    const ofCampaign = legs.get(campaign) ?? [];
    ofCampaign.push(...legsOf(gift, campaign, settlement.channel, fee));
    legs.set(campaign, ofCampaign);
  }
  if (net !== settlement.paidOut) {
    return no({ code: "settlement.sum", expected: settlement.paidOut, found: net });
  }
  return ok(legs);
}

function clearingCampaign(gift: GiftRange, channel: GatewayChannel): string | undefined {
  const spec = accountSpec(gift.account);
  if (!spec.ok || spec.value.campaign === undefined) return undefined;
  const { campaign } = spec.value;
  return gift.account === accountCode.clearing(channel, campaign) ? campaign : undefined;
}

/** The legs that confirm one gift. */
function legsOf(gift: GiftRange, campaign: string, channel: GatewayChannel, fee: Dong): Leg[] {
  const net = gift.amount - fee;
  const toFund: Leg = {
    from: gift.account,
    to: accountCode.fund(campaign),
    amount: net,
    take: [{ lo: gift.lo, length: net }],
  };
  if (fee === 0n) return [toFund];
  return [
    toFund,
    {
      from: gift.account,
      to: accountCode.fee(channel, campaign),
      amount: fee,
      take: [{ lo: gift.lo + net, length: fee }],
    },
  ];
}
