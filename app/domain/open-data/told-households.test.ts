import { expect, it } from "vitest";

import { householdsToldByList, type ListedCode, listOfLine } from "./told-households.ts";

/** A list with groups of these sizes. */
function list(round: number, ...sizes: number[]): ListedCode[] {
  return sizes.flatMap((size, group) =>
    Array.from({ length: size }, (_, n) => ({
      code: `H-LD1-${round}${group}${n}`,
      campaign: "LD1",
      round,
      group: `LD1-N${group + 1}`,
    })),
  );
}

const hidden = (...of: ListedCode[]) => [...householdsToldByList(of).keys()];

it("names each household of groups of five and more by its code", () => {
  expect(hidden(...list(1, 10, 10, 5))).toEqual([]);
});

it("tells groups below five by one line of their list, whatever other lists hold", () => {
  const told = householdsToldByList([...list(1, 10), ...list(2, 4), ...list(3, 1)]);
  expect(told.size).toBe(5);
  expect(new Set(told.values())).toEqual(new Set(["H-LD1-r2", "H-LD1-r3"]));
  expect(hidden(...list(2, 4, 4, 4))).toHaveLength(12);
  expect(hidden(...list(2, 6, 4, 3))).toHaveLength(7);
});

it("leaves out no fewer than five together where the list has as many", () => {
  expect(hidden(...list(1, 10, 6, 2))).toHaveLength(8);
  expect(hidden(...list(1, 10, 1))).toHaveLength(11);
});

it("knows the line of a list from the code of a household", () => {
  expect(listOfLine("H-LD1-r2")).toBe("LD1-r2");
  expect(listOfLine("H-LD1-018")).toBeUndefined();
});
