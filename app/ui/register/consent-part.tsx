import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";

import {
  type Consent,
  CONSENT_CHANNELS,
  CONSENT_KINDS,
  CONSENT_LANGUAGES,
} from "#app/domain/register/matters.ts";
import { day } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FileField } from "#app/ui/office/file-field.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { State } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";

import { mine, type SentHousehold } from "./sent.ts";

/** What the household agreed to show, and the form by which it says so or takes it back. */
export function ConsentPart(props: {
  consents: readonly Consent[];
  mayKeep: boolean;
  formKey: string;
  sent: SentHousehold | undefined;
}) {
  const { t } = useTranslation("office-register");
  const sent = mine(props.sent, "consent");
  return (
    <>
      <p className="soft">{t("consent.lead")}</p>
      {props.consents.length === 0 ? <p className="empty">{t("consent.none")}</p> : null}
      <ul className="plain-list">
        {props.consents.map((one) => (
          <li key={`${one.kind}-${one.n}`}>
            {t(`consent.kinds.${one.kind}`)}{" "}
            <State tone={one.given ? "good" : "over"}>
              {t(one.given ? "consent.given" : "consent.withdrawn")}
            </State>{" "}
            <span className="soft">
              {day(one.onDay)}, {t(`consent.channels.${one.channel}`)},{" "}
              {t(`consent.languages.${one.language}`)},{" "}
              {t("consent.text", { version: one.textVersion })}
            </span>{" "}
            {one.paper ? (
              <a href={officePath("file", { file: one.paper })}>{t("consent.proof")}</a>
            ) : null}
          </li>
        ))}
      </ul>
      {props.mayKeep ? (
        <details open={sent !== undefined}>
          <summary>{t("consent.open")}</summary>
          <ConsentForm formKey={props.formKey} sent={sent} />
        </details>
      ) : null}
    </>
  );
}

const FIELD_IDS: Readonly<Record<string, string>> = {
  onDay: "consentDay",
  channel: "consentChannel",
  kind: "consentKind",
};

function ConsentForm({ formKey, sent }: { formKey: string; sent: SentHousehold | undefined }) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const text = sent && problemText(t, locale, { code: sent.code });
  const errorAt = (field: string) => (sent?.field === field ? text : undefined);
  const typed = (name: string) => sent?.typed[name] ?? "";
  return (
    <FormCard
      id="consent-form"
      title={t("consent.form")}
      intent="consent"
      hidden={{ key: sent?.key || formKey }}
      encType="multipart/form-data"
      submit={t("consent.submit")}
      problems={
        text ? [{ id: sent.field && (own(FIELD_IDS, sent.field) ?? sent.field), text }] : []
      }
    >
      <div className="fields-two">
        <SelectField
          id="consentKind"
          name="kind"
          label={t("consent.kind")}
          empty={t("choose")}
          defaultValue={typed("kind")}
          error={errorAt("kind")}
          options={CONSENT_KINDS.map((one) => [one, t(`consent.kinds.${one}`)])}
        />
        <SelectField
          id="given"
          name="given"
          label={t("consent.says")}
          defaultValue={typed("given") || "yes"}
          options={[
            ["yes", t("consent.given")],
            ["no", t("consent.withdrawn")],
          ]}
        />
      </div>
      <div className="fields-two">
        <SelectField
          id="consentChannel"
          name="consentChannel"
          label={t("consent.channel")}
          empty={t("choose")}
          defaultValue={typed("consentChannel")}
          error={errorAt("channel")}
          options={CONSENT_CHANNELS.map((one) => [one, t(`consent.channels.${one}`)])}
        />
        <SelectField
          id="language"
          name="language"
          label={t("consent.language")}
          empty={t("choose")}
          defaultValue={typed("language")}
          error={errorAt("language")}
          options={CONSENT_LANGUAGES.map((one) => [one, t(`consent.languages.${one}`)])}
        />
      </div>
      <DayField
        id="consentDay"
        name="consentDay"
        label={t("consent.day")}
        hint={t("hint.day")}
        defaultValue={typed("consentDay")}
        error={errorAt("onDay")}
      />
      <FileField
        id="proof"
        name="proof"
        kind="letter"
        label={t("consent.proof")}
        hint={t("consent.proofHint")}
        kept={sent?.kept ?? []}
        refused={sent?.refused ?? []}
        error={sent?.code === "file.refused" ? undefined : errorAt("proof")}
      />
    </FormCard>
  );
}
