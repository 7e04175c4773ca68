import { type Day, daysBetween } from "../kernel/calendar.ts";
import type { DatedRules } from "../kernel/dated-rules.ts";
import type { HeldAdvance, OrderReading } from "./ports.ts";

/** An advance that is not settled. */
export interface OpenAdvance extends HeldAdvance {
  readonly since: Day;
  /** Since the last advance for the purchase. */
  readonly days: number;
  readonly overdue: boolean;
}

/** Rule that says within how many days an advance is settled. */
const SETTLED_WITHIN = "advance.days";

/** Advances that are not settled on a day, the oldest first. Without a rule none is overdue. */
export async function openAdvances(
  {
    orders,
    rules,
  }: { readonly orders: Pick<OrderReading, "advances">; readonly rules: DatedRules },
  today: Day,
): Promise<OpenAdvance[]> {
  return advancesOn(await orders.advances(), await rules.on(SETTLED_WITHIN, today), today);
}

/** The same over rows: `within` is what the rule says, in days. */
export function advancesOn(
  held: readonly HeldAdvance[],
  within: unknown,
  today: Day,
): OpenAdvance[] {
  const most = typeof within === "number" ? within : Infinity;
  return held
    .map((advance) => {
      const since = advance.since ?? today;
      const days = daysBetween(since, today);
      return { ...advance, since, days, overdue: days > most };
    })
    .toSorted((a, b) => b.days - a.days || (a.campaign < b.campaign ? -1 : 1));
}
