import { addDays, dayOf, type Day, type Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { PaymentInFull } from "../payments/ports.ts";
import type { PledgePage } from "./ports.ts";

/**
 * Where a pledge stands, from what the books and the gateway say:
 *
 *   waiting ──────── nothing has come        part ──── something has come, not all
 *   promised ─────── its day is still ahead  paid ──── all has come, or more
 *   late ─────────── its day has passed      withdrawn, expired: over without money
 *   part-ended ───── something has come, and what is missing is no longer promised
 */
export type Standing =
  | "waiting"
  | "promised"
  | "late"
  | "part"
  | "part-ended"
  | "paid"
  | "withdrawn"
  | "expired";

/** A promise is called late only some days after its day: transfers take their time. */
const GRACE_DAYS = 3;

type Known = Pick<PledgePage, "amount" | "intent" | "promisedOn" | "state" | "gifts">;

/** đồng of a pledge that are booked. */
export function paidOf({ gifts }: Pick<PledgePage, "gifts">): Dong {
  return gifts.reduce((sum, { amount }) => sum + amount, 0n);
}

/** đồng still to come; never below zero. */
export function openOf(pledge: Pick<PledgePage, "amount" | "gifts">): Dong {
  const paid = paidOf(pledge);
  return pledge.amount > paid ? pledge.amount - paid : 0n;
}

/** đồng of a pledge that gateways told of and that no bank statement shows yet. */
export function unsettledOf({ gifts }: Pick<PledgePage, "gifts">): Dong {
  return gifts.reduce((sum, { amount, unsettled }) => sum + (unsettled ? amount : 0n), 0n);
}

/** Whether a promise counts nowhere yet, as nobody has stood for it. */
export function waitsForConfirmation(
  pledge: Pick<PledgePage, "amount" | "intent" | "state" | "gifts" | "confirmedAt">,
): boolean {
  return mayBeWithdrawn(pledge) && pledge.confirmedAt === null;
}

/** Whether its maker may take it back: an open promise that is not paid in full. */
export function mayBeWithdrawn(
  pledge: Pick<PledgePage, "amount" | "intent" | "state" | "gifts">,
): boolean {
  return pledge.intent === "promised" && pledge.state === "open" && openOf(pledge) > 0n;
}

export function standingOf(pledge: Known, now: Seconds): Standing {
  if (openOf(pledge) === 0n) return "paid";
  if (paidOf(pledge) > 0n) return pledge.state === "open" ? "part" : "part-ended";
  if (pledge.state !== "open") return pledge.state;
  if (pledge.intent === "now" || pledge.promisedOn === null) return "waiting";
  return dayOf(now) > lateAfter(pledge.promisedOn) ? "late" : "promised";
}

function lateAfter(promisedOn: Day): Day {
  return addDays(promisedOn, GRACE_DAYS);
}

const OVER: ReadonlySet<Standing> = new Set(["paid", "part-ended", "withdrawn", "expired"]);

/** Whether it can still be paid. */
export function canBePaid(standing: Standing): boolean {
  return !OVER.has(standing);
}

/**
 * What a published code opens: codes stand in `pledges.csv` and `donations.csv`, so a page shows a stranger what stands there
 * and no more. When it was made and how it was to be paid stand nowhere; what was to be paid at once was promised in private,
 * so once a part of it is booked, and the code is public, only that part is told.
 */
export function publishedOf(pledge: PledgePage): PledgePage {
  const paid = paidOf(pledge);
  const amount = pledge.intent === "now" && paid > 0n ? paid : pledge.amount;
  return { ...pledge, amount, createdAt: null, channel: null };
}

/** What is known of a gateway payment: its final state, or whether its time is over without one. */
export function attemptState(
  { outcome, expiresAt }: Pick<PaymentInFull, "outcome" | "expiresAt">,
  now: Seconds,
): "open" | "paid" | "failed" | "held" | "expired" {
  return outcome?.state ?? (now > expiresAt ? "expired" : "open");
}
