import { useTranslation } from "react-i18next";

import type { UnitCounts } from "#app/domain/campaigns/ports.ts";
import { number } from "#app/i18n/formats.ts";

import { FILLS } from "./picture-colours.ts";
import { useLocale } from "./site.ts";

const COLUMNS = 25;
const CELL = 26;
const SIDE = 20;
/** More squares than a reader can take in: then only the figures. */
const MOST = 600;

const STATES = [
  ["delivered", "delivered"],
  ["bought", "disbursed"],
  ["funded", "received"],
  ["missing", "missing"],
] as const;

/** One square a unit: delivered, being bought, funded, missing. The legend says it in figures. */
export function Herd({ units, title }: { units: UnitCounts; title: string }) {
  const { t } = useTranslation("campaign");
  const locale = useLocale();
  const runs = herdRuns(units);
  const rows = Math.ceil(units.needed / COLUMNS);
  return (
    <figure>
      <h3>{title}</h3>
      {units.needed > 0 && units.needed <= MOST ? (
        <svg
          className="herd"
          viewBox={`-3 -3 ${COLUMNS * CELL} ${rows * CELL}`}
          role="img"
          aria-label={STATES.map(([state]) => t(`herd.${state}`, { n: runs[state].length })).join(
            ", ",
          )}
        >
          {STATES.map(([state, colour]) => (
            <path
              key={state}
              className={`f-${colour}`}
              fill={FILLS[colour] ?? "none"}
              stroke={FILLS[colour] ?? FILLS["edge"]}
              d={squares(runs[state])}
            />
          ))}
        </svg>
      ) : null}
      <figcaption>
        <ul className="legend">
          {STATES.map(([state, colour]) => (
            <li key={state}>
              <span className={`key ${colour}`} aria-hidden="true" />
              {t(`herd.${state}`, { n: number(locale, runs[state].length) })}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

interface Run {
  readonly from: number;
  readonly length: number;
}

/** Which squares belong to which state: each unit is in the furthest state it has reached, none beyond what is needed. */
export function herdRuns(units: UnitCounts): Record<(typeof STATES)[number][0], Run> {
  const upTo = (count: number) => Math.min(units.needed, Math.max(0, count));
  const delivered = upTo(units.delivered);
  const bought = Math.max(delivered, upTo(units.bought));
  const funded = Math.max(bought, upTo(units.funded));
  return {
    delivered: { from: 0, length: delivered },
    bought: { from: delivered, length: bought - delivered },
    funded: { from: bought, length: funded - bought },
    missing: { from: funded, length: units.needed - funded },
  };
}

/** The squares as one path: stroked in its own colour with round joins, which rounds the corners. */
function squares({ from, length }: Run): string {
  let path = "";
  for (let n = from; n < from + length; n += 1) {
    path += `M${(n % COLUMNS) * CELL} ${Math.floor(n / COLUMNS) * CELL}h${SIDE}v${SIDE}h-${SIDE}z`;
  }
  return path;
}
