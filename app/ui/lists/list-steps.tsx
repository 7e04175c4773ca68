import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { BACK_REASONS } from "#app/domain/lists/decide-list.ts";
import { CLERK_REASONS } from "#app/domain/lists/list-version.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FileField } from "#app/ui/office/file-field.tsx";
import { FormCard, SelectField, TextArea } from "#app/ui/office/form-card.tsx";
import { Section } from "#app/ui/office/page.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { RadioField } from "#app/ui/radio-field.tsx";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

import type { DeskData, DeskSent } from "./desk-data.ts";

/** What this person can do next with the version that is shown. */
export function ListSteps(props: { loaded: DeskData; sent: DeskSent | undefined }) {
  const { loaded } = props;
  const { version, can, open } = loaded;
  const { t } = useTranslation("office-road");
  const steps: ReactNode[] = [];
  if (version.state === "compiling" && can.compile) {
    steps.push(
      <Step
        key="submit"
        {...props}
        intent="submit"
        title={t("step.submit")}
        lead={t("step.submitLead")}
      />,
      <Step
        key="compile"
        {...props}
        intent="compile"
        quiet
        title={t("step.compile")}
        lead={t("step.compileLead")}
      />,
      <Step key="drop" {...props} intent="drop" quiet title={t("step.drop")} />,
    );
  }
  if (version.state === "submitted") {
    if (can.opine) steps.push(<OpinionStep key="opine" {...props} />);
    if (can.decide)
      steps.push(<DecideStep key="decide" {...props} />, <BackStep key="back" {...props} />);
    if (can.compiledIt) {
      steps.push(
        <p key="own" className="notice">
          {t("step.notOwn")}
        </p>,
      );
    }
  }
  if (version.state === "decided" && open === null && can.compile) {
    steps.push(<AnewStep key="anew" {...props} />);
  }
  return (
    <Section id="next" title={t("step.title")}>
      {version.state === "submitted" && steps.length === 0 ? (
        <p className="empty">{t("step.others")}</p>
      ) : null}
      {version.state !== "submitted" && steps.length === 0 ? (
        <p className="empty">{t("step.nothing")}</p>
      ) : null}
      <div className="step-forms">{steps}</div>
    </Section>
  );
}

interface StepProps {
  readonly loaded: DeskData;
  readonly sent: DeskSent | undefined;
}

function Step(
  props: StepProps & {
    intent: string;
    title: string;
    lead?: string;
    quiet?: boolean;
    upload?: boolean;
    children?: ReactNode;
  },
) {
  const { loaded, sent, intent, quiet = false } = props;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const mine = sent?.intent === intent ? sent : undefined;
  const form = (
    <FormCard
      id={`do-${intent}`}
      title={props.title}
      intent={intent}
      submit={props.title}
      quiet={quiet}
      hidden={{
        version: loaded.version.version,
        revision: loaded.version.revision,
        ...(props.upload ? { key: mine?.typed["key"] ?? loaded.key } : {}),
      }}
      {...(props.upload ? { encType: "multipart/form-data" as const } : {})}
      {...(props.lead === undefined ? {} : { lead: props.lead })}
      problems={[
        ...(mine?.problem ? [{ id: null, text: problemText(t, locale, mine.problem) }] : []),
        ...(mine && mine.refused.length > 0 ? [{ id: null, text: t("problem.file.refused") }] : []),
      ]}
    >
      {props.children}
    </FormCard>
  );
  if (!quiet) return form;
  return (
    <details className="step-more" open={mine !== undefined}>
      <summary>{props.title}</summary>
      {form}
    </details>
  );
}

function OpinionStep(props: StepProps) {
  const { t } = useTranslation("office-road");
  const typed = props.sent?.intent === "opine" ? props.sent.typed : {};
  return (
    <Step {...props} intent="opine" title={t("opinion.give")}>
      <RadioField
        id="agrees"
        name="agrees"
        legend={t("opinion.legend")}
        value={typed["agrees"]}
        options={[
          { value: "yes", label: t("opinion.agrees") },
          { value: "no", label: t("opinion.disagrees") },
        ]}
      />
      <TextArea
        id="text"
        name="text"
        label={t("opinion.text")}
        hint={t("opinion.textHint")}
        rows={3}
        defaultValue={typed["text"] ?? ""}
      />
    </Step>
  );
}

function DecideStep(props: StepProps) {
  const { loaded, sent } = props;
  const { t } = useTranslation("office-road");
  const mine = sent?.intent === "decide" ? sent : undefined;
  return (
    <Step {...props} upload intent="decide" title={t("step.decide")} lead={t("step.decideLead")}>
      <div className="fields-two">
        <TextField
          id="number"
          name="number"
          label={t("number")}
          maxLength={120}
          defaultValue={mine?.typed["number"] ?? ""}
        />
        <DayField
          id="on"
          name="on"
          label={t("step.decidedOn")}
          defaultValue={mine?.typed["on"] ?? loaded.today}
        />
      </div>
      <FileField
        id="paper"
        name="paper"
        kind="decision"
        label={t("step.paper")}
        kept={mine?.kept.filter(({ field }) => field === "paper") ?? []}
        refused={mine?.refused ?? []}
      />
    </Step>
  );
}

function BackStep(props: StepProps) {
  const { t } = useTranslation("office-road");
  return (
    <Step {...props} quiet intent="send-back" title={t("step.back")}>
      <SelectField
        id="back-reason"
        name="reason"
        label={t("step.reason")}
        empty={t("pick")}
        options={BACK_REASONS.map((one) => [one, t(`backReason.${one}`)] as const)}
      />
    </Step>
  );
}

function AnewStep(props: StepProps) {
  const { t } = useTranslation("office-road");
  return (
    <Step {...props} quiet intent="anew" title={t("step.anew")} lead={t("step.anewLead")}>
      <SelectField
        id="anew-reason"
        name="reason"
        label={t("step.reason")}
        empty={t("pick")}
        options={CLERK_REASONS.map((one) => [one, t(`anewReason.${one}`)] as const)}
      />
    </Step>
  );
}
