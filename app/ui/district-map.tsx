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

/** Steps of the greens: one for every fifth of the plan. */
const STEPS = [0, 1, 2, 3, 4] as const;
const FIFTH = 100 / STEPS.length;

/** What the greens mean, step by step; the map's own figures say it too. */
export function MapKey() {
  return (
    <span className="map-key">
      {STEPS.map((one) => (
        <span key={one}>
          <svg width="14" height="14" aria-hidden="true">
            <rect className={`m${one}`} fill={FILLS[`map-${one}`]} width="14" height="14" />
          </svg>
          {` ${one * FIFTH}–${(one + 1) * FIFTH - (one === 4 ? 0 : 1)}% `}
        </span>
      ))}
    </span>
  );
}

/** How dark a district is. */
function step(district: MapDistrict): number {
  return Math.min(4, Math.floor(share(district) / FIFTH));
}

function share({ delivered, planned }: MapDistrict): number {
  return percentNumber(BigInt(delivered), BigInt(planned));
}
