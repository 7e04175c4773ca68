import { useTranslation } from "react-i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import type { StageTotals } from "#app/domain/ledger/totals.ts";
import { percent } from "#app/i18n/formats.ts";

import { FILLS } from "./picture-colours.ts";

/** A part narrower than this, in percent, would be lost under the line that parts it from the one before. */
const LEAST_CUT = 1.5;

/** How far along the stages a goal is: one bar of the goal, delivered first, what is only pledged hatched. */
export function StageBar({ totals, goal }: { totals: StageTotals; goal: Dong }) {
  const { t } = useTranslation("site");
  const parts = barParts(totals, goal);
  const words = (["delivered", "disbursed", "received", "pledged"] as const)
    .map((stage) => `${t(`stages.${stage}`)} ${percent(totals[stage], goal)}`)
    .join(", ");
  return (
    <svg className="stage-bar" role="img" aria-label={words} height="12" width="100%">
      <rect className="f-track" fill={FILLS["track"]} width="100%" height="12" />
      {parts.map(({ stage, from, to }) => (
        <rect
          key={stage}
          className={`f-${stage}`}
          fill={FILLS[stage]}
          x={`${from}%`}
          width={`${round(to - from)}%`}
          height="12"
        />
      ))}
      {parts.map(({ stage, from, to }) =>
        from === 0 || to - from < LEAST_CUT ? null : (
          <rect
            key={stage}
            className="f-cut"
            fill={FILLS["paper"]}
            x={`${from}%`}
            width="2"
            height="12"
          />
        ),
      )}
    </svg>
  );
}

/**
 * Where each stage begins and ends on a bar that is the goal, in percent: what goes beyond the goal ends with it, so that no
 * promise and no gift makes the others look smaller. Later stages lie inside earlier ones.
 */
export function barParts(totals: StageTotals, goal: Dong) {
  const at = (amount: Dong) =>
    goal <= 0n || amount <= 0n ? 0 : Math.min(100, Number((amount * 10_000n) / goal) / 100);
  const ends = [
    ["delivered", at(totals.delivered)],
    ["disbursed", at(totals.disbursed)],
    ["received", at(totals.received)],
    ["pledged", at(totals.pledged)],
  ] as const;
  let from = 0;
  const parts: { stage: (typeof ends)[number][0]; from: number; to: number }[] = [];
  for (const [stage, to] of ends) {
    if (to <= from) continue;
    parts.push({ stage, from, to });
    from = to;
  }
  return parts;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
