import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { StageTotals } from "#app/domain/ledger/totals.ts";
import { money, shortMoney } from "#app/i18n/formats.ts";

import { useLocale } from "./site.ts";

/** The four stages, in order; their colours and names are the same everywhere. */
export const STAGES = ["pledged", "received", "disbursed", "delivered"] as const;
export type Stage = (typeof STAGES)[number];

/** The four totals, always together, each with a line that says what stands behind it. */
export function Totals(props: {
  totals: StageTotals;
  notes: Readonly<Partial<Record<Stage, ReactNode>>>;
  /** Short figures for narrow places; the full one is then in the title. */
  short?: boolean;
}) {
  const { t } = useTranslation("site");
  const { t: payment } = useTranslation("payment");
  const locale = useLocale();
  return (
    <dl className="totals">
      {STAGES.map((stage) => {
        const full = money(locale, props.totals[stage]);
        return (
          <div key={stage}>
            <dt>
              <span className={`key ${stage}`} aria-hidden="true" />
              {t(`stages.${stage}`)}
            </dt>
            <dd>
              {props.short ? (
                <data className="amount" value={props.totals[stage].toString()} title={full}>
                  {shortMoney(locale, props.totals[stage])}
                </data>
              ) : (
                <data className="amount" value={props.totals[stage].toString()}>
                  {full}
                </data>
              )}
            </dd>
            {props.notes[stage] === undefined ? null : (
              <dd className="note">{props.notes[stage]}</dd>
            )}
            {stage === "received" && props.totals.unsettled > 0n ? (
              <dd className="note">
                <data
                  value={props.totals.unsettled.toString()}
                  title={money(locale, props.totals.unsettled)}
                >
                  {payment("told.line", { amount: shortMoney(locale, props.totals.unsettled) })}
                </data>
              </dd>
            ) : null}
          </div>
        );
      })}
    </dl>
  );
}
