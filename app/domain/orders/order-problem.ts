import type { AssignProblem } from "../refunds/assign-suspense.ts";
import type { AdvanceProblem } from "../disbursements/advance.ts";
import type { Day } from "../kernel/calendar.ts";
import type { DisburseProblem } from "../disbursements/disburse.ts";
import type { Dong } from "../kernel/dong.ts";
import type { LossProblem } from "../animals/record-loss.ts";
import type { MayProblem } from "../people/may.ts";
import type { OrderState, Spending } from "./order.ts";
import type { PostProblem } from "../ledger/ports.ts";
import type { RedesignateProblem } from "../campaigns/redesignate.ts";
import type { RefundOrderProblem } from "../refunds/order-gateway-refund.ts";
import type { RefundProblem } from "../refunds/refund-gift.ts";
import type { ReturnProblem } from "../disbursements/return-money.ts";
import type { ReverseProblem } from "../corrections/reverse-entry.ts";
import type { TermsProblem } from "../campaigns/terms.ts";

/** Why what an order is about cannot be done. */
export type MatterProblem =
  | TermsProblem
  | PostProblem
  | DisburseProblem
  | AdvanceProblem
  | RefundProblem
  | RedesignateProblem
  | AssignProblem
  | ReturnProblem
  | LossProblem
  | ReverseProblem
  | { readonly code: "refund.no-gateway"; readonly gift: string }
  | { readonly code: "order.before-start"; readonly startsOn: Day }
  | { readonly code: "order.heads-needed" }
  | { readonly code: "order.too-many-heads"; readonly most: number }
  | {
      readonly code: "order.over-norm";
      readonly norm: Dong;
      readonly heads: number;
      readonly over: Dong;
    };

/** Why a step of an order is refused. */
export type OrderProblem =
  | MayProblem
  | MatterProblem
  | RefundOrderProblem
  | { readonly code: "order.unknown"; readonly order: string }
  | { readonly code: "office.stale"; readonly version: number }
  | { readonly code: "order.wrong-state"; readonly state: OrderState }
  | { readonly code: "order.other-kind" }
  | { readonly code: "order.no-reason" }
  | { readonly code: "order.no-note" }
  | { readonly code: "order.note-too-long"; readonly most: number }
  /** Another order about the same gift, animal, entry or line waits, or has paid it. */
  | { readonly code: "order.twice"; readonly number: number }
  /** The form's key was used before, for something else or by somebody else. */
  | { readonly code: "order.key-used" }
  /** Required papers that are not there, by item. */
  | { readonly code: "order.papers-missing"; readonly items: readonly string[] }
  | { readonly code: "order.paper-unknown"; readonly item: string }
  /** The bank's paper is the bank's paper of another order. */
  | { readonly code: "order.paper-used"; readonly number: number }
  /** The bank's paper is older than the approval. */
  | { readonly code: "order.before-approval"; readonly approvedOn: Day }
  /** Other gifts would be spent than those that were shown. */
  | { readonly code: "order.spending-changed"; readonly spending: Spending; readonly amount: Dong };
