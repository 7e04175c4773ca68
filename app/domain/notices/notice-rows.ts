import type { NoticeHousehold, NoticeThing, ToldTogether } from "./ports.ts";

/**
 * The households of a list with a line of their own, and those without (`householdsToldByList`) in one line: their things
 * in the order of their codes, so that not even the order says which went together.
 */
export function noticeRows(
  households: readonly NoticeHousehold[],
  byList: ReadonlyMap<string, string>,
): { rows: NoticeHousehold[]; together: ToldTogether | null } {
  const hidden = households.filter(({ code }) => byList.has(code));
  const got = (how: NoticeThing["how"]) =>
    hidden.filter(({ things }) => things.some((thing) => thing.how === how)).length;
  return {
    rows: households.filter(({ code }) => !byList.has(code)),
    together:
      hidden.length === 0
        ? null
        : {
            households: hidden.length,
            bought: got("handed-over"),
            passed: got("passed-on"),
            things: hidden
              .flatMap(({ things }) => things)
              .toSorted((a, b) => (a.animal < b.animal ? -1 : 1)),
          },
  };
}
