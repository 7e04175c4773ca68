import { useTranslation } from "react-i18next";

import type { GroupRules } from "#app/domain/groups/group-rules.ts";
import { number } from "#app/i18n/formats.ts";
import { useLocale } from "#app/ui/site.ts";

/** The rules of a group as its members read them. */
export function RulesInWords({ rules }: { rules: GroupRules }) {
  const { t } = useTranslation("groups");
  const locale = useLocale();
  const kg = rules.leastKg === 0 ? "" : t("rules.kg", { kg: number(locale, rules.leastKg) });
  return (
    <ul className="plain-list">
      <li>
        {rules.heads === 0
          ? t("rules.nothing")
          : t("rules.owes", {
              count: rules.heads,
              sex: t(`rules.sex.${rules.sex}`),
              days: number(locale, rules.leastAgeDays),
              kg,
            })}
      </li>
      <li>{t("rules.deadline", { days: number(locale, rules.deadlineDays) })}</li>
      <li>{t("rules.death", { answer: t(`rules.answer.${rules.onDeath}`) })}</li>
      <li>{t("rules.barren", { answer: t(`rules.answer.${rules.onBarren}`) })}</li>
      <li>{t("rules.theft", { answer: t(`rules.answer.${rules.onTheft}`) })}</li>
      <li>{t("rules.sale", { answer: t(`rules.answer.${rules.onSale}`) })}</li>
      <li>{t(`rules.mother.${rules.mother}`)}</li>
      <li>{t(`rules.next.${rules.next}`)}</li>
    </ul>
  );
}
