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
const TEN = 10;

const STATES = [
  ["delivered", "delivered"],
  ["bought", "disbursed"],
  ["funded", "received"],
  ["missing", "missing"],
] as const;

/** Begins the name of every tenth row in the list of a campaign's things: `#tu-11` is the eleventh. */
export const TENS_ANCHOR = "tu-";

/**
 * One square a unit: delivered, being bought, funded, missing. The legend says it in figures. With `list`, the address
 * of the list of its things, delivered ones lead there in tens: squares for a mouse, a line of words for everybody.
 */
export function Herd(props: { units: UnitCounts; title: string; list?: string }) {
  const { units, title, list } = props;
  const { t } = useTranslation("campaign");
  const locale = useLocale();
  const runs = herdRuns(units);
  const rows = Math.ceil(units.needed / COLUMNS);
  const tens = list === undefined ? [] : tensOf(runs.delivered);
  const picture =
    tens.length > 0
      ? ({ "aria-hidden": true } as const)
      : ({
          role: "img",
          "aria-label": STATES.map(([state]) => t(`herd.${state}`, { n: runs[state].length })).join(
            ", ",
          ),
        } as const);
  return (
    <figure>
      <h3>{title}</h3>
      {units.needed > 0 && units.needed <= MOST ? (
        <svg
          className="herd"
          viewBox={`-3 -3 ${COLUMNS * CELL} ${rows * CELL}`}
          // The legend says the same; its links stand in words below.
          {...picture}
        >
          {STATES.map(([state, colour]) =>
            state === "delivered" && tens.length > 0 ? (
              tens.map((run) => (
                <a
                  key={run.from}
                  href={`${list}#${TENS_ANCHOR}${run.from + 1}`}
                  aria-label={spanOf(run)}
                  tabIndex={-1}
                >
                  <path
                    className={`f-${colour}`}
                    fill={FILLS[colour] ?? "none"}
                    stroke={FILLS[colour] ?? FILLS["edge"]}
                    d={squares(run)}
                  />
                </a>
              ))
            ) : (
              <path
                key={state}
                className={`f-${colour}`}
                fill={FILLS[colour] ?? "none"}
                stroke={FILLS[colour] ?? FILLS["edge"]}
                d={squares(runs[state])}
              />
            ),
          )}
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
        {tens.length === 0 ? null : (
          <ul className="tens" aria-label={t("herd.tens")}>
            {tens.map(({ from, length }) => (
              <li key={from}>
                <a href={`${list}#${TENS_ANCHOR}${from + 1}`}>{spanOf({ from, length })}</a>
              </li>
            ))}
          </ul>
        )}
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

/** A run in tens; none where they would be too many to choose from. */
function tensOf({ from, length }: Run): Run[] {
  if (length > MOST) return [];
  return Array.from({ length: Math.ceil(length / TEN) }, (_, n) => ({
    from: from + n * TEN,
    length: Math.min(TEN, length - n * TEN),
  }));
}

/** A run as a reader counts it: `11–20`. */
function spanOf({ from, length }: Run): string {
  return length === 1 ? `${from + 1}` : `${from + 1}–${from + length}`;
}

/** The squares as one path: stroked in its own colour with round joins, which rounds the corners. */
function squares({ from, length }: Run): string {
  let path = "";
  for (let n = from; n < from + length; n += 1) {
    path += `M${(n % COLUMNS) * CELL} ${Math.floor(n / COLUMNS) * CELL}h${SIDE}v${SIDE}h-${SIDE}z`;
  }
  return path;
}
