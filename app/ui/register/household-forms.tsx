import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";

import type {
  HouseholdWish,
  RegisterHousehold,
  Registration,
} from "#app/domain/register/household.ts";
import {
  PRESENT_CAPACITIES,
  SITE_QUESTIONS,
  type SiteCheck,
} from "#app/domain/register/matters.ts";
import { day } from "#app/i18n/formats.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FormCard, SelectField, StepButton } from "#app/ui/office/form-card.tsx";
import { State } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";

import {
  faultProblems,
  HouseholdFields,
  type OfferedCampaign,
  RegistrationFields,
  Tick,
} from "./household-fields.tsx";
import { mine, type SentHousehold } from "./sent.ts";

const NEW_REQUEST = { campaign: "", round: "1", channel: "", onDay: "", earlierSupport: "" };

/** What the household asked for, with its visits, and the form for another round. */
export function RegistrationsPart(props: {
  registrations: readonly Registration[];
  checks: readonly SiteCheck[];
  campaigns: readonly OfferedCampaign[];
  mayKeep: boolean;
  sent: SentHousehold | undefined;
}) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { registrations, checks, mayKeep } = props;
  const again = mine(props.sent, "again");
  const closing = mine(props.sent, "close");
  return (
    <>
      {closing ? (
        <p className="notice bad">{problemText(t, locale, { code: closing.code })}</p>
      ) : null}
      <ul className="plain-list">
        {registrations.map((one) => {
          const about = t("round", { campaign: one.campaign, round: one.round });
          const visits = checks.filter(({ registration }) => registration === one.id);
          return (
            <li key={one.id}>
              <p>
                <strong>{about}</strong>{" "}
                <State tone={one.state === "open" ? "good" : "over"}>
                  {t(`state.${one.state}`)}
                </State>{" "}
                <span className="soft">
                  {day(one.onDay)}, {t(`channel.${one.channel}`)}
                  {", "}
                  {t(`earlier.${one.earlierSupport}`)}
                </span>
              </p>
              {visits.map((visit) => (
                <p key={visit.n}>
                  {t("visit.line", { day: day(visit.onDay) })}{" "}
                  <State tone={visit.fit ? "good" : "bad"}>
                    {t(visit.fit ? "visit.fit" : "visit.unfit")}
                  </State>{" "}
                  <span className="soft">
                    {visit.present.map((capacity) => t(`capacity.${capacity}`)).join(", ")}
                  </span>
                </p>
              ))}
              {mayKeep && one.state === "open" ? (
                <details open={mine(props.sent, "visit", one.id) !== undefined}>
                  <summary>{t("visit.title")}</summary>
                  <VisitForm registration={one} sent={mine(props.sent, "visit", one.id)} />
                  {(["withdrawn", "declined"] as const).map((state) => (
                    <StepButton
                      key={state}
                      intent="close"
                      label={t(`close.${state}`)}
                      about={about}
                      hidden={{ registration: one.id, state }}
                      quiet
                    />
                  ))}
                </details>
              ) : null}
            </li>
          );
        })}
      </ul>
      {mayKeep ? (
        <details open={again !== undefined}>
          <summary>{t("again.title")}</summary>
          <FormCard
            id="again"
            title={t("again.title")}
            intent="again"
            submit={t("again.submit")}
            problems={
              again
                ? again.wrong.length > 0
                  ? faultProblems(t, locale, again.wrong)
                  : [{ id: null, text: problemText(t, locale, { code: again.code }) }]
                : []
            }
          >
            <RegistrationFields
              wish={again?.registration ?? NEW_REQUEST}
              wrong={again?.wrong ?? []}
              campaigns={props.campaigns}
            />
          </FormCard>
        </details>
      ) : null}
    </>
  );
}

function VisitForm(props: { registration: Registration; sent: SentHousehold | undefined }) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { registration, sent } = props;
  const at = (name: string) => `${name}-${registration.id}`;
  const text = sent && problemText(t, locale, { code: sent.code });
  const errorAt = (name: string) => (sent?.field === name ? text : undefined);
  const names: Readonly<Record<string, string>> = { onDay: "visitDay" };
  return (
    <FormCard
      id={at("visit")}
      title={t("visit.title")}
      intent="visit"
      hidden={{ registration: registration.id }}
      submit={t("visit.submit")}
      problems={
        text ? [{ id: sent.field ? at(own(names, sent.field) ?? sent.field) : null, text }] : []
      }
    >
      <DayField
        id={at("visitDay")}
        name="visitDay"
        label={t("visit.day")}
        hint={t("hint.day")}
        defaultValue={sent?.typed["visitDay"] ?? ""}
        error={errorAt("onDay")}
      />
      <fieldset id={at("present")}>
        <legend>{t("visit.present")}</legend>
        {PRESENT_CAPACITIES.map((one) => (
          <Tick
            key={one}
            id={at(`present-${one}`)}
            name="present"
            value={one}
            label={t(`capacity.${one}`)}
          />
        ))}
      </fieldset>
      {SITE_QUESTIONS.map((question) => (
        <SelectField
          key={question}
          id={at(question)}
          name={question}
          label={t(`question.${question}`)}
          empty={t("choose")}
          defaultValue={sent?.typed[question] ?? ""}
          error={errorAt(question)}
          options={[
            ["yes", t("yes")],
            ["no", t("no")],
          ]}
        />
      ))}
      <SelectField
        id={at("fit")}
        name="fit"
        label={t("visit.finding")}
        empty={t("choose")}
        defaultValue={sent?.typed["fit"] ?? ""}
        error={errorAt("fit")}
        options={[
          ["yes", t("visit.fit")],
          ["no", t("visit.unfit")],
        ]}
      />
    </FormCard>
  );
}

/** What the register says, to be corrected. */
export function CorrectForm(props: {
  household: RegisterHousehold;
  wish: HouseholdWish;
  sent: SentHousehold | undefined;
}) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const sent = mine(props.sent, "correct");
  return (
    <details open={sent !== undefined}>
      <summary>{t("correct.open")}</summary>
      <FormCard
        id="correct"
        title={t("correct.form")}
        intent="correct"
        hidden={{ version: props.household.version }}
        submit={t("correct.submit")}
        problems={
          sent
            ? sent.wrong.length > 0
              ? faultProblems(t, locale, sent.wrong)
              : [{ id: null, text: problemText(t, locale, { code: sent.code }) }]
            : []
        }
      >
        <HouseholdFields wish={sent?.household ?? props.wish} wrong={sent?.wrong ?? []} />
      </FormCard>
    </details>
  );
}
