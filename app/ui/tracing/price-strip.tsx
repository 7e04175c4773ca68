import { priceBins } from "./price-bins.ts";

const HEIGHT = 60;
const WIDTH = 1000;

/**
 * Prices of one kind as a histogram, with the norm and the one looked at. What is read stands in words below, as large as
 * all text: the drawing itself has none.
 */
export function PriceStrip(props: {
  readonly prices: readonly bigint[];
  readonly price: bigint;
  readonly norm: bigint | null;
  readonly label: string;
  readonly words: { readonly own: string; readonly others: string; readonly norm: string };
  /** Amounts at both ends, ready to read. */
  readonly ends: readonly [string, string];
}) {
  const { prices, price, norm, label, words, ends } = props;
  const bins = priceBins(prices, price, norm);
  const most = Math.max(1, ...bins.counts);
  const step = WIDTH / bins.counts.length;
  const bars = bins.counts.flatMap((count, at) => (count === 0 ? [] : [{ at, count }]));
  return (
    <figure className="prices">
      <svg
        className="price-bars"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map(({ at, count }) => {
          const height = Math.max(4, (count / most) * (HEIGHT - 6));
          return (
            <rect
              key={at}
              className={at === bins.own ? "own" : "others"}
              fill={at === bins.own ? "#1b1d24" : "#7fa98a"}
              x={Math.round(at * step + step * 0.08)}
              y={Math.round(HEIGHT - height)}
              width={Math.round(step * 0.84)}
              height={Math.round(height)}
            />
          );
        })}
        {bins.norm === null ? null : (
          <path
            className="norm"
            fill="none"
            stroke="#b5761a"
            d={`M${Math.min(WIDTH - 2, Math.max(2, Math.round(bins.norm * WIDTH)))} 0v${HEIGHT}`}
          />
        )}
      </svg>
      <p className="price-ends" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
      <figcaption>
        <ul className="legend">
          <li>
            <span className="key own" aria-hidden="true" />
            {words.own}
          </li>
          <li>
            <span className="key others" aria-hidden="true" />
            {words.others}
          </li>
          {norm === null ? null : (
            <li>
              <span className="key norm" aria-hidden="true" />
              {words.norm}
            </li>
          )}
        </ul>
      </figcaption>
    </figure>
  );
}
