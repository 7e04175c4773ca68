import { useTranslation } from "react-i18next";

import type { AccountChangeFile } from "#app/domain/bank-accounts/ports.ts";
import { day, dayAt } from "#app/i18n/formats.ts";
import { StepButton } from "#app/ui/office/form-card.tsx";
import { TextField } from "#app/ui/text-field.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";

/** A decision that was not taken: what was typed, and why. */
export interface WrongDecision {
  readonly reason: string;
  readonly problem: { readonly code: string };
}

/** A proposal about an official account, who proposed and decided it, and the buttons of whoever may decide. */
export function AccountChangeCard(props: {
  change: AccountChangeFile;
  /** Names of people by their id. */
  names: ReadonlyMap<string, string>;
  /** The commune whose account it is, by name; by code where it is in force no more. */
  commune: string | null;
  /** The person looking may decide it. */
  mine: boolean;
  /** What was wrong when it was decided. */
  wrong: WrongDecision | undefined;
}) {
  const { change, wrong } = props;
  const { t } = useTranslation("office-twinning");
  const locale = useLocale();
  const { decision } = change;
  const name = (id: string) => props.names.get(id) ?? t("somebody");
  return (
    <div className="form-card">
      <h3>
        {t(`accounts.change.${change.kind}`, { number: change.number, holder: change.holder })}
      </h3>
      <dl className="facts">
        <dt>{t("accounts.bank")}</dt>
        <dd>
          <span lang="vi">{change.bankName}</span> ({change.bin}),{" "}
          {t(`accounts.owner.${change.owner}`)}
          {props.commune === null ? "" : `, ${props.commune}`}
        </dd>
        <dt>{t("accounts.valid")}</dt>
        <dd>
          {change.validTo === null
            ? t("accounts.since", { day: day(change.validFrom) })
            : `${day(change.validFrom)} – ${day(change.validTo)}`}
        </dd>
        <dt>{t("accounts.why")}</dt>
        <dd>
          <span lang="vi">{change.reason}</span>
          <span className="under">
            {t("accounts.paper", { number: change.paperNumber, day: day(change.paperDate) })}
          </span>
        </dd>
        <dt>{t("accounts.steps")}</dt>
        <dd>
          {t("accounts.proposedBy", {
            name: name(change.proposedBy),
            day: dayAt(change.proposedAt),
          })}
          {decision ? (
            <span className="under">
              {t(`accounts.decision.${decision.outcome}`, {
                name: name(decision.decidedBy),
                day: dayAt(decision.decidedAt),
                reason: decision.reason ?? "",
              })}
            </span>
          ) : null}
        </dd>
      </dl>
      {wrong ? (
        <p className="field-error" role="alert">
          {problemText(t, locale, wrong.problem)}
        </p>
      ) : null}
      {props.mine && decision === null ? <Decide change={change} reason={wrong?.reason} /> : null}
    </div>
  );
}

function Decide({ change, reason }: { change: AccountChangeFile; reason: string | undefined }) {
  const { t } = useTranslation("office-twinning");
  return (
    <div className="buttons">
      <StepButton
        intent="approve"
        label={t("accounts.approve")}
        about={change.number}
        hidden={{ change: change.id }}
      />
      <form method="post" className="field-row">
        <input type="hidden" name="intent" value="refuse" />
        <input type="hidden" name="change" value={change.id} />
        <TextField
          id={`reason-${change.id}`}
          name="reason"
          label={t("accounts.refuseReason")}
          maxLength={200}
          defaultValue={reason}
        />
        <button className="button small quiet" type="submit">
          {t("accounts.refuse")}
        </button>
      </form>
    </div>
  );
}
