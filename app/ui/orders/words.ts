import type { TFunction } from "i18next";

import type { OrderState } from "#app/domain/orders/order.ts";
import type { Tone } from "#app/ui/office/state.tsx";
import type { ProblemFacts, ToldProblem } from "#app/ui/problem-text.ts";

/** What a state means for whoever looks at the list. */
export const TONES: Readonly<Record<OrderState, Tone>> = {
  requested: "waiting",
  "sent-back": "bad",
  approved: "waiting",
  booked: "good",
  cancelled: "over",
  refused: "over",
};

/** What only a page of orders can word of a problem's facts: the state, and papers by their names in `items`. */
export function orderFacts(
  t: TFunction<"office-orders">,
  { facts }: ToldProblem,
  items: ReadonlyMap<string, string>,
): ProblemFacts {
  const { state, items: missing } = facts;
  const names = (codes: string) => codes.split(", ").map((code) => items.get(code) ?? code);
  return {
    ...(typeof state === "string" ? { state: t(`state.${state}`) } : {}),
    ...(typeof missing === "string" ? { items: names(missing).join("; ") } : {}),
  };
}
