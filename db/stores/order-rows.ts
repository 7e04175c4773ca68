import type { Dong } from "#app/domain/kernel/dong.ts";
import type { MoneyOrder, OrderMatter, OrderRecord, Spending } from "#app/domain/orders/order.ts";

import { TWIN_NOW } from "./became.ts";

/** A row of `money_order` as the statements of orders select it. */
export interface OrderRow {
  id: string;
  number: number;
  kind: MoneyOrder["kind"];
  state: MoneyOrder["state"];
  version: number;
  matter: Readonly<Record<string, unknown>>;
  amount: bigint;
  campaign: string | null;
  commune: string | null;
  communes: string[];
  district: string | null;
  twin: string | null;
  prepared_by: string[];
  approved_by: string[];
  booked_by: string[];
  requested_at: bigint;
  changed_at: bigint;
  requested_for: string;
  approved_for: string | null;
  approved_at: bigint | null;
  spending: StoredSpending;
  entry: bigint | null;
}

/** Columns of `money_order o`; arrays as JSON, which both drivers read alike. */
export const ORDER = `o.id, o.number, o.kind, o.state, o.version, o.matter, o.amount, o.campaign, o.commune,
  array_to_json(o.communes) as communes, o.district, coalesce(${TWIN_NOW("o.twin")}, o.twin) as twin, array_to_json(o.prepared_by) as prepared_by,
  array_to_json(o.approved_by) as approved_by, array_to_json(o.booked_by) as booked_by, o.requested_at, o.changed_at, o.requested_for, o.approved_for, o.approved_at,
  o.spending, o.entry`;

/** A row of `order_step`. */
export interface StepRow {
  n: number;
  step: OrderRecord["step"];
  version: number;
  at: bigint | number;
  person: string;
  role: string;
  organisation: string;
  reason: string | null;
  note: string;
  matter: Readonly<Record<string, unknown>> | null;
  amount: bigint | null;
  entry: bigint | number | null;
}

/** Ranges with numbers as decimal text. */
interface StoredSpending {
  asOf: number;
  ranges: [account: string, lo: string, length: string][];
}

/** The order a row tells. */
export function orderOf(row: OrderRow): MoneyOrder {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    version: row.version,
    matter: matterFrom(row.matter),
    amount: row.amount,
    place: {
      campaign: row.campaign,
      commune: row.commune,
      communes: row.communes,
      district: row.district,
      twin: row.twin,
    },
    preparedBy: row.prepared_by,
    approvedBy: row.approved_by,
    bookedBy: row.booked_by,
    requestedAt: Number(row.requested_at),
    changedAt: Number(row.changed_at),
    requestedFor: row.requested_for,
    approvedFor: row.approved_for,
    approvedAt: row.approved_at === null ? null : Number(row.approved_at),
    spending: spendingFrom(row.spending),
    entry: row.entry === null ? null : Number(row.entry),
  };
}

/** The step a row tells. */
export function recordOf(row: StepRow): OrderRecord {
  return {
    ...row,
    at: Number(row.at),
    matter: row.matter === null ? null : matterFrom(row.matter),
    entry: row.entry === null ? null : Number(row.entry),
  };
}

/** What is asked, as JSON: the amount as decimal text. */
export function matterJson(matter: OrderMatter): string {
  return JSON.stringify(storedMatter(matter));
}

/** What is asked, as it is kept: the amount as decimal text. */
export function storedMatter(matter: OrderMatter): Readonly<Record<string, unknown>> {
  return "amount" in matter ? { ...matter, amount: matter.amount.toString() } : { ...matter };
}

function matterFrom(stored: Readonly<Record<string, unknown>>): OrderMatter {
  const amount = stored["amount"];
  // Written by `matterJson` only, of an `OrderMatter`.
  return (typeof amount === "string"
    ? { ...stored, amount: BigInt(amount) }
    : stored) as unknown as OrderMatter;
}

/** What would be spent, as JSON. */
export function spendingJson({ asOf, ranges }: Spending): string {
  return JSON.stringify({
    asOf,
    ranges: ranges.map(({ account, lo, length }) => [account, lo.toString(), length.toString()]),
  });
}

function spendingFrom({ asOf, ranges }: StoredSpending): Spending {
  return {
    asOf,
    ranges: ranges.map(([account, lo, length]) => ({
      account,
      lo: BigInt(lo),
      length: BigInt(length) satisfies Dong,
    })),
  };
}

/** Gift, animal or entry an order is about; undefined for money of a campaign. */
export function subjectOfMatter(matter: OrderMatter): string | undefined {
  if ("gift" in matter) return matter.gift;
  if (matter.kind === "write-off") return matter.animal;
  return matter.kind === "reversal" ? String(matter.entry) : undefined;
}
