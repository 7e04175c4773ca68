/**
 * From a problem to words, in one way: `{ code: "order.no-note", … }` is the key `problem.order.no-note` of the area that
 * the translator speaks from, and the problem's facts fill its places.
 */
import { isDay } from "#app/domain/kernel/calendar.ts";
import { own } from "#app/domain/kernel/own.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";

/** Facts of a problem: amounts as decimal text (đồng), days as `YYYY-MM-DD`, counts as numbers. */
export type ProblemFacts = Readonly<Record<string, string | number>>;

/** A problem as an action answers it. */
export interface ToldProblem {
  readonly code: string;
  readonly facts: ProblemFacts;
}

/** Facts that are amounts where they are text. */
const AMOUNTS = new Set([
  "amount",
  "balance",
  "left",
  "limit",
  "missing",
  "norm",
  "of",
  "over",
  "surplus",
]);

/** A problem with its plain facts; what is no text or number (a new table, say) is left out. */
export function toldProblem(problem: { readonly code: string }): ToldProblem {
  const facts: Record<string, string | number> = {};
  for (const [name, value] of Object.entries<unknown>(problem)) {
    if (name === "code") continue;
    if (typeof value === "string" || typeof value === "number") facts[name] = value;
    else if (typeof value === "bigint") facts[name] = value.toString();
    else if (Array.isArray(value)) facts[name] = value.map(String).join(", ");
  }
  return { code: problem.code, facts };
}

/**
 * A problem in a sentence. `said`: facts that only the page can word, such as the name behind a code. A code that the area
 * has no words for is named, where the area has a sentence for that (`problem.other`).
 */
export function problemText(
  t: (key: string[], facts: Record<string, unknown>) => string,
  locale: Locale,
  problem: { readonly code: string } | ToldProblem,
  said: ProblemFacts = {},
): string {
  const { code, facts } = isTold(problem) ? problem : toldProblem(problem);
  const worded = Object.entries(facts).map(([name, fact]) => [name, factText(locale, name, fact)]);
  const filled = { ...Object.fromEntries(worded), ...said, code };
  return t([`problem.${code}`, "problem.other"], filled);
}

/** The field a problem is shown at: the one it names itself, else the form's for its code; null: it is the whole form's. */
export function problemField(
  problem: { readonly code: string; readonly field?: string },
  fields: Readonly<Record<string, string>>,
): string | null {
  return problem.field ?? own(fields, problem.code) ?? null;
}

function isTold(problem: { readonly code: string } | ToldProblem): problem is ToldProblem {
  return "facts" in problem && typeof problem.facts === "object";
}

function factText(locale: Locale, name: string, fact: string | number): string | number {
  if (typeof fact === "number") return name === "entry" ? `#${number(locale, fact)}` : fact;
  if (AMOUNTS.has(name) && /^-?\d+$/.test(fact)) return money(locale, BigInt(fact));
  return isDay(fact) ? day(fact) : fact;
}
