import type { Reason } from "../ledger/reasons.ts";

/** Why an animal was lost. */
export const LOSS_CAUSES = ["disease", "accident", "cold", "calving", "theft"] as const;
export type LossCause = (typeof LOSS_CAUSES)[number];

/** Reasons that explain a price over the norm. */
export const PRICE_REASONS: readonly Reason[] = [
  "price-market",
  "price-pregnant",
  "price-carriage",
];
