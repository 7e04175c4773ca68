/** Prices put together for a histogram. */
export interface PriceBins {
  /** How many prices are in each, lowest first; all equally wide. */
  readonly counts: readonly number[];
  /** đồng at both ends. */
  readonly low: bigint;
  readonly high: bigint;
  /** The bin of the price looked at. */
  readonly own: number;
  /** Where the norm stands between the ends, 0 to 1; null without one. */
  readonly norm: number | null;
}

const MOST = 20;

/** Count prices in at most 20 bins from the least to the most of prices and norm. */
export function priceBins(
  prices: readonly bigint[],
  price: bigint,
  norm: bigint | null,
): PriceBins {
  const all = norm === null ? [...prices, price] : [...prices, price, norm];
  const low = all.reduce((least, one) => (one < least ? one : least), price);
  const high = all.reduce((most, one) => (one > most ? one : most), price);
  const span = high - low;
  const bins = span === 0n ? 1 : Math.min(MOST, new Set(all).size * 2);
  const binOf = (amount: bigint) =>
    span === 0n ? 0 : Math.min(bins - 1, Number(((amount - low) * BigInt(bins)) / span));
  const counts = Array.from({ length: bins }, () => 0);
  for (const one of prices) counts[binOf(one)] = (counts[binOf(one)] ?? 0) + 1;
  return {
    counts,
    low,
    high,
    own: binOf(price),
    norm:
      norm === null ? null : span === 0n ? 0.5 : Number(((norm - low) * 10_000n) / span) / 10_000,
  };
}
