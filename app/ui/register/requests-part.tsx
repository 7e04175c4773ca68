import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";

import {
  type HouseholdRequest,
  REQUEST_CHANNELS,
  REQUEST_KINDS,
  REQUEST_OUTCOMES,
} from "#app/domain/register/matters.ts";
import { day } from "#app/i18n/formats.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FormCard, SelectField, StepButton, TextArea } from "#app/ui/office/form-card.tsx";
import { State } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";

import { mine, type SentHousehold } from "./sent.ts";

type ShownRequest = HouseholdRequest & {
  /** The person looking may decide on erasing. */
  readonly decides: boolean;
};

/** What the household asks about its own data, with both clocks of the law. */
export function RequestsPart(props: {
  requests: readonly ShownRequest[];
  today: string;
  mayKeep: boolean;
  sent: SentHousehold | undefined;
}) {
  const { t } = useTranslation("office-register");
  const { requests, today, mayKeep } = props;
  const noting = mine(props.sent, "note-request");
  return (
    <>
      {requests.length === 0 ? <p className="empty">{t("request.none")}</p> : null}
      <ul className="plain-list">
        {requests.map((one) => (
          <li key={one.id}>
            <p>
              <strong>{t(`request.kinds.${one.kind}`)}</strong>{" "}
              <span className="soft">
                {day(one.receivedOn)}, {t(`request.channels.${one.channel}`)}
              </span>
            </p>
            <Clocks request={one} today={today} />
            {one.doneOn === null ? (
              <NextSteps request={one} mayKeep={mayKeep} sent={props.sent} />
            ) : null}
          </li>
        ))}
      </ul>
      {mayKeep ? (
        <details open={noting !== undefined}>
          <summary>{t("request.open")}</summary>
          <NoteForm sent={noting} />
        </details>
      ) : null}
    </>
  );
}

function Clocks({ request, today }: { request: HouseholdRequest; today: string }) {
  const { t } = useTranslation("office-register");
  const { answeredOn, answerBy, doneOn, actBy, outcome } = request;
  const tone = (done: string | null, by: string) =>
    done === null ? (today > by ? "bad" : "waiting") : done > by ? "bad" : "good";
  return (
    <p>
      <State tone={tone(answeredOn, answerBy)}>
        {answeredOn === null
          ? t("request.answerBy", { day: day(answerBy) })
          : t("request.answered", { day: day(answeredOn) })}
      </State>{" "}
      <State tone={tone(doneOn, actBy)}>
        {doneOn === null
          ? t("request.actBy", { day: day(actBy) })
          : t("request.done", { day: day(doneOn) })}
      </State>{" "}
      {outcome ? t(`request.outcomes.${outcome}`) : null}
    </p>
  );
}

function NextSteps(props: {
  request: ShownRequest;
  mayKeep: boolean;
  sent: SentHousehold | undefined;
}) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { request, mayKeep } = props;
  const erasing = request.kind === "erase";
  const intent = erasing ? "decide-erasure" : "finish-request";
  const sent = mine(props.sent, intent, request.id);
  const finishes = erasing ? request.decides : mayKeep;
  const text = sent && problemText(t, locale, { code: sent.code });
  return (
    <>
      {mayKeep && request.answeredOn === null ? (
        <StepButton
          intent="answer-request"
          label={t("request.answer")}
          about={t(`request.kinds.${request.kind}`)}
          hidden={{ request: request.id }}
          quiet
        />
      ) : null}
      {erasing && !request.decides ? <p className="soft">{t("request.byLeader")}</p> : null}
      {finishes ? (
        <FormCard
          id={`finish-${request.id}`}
          title={t(erasing ? "request.decide" : "request.finish")}
          lead={erasing ? t("request.erases") : undefined}
          intent={intent}
          hidden={{ request: request.id }}
          submit={t(erasing ? "request.decideSubmit" : "request.finishSubmit")}
          problems={text ? [{ id: `outcome-${request.id}`, text }] : []}
          quiet={erasing}
        >
          <SelectField
            id={`outcome-${request.id}`}
            name="outcome"
            label={t("request.outcome")}
            empty={t("choose")}
            error={text}
            options={REQUEST_OUTCOMES[request.kind].map((one) => [
              one,
              t(`request.outcomes.${one}`),
            ])}
          />
        </FormCard>
      ) : null}
    </>
  );
}

const FIELD_IDS: Readonly<Record<string, string>> = {
  kind: "requestKind",
  channel: "requestChannel",
};

function NoteForm({ sent }: { sent: SentHousehold | undefined }) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const text = sent && problemText(t, locale, { code: sent.code });
  const errorAt = (field: string) => (sent?.field === field ? text : undefined);
  const typed = (name: string) => sent?.typed[name] ?? "";
  return (
    <FormCard
      id="note-request"
      title={t("request.form")}
      lead={t("request.lead")}
      intent="note-request"
      submit={t("request.submit")}
      problems={
        text ? [{ id: sent.field && (own(FIELD_IDS, sent.field) ?? sent.field), text }] : []
      }
    >
      <SelectField
        id="requestKind"
        name="requestKind"
        label={t("request.kind")}
        empty={t("choose")}
        defaultValue={typed("requestKind")}
        error={errorAt("kind")}
        options={REQUEST_KINDS.map((one) => [one, t(`request.kinds.${one}`)])}
      />
      <div className="fields-two">
        <SelectField
          id="requestChannel"
          name="requestChannel"
          label={t("request.channel")}
          empty={t("choose")}
          defaultValue={typed("requestChannel")}
          error={errorAt("channel")}
          options={REQUEST_CHANNELS.map((one) => [one, t(`request.channels.${one}`)])}
        />
        <DayField
          id="receivedOn"
          name="receivedOn"
          label={t("request.received")}
          hint={t("hint.day")}
          defaultValue={typed("receivedOn")}
          error={errorAt("receivedOn")}
        />
      </div>
      <TextArea
        id="request-text"
        name="text"
        label={t("request.textField")}
        defaultValue={typed("text")}
        maxLength={2_000}
      />
    </FormCard>
  );
}
