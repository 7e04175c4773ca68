import type { DatedRules } from "../kernel/dated-rules.ts";
import { addDays, type Day } from "../kernel/calendar.ts";

/** Code of the dated rule with the days that a promise still counts, and may be honoured, after its day. */
export const GRACE_RULE = "pledges.grace-days";

/** Those days on a day; none where no rule says so. */
export async function graceDays(rules: DatedRules, day: Day): Promise<number> {
  const value = await rules.on(GRACE_RULE, day);
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 0;
}

/**
 * Whether money came too late for a campaign: after its last day, and not for a promise that was taken in before and may
 * still be honoured. Such money is never simply the campaign's (vietnam-rules.md 4): it goes to suspense, for a person.
 * A gateway payment is judged by the day on which it was begun, and none is begun after the last day.
 */
export function isLateMoney(
  lastDay: Day,
  receivedOn: Day,
  promise: { readonly promisedOn: Day; readonly graceDays: number } | undefined,
): boolean {
  if (receivedOn <= lastDay) return false;
  return promise === undefined || receivedOn > addDays(promise.promisedOn, promise.graceDays);
}
