import type { TFunction } from "i18next";

import type { OrderState } from "#app/domain/orders/order.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import type { Tone } from "#app/ui/office/state.tsx";

/** What a state means for whoever looks at the list. */
export const TONES: Readonly<Record<OrderState, Tone>> = {
  requested: "waiting",
  "sent-back": "bad",
  approved: "waiting",
  booked: "good",
  cancelled: "over",
  refused: "over",
};

/** A refusal as the page tells it: its code and facts, amounts as decimal text. */
export interface ToldProblem {
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
}

const AMOUNTS = new Set(["missing", "left", "of", "surplus", "norm", "over", "amount", "balance"]);
const DAYS = new Set([
  "approvedOn",
  "arrivedOn",
  "startsOn",
  "endsOn",
  "closedUntil",
  "effectiveOn",
  "since",
]);

/** A problem with its plain facts; what is no text or number (the new table) is left out. */
export function toldProblem(problem: { readonly code: string }): ToldProblem {
  const facts: Record<string, string> = {};
  for (const [name, value] of Object.entries<unknown>(problem)) {
    if (name === "code") continue;
    if (typeof value === "string") facts[name] = value;
    else if (typeof value === "number" || typeof value === "bigint") {
      facts[name] = value.toString();
    } else if (Array.isArray(value)) {
      facts[name] = (value as readonly unknown[]).map(String).join(", ");
    }
  }
  return { code: problem.code, facts };
}

/** A refusal in a sentence. `items` are names of papers by their code. */
export function problemText(
  t: TFunction<"office-orders">,
  locale: Locale,
  { code, facts }: ToldProblem,
  items: ReadonlyMap<string, string> = new Map(),
): string {
  const said = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, factText(t, locale, name, value, items)]),
  );
  const key = `problem.${code.replace(".", "_")}`;
  return t(key, { ...said, defaultValue: t("problem.other", { code }) });
}

function factText(
  t: TFunction<"office-orders">,
  locale: Locale,
  name: string,
  value: string,
  items: ReadonlyMap<string, string>,
): string {
  if (AMOUNTS.has(name) && /^-?\d+$/.test(value)) return money(locale, BigInt(value));
  if (DAYS.has(name)) return day(value);
  if (name === "state") return t(`state.${value}`);
  if (name === "items") {
    return value
      .split(", ")
      .map((item) => items.get(item) ?? item)
      .join("; ");
  }
  return name === "entry" && /^\d+$/.test(value) ? `#${number(locale, BigInt(value))}` : value;
}
