import { FILLS } from "#app/ui/picture-colours.ts";

import { cutsOf } from "./cuts.ts";
import { round } from "./flow-layout.ts";

const FULL = 1000;

/** A whole as one bar cut into parts, in their order; parts alternate between two strengths of one colour. */
export function ShareBar(props: { parts: readonly bigint[]; whole: bigint; label: string }) {
  const { whole, label } = props;
  const cuts = cutsOf(props.parts, whole, FULL);
  return (
    <svg
      className="share-bar"
      viewBox={`0 0 ${FULL} 30`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {cuts.map(({ x, width }, place) => (
        <rect
          key={x}
          className={place % 2 === 0 ? "part odd" : "part even"}
          fill={FILLS[place % 2 === 0 ? "received" : "received-light"]}
          x={x}
          width={Math.max(round(width), 0.5)}
          height="30"
        />
      ))}
    </svg>
  );
}
