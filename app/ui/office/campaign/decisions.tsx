import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import type { DraftFacts, SentForm } from "./draft-facts.ts";
import { useTranslation } from "react-i18next";

import { CANCEL_REASONS, SEND_BACK_REASONS } from "#app/domain/campaigns/campaign-reasons.ts";
import { VERDICTS } from "#app/domain/campaigns/draft.ts";
import { LONGEST_REMARKS } from "#app/domain/campaigns/submit-draft.ts";
import { FormCard, SelectField, TextArea } from "#app/ui/office/form-card.tsx";
import { RadioField } from "#app/ui/radio-field.tsx";

/** What the person signed in can do with the draft now; nothing for whoever only reads. */
export function Decisions({ facts, sent }: { facts: DraftFacts; sent: SentForm | undefined }) {
  const { may, problems, side } = facts;
  return (
    <>
      <Refused sent={sent} />
      {side ? <OpinionForm facts={facts} sent={of(sent, "opine")} /> : null}
      {may.submit && problems.length === 0 ? <SubmitForm facts={facts} /> : null}
      {may.publish ? <PublishForm facts={facts} /> : null}
      {may.sendBack ? (
        <ReasonForm intent="send-back" facts={facts} sent={of(sent, "send-back")} />
      ) : null}
      {may.cancel ? <ReasonForm intent="cancel" facts={facts} sent={of(sent, "cancel")} /> : null}
    </>
  );
}

type Part = { facts: DraftFacts; sent: SentForm | undefined };

function of(sent: SentForm | undefined, intent: string): SentForm | undefined {
  return sent?.intent === intent ? sent : undefined;
}

/** A decision that was not taken stands above everything, with what is so now. */
function Refused({ sent }: { sent: SentForm | undefined }) {
  const { t } = useTranslation("office-campaign");
  const locale = useLocale();
  if (!sent?.problem || sent.intent === "save") return null;
  const days = "days" in sent.problem ? Number(sent.problem.days) : 0;
  return (
    <p className="notice bad" role="alert">
      {problemText(t, locale, sent.problem, { count: days })}
    </p>
  );
}

/** Words of the problem that a form came back with, at the field it is about. */
function useWrong(sent: SentForm | undefined) {
  const { t } = useTranslation("office-campaign");
  const locale = useLocale();
  return (code: string) =>
    sent?.problem?.code === code ? problemText(t, locale, sent.problem) : undefined;
}

function OpinionForm({ facts, sent }: Part) {
  const { t } = useTranslation("office-campaign");
  const { t: tc } = useTranslation("campaign");
  const wrong = useWrong(sent);
  return (
    <FormCard
      id="opine"
      title={t("opine.title")}
      lead={t("opine.lead")}
      intent="opine"
      hidden={{ version: facts.draft.version, side: facts.side ?? "" }}
      submit={t("opine.submit")}
    >
      <RadioField
        id="verdict"
        name="verdict"
        legend={t("opine.verdict")}
        value={sent?.typed["verdict"]}
        error={wrong("opinion.no-verdict")}
        options={VERDICTS.map((verdict) => ({
          value: verdict,
          label: tc(`decided.verdict.${verdict}`),
        }))}
      />
      <TextArea
        id="remarks"
        name="remarks"
        label={t("opine.remarks")}
        hint={t("opine.remarksHint")}
        defaultValue={sent?.typed["remarks"] ?? ""}
        maxLength={LONGEST_REMARKS}
        rows={5}
        error={wrong("opinion.no-remarks")}
      />
    </FormCard>
  );
}

function SubmitForm({ facts }: { facts: DraftFacts }) {
  const { t } = useTranslation("office-campaign");
  return (
    <FormCard
      id="submit"
      title={t("submit.title")}
      lead={t("submit.lead", { days: facts.opinionDays })}
      intent="submit"
      hidden={{ version: facts.draft.version }}
      submit={t("submit.submit")}
    />
  );
}

function PublishForm({ facts }: { facts: DraftFacts }) {
  const { t } = useTranslation("office-campaign");
  return (
    <FormCard
      id="publish"
      title={t("publish.title")}
      lead={t(facts.draft.amends ? "publish.leadChange" : "publish.lead")}
      intent="publish"
      hidden={{ version: facts.draft.version }}
      submit={t("publish.submit")}
    />
  );
}

function ReasonForm({ intent, facts, sent }: Part & { intent: "send-back" | "cancel" }) {
  const { t } = useTranslation("office-campaign");
  const back = intent === "send-back";
  const wrong = useWrong(sent);
  const reasons: readonly string[] = back ? SEND_BACK_REASONS : CANCEL_REASONS;
  return (
    <details className="form-details" open={sent !== undefined}>
      <summary>{t(`${intent}.title`)}</summary>
      <FormCard
        id={intent}
        title={t(`${intent}.title`)}
        lead={t(`${intent}.lead`)}
        intent={intent}
        hidden={{ version: facts.draft.version }}
        submit={t(`${intent}.submit`)}
        quiet
      >
        <SelectField
          id={`${intent}-reason`}
          name="reason"
          label={t("reason")}
          empty={t("choose")}
          defaultValue={sent?.typed["reason"] ?? ""}
          error={wrong("draft.no-reason")}
          options={reasons.map(
            (reason) =>
              [reason, t(`${back ? "sendBackReason" : "cancelReason"}.${reason}`)] as const,
          )}
        />
        <TextArea
          id={`${intent}-note`}
          name="note"
          label={t("note")}
          hint={t("noteHint")}
          defaultValue={sent?.typed["note"] ?? ""}
          maxLength={LONGEST_REMARKS}
          error={wrong("draft.no-note")}
        />
      </FormCard>
    </details>
  );
}
