/** One part of a bar: where it begins and how wide it is. */
export interface Cut {
  readonly x: number;
  readonly width: number;
}

/** Where a bar `full` wide is cut into the parts of a whole, in their order. */
export function cutsOf(parts: readonly bigint[], whole: bigint, full: number): Cut[] {
  let before = 0n;
  return parts.map((part) => {
    const x = scaled(before, whole, full);
    before += part;
    return { x, width: scaled(before, whole, full) - x };
  });
}

/** đồng can pass what a number holds exactly, so the ratio is taken in bigint, to two decimals. */
function scaled(amount: bigint, whole: bigint, full: number): number {
  return whole <= 0n ? 0 : Number((amount * BigInt(full) * 100n) / whole) / 100;
}
