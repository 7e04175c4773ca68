import type { Dong } from "../kernel/dong.ts";
import type { UnitCounts } from "./ports.ts";

/** What the books say about the things of one need line. */
export interface UnitFacts {
  readonly needed: number;
  /** Handed over and standing; what replaced a dead animal is no further one. */
  readonly delivered: number;
  /** Money advanced for purchases that are not accepted yet, đồng. */
  readonly inPurchase: Dong;
  /** Money still in the fund, with a gateway or at the commune, đồng. */
  readonly spendable: Dong;
  /** đồng for one, by the norm */
  readonly unitPrice: Dong;
}

/**
 * Whole units along their way. What is delivered counts at its real price, what is to come at the norm, so a dear animal
 * lowers "funded" as it should; a half-paid animal is none yet.
 */
export function unitCounts(facts: UnitFacts): UnitCounts {
  const { needed, delivered, inPurchase, spendable, unitPrice } = facts;
  const buys = (money: Dong) => (unitPrice > 0n && money > 0n ? Number(money / unitPrice) : 0);
  const bought = delivered + buys(inPurchase);
  const funded = delivered + buys(inPurchase + spendable);
  return { needed, delivered, bought, funded: Math.max(bought, funded) };
}

/** Units nobody has paid for yet; never below zero. */
export function unitsMissing({ needed, funded }: UnitCounts): number {
  return Math.max(0, needed - funded);
}
