import type { Day } from "../kernel/calendar.ts";
import type { DatedRules } from "../kernel/dated-rules.ts";
import type { Dong } from "../kernel/dong.ts";
import type { PayChannel } from "./limits.ts";

/**
 * Code of the dated rule that says what gateways keep of a payment: `{ <channel>: { share, fixed } }`, ten-thousandths of
 * the amount and đồng, as decimal text. What is really kept follows from the contract and stands in the books of each gift.
 */
export const CHARGES_RULE = "gateway.charges";

/** What a gateway keeps: a share in ten-thousandths, and a fixed sum in đồng. */
export interface Charge {
  readonly share: bigint;
  readonly fixed: Dong;
}

/** Charges by channel; a channel that no rule knows is absent, and nobody guesses. A bank transfer costs the gift nothing. */
export type ChargesTable = Readonly<Partial<Record<Exclude<PayChannel, "bank">, Charge>>>;

/** The charges told on a day; empty where no rule says any. */
export async function chargesOn(rules: DatedRules, day: Day): Promise<ChargesTable> {
  return readCharges(await rules.on(CHARGES_RULE, day));
}

/** Charges from the value of a rule; what cannot be read is left out. */
export function readCharges(value: unknown): ChargesTable {
  const table: { -readonly [Channel in keyof ChargesTable]: Charge } = {};
  for (const channel of ["vnpay", "stripe"] as const) {
    const row = fieldOf(value, channel);
    const share = wholeIn(fieldOf(row, "share"));
    const fixed = wholeIn(fieldOf(row, "fixed"));
    if (share !== undefined && fixed !== undefined && share < 10_000n) {
      table[channel] = { share, fixed };
    }
  }
  return table;
}

/** What a gateway keeps of an amount, đồng, cut to whole ones; never more than the amount. */
export function chargeOf({ share, fixed }: Charge, amount: Dong): Dong {
  const kept = (amount * share) / 10_000n + fixed;
  return kept < amount ? kept : amount;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function wholeIn(value: unknown): bigint | undefined {
  return typeof value === "string" && /^\d{1,9}$/.test(value) ? BigInt(value) : undefined;
}
