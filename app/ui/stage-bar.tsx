import { useTranslation } from "react-i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import type { StageTotals } from "#app/domain/ledger/totals.ts";
import { percent } from "#app/i18n/formats.ts";

import { FILLS } from "./picture-colours.ts";

/** A part narrower than this, in percent, would be lost under the line that parts it from the one before. */
const LEAST_CUT = 1.5;

/** How far along the stages a goal is: one bar of the goal, delivered first, what is only pledged hatched. */
export function StageBar(props: {
  totals: StageTotals;
  goal: Dong;
  /** đồng of what was received that objections hold back: hatched, at its end. */
  locked?: Dong;
}) {
  const { totals, goal, locked = 0n } = props;
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
      <LockedPart totals={totals} goal={goal} locked={locked} />
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

/** The end of what was received, hatched as far as it is held back. */
function LockedPart({ totals, goal, locked }: { totals: StageTotals; goal: Dong; locked: Dong }) {
  if (locked <= 0n) return null;
  const held = barParts({ ...totals, pledged: 0n }, goal).at(-1);
  if (!held) return null;
  const width = Math.min(held.to, barParts({ ...NOTHING, received: locked }, goal)[0]?.to ?? 0);
  return (
    <rect
      className="f-locked"
      fill={FILLS["locked"]}
      x={`${round(held.to - width)}%`}
      width={`${round(width)}%`}
      height="12"
    />
  );
}

const NOTHING = { pledged: 0n, received: 0n, unsettled: 0n, disbursed: 0n, delivered: 0n };

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
