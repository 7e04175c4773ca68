import { dayOf } from "../kernel/calendar.ts";
import { accountCode } from "../ledger/chart.ts";
import { paperOfGift } from "../ledger/intake.ts";
import { keepPapers } from "./keep-papers.ts";
import type { PaymentInFull, PaymentServices } from "./ports.ts";
import { contradicts, type FinalState } from "./vnpay-protocol.ts";

/** What a checked server-to-server message says of one of our payments. */
export interface Told {
  readonly payment: PaymentInFull;
  readonly state: FinalState;
  readonly providerCode: string;
  readonly providerTransaction?: string;
  /** Number of the event in the inbox. */
  readonly inbox: number;
  /** The event's text, the paper behind the gift. */
  readonly paper: string;
}

/** `first`: this event settled the payment; `repeat`: it was settled before, by another event. */
export type SettledNow = "first" | "repeat";

type Needs = Pick<
  PaymentServices,
  "now" | "sha256" | "intake" | "payments" | "attention" | "openings" | "randomHex"
>;

/**
 * Give a payment its final state, once. Paid books the gift and the state in one statement; failed and held only write
 * the state. The key of `payment_outcome` decides between two messages at the same moment.
 */
export async function settlePayment(services: Needs, told: Told): Promise<SettledNow> {
  const won = told.state === "paid" ? await bookGift(services, told) : await close(services, told);
  if (won) {
    if (told.state === "held") await raise(services, told, "payment-held");
    return "first";
  }
  const stored = (await services.payments.find(told.payment.ref))?.outcome;
  // The same event, taken up again after a crash: its answer is the first one.
  if (stored?.inbox === told.inbox) return "first";
  if (stored && contradicts(stored.state, told.state)) {
    await raise(services, told, "payment-after-end");
  }
  return "repeat";
}

function close({ payments, now }: Needs, told: Told): Promise<boolean> {
  return payments.close(told.payment.ref, {
    state: told.state,
    providerCode: told.providerCode,
    ...(told.providerTransaction === undefined
      ? {}
      : { providerTransaction: told.providerTransaction }),
    inbox: told.inbox,
    at: now(),
  });
}

async function bookGift(services: Needs, told: Told): Promise<boolean> {
  const { payment } = told;
  const evidence = await keepPapers(services, paperOfGift(payment.channel), [told.paper]);
  const recorded = await services.intake.record({
    key: `${payment.channel}:${payment.ref}`,
    code: payment.pledge,
    pledge: payment.pledge,
    campaign: payment.campaign,
    channel: payment.channel,
    to: accountCode.clearing(payment.channel, payment.campaign),
    amount: payment.amount,
    receivedOn: dayOf(services.now()),
    evidence,
    outcome: {
      ref: payment.ref,
      providerCode: told.providerCode,
      ...(told.providerTransaction === undefined
        ? {}
        : { providerTransaction: told.providerTransaction }),
      inbox: told.inbox,
    },
  });
  // A person was told; the gateway is answered that we could not take it, and tells again.
  if (recorded.state === "refused") throw new Error(`${payment.ref} cannot be booked`);
  return recorded.state !== "already";
}

function raise(
  { attention }: Needs,
  told: Told,
  kind: "payment-held" | "payment-after-end",
): Promise<void> {
  return attention.raise(kind, told.payment.ref, {
    told: told.state,
    code: told.providerCode,
    inbox: String(told.inbox),
  });
}
