import type { EntryKind } from "../ledger/entry.ts";
import type { LatestEntry } from "./ports.ts";

/** However a gift came in, it is one sort of line here. */
const GIFTS: ReadonlySet<EntryKind> = new Set([
  "donation-reported",
  "donation-confirmed",
  "donation-received",
  "direct-gift",
]);

/**
 * The lines of "just booked": the newest of each sort first, as gifts come by the day and would hide that money was sent on
 * and a cow handed over; then the newest of all while there is room. Newest first.
 */
export function latestLines(entries: readonly LatestEntry[], most: number): LatestEntry[] {
  const newest = entries.toSorted((a, b) => b.entry - a.entry);
  const seen = new Set<string>();
  const first = newest.filter(({ kind }) => {
    const sort = GIFTS.has(kind) ? "gift" : kind;
    const fresh = !seen.has(sort);
    seen.add(sort);
    return fresh;
  });
  const others = newest.filter((entry) => !first.includes(entry));
  return [...first, ...others].slice(0, most).toSorted((a, b) => b.entry - a.entry);
}
