import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import {
  CATEGORIES,
  EARLIER_SUPPORT,
  type HouseholdWish,
  REGISTRATION_CHANNELS,
  type RegisterFault,
  type RegistrationWish,
  RELATIONS,
} from "#app/domain/register/household.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { DayField } from "#app/ui/day-field.tsx";
import type { FieldProblem } from "#app/ui/error-summary.tsx";
import { SelectField } from "#app/ui/office/form-card.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** Faults of a form as its summary tells them. */
export function faultProblems(
  t: TFunction<"office-register">,
  locale: Locale,
  wrong: readonly RegisterFault[],
): FieldProblem[] {
  return wrong.map(({ field, code }) => ({ id: field, text: problemText(t, locale, { code }) }));
}

/** What a household is: who, where, by which decision, and what it can do. */
export function HouseholdFields(props: { wish: HouseholdWish; wrong: readonly RegisterFault[] }) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { wish, wrong } = props;
  const errorOf = (field: string) => {
    const found = wrong.find((one) => one.field === field);
    return found && problemText(t, locale, { code: found.code });
  };
  const field = (
    name:
      | "name"
      | "phone"
      | "book"
      | "village"
      | "categoryDecision"
      | "categoryOn"
      | "labour"
      | "land"
      | "ethnicGroup"
      | "selfName",
  ) => ({
    id: name,
    name,
    label: t(`field.${name}`),
    defaultValue: wish[name],
    error: errorOf(name),
    autoComplete: "off",
  });
  return (
    <>
      <TextField {...field("name")} hint={t("hint.name")} />
      <div className="fields-two">
        <TextField {...field("village")} />
        <TextField {...field("phone")} inputMode="tel" />
      </div>
      <TextField {...field("book")} hint={t("hint.book")} />
      <SelectField
        id="category"
        name="category"
        label={t("field.category")}
        empty={t("choose")}
        defaultValue={wish.category}
        error={errorOf("category")}
        options={CATEGORIES.map((one) => [one, t(`category.${one}`)])}
      />
      <div className="fields-two">
        <TextField {...field("categoryDecision")} />
        <DayField {...field("categoryOn")} hint={t("hint.day")} />
      </div>
      <div className="fields-two">
        <TextField {...field("labour")} inputMode="numeric" />
        <TextField {...field("land")} inputMode="numeric" />
      </div>
      <Tick name="grass" label={t("field.grass")} on={wish.grass} />
      <Tick name="barn" label={t("field.barn")} on={wish.barn} />
      <details open={wrong.some((one) => /^(member|ethnic)/.test(one.field))}>
        <summary>{t("more")}</summary>
        {wish.members.map((member, n) => (
          // Rows of a form have no other name than their place.
          <div className="fields-two" key={`member-${String(n)}`}>
            <TextField
              id={`member-${n}`}
              name={`member-${n}`}
              label={t("field.member", { n: n + 1 })}
              defaultValue={member.name}
              error={errorOf(`member-${n}`)}
              autoComplete="off"
            />
            <SelectField
              id={`member-${n}-relation`}
              name={`member-${n}-relation`}
              label={t("field.relation")}
              defaultValue={member.relation}
              options={RELATIONS.map((one) => [one, t(`relation.${one}`)])}
            />
            <TextField
              id={`member-${n}-year`}
              name={`member-${n}-year`}
              label={t("field.birthYear")}
              defaultValue={member.birthYear}
              inputMode="numeric"
              autoComplete="off"
            />
          </div>
        ))}
        <TextField {...field("ethnicGroup")} hint={t("hint.ethnic")} />
        <TextField {...field("selfName")} />
        <Tick
          name="ethnicConsent"
          label={t("field.ethnicConsent")}
          on={wish.ethnicConsent}
          error={errorOf("ethnicConsent")}
        />
      </details>
    </>
  );
}

/** A campaign that a household can ask for. */
export interface OfferedCampaign {
  readonly id: string;
  readonly title: string;
}

/** Its request to take part. */
export function RegistrationFields(props: {
  wish: RegistrationWish;
  wrong: readonly RegisterFault[];
  campaigns: readonly OfferedCampaign[];
}) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { wish, wrong, campaigns } = props;
  const errorOf = (name: string) => {
    const found = wrong.find((one) => one.field === name);
    return found && problemText(t, locale, { code: found.code });
  };
  return (
    <>
      <SelectField
        id="campaign"
        name="campaign"
        label={t("field.campaign")}
        empty={t("choose")}
        defaultValue={wish.campaign}
        error={errorOf("campaign")}
        options={campaigns.map(({ id, title }) => [id, `${id} · ${title}`])}
      />
      <div className="fields-two">
        <TextField
          id="round"
          name="round"
          label={t("field.round")}
          defaultValue={wish.round}
          error={errorOf("round")}
          inputMode="numeric"
        />
        <DayField
          id="onDay"
          name="onDay"
          label={t("field.onDay")}
          hint={t("hint.day")}
          defaultValue={wish.onDay}
          error={errorOf("onDay")}
        />
      </div>
      <div className="fields-two">
        <SelectField
          id="channel"
          name="channel"
          label={t("field.channel")}
          empty={t("choose")}
          defaultValue={wish.channel}
          error={errorOf("channel")}
          options={REGISTRATION_CHANNELS.map((one) => [one, t(`channel.${one}`)])}
        />
        <SelectField
          id="earlierSupport"
          name="earlierSupport"
          label={t("field.earlierSupport")}
          empty={t("choose")}
          defaultValue={wish.earlierSupport}
          error={errorOf("earlierSupport")}
          options={EARLIER_SUPPORT.map((one) => [one, t(`earlier.${one}`)])}
        />
      </div>
    </>
  );
}

/** A box to tick. */
export function Tick(props: {
  name: string;
  label: string;
  on?: boolean;
  value?: string;
  id?: string;
  error?: string | undefined;
}) {
  const id = props.id ?? props.name;
  return (
    <div className={props.error ? "field field-wrong" : "field"}>
      <label className="choice" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          name={props.name}
          value={props.value ?? "yes"}
          defaultChecked={props.on ?? false}
          aria-describedby={props.error ? `${id}-error` : undefined}
          aria-invalid={props.error ? true : undefined}
        />{" "}
        <span>{props.label}</span>
      </label>
      {props.error ? (
        <span className="field-error" id={`${id}-error`}>
          {props.error}
        </span>
      ) : null}
    </div>
  );
}

/** Said where names should stand and the key is another, or gone. */
export function KeyLost() {
  const { t } = useTranslation("office-register");
  return (
    <p className="notice bad" role="alert">
      <strong>{t("keyLost.title")}</strong> {t("keyLost.text")}
    </p>
  );
}
