import type { PgColumn } from "drizzle-orm/pg-core";

import type { Day } from "#app/domain/kernel/calendar.ts";

import type { building } from "../building.ts";

/**
 * Whether a dated row is in force on a day: from its first day to its last, both included; without a last day it still is.
 * A condition for a statement; `alias` is the row, `day` an expression of type `date`, such as `$1::text::date`.
 */
export function inForce(alias: string, day: string): string {
  return `${alias}.valid_from <= ${day} and (${alias}.valid_to is null or ${day} <= ${alias}.valid_to)`;
}

/** The same as a condition of the builder, for the rows of a dated table. */
export function inForceOn(
  op: Awaited<ReturnType<typeof building>>["op"],
  table: { readonly validFrom: PgColumn; readonly validTo: PgColumn },
  day: Day,
) {
  return op.and(
    op.lte(table.validFrom, day),
    op.or(op.isNull(table.validTo), op.gte(table.validTo, day)),
  );
}
