import type { PaperKind } from "../acts/paper.ts";
import type { MoneyKind } from "../people/office-act.ts";
import type { MoneySource, OrderMatter } from "./order.ts";

/** A paper that an order needs, as a dated row: rules change (features.md #71). */
export interface DossierItem {
  readonly code: string;
  readonly kind: MoneyKind;
  readonly titleVi: string;
  readonly titleEn: string;
  /** Before which step it has to be there. */
  readonly before: "approve" | "book";
  readonly required: boolean;
  /** What kind of paper it is in the ledger. */
  readonly paper: PaperKind;
  /** Where the rule is from. */
  readonly source: string;
}

/** Whether an item is the bank's word on one movement of money: it stands for one order. */
export function isPaymentOrder({ before, paper }: Pick<DossierItem, "before" | "paper">): boolean {
  return before === "book" && paper === "payment-order";
}

/** The source of money whose dossier an order needs. */
export function sourceOf(matter: OrderMatter): MoneySource | "any" {
  return "source" in matter ? matter.source : "any";
}

/** Required items for which there is no paper before `step`; booking needs what approval needed too. */
export function missingItems(
  dossier: readonly DossierItem[],
  papers: readonly { readonly item: string }[],
  step: "approve" | "book",
): DossierItem[] {
  const there = new Set(papers.map(({ item }) => item));
  return dossier.filter(
    ({ code, required, before }) =>
      required && (step === "book" || before === "approve") && !there.has(code),
  );
}
