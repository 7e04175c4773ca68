import type { GiftRange, GiftStores } from "../donations/gift-range.ts";
import {
  type Act,
  type ActStores,
  bookAct,
  type Booked,
  bookedBefore,
  type Writing,
} from "../acts/act.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsStores } from "../campaigns/terms.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, type Result } from "../kernel/result.ts";
import type { Range } from "../ledger/axis.ts";
import { accountCode, accountSpec } from "../ledger/chart.ts";
import type { Leg } from "../ledger/entry.ts";
import { balanceOf } from "../ledger/lay-out.ts";
import type { BookedEntry, PostProblem } from "../ledger/ports.ts";
import { type Piece, restingPieces } from "../ledger/trace.ts";

/** Money that a bank or gateway took back of a gift. `key` names its own paper: the dispute, the debit line. */
export interface Chargeback extends Act {
  /** Gift code. */
  readonly gift: string;
  /** đồng taken back; a part of the gift, or all of it. */
  readonly amount: Dong;
}

export type ChargebackProblem =
  | PostProblem
  | { readonly code: "gift.unknown"; readonly gift: string }
  | { readonly code: "chargeback.no-paper" }
  | { readonly code: "chargeback.more-than-gift"; readonly amount: Dong; readonly of: Dong };

/**
 * Record that money of a gift was taken back. It has happened, so it is never refused for want of money (ledger.md 3.6):
 *
 *   1. the gift's own numbers, where they still wait (clearing, fund, suspense, or where it came straight to the commune)
 *   2. the reserve, as far as it goes
 *   3. what is left is owed: by the commune that has the money or what it bought, else by the committee
 *
 * Other donors' numbers are never touched, and nothing falls below zero.
 */
export async function recordChargeback(
  services: Writing<ActStores & GiftStores & TermsStores>,
  act: Chargeback,
): Promise<Result<Booked, ChargebackProblem>> {
  return services.write((stores) => bookChargeback(stores, act));
}

/** The same inside a transaction that is open already. */
export async function bookChargeback(
  stores: ActStores & GiftStores & TermsStores,
  act: Chargeback,
): Promise<Result<Booked, ChargebackProblem>> {
  if (act.papers.length === 0) return no({ code: "chargeback.no-paper" });
  if (act.amount <= 0n) return no({ code: "ledger.not-positive", amount: act.amount });
  const before = await bookedBefore(stores, act, (entry) => isOf(entry, act.amount));
  if (before) return before;
  const gift = await stores.giftRanges.range(act.gift);
  if (!gift) return no({ code: "gift.unknown", gift: act.gift });
  if (act.amount > gift.amount) {
    return no({ code: "chargeback.more-than-gift", amount: act.amount, of: gift.amount });
  }
  const whole: Range = { lo: gift.lo, length: gift.amount };
  const resting = restingPieces(await stores.ledger.forward(gift.account, whole));
  const reserve = await stores.ledger.state(accountCode.reserve);
  const legs = chargebackLegs({
    gift,
    amount: act.amount,
    resting,
    reserve: reserve ? balanceOf(reserve) : 0n,
    debtor: await debtorOf(stores, gift, resting, act),
  });
  return bookAct(stores, act, "chargeback", { legs, donation: gift.code });
}

/** What a chargeback's legs follow from. */
interface ChargebackFacts {
  readonly gift: Pick<GiftRange, "account" | "channel">;
  readonly amount: Dong;
  /** Where the gift's đồng rest. */
  readonly resting: readonly Piece[];
  /** đồng in the reserve. */
  readonly reserve: Dong;
  /** Account of whoever owes what nothing else covers. */
  readonly debtor: string;
}

/** The legs of a chargeback; together they are its amount. */
function chargebackLegs(facts: ChargebackFacts): Leg[] {
  const { gift, resting } = facts;
  const donor = accountCode.donor(gift.channel);
  const legs: Leg[] = [];
  let missing = facts.amount;
  for (const account of ownAccounts(gift.account, resting)) {
    const ranges: Range[] = [];
    for (const { lo, amount } of resting.filter((piece) => piece.account === account)) {
      if (lo === undefined || missing === 0n) continue;
      const length = amount < missing ? amount : missing;
      ranges.push({ lo, length });
      missing -= length;
    }
    const amount = ranges.reduce((sum, { length }) => sum + length, 0n);
    if (amount > 0n) legs.push({ from: account, to: donor, amount, take: ranges });
  }
  const fromReserve = missing < facts.reserve ? missing : facts.reserve;
  if (fromReserve > 0n) {
    legs.push({ from: accountCode.reserve, to: donor, amount: fromReserve });
    missing -= fromReserve;
  }
  if (missing > 0n) {
    legs.push({ from: accountCode.worldDue, to: facts.debtor, amount: missing });
  }
  return legs;
}

/** Accounts from which the gift's own numbers can leave, what waits first. */
function ownAccounts(entered: string, resting: readonly Piece[]): string[] {
  const there = [...new Set(resting.map(({ account }) => account))];
  return [
    ...there.filter((account) => WAITING.test(account)),
    ...there.filter((account) => account === entered && account.startsWith("commune:")),
  ];
}

const WAITING = /^(clearing|fund|suspense):/;

/** The commune that has the money or what it bought; else that of the campaign; else the committee. */
async function debtorOf(
  stores: TermsStores,
  gift: GiftRange,
  resting: readonly Piece[],
  act: Chargeback,
): Promise<string> {
  for (const { account } of resting) {
    const spec = accountSpec(account);
    if (!spec.ok) continue;
    const { commune, campaign, kind } = spec.value;
    // A purchase and a loss name their campaign, and their money is with its commune.
    if (commune !== undefined && kind !== "due") return dueOn(stores, campaign, act, commune);
    if (kind === "proc" || kind === "loss") return dueOn(stores, campaign, act, undefined);
  }
  return dueOn(stores, gift.campaign ?? undefined, act, undefined);
}

/** After a merger the successor owes. */
async function dueOn(
  stores: TermsStores,
  campaign: string | undefined,
  act: Chargeback,
  commune: string | undefined,
): Promise<string> {
  const found = campaign === undefined ? undefined : await campaignOn(stores, campaign, act.on);
  if (found?.ok) return accountCode.due(found.value.commune.code);
  return commune === undefined ? accountCode.dueOfCommittee : accountCode.due(commune);
}

/** Whether an entry is this chargeback: what went to the donor and what is owed is its amount. */
function isOf({ kind, movements }: BookedEntry, amount: Dong): boolean {
  const sum = movements.reduce((all, one) => all + one.amount, 0n);
  return kind === "chargeback" && sum === amount;
}
