import { useTranslation } from "react-i18next";

import type { LeastModels, ModelStanding } from "#app/domain/twinning/least-models.ts";
import { day } from "#app/i18n/formats.ts";

/** The four models of a pair, each agreed, promised or not chosen: by a mark and in words, not by colour alone. */
export function ModelMarks({ models }: { models: readonly ModelStanding[] }) {
  const { t } = useTranslation("twinning");
  return (
    <ul className="models">
      {models.map(({ model, state }) => (
        <li key={model} className={`model ${state}`}>
          {t(`model.${model}`)}
          <span className="visually-hidden">: {t(`modelState.${state}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** At least two of the four: met, not yet, not met, with the day that decides. */
export function RuleLine({ rule }: { rule: LeastModels }) {
  const { t } = useTranslation("twinning");
  return (
    <p className="rule-line">
      <strong className={rule.is}>{t(`rule.${rule.is}`)}</strong>
      {t(`rule.${rule.is}Text`, { agreed: rule.agreed, least: rule.least, day: day(rule.until) })}
    </p>
  );
}
