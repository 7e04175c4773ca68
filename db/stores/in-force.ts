/**
 * Whether a dated row is in force on a day: from its first day to its last, both included; without a last day it still is.
 * A condition for a statement; `alias` is the row, `day` an expression of type `date`, such as `$1::text::date`.
 */
export function inForce(alias: string, day: string): string {
  return `${alias}.valid_from <= ${day} and (${alias}.valid_to is null or ${day} <= ${alias}.valid_to)`;
}
