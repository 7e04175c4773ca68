/**
 * A fund is an axis of đồng, numbered in the order in which they came in. Money leaves lowest number first.
 *
 *   gift A        gift B              gift C
 *  |------------|-------------------|-----------|  -> head
 *  1         50001              250001       300001
 *  |------------ cow 1 ------------|--- cow 2 ---
 *
 * So which gift became which animal is arithmetic, not bookkeeping.
 */
import { no, ok, type Result } from "../kernel/result.ts";

/** The numbers `lo` to `lo + length - 1` of one axis, in whole đồng. */
export interface Range {
  readonly lo: bigint;
  readonly length: bigint;
}

export type AxisProblem =
  | { code: "ledger.not-enough"; missing: bigint }
  | { code: "ledger.moved-on"; lo: bigint; length: bigint };

/** Take `amount` đồng, lowest numbers first, from what is still there (`free` is sorted and disjoint). */
export function takeFirst(free: readonly Range[], amount: bigint): Result<Range[], AxisProblem> {
  const taken: Range[] = [];
  let missing = amount;
  for (const { lo, length } of free) {
    if (missing === 0n) break;
    const part = length < missing ? length : missing;
    taken.push({ lo, length: part });
    missing -= part;
  }
  return missing === 0n ? ok(taken) : no({ code: "ledger.not-enough", missing });
}

/** Check that each of `wanted` is still there whole, and wanted once; refused with the first that is not. */
export function takeExactly(
  free: readonly Range[],
  wanted: readonly Range[],
): Result<Range[], AxisProblem> {
  const inOrder = wanted.toSorted((a, b) => (a.lo < b.lo ? -1 : a.lo > b.lo ? 1 : 0));
  for (const [at, range] of inOrder.entries()) {
    const before = inOrder[at - 1];
    if (range.length <= 0n || (before && before.lo + before.length > range.lo)) {
      return no({ code: "ledger.moved-on", lo: range.lo, length: range.length });
    }
    const home = free.find(({ lo, length }) => lo <= range.lo && range.lo < lo + length);
    if (!home || home.lo + home.length < range.lo + range.length) {
      return no({ code: "ledger.moved-on", lo: range.lo, length: range.length });
    }
  }
  return ok([...wanted]);
}

/** `free` without `taken`; both sorted and disjoint, and `taken` lies inside `free`. */
export function without(free: readonly Range[], taken: readonly Range[]): Range[] {
  let left = [...free];
  for (const gone of taken) {
    left = left.flatMap((range) => {
      const end = range.lo + range.length;
      const goneEnd = gone.lo + gone.length;
      if (goneEnd <= range.lo || end <= gone.lo) return [range];
      const parts: Range[] = [];
      if (range.lo < gone.lo) parts.push({ lo: range.lo, length: gone.lo - range.lo });
      if (goneEnd < end) parts.push({ lo: goneEnd, length: end - goneEnd });
      return parts;
    });
  }
  return left;
}

/** The numbers two ranges of one axis share; undefined when they share none. */
export function overlap(a: Range, b: Range): Range | undefined {
  const lo = a.lo > b.lo ? a.lo : b.lo;
  const aEnd = a.lo + a.length;
  const bEnd = b.lo + b.length;
  const end = aEnd < bEnd ? aEnd : bEnd;
  return end > lo ? { lo, length: end - lo } : undefined;
}

/** How many numbers the ranges hold together, đồng. */
export function total(ranges: readonly Range[]): bigint {
  return ranges.reduce((sum, { length }) => sum + length, 0n);
}
