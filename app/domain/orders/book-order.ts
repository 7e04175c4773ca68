import type { OrderProblem } from "./order-problem.ts";
import { papersOf } from "../files/add-files.ts";
import { holdForRefund } from "../refunds/order-gateway-refund.ts";
import type { Sha256 } from "../kernel/digest.ts";
import { bookFiled } from "../acts/matter.ts";
import type { PaperKind } from "../acts/paper.ts";
import { type Day, dayOf, type Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { Evidence } from "../ledger/entry.ts";
import type { Person } from "../people/may.ts";
import type { MoneyKind } from "../people/office-act.ts";
import type { Grant } from "../people/role.ts";
import { type DossierItem, missingItems } from "./dossier.ts";
import { matterOf } from "./matter.ts";
import type { MoneyOrder } from "./order.ts";
import { dossierNow } from "./papers.ts";
import { planSpending } from "./spending.ts";
import type { OrderPaper, OrderStores } from "./ports.ts";
import { noteText, type OrderForm, type OrderServices, takeStep } from "./take-step.ts";

/** Booking an approved order by the bank's paper. */
export interface OrderBooking extends OrderForm {
  /** Day on the bank's paper. */
  readonly on: Day;
  /** The papers came more than seven days after: the entry says so. */
  readonly late?: boolean;
}

/**
 * Book an approved order: entry and order change in one transaction, under a key that is the order's own, so that neither
 * a crash nor a second click can lose or double it. The accountant neither asked for it nor approved it.
 */
export async function bookOrder(
  services: OrderServices & { readonly sha256: Sha256 },
  asking: Person,
  form: OrderBooking,
): Promise<Result<MoneyOrder, OrderProblem>> {
  const note = noteText(form.note);
  if (!note.ok) return note;
  return takeStep(services, asking, form, "book", async (moment) => {
    const { stores, at, today, person, order, right } = moment;
    const early = beforeApproval(order, form.on);
    if (early) return early;
    const papers = await papersFor(stores, order, today);
    if (!papers.ok) return papers;
    const moves = await matterOf(stores, order.matter, form.on);
    if (!moves.ok) return moves;
    const planned = await planSpending(stores, moves.value);
    if (!planned.ok) return planned;
    // Which đồng leave may have changed since; how many was approved.
    if (planned.value.amount !== order.amount) {
      return no({ code: "order.spending-changed", ...planned.value });
    }
    const keyed = { key: orderKey(order.id), on: form.on, role: officeOf(right.grant, order) };
    const reason = moves.value.reason ?? (form.late ? "papers-late" : undefined);
    const booked = byGateway(order)
      ? await setAside(stores, order, {
          ...keyed,
          now: at,
          sha256: services.sha256,
          files: papers.value.files,
        })
      : await bookFiled(
          stores,
          { ...keyed, evidence: papers.value.evidence },
          { ...moves.value, ...(reason === undefined ? {} : { reason }) },
        );
    if (!booked.ok) return booked;
    const { entry } = booked.value;
    const becomes = { ...planned.value, bookedBy: [person.id], entry };
    const trace = { note: note.value, facts: { entry } };
    return ok({ becomes, trace });
  });
}

/** Kinds that nothing but an approval brings about; a return, a loss or an error came first. */
const MOVES_ON_APPROVAL: ReadonlySet<MoneyKind> = new Set([
  "disbursement",
  "advance",
  "refund",
  "redesignation",
]);

/** Refused when the paper says that the money moved before it was approved: that was no order of ours. */
function beforeApproval({ kind, approvedAt }: MoneyOrder, on: Day) {
  if (approvedAt === null || !MOVES_ON_APPROVAL.has(kind)) return undefined;
  const approvedOn = dayOf(approvedAt);
  return on < approvedOn ? no({ code: "order.before-approval", approvedOn }) : undefined;
}

/** The ledger's key of an order: the same order is never booked twice. */
export function orderKey(id: string): string {
  return `order:${id}`;
}

/** Whether the gateway that brought the gift gives it back: its answer is the paper, not the bank's. */
export function byGateway({ matter }: Pick<MoneyOrder, "matter">): boolean {
  return matter.kind === "refund" && matter.way === "gateway";
}

/**
 * Set a gift aside for its gateway, with the order in one transaction; the gateway is asked after the commit
 * (`askRefund`), again and again until it answers.
 */
async function setAside(
  stores: OrderStores,
  order: MoneyOrder,
  at: {
    readonly key: string;
    readonly on: Day;
    readonly role: string;
    readonly now: Seconds;
    readonly sha256: Sha256;
    /** Ids of the order's papers. */
    readonly files: readonly string[];
  },
): Promise<Result<{ entry: number }, OrderProblem>> {
  const { matter } = order;
  if (matter.kind !== "refund") return no({ code: "order.other-kind" });
  const papers = await papersOf(stores, at.files);
  if (!papers.ok) return no({ code: "order.paper-unknown", item: papers.problem.code });
  const { key, on, role, now, sha256 } = at;
  const wish = { key, on, role, papers: papers.value, gift: matter.gift, reason: matter.reason };
  const held = await holdForRefund(stores, { order: wish, now, sha256 });
  return held.ok ? ok({ entry: held.value.holdEntry }) : held;
}

/** Files and digests of all papers of the order that count; refused while one that booking needs is missing. */
async function papersFor(
  stores: OrderStores,
  order: MoneyOrder,
  today: Day,
): Promise<Result<{ files: string[]; evidence: Evidence[] }, OrderProblem>> {
  const { dossier, papers } = await dossierNow(stores.orders, order, today);
  const missing = missingItems(dossier, papers, byGateway(order) ? "approve" : "book");
  const bank = dossier.filter(({ before }) => before === "book");
  if (missing.length > 0 || bank.length === 0) {
    return no({ code: "order.papers-missing", items: missing.map(({ code }) => code) });
  }
  const ids = papers.map(({ file }) => file);
  const files = new Map((await stores.files.files(ids)).map((file) => [file.id, file]));
  const evidence: Evidence[] = [];
  for (const paper of papers) {
    const file = files.get(paper.file);
    if (!file) return no({ code: "order.paper-unknown", item: paper.item });
    evidence.push({ kind: kindOf(paper, dossier), digest: file.digest });
  }
  return ok({ files: ids, evidence });
}

function kindOf({ item }: OrderPaper, dossier: readonly DossierItem[]): PaperKind {
  return dossier.find(({ code }) => code === item)?.paper ?? "minutes";
}

/** The office that acts, as the ledger names it: never a person. */
function officeOf({ role }: Grant, { place }: MoneyOrder): string {
  return role.startsWith("commune-") && place.commune !== null
    ? `commune:${place.commune}`
    : "committee";
}
