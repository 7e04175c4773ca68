import { publishableCounts } from "./small-cells.ts";

/** A household as it is listed: the list is a campaign's round, the group one of those in it. */
export interface ListedCode {
  /** `H-LD1-018` */
  readonly code: string;
  readonly campaign: string;
  readonly round: number;
  readonly group: string;
}

const PREFIX = "H-";

/** What stands in public for households without a line of their own: `H-LD1-r2`, one of the list `LD1-r2`. */
function lineOf(campaign: string, round: number): string {
  return `${PREFIX}${campaign}-r${round}`;
}

/** The list whose line this is, `LD1-r2`; undefined for the code of one household. */
export function listOfLine(told: string): string | undefined {
  return told.startsWith(PREFIX) && /-r\d+$/.test(told) ? told.slice(PREFIX.length) : undefined;
}

/**
 * The households that are told by the line of their list only, wherever something is published: those of groups below
 * five in a list (features.md, privacy), for in so few a neighbour who saw one thing happen would know the code, and by
 * it the household's whole history. As in counts, what is left out is nothing or at least five together, where the list
 * has as many.
 *
 * @param households all households of each list
 * @returns by their codes the lines that stand for them
 */
export function householdsToldByList(households: readonly ListedCode[]): Map<string, string> {
  const lists = Map.groupBy(households, ({ campaign, round }) => lineOf(campaign, round));
  return new Map(
    [...lists].flatMap(([line, listed]) => {
      const groups = Map.groupBy(listed, ({ group }) => group);
      const sizes = [...groups].map(([category, { length }]) => ({ category, households: length }));
      const shown = new Set(publishableCounts(sizes).map(({ category }) => category));
      return listed
        .filter(({ group }) => !shown.has(group))
        .map(({ code }) => [code, line] as const);
    }),
  );
}
