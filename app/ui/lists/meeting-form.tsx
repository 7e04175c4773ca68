import { useTranslation } from "react-i18next";

import { own } from "#app/domain/kernel/own.ts";
import { TIES, WAYS } from "#app/domain/lists/meeting.ts";
import { CAPACITIES } from "#app/domain/lists/capacity.ts";
import { day, number } from "#app/i18n/formats.ts";
import { DayField } from "#app/ui/day-field.tsx";
import type { Typed } from "#app/ui/forms/draft-form.ts";
import { FileField, type KeptUpload, type RefusedUpload } from "#app/ui/office/file-field.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { RadioField } from "#app/ui/radio-field.tsx";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** A village whose meeting is recorded. */
export interface MeetingFormData {
  readonly campaign: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly round: number;
  readonly village: string;
  readonly keyLost: boolean;
  readonly households: readonly {
    readonly registration: string;
    readonly name: string;
    readonly category: string;
    readonly fit: boolean | null;
  }[];
  readonly repeats: { readonly id: string; readonly onDay: string } | null;
  /** Percent of called households that must be there. */
  readonly share: number;
  readonly key: string;
}

/** Field at which a problem is told. */
const AT: Readonly<Record<string, string>> = {
  "meeting.no-place": "place",
  "meeting.bad-counts": "called",
  "meeting.bad-way": "way",
  "list.bad-day": "on",
  "list.no-paper": "minutes",
  "meeting.tie": "tie",
  "meeting.no-tie": "tie",
  "meeting.bad-leader": "leader",
};

/** A village meeting as its minutes tell it, with a line for each registered household. */
export function MeetingForm(props: {
  form: MeetingFormData;
  sent:
    | {
        readonly typed: Typed;
        readonly code: string | null;
        readonly kept: readonly KeptUpload[];
        readonly refused: readonly RefusedUpload[];
      }
    | undefined;
}) {
  const { form, sent } = props;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const typed: Typed = sent?.typed ?? {};
  const code = sent?.code ?? null;
  const field = (name: string) => ({
    id: name,
    name,
    defaultValue: own(typed, name) ?? "",
    error: code !== null && own(AT, code) === name ? problemText(t, locale, { code }) : undefined,
  });
  const elected = form.households.map(({ registration, name }) => [registration, name] as const);
  return (
    <FormCard
      id="record"
      title={t("meetings.of", { village: form.village })}
      lead={`${t("roundOf", { campaign: form.title[locale], round: form.round })}. ${t("meetings.quorumRule", { share: number(locale, form.share) })}`}
      intent="record"
      encType="multipart/form-data"
      hidden={{
        key: own(typed, "key") ?? form.key,
        campaign: form.campaign,
        round: form.round,
        village: form.village,
        repeats: form.repeats?.id ?? "",
      }}
      submit={t("meetings.record")}
      problems={[
        ...(code === null
          ? []
          : [{ id: own(AT, code) ?? null, text: problemText(t, locale, { code }) }]),
        ...(sent && sent.refused.length > 0
          ? [{ id: "minutes", text: t("problem.file.refused") }]
          : []),
      ]}
    >
      {form.keyLost ? <p className="notice bad">{t("keyLost")}</p> : null}
      {form.repeats ? (
        <p className="notice">{t("meetings.repeats", { day: day(form.repeats.onDay) })}</p>
      ) : null}
      <div className="fields-two">
        <DayField {...field("on")} label={t("day")} />
        <TextField {...field("place")} label={t("meetings.place")} maxLength={160} />
        <TextField {...field("called")} label={t("meetings.called")} inputMode="numeric" />
        <TextField {...field("present")} label={t("meetings.came")} inputMode="numeric" />
        <TextField
          {...field("places")}
          label={t("meetings.places")}
          hint={t("meetings.placesHint")}
          inputMode="numeric"
        />
      </div>
      <RadioField
        id="way"
        name="way"
        legend={t("meetings.way")}
        two
        value={own(typed, "way")}
        error={code === "meeting.bad-way" ? problemText(t, locale, { code }) : undefined}
        options={WAYS.map((one) => ({ value: one, label: t(`way.${one}`) }))}
      />
      <div className="fields-two">
        {(["chair", "secretary"] as const).map((who) => (
          <SelectField
            key={who}
            {...field(who)}
            defaultValue={own(typed, who) ?? (who === "chair" ? "village" : "commune")}
            label={t(`meetings.${who}`)}
            options={CAPACITIES.map((one) => [one, t(`capacity.${one}`)] as const)}
          />
        ))}
      </div>
      <fieldset>
        <legend>{t("meetings.votes")}</legend>
        <p className="hint">{t("meetings.votesHint")}</p>
        <ul className="vote-rows">
          {form.households.map(({ registration, name, category, fit }) => (
            <li key={registration}>
              <span className="vote-name">
                {name}
                <span className="under">
                  {t(`category.${category}`)}
                  {fit === false ? ` · ${t("notFit")}` : ""}
                </span>
              </span>
              <label>
                <span>{t("meetings.voteCount")}</span>
                <span className="visually-hidden"> {name}</span>
                <input
                  name={`votes-${registration}`}
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={own(typed, `votes-${registration}`) ?? ""}
                />
              </label>
              <label>
                <span>{t("meetings.tiePlace")}</span>
                <span className="visually-hidden"> {name}</span>
                <input
                  name={`place-${registration}`}
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={own(typed, `place-${registration}`) ?? ""}
                />
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <SelectField
        {...field("tie")}
        label={t("meetings.tie")}
        hint={t("meetings.tieHint")}
        empty={t("meetings.noTie")}
        options={TIES.map((one) => [one, t(`tie.${one}`)] as const)}
      />
      <div className="fields-two">
        <SelectField
          {...field("leader")}
          label={t("meetings.leader")}
          empty={t("meetings.nobody")}
          options={elected}
        />
        <SelectField
          {...field("deputy")}
          label={t("meetings.deputy")}
          empty={t("meetings.nobody")}
          options={elected}
        />
      </div>
      <FileField
        id="minutes"
        name="minutes"
        kind="minutes"
        label={t("meetings.minutes")}
        error={code === "list.no-paper" ? problemText(t, locale, { code }) : undefined}
        kept={sent?.kept ?? []}
        refused={sent?.refused ?? []}
      />
    </FormCard>
  );
}
