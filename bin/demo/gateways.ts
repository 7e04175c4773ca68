import { own } from "#app/domain/kernel/own.ts";
import { addDays, compactMoment, type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { chargeOf, CHARGES_RULE, readCharges } from "#app/domain/payments/charges.ts";
import { confirmSettlement } from "#app/domain/payments/confirm-settlement.ts";
import type { GatewayChannel } from "#app/domain/payments/ports.ts";
import { startPayment } from "#app/domain/payments/start-payment.ts";
import { takeStripeNotice } from "#app/domain/gateway-notices/take-stripe-notice.ts";
import { takeVnpayNotice } from "#app/domain/gateway-notices/take-vnpay-notice.ts";
import { signedText, vnpAmountOf } from "#app/domain/payments/vnpay-protocol.ts";

import { RULES } from "#db/seeds/norms.ts";

import type { Banks } from "./banks.ts";
import { LAST_DAY, type PlannedGift } from "./gift-plan.ts";
import { actOf, at, type Stage } from "./stage.ts";

/** The gateways' side: payment pages walked through, notices signed and delivered, payouts made. */
export interface Gateways {
  pay(channel: GatewayChannel, code: string, gift: PlannedGift): Promise<void>;
  /** VNPay took the money but suspects the payment (code 07): it is held for a person. */
  payUnderSuspicion(code: string, amount: bigint): Promise<void>;
}

interface Collected {
  readonly gift: string;
  readonly amount: bigint;
}

/** What a gateway keeps of a gift: what the plan's rule tells donors before they pay. */
const CHARGES = readCharges(RULES.find(({ code }) => code === CHARGES_RULE)?.value);

/** Set up the gateways' side and its monthly payouts. */
export function openGateways(stage: Stage, banks: Banks): Gateways {
  const chance = stage.chance.stream("gateways");
  const collected: Record<GatewayChannel, Collected[]> = { vnpay: [], stripe: [] };
  let transactions = 13_900_000;

  async function pay(channel: GatewayChannel, code: string, gift: PlannedGift): Promise<void> {
    const started = must(
      await startPayment(stage.payments, {
        code,
        channel,
        locale: gift.locale,
        address: `198.51.100.${chance.whole(1, 254)}`,
        returnUrl: `https://ketnghia.example/thanh-toan/${code}`,
        cancelUrl: `https://ketnghia.example/cam-ket/${code}`,
        title: "Kết Nghĩa",
      }),
    );
    const fails = chance.happens(0.06);
    stage.agenda.add(stage.agenda.now() + chance.whole(70, 540), async () => {
      const told = await notify(channel, started.ref, gift.amount, fails);
      if (!fails) collected[channel].push({ gift: code, amount: gift.amount });
      // One call in nine comes again: the answer of the first one was lost on the way.
      if (chance.happens(0.11)) await told.again();
    });
    if (!fails) return;
    stage.agenda.add(stage.agenda.now() + 1_260, () => pay(channel, code, gift));
  }

  async function notify(channel: GatewayChannel, ref: string, amount: bigint, fails: boolean) {
    transactions += chance.whole(1, 4_000);
    const deliver =
      channel === "vnpay"
        ? vnpayNotice(
            stage,
            ref,
            amount,
            fails ? chance.pick(["24", "51", "11"]) : "00",
            transactions,
          )
        : stripeNotice(stage, ref, amount, fails, transactions);
    const answer = await deliver();
    if (answer !== "00" && answer !== "settled") throw new Error(`${ref} was answered ${answer}`);
    return { again: deliver };
  }

  for (let month = "2022-04"; month <= LAST_DAY.slice(0, 7); month = nextMonth(month)) {
    for (const channel of ["vnpay", "stripe"] as const) {
      const day: Day = `${month}-${channel === "vnpay" ? "06" : "08"}`;
      stage.agenda.add(at(day, 7 * 3600), () => payOut(stage, banks, channel, collected));
    }
  }
  return {
    pay,
    async payUnderSuspicion(code, amount) {
      const { ref } = must(
        await startPayment(stage.payments, {
          code,
          channel: "vnpay",
          locale: "vi",
          address: "198.51.100.7",
          returnUrl: `https://ketnghia.example/thanh-toan/${code}`,
          cancelUrl: `https://ketnghia.example/cam-ket/${code}`,
          title: "Kết Nghĩa",
        }),
      );
      transactions += 1;
      await vnpayNotice(stage, ref, amount, "07", transactions)();
    },
  };
}

/** Transaction status that goes with a response code; 02 with all others. */
const STATUS_OF: Readonly<Record<string, string>> = { "00": "00", "07": "07" };

/** One signed IPN; calling it again delivers the same bytes again. */
function vnpayNotice(stage: Stage, ref: string, amount: bigint, code: string, transaction: number) {
  const fields: [string, string][] = [
    ["vnp_Amount", vnpAmountOf(amount)],
    ["vnp_BankCode", "NCB"],
    ["vnp_CardType", "ATM"],
    ["vnp_OrderInfo", `Ung ho ${ref}`],
    ["vnp_PayDate", compactMoment(stage.agenda.now())],
    ["vnp_ResponseCode", code],
    ["vnp_TmnCode", stage.tools.vnpay.tmnCode],
    ["vnp_TransactionNo", String(transaction)],
    ["vnp_TransactionStatus", own(STATUS_OF, code) ?? "02"],
    ["vnp_TxnRef", ref],
  ];
  const signed = signedText(fields) ?? "";
  const query = `${signed}&vnp_SecureHash=${stage.tools.signVnpay(signed)}`;
  return () => takeVnpayNotice(stage.payments, query);
}

/** One signed webhook call; calling it again delivers the same event again. */
function stripeNotice(stage: Stage, ref: string, amount: bigint, fails: boolean, n: number) {
  const id = `cs_demo_${ref.replaceAll("-", "_")}`;
  const body = JSON.stringify({
    id: `evt_demo_${n}`,
    object: "event",
    type: fails ? "checkout.session.expired" : "checkout.session.completed",
    data: {
      object: {
        id,
        object: "checkout.session",
        client_reference_id: ref,
        amount_total: Number(amount),
        currency: "vnd",
        payment_status: fails ? "unpaid" : "paid",
        payment_intent: `pi_demo_${n}`,
      },
    },
  });
  const bytes = new TextEncoder().encode(body);
  return () =>
    takeStripeNotice(stage.payments, bytes, stage.tools.signStripe(body, stage.agenda.now()));
}

/** Pay out what a gateway collected, less its fees; once the bank shows it, the gifts are confirmed. */
async function payOut(
  stage: Stage,
  banks: Banks,
  channel: GatewayChannel,
  collected: Record<GatewayChannel, Collected[]>,
): Promise<void> {
  const list = collected[channel];
  collected[channel] = [];
  if (list.length === 0) return;
  const day = dayOf(stage.agenda.now());
  const gifts = list.map(({ gift, amount }) => ({ gift, fee: feeOf(channel, amount), amount }));
  const paidOut = gifts.reduce((sum, { amount, fee }) => sum + amount - fee, 0n);
  const name = channel === "vnpay" ? "VNPAY TT DVCNTT QNDEMO01" : "STRIPE PAYOUT STR-DEMO";
  const text = `${name} KY ${day.slice(0, 7)}`;
  banks.move("van-dong", paidOut, text);
  // The statement of the week comes on Monday; the office confirms the list that afternoon.
  const monday = mondayAfter(day);
  stage.agenda.add(at(monday, 15 * 3600), async () => {
    const act = actOf(stage, "committee", day, { "statement-line": `${text} ${paidOut}` });
    must(
      await confirmSettlement(stage.official, {
        ...act,
        key: `settlement:${channel}:${day.slice(0, 7)}`,
        channel,
        gifts: gifts.map(({ gift, fee }) => ({ gift, fee })),
        paidOut,
      }),
    );
  });
}

/** Rounded down to whole đồng; never the whole gift. */
function feeOf(channel: GatewayChannel, amount: bigint): bigint {
  const charge = CHARGES[channel];
  if (!charge) throw new Error(`no rule says what ${channel} keeps`);
  const fee = chargeOf(charge, amount);
  return fee < amount ? fee : 0n;
}

function mondayAfter(day: Day): Day {
  let next = addDays(day, 1);
  while (new Date(`${next}T00:00:00Z`).getUTCDay() !== 1) next = addDays(next, 1);
  return next;
}

function nextMonth(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return number === 12
    ? `${(year ?? 0) + 1}-01`
    : `${year}-${String((number ?? 0) + 1).padStart(2, "0")}`;
}
