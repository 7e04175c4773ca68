import { percentNumber } from "#app/i18n/formats.ts";

import { FILLS } from "./picture-colours.ts";

/** A district as drawn. */
export interface MapDistrict {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly label: readonly [number, number];
  readonly href: string;
  readonly delivered: number;
  readonly planned: number;
}

/** The six districts, the darker the more of the plan is delivered; each leads to its campaigns. */
export function DistrictMap(props: {
  districts: readonly MapDistrict[];
  width: number;
  height: number;
  title: string;
}) {
  return (
    <svg
      className="district-map"
      viewBox={`-4 -4 ${props.width + 8} ${props.height + 8}`}
      role="group"
      aria-label={props.title}
    >
      {props.districts.map((one) => (
        <a key={one.code} href={one.href} aria-label={`${one.name}: ${share(one)}%`}>
          <path className={`m${step(one)}`} fill={FILLS[`map-${step(one)}`]} d={one.path} />
        </a>
      ))}
      {props.districts.map((one) => (
        <g key={one.code} aria-hidden="true" pointerEvents="none">
          <text className="name" x={one.label[0]} y={one.label[1] - 3}>
            {`${one.name} `}
          </text>
          <text x={one.label[0]} y={one.label[1] + 17}>{`${share(one)}% `}</text>
        </g>
      ))}
    </svg>
  );
}

/** How dark a district is: one step for every fifth of the plan. */
function step(district: MapDistrict): number {
  return Math.min(4, Math.floor(share(district) / 20));
}

function share({ delivered, planned }: MapDistrict): number {
  return percentNumber(BigInt(delivered), BigInt(planned));
}
