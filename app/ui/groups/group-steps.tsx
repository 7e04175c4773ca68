import { useTranslation } from "react-i18next";

import { COMMITMENT_LANGUAGES } from "#app/domain/groups/note-commitment.ts";
import { TRAINING_TOPICS } from "#app/domain/groups/ports.ts";
import { own } from "#app/domain/kernel/own.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FileField, type KeptUpload, type RefusedUpload } from "#app/ui/office/file-field.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** A form of a group's page that was refused, with what was typed. */
export interface SentGroup {
  readonly intent: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly households: readonly string[];
  readonly kept: readonly KeptUpload[];
  readonly refused: readonly RefusedUpload[];
  readonly problem: { readonly code: string };
}

interface StepProps {
  readonly today: string;
  readonly formKey?: string;
  readonly sent: SentGroup | undefined;
}

const FIELDS: Readonly<Partial<Record<string, string>>> = {
  "group.no-number": "decisionNumber",
  "group.wrong-day": "on",
  "group.no-paper": "paper",
  "commitment.no-household": "households",
  "commitment.there": "households",
  "commitment.no-language": "language",
  "training.no-topic": "topic",
  "training.no-trainer": "trainer",
  "training.present": "present",
};

/** What was refused of one of the forms: its text, and the field it stands at. */
function useRefused(sent: SentGroup | undefined, intent: string) {
  const { t } = useTranslation("office-groups");
  const locale = useLocale();
  const mine = sent?.intent === intent ? sent : undefined;
  const text = mine && problemText(t, locale, mine.problem);
  const field = mine && own(FIELDS, mine.problem.code);
  return {
    mine,
    problems:
      text === undefined ? [] : [{ id: field === undefined ? null : `${intent}-${field}`, text }],
    at: (name: string) => (field === name ? text : undefined),
    typed: (name: string) => own(mine?.typed ?? {}, name) ?? "",
  };
}

function OnField(props: {
  intent: string;
  label: string;
  today: string;
  refused: ReturnType<typeof useRefused>;
}) {
  const { intent, label, today, refused } = props;
  return (
    <DayField
      id={`${intent}-on`}
      name="on"
      label={label}
      error={refused.at("on")}
      defaultValue={refused.typed("on") || today}
    />
  );
}

/** The decision that founds it. */
export function FoundForm({ today, formKey = "", sent }: StepProps) {
  const { t } = useTranslation("office-groups");
  const refused = useRefused(sent, "decide");
  return (
    <FormCard
      id="found-group"
      title={t("decide.title")}
      lead={t("decide.lead")}
      intent="decide"
      hidden={{ key: refused.typed("key") || formKey }}
      encType="multipart/form-data"
      problems={refused.problems}
      submit={t("decide.send")}
    >
      <TextField
        id="decide-decisionNumber"
        name="decisionNumber"
        label={t("decide.number")}
        error={refused.at("decisionNumber")}
        defaultValue={refused.typed("decisionNumber")}
      />
      <OnField intent="decide" label={t("decide.on")} today={today} refused={refused} />
      <FileField
        id="decide-paper"
        name="decision"
        label={t("decide.paper")}
        kind="decision"
        error={refused.at("paper")}
        kept={refused.mine?.kept ?? []}
        refused={refused.mine?.refused ?? []}
      />
    </FormCard>
  );
}

/** Commitments that were signed. */
export function CommitForm(props: StepProps & { open: readonly string[] }) {
  const { today, formKey = "", sent, open } = props;
  const { t } = useTranslation("office-groups");
  const refused = useRefused(sent, "commit");
  const error = refused.at("households");
  if (open.length === 0) return <p className="notice good">{t("commit.all")}</p>;
  return (
    <FormCard
      id="commit-group"
      title={t("commit.title")}
      intent="commit"
      hidden={{ key: refused.typed("key") || formKey }}
      encType="multipart/form-data"
      problems={refused.problems}
      submit={t("commit.send")}
    >
      <fieldset className={error ? "field-wrong" : undefined} id="commit-households" tabIndex={-1}>
        <legend>{t("commit.households")}</legend>
        {error ? <p className="field-error">{error}</p> : null}
        <div className="choices two">
          {open.map((code) => (
            <label className="choice" key={code}>
              <input
                type="checkbox"
                name="households"
                value={code}
                defaultChecked={refused.mine?.households.includes(code) ?? false}
              />{" "}
              <span>{code}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <OnField intent="commit" label={t("commit.on")} today={today} refused={refused} />
      <SelectField
        id="commit-language"
        name="language"
        label={t("commit.language")}
        error={refused.at("language")}
        defaultValue={refused.typed("language")}
        empty={t("new.pick")}
        options={COMMITMENT_LANGUAGES.map((one) => [one, t(`language.${one}`)])}
      />
      <FileField
        id="commit-paper"
        name="commitment"
        label={t("commit.paper")}
        kind="minutes"
        error={refused.at("paper")}
        kept={refused.mine?.kept ?? []}
        refused={refused.mine?.refused ?? []}
      />
    </FormCard>
  );
}

/** A training that was given. */
export function TrainForm({ today, sent, most }: StepProps & { most: number }) {
  const { t } = useTranslation("office-groups");
  const words = useTranslation("groups").t;
  const refused = useRefused(sent, "train");
  return (
    <FormCard
      id="train-group"
      title={t("train.title")}
      intent="train"
      problems={refused.problems}
      submit={t("train.send")}
    >
      <SelectField
        id="train-topic"
        name="topic"
        label={t("train.topic")}
        error={refused.at("topic")}
        defaultValue={refused.typed("topic")}
        empty={t("new.pick")}
        options={TRAINING_TOPICS.map((one) => [one, words(`topic.${one}`)])}
      />
      <OnField intent="train" label={t("train.on")} today={today} refused={refused} />
      <TextField
        id="train-trainer"
        name="trainer"
        label={t("train.trainer")}
        hint={t("train.trainerHint")}
        error={refused.at("trainer")}
        defaultValue={refused.typed("trainer")}
      />
      <TextField
        id="train-present"
        name="present"
        inputMode="numeric"
        label={t("train.present", { most })}
        error={refused.at("present")}
        defaultValue={refused.typed("present")}
      />
    </FormCard>
  );
}
