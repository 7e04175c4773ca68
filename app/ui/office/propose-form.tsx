import { useTranslation } from "react-i18next";

import { ORGANISATION_KINDS } from "#app/domain/people/organisation.ts";
import type { Organisation } from "#app/domain/people/ports.ts";
import type { RoleWish, WishProblem } from "#app/domain/people/role-rules.ts";
import type { Role } from "#app/domain/people/role.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";

import { FormCard, SelectField } from "./form-card.tsx";

/** The form that proposes a role for one person. */
export function ProposeForm(props: {
  roles: readonly Role[];
  organisations: readonly Organisation[];
  /** Mountain districts of 2024, by code. */
  districts: readonly (readonly [code: string, name: string])[];
  /** Key made before the first send. */
  hidden: string;
  wish: RoleWish;
  wrong: readonly WishProblem[];
}) {
  const { t } = useTranslation("office-people");
  const words = useTranslation("office-frame").t;
  const locale = useLocale();
  const { wish } = props;
  const errorOf = (name: string) => {
    const found = props.wrong.find(({ field }) => field === name);
    return found && problemText(t, locale, found);
  };
  return (
    <FormCard
      id="propose"
      title={t("propose.title")}
      lead={t("propose.lead")}
      intent="propose"
      submit={t("propose.submit")}
      hidden={{ key: props.hidden }}
      problems={props.wrong.map((one) => ({
        id: one.field === "person" ? null : `propose-${one.field}`,
        text: problemText(t, locale, one),
      }))}
    >
      <SelectField
        id="propose-role"
        name="role"
        label={t("propose.role")}
        defaultValue={wish.role}
        empty={t("propose.choose")}
        error={errorOf("role")}
        options={props.roles.map((role) => [role, words(`role.${role}`)])}
      />
      <SelectField
        id="propose-organisation"
        name="organisation"
        label={t("propose.organisation")}
        defaultValue={wish.organisation}
        empty={t("propose.choose")}
        error={errorOf("organisation")}
        options={ORGANISATION_KINDS.map((kind) => ({
          group: t(`kind.${kind}`),
          options: props.organisations
            .filter((one) => one.kind === kind)
            .map((one): [string, string] => [one.id, locale === "vi" ? one.nameVi : one.nameEn]),
        })).filter(({ options }) => options.length > 0)}
      />
      <SelectField
        id="propose-place"
        name="place"
        label={t("propose.place")}
        hint={t("propose.placeHint")}
        defaultValue={wish.place ?? ""}
        empty={t("propose.noPlace")}
        error={errorOf("place")}
        options={props.districts}
      />
      <div className="fields-two">
        <DayField
          id="propose-from"
          name="from"
          label={t("propose.from")}
          defaultValue={wish.from}
          error={errorOf("from")}
        />
        <DayField
          id="propose-to"
          name="to"
          label={t("propose.to")}
          hint={t("propose.toHint")}
          defaultValue={wish.to ?? ""}
          error={errorOf("to")}
        />
      </div>
    </FormCard>
  );
}
