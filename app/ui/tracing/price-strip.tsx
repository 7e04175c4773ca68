import { FILLS } from "#app/ui/picture-colours.ts";

import { round } from "./flow-layout.ts";

const WIDTH = 640;
const EDGE = 16;

/** Prices of one kind as lines on a strip, with the norm and the one looked at. */
export function PriceStrip(props: {
  readonly prices: readonly bigint[];
  readonly price: bigint;
  readonly norm: bigint | null;
  readonly label: string;
  readonly normWord: string;
  /** Amounts at both ends, ready to read. */
  readonly ends: readonly [string, string];
}) {
  const { prices, price, norm, label, normWord, ends } = props;
  const all = norm === null ? [...prices, price] : [...prices, price, norm];
  const low = all.reduce((least, one) => (one < least ? one : least), price);
  const high = all.reduce((most, one) => (one > most ? one : most), price);
  const span = high - low;
  const xOf = (amount: bigint) =>
    span === 0n
      ? WIDTH / 2
      : EDGE + (Number(((amount - low) * 10_000n) / span) / 10_000) * (WIDTH - 2 * EDGE);
  const normX = norm === null ? null : round(xOf(norm));
  const own = round(xOf(price));
  return (
    <svg className="price-strip" viewBox={`0 0 ${WIDTH} 84`} role="img" aria-label={label}>
      <path className="axis" fill="none" stroke={FILLS["edge"]} d={`M${EDGE} 58H${WIDTH - EDGE}`} />
      <path
        className="others"
        fill="none"
        stroke={FILLS["delivered"]}
        d={[...new Set(prices.map((one) => round(xOf(one))))].map((x) => `M${x} 40v18`).join("")}
      />
      {normX === null ? null : (
        <>
          <path className="norm" fill="none" stroke={FILLS["pledged"]} d={`M${normX} 22v42`} />
          <text x={normX} y="15" textAnchor={anchor(normX)}>
            {normWord}
          </text>
        </>
      )}
      <path className="own" fill="none" stroke="#1b1d24" strokeWidth="6" d={`M${own} 30v34`} />
      <text className="end" x={EDGE} y="79">
        {ends[0]}
      </text>
      <text className="end" x={WIDTH - EDGE} y="79" textAnchor="end">
        {ends[1]}
      </text>
    </svg>
  );
}

function anchor(x: number): "start" | "middle" | "end" {
  if (x < 60) return "start";
  return x > WIDTH - 60 ? "end" : "middle";
}
