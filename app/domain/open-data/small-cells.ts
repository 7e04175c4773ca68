/**
 * Counts of households by category, such as may be published: a count below five could point at people
 * (features.md, privacy). A missing row can be 0 or hidden, so what is hidden must not follow from the sum.
 */

/** Least count that is published. */
export const LEAST_COUNT = 5;

/** How many of a list are of one category. */
export interface CategoryCount {
  readonly category: string;
  readonly households: number;
}

/**
 * Of the counts of one list (whose whole number of households is public) those that may be shown: each is at least
 * five, and what is left out is nothing or at least five together; else the smallest shown ones are left out too.
 */
export function publishableCounts(
  counts: readonly CategoryCount[],
  least = LEAST_COUNT,
): CategoryCount[] {
  const shown = counts
    .filter(({ households }) => households >= least)
    .toSorted((a, b) => b.households - a.households);
  let hidden = counts
    .filter(({ households }) => households < least)
    .reduce((sum, { households }) => sum + households, 0);
  while (hidden > 0 && hidden < least) {
    const smallest = shown.pop();
    if (!smallest) break;
    hidden += smallest.households;
  }
  return shown;
}
