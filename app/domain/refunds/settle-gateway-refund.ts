import { type Act, bookAct } from "../acts/act.ts";
import { sealPaper } from "../acts/paper.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { Leg } from "../ledger/entry.ts";
import { reversalLegs } from "../ledger/reversal.ts";
import type { GatewayActStores, GatewayRefund, GatewayRefundServices } from "./ports.ts";
import { bookChargeback } from "./record-chargeback.ts";

/** What a gateway's last word on a refund is. */
export interface RefundEnd {
  readonly state: "refunded" | "refused";
  /** The gateway's code, raw. */
  readonly code: string;
  /** The answer's text, the paper behind the entry. */
  readonly paper: string;
  /** Number of the answer in the inbox. */
  readonly inbox: number;
}

type Needs = Pick<
  GatewayRefundServices,
  "now" | "sha256" | "randomHex" | "attention" | "gatewayActs"
>;

const encoder = new TextEncoder();

/**
 * Write the end of a refund, once, whoever tells it: given back, what was set aside leaves for the world; refused, the
 * setting aside is turned round and a person is told. Answers the end that stands.
 */
export async function settleRefund(
  services: Needs,
  refund: GatewayRefund,
  end: RefundEnd,
): Promise<RefundEnd["state"]> {
  const paper = sealPaper(services, "notice", encoder.encode(end.paper));
  const act: Act = {
    key: `${refund.key}:${end.state}`,
    on: dayOf(services.now()),
    role: refund.role,
    papers: [paper],
    reason: end.state === "refunded" ? refund.reason : "refund-failed",
  };
  const written = await services.gatewayActs.write(async (stores) => {
    const before = (await stores.gatewayRefunds.find(refund.key))?.outcome;
    if (before) return { state: before.state, again: true, held: true };
    const booked = await bookEnd(stores, refund, end.state, act);
    await stores.gatewayRefunds.close(refund.key, {
      state: end.state,
      providerCode: end.code,
      entry: booked.entry,
      inbox: end.inbox,
      at: services.now(),
    });
    return { state: end.state, again: false, held: booked.held };
  });
  if (!written.held) {
    await services.attention.raise("refund-unclear", refund.key, {
      why: "not-held",
      gift: refund.gift,
    });
  }
  const contradicts = written.again && written.state !== end.state;
  if (contradicts || (end.state === "refused" && !written.again)) {
    await services.attention.raise(contradicts ? "refund-unclear" : "refund-refused", refund.key, {
      told: end.state,
      stored: written.state,
      code: end.code,
      gift: refund.gift,
      inbox: String(end.inbox),
    });
  }
  return written.state;
}

/** The entry of the end; `held` is false where the money was no longer set aside, because somebody turned that round. */
async function bookEnd(
  stores: GatewayActStores,
  refund: GatewayRefund,
  state: RefundEnd["state"],
  act: Act,
): Promise<{ entry: number; held: boolean }> {
  const hold = await stores.ledger.find(refund.holdEntry);
  if (!hold) throw new Error(`refund ${refund.key} has no entry ${refund.holdEntry}`);
  if (hold.reversedBy === undefined) {
    if (state === "refunded") {
      const legs = hold.movements.map(({ to, toLo, amount }): Leg => ({
        from: to,
        to: accountCode.worldRefund,
        amount,
        take: [{ lo: toLo ?? 0n, length: amount }],
      }));
      const paid = await bookAct(stores, act, "refund", { legs, donation: refund.gift });
      return { entry: entryOf(paid), held: true };
    }
    const legs = reversalLegs(hold.kind, hold.movements);
    if (!legs.ok) throw new Error(`refund ${refund.key}: ${legs.problem.code}`);
    const turned = await bookAct(stores, { ...act, key: `reversal:${hold.number}` }, "reversal", {
      legs: legs.value,
      reverses: hold.number,
      donation: refund.gift,
    });
    return { entry: entryOf(turned), held: true };
  }
  if (state === "refused") return { entry: hold.reversedBy, held: true };
  // The gateway gave back what we no longer had set aside: a fact all the same.
  const { gift, amount } = refund;
  return { entry: entryOf(await bookChargeback(stores, { ...act, gift, amount })), held: false };
}

function entryOf(booked: Result<{ readonly entry: number }, { code: string }>): number {
  if (booked.ok) return booked.value.entry;
  throw new Error(`the end of a refund cannot be booked: ${booked.problem.code}`);
}
