import type { Day } from "../kernel/calendar.ts";
import { type DossierItem, sourceOf } from "./dossier.ts";
import { aboutOf, type MoneyOrder, type OrderRecord } from "./order.ts";
import type { OrderPaper, Orders } from "./ports.ts";

/** What of an order's history tells which papers count. */
export type PaperHistory = readonly Pick<OrderRecord, "step" | "version" | "matter" | "amount">[];

/**
 * Whether a paper still counts: the bank's paper after the approval that stands, a paper of the request after the last
 * change by which something else, or more, was asked. What counts no longer stays on record.
 */
export function paperCounts(
  { item, version }: Pick<OrderPaper, "item" | "version">,
  dossier: readonly Pick<DossierItem, "code" | "before">[],
  steps: PaperHistory,
): boolean {
  const bank = dossier.find(({ code }) => code === item)?.before === "book";
  return version > (bank ? approvedIn(steps) : askedIn(steps));
}

/** The dossier of an order as it stands on a day, and its papers that count. */
export async function dossierNow(
  orders: Pick<Orders, "dossier" | "papers" | "steps">,
  order: Pick<MoneyOrder, "id" | "kind" | "matter">,
  today: Day,
): Promise<{ readonly dossier: readonly DossierItem[]; readonly papers: readonly OrderPaper[] }> {
  const dossier = await orders.dossier(order.kind, sourceOf(order.matter), today);
  const steps = await orders.steps(order.id);
  const papers = await orders.papers(order.id);
  return { dossier, papers: papers.filter((paper) => paperCounts(paper, dossier, steps)) };
}

/** Version of the approval that stands; infinite while none does. */
function approvedIn(steps: PaperHistory): number {
  const last = steps.findLast(({ step }) => step === "approve" || step === "send-back");
  return last?.step === "approve" ? last.version : Infinity;
}

/** Version in which it was last asked for something else, or for more. */
function askedIn(steps: PaperHistory): number {
  let since = 0;
  let before: PaperHistory[number] | undefined;
  for (const step of steps) {
    if (step.matter === null) continue;
    const other =
      before?.matter &&
      (aboutOf(before.matter) !== aboutOf(step.matter) ||
        (step.amount ?? 0n) > (before.amount ?? 0n));
    if (other) since = step.version;
    before = step;
  }
  return since;
}
