/**
 * The tree of `tree.ts` while it grows: of `size` entries only the roots of the whole trees in it are kept, largest first, one
 * for each bit of `size`. A new leaf joins equal ones from the right, as a carry does; no older leaf is read again.
 *
 *   size 6 = 110     [ root of e0..e3, root of e4..e5 ]        + e6 -> [ .., .., e6 ]        + e7 -> [ root of e0..e7 ]
 */
import { DIGEST_BYTES, type HashAll } from "./tree.ts";

/** `peaks` holds one digest of 32 bytes for each bit of `size` that is set, side by side. */
export interface GrowingTree {
  readonly size: number;
  readonly peaks: Uint8Array;
}

export const EMPTY_TREE: GrowingTree = { size: 0, peaks: new Uint8Array(0) };

const NODE = 0x01;

/** The tree with `leaves` (leaf hashes side by side, in log order) behind those it has. */
export function grown(hashAll: HashAll, tree: GrowingTree, leaves: Uint8Array): GrowingTree {
  const stack = digestsOf(tree.peaks);
  let { size } = tree;
  for (const leaf of digestsOf(leaves)) {
    let node = leaf;
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = joined(hashAll, stack.pop() ?? node, node);
    }
    stack.push(node);
    size += 1;
  }
  const peaks = new Uint8Array(stack.length * DIGEST_BYTES);
  for (const [at, digest] of stack.entries()) peaks.set(digest, at * DIGEST_BYTES);
  return { size, peaks };
}

/** Root hash of all entries so far, 32 bytes; of none: the hash of nothing. */
export function rootOf(hashAll: HashAll, { peaks }: GrowingTree): Uint8Array {
  const stack = digestsOf(peaks);
  const smallest = stack.pop();
  if (!smallest) return hashAll(1, () => peaks);
  return stack.reduceRight((right, left) => joined(hashAll, left, right), smallest);
}

function joined(hashAll: HashAll, left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * DIGEST_BYTES);
  input[0] = NODE;
  input.set(left, 1);
  input.set(right, 1 + DIGEST_BYTES);
  return hashAll(1, () => input);
}

function digestsOf(row: Uint8Array): Uint8Array[] {
  return Array.from({ length: row.length / DIGEST_BYTES }, (_, at) =>
    row.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES),
  );
}
