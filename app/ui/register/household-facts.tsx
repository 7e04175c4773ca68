import { useTranslation } from "react-i18next";

import type { RegisterHousehold } from "#app/domain/register/household.ts";
import type { PersonalData } from "#app/domain/register/personal-data.ts";
import { day, number } from "#app/i18n/formats.ts";
import { useLocale } from "#app/ui/site.ts";

/** What the register says of a household. */
export function HouseholdFacts(props: { household: RegisterHousehold; who: PersonalData | null }) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { household, who } = props;
  const { ability } = household;
  const yes = (is: boolean) => t(is ? "yes" : "no");
  return (
    <dl className="facts">
      {who ? (
        <>
          <dt>{t("field.book")}</dt>
          <dd>{who.book || t("none")}</dd>
          <dt>{t("field.phone")}</dt>
          <dd>{who.phone || t("none")}</dd>
        </>
      ) : null}
      <dt>{t("field.category")}</dt>
      <dd>
        {t(`category.${household.category}`)}, {household.categoryDecision},{" "}
        {day(household.categoryOn)}
      </dd>
      <dt>{t("ability")}</dt>
      <dd>
        {t("abilityWords", {
          labour: number(locale, ability.labour),
          land: number(locale, ability.land),
          grass: yes(ability.grass),
          barn: yes(ability.barn),
        })}
      </dd>
      {who && who.members.length > 0 ? (
        <>
          <dt>{t("members")}</dt>
          <dd>
            {who.members.map((member) => (
              <span className="line" key={member.name}>
                {member.name}, {t(`relation.${member.relation}`)}
                {member.birthYear === null ? "" : `, ${member.birthYear}`}
              </span>
            ))}
          </dd>
        </>
      ) : null}
      {who && (who.ethnicGroup !== "" || who.selfName !== "") ? (
        <>
          <dt>{t("field.ethnicGroup")}</dt>
          <dd>{[who.ethnicGroup, who.selfName].filter(Boolean).join(" · ")}</dd>
        </>
      ) : null}
    </dl>
  );
}
