import type { DatedRules } from "../kernel/dated-rules.ts";
import { GRACE_RULE } from "../campaigns/late-money.ts";
import { addDays, dayOf, type Seconds } from "../kernel/calendar.ts";
import type { Pledges } from "./ports.ts";

/** What expiring needs. */
export interface ExpiryServices {
  now(): Seconds;
  readonly rules: DatedRules;
  readonly pledges: Pick<Pledges, "expire">;
}

/**
 * Let promises go whose day passed longer ago than the rule of today allows: what they still owe no longer counts as
 * pledged, and their page says so. Money that comes all the same with their code is booked as ever (payments.md 4.2).
 * A job runs this every night; it may run twice. Answers how many.
 */
export async function expirePledges(services: ExpiryServices): Promise<number> {
  const today = dayOf(services.now());
  const days = await services.rules.on(GRACE_RULE, today);
  if (typeof days !== "number" || !Number.isSafeInteger(days) || days < 0) {
    throw new Error(`no rule ${GRACE_RULE} for ${today}, or one that is no number of days`);
  }
  return services.pledges.expire(addDays(today, -days));
}
