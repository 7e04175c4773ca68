import { expect, test } from "vitest";

import { hashAll } from "#app/adapters/sha256.ts";
import { EMPTY_TREE, grown, rootOf } from "./growing-tree.ts";
import { leafRow, rootOver } from "./tree.ts";

const ENTRIES = Array.from({ length: 70 }, (_, i) => Buffer.from(`entry ${i}`));
const LEAVES = leafRow(hashAll, ENTRIES.length, (place) => ENTRIES[place]!);

test("grown leaf by leaf, the root of every size is that of the tree made at once", () => {
  let tree = EMPTY_TREE;
  for (let size = 0; size <= ENTRIES.length; size += 1) {
    expect(tree.size).toBe(size);
    const once = rootOver(hashAll, LEAVES.subarray(0, size * 32));
    expect(Buffer.from(rootOf(hashAll, tree))).toEqual(Buffer.from(once));
    if (size < ENTRIES.length) {
      tree = grown(hashAll, tree, LEAVES.subarray(size * 32, (size + 1) * 32));
    }
  }
});

test("it does not matter in how many steps it grows", () => {
  for (const [first, second] of [
    [0, 70],
    [1, 64],
    [37, 38],
    [64, 70],
  ] as const) {
    const half = grown(hashAll, EMPTY_TREE, LEAVES.subarray(0, first * 32));
    const whole = grown(hashAll, half, LEAVES.subarray(first * 32, second * 32));
    expect(whole).toEqual(grown(hashAll, EMPTY_TREE, LEAVES.subarray(0, second * 32)));
  }
});
