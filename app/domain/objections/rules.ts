import type { Day } from "../kernel/calendar.ts";
import type { DatedRules } from "../kernel/dated-rules.ts";

/** Rules on objections, by their code: whole numbers. */
export type ObjectionRule = "objections.answer-days" | "objections.most-open";

/** The number of a rule on a day. Without a readable rule nobody can be told when there is an answer: that is our fault. */
export async function daysRule(rules: DatedRules, code: ObjectionRule, day: Day): Promise<number> {
  const value = await rules.on(code, day);
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    throw new Error(`no rule ${code} for ${day}, or one that cannot be read`);
  }
  return value;
}
