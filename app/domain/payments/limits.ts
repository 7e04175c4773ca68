import type { DatedRules } from "../kernel/dated-rules.ts";
import type { Day } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";

/** How a donor pays. */
export type PayChannel = "bank" | "vnpay" | "stripe";
const PAY_CHANNELS: readonly PayChannel[] = ["bank", "vnpay", "stripe"];

/** Smallest and largest payment of a channel, in đồng. */
interface PayLimits {
  readonly least: Dong;
  readonly most: Dong;
}

/** The limits of every channel on one day. */
export type LimitsTable = Readonly<Record<PayChannel, PayLimits>>;

/** Code of the dated rule that sets them: `{ <channel>: { least, most } }`, đồng as decimal text. */
export const LIMITS_RULE = "gift.limits";

/**
 * What the protocols can carry, whatever a rule says: VNPay writes dong x 100 into 12 digits; Stripe takes eight digits;
 * NAPAS QR amounts have 13 digits (payments.md 1.1, 2 and 3.3).
 */
const CARRIED_MOST: Readonly<Record<PayChannel, Dong>> = {
  bank: 9_999_999_999_999n,
  vnpay: 9_999_999_999n,
  stripe: 99_999_999n,
};

/** The limits in force on a day. Without a readable rule nobody can be told what may be given: that is our fault. */
export async function limitsOn(rules: DatedRules, day: Day): Promise<LimitsTable> {
  const limits = readLimits(await rules.on(LIMITS_RULE, day));
  if (!limits) throw new Error(`no rule ${LIMITS_RULE} for ${day}, or one that cannot be read`);
  return limits;
}

/** Limits from the value of a rule; undefined when a channel is missing or its limits make no sense. */
export function readLimits(value: unknown): LimitsTable | undefined {
  const table: Partial<Record<PayChannel, PayLimits>> = {};
  for (const channel of PAY_CHANNELS) {
    const row = fieldOf(value, channel);
    const least = dongIn(fieldOf(row, "least"));
    const most = dongIn(fieldOf(row, "most"));
    if (least === undefined || most === undefined || least < 1n || most < least) return undefined;
    const carried = CARRIED_MOST[channel];
    table[channel] = { least, most: most < carried ? most : carried };
  }
  return isWhole(table) ? table : undefined;
}

function isWhole(table: Partial<Record<PayChannel, PayLimits>>): table is LimitsTable {
  return PAY_CHANNELS.every((channel) => table[channel] !== undefined);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function dongIn(value: unknown): Dong | undefined {
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? BigInt(value) : undefined;
}

/** An amount outside the limits of its channel, with the limit that it breaks (đồng as text). */
export type LimitProblem =
  | { readonly code: "payment.too-small"; readonly channel: PayChannel; readonly limit: string }
  | { readonly code: "payment.too-large"; readonly channel: PayChannel; readonly limit: string };

/** The amount, when the channel takes it. */
export function withinLimits(
  limits: LimitsTable,
  channel: PayChannel,
  amount: Dong,
): Result<Dong, LimitProblem> {
  const { least, most } = limits[channel];
  if (amount < least) return no({ code: "payment.too-small", channel, limit: least.toString() });
  if (amount > most) return no({ code: "payment.too-large", channel, limit: most.toString() });
  return ok(amount);
}
