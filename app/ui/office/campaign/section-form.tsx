import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { AMEND_REASONS } from "#app/domain/campaigns/campaign-reasons.ts";
import {
  REPORTING_MONTHS,
  type Section,
  SHORTFALL_PLANS,
  SPECIES_OF,
  SURPLUS_PLANS,
} from "#app/domain/campaigns/draft-content.ts";
import type { DraftChoices } from "#app/domain/campaigns/draft-ports.ts";
import { MODELS } from "#app/domain/campaigns/ports.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FileField } from "#app/ui/office/file-field.tsx";
import { SelectField, TextArea } from "#app/ui/office/form-card.tsx";
import { RadioField } from "#app/ui/radio-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { type SectionFacts, type SectionProps, useField } from "./section-facts.ts";
import { NeedsFields, StoryFields } from "./section-lines.tsx";

/** The fields of one section. */
export function SectionFields({ section, facts }: { section: Section; facts: SectionFacts }) {
  const Fields = FIELDS[section];
  return <Fields facts={facts} />;
}

function Purpose({ facts }: SectionProps) {
  const { t, text } = useField({ facts });
  const { t: tc } = useTranslation("campaign");
  const species = facts.model === "" ? [] : SPECIES_OF[facts.model];
  return (
    <>
      {facts.amends ? (
        <>
          <input type="hidden" name="model" value={facts.values["model"]} />
          <input type="hidden" name="species" value={facts.values["species"]} />
        </>
      ) : (
        <div className="fields-two">
          <SelectField
            {...text("model")}
            empty={t("choose")}
            options={MODELS.map((model) => [model, tc(`model.${model}`)] as const)}
          />
          {species.length > 1 ? (
            <SelectField
              {...text("species")}
              empty={t("choose")}
              options={species.map((one) => [one, tc(`speciesShort.${one}`)] as const)}
            />
          ) : null}
        </div>
      )}
      <TextField {...text("titleVi")} hint={t("hint.titleVi")} />
      <TextArea {...text("summaryVi")} hint={t("hint.summaryVi")} rows={3} />
      <p className="hint">{t("hint.english")}</p>
      <TextField {...text("titleEn")} />
      <TextArea {...text("summaryEn")} rows={3} lang="en" />
    </>
  );
}

function Offices({ facts }: SectionProps) {
  const { t, text, locale } = useField({ facts });
  const name = (one: DraftChoices["twins"][number]) => (locale === "vi" ? one.nameVi : one.nameEn);
  const proposed = facts.choices.twins.filter((one) => one.proposed);
  return (
    <>
      <SelectField
        {...text("twin")}
        hint={
          proposed.length > 0
            ? t("hint.twinProposed", { twin: proposed.map(name).join(", ") })
            : t("hint.twin")
        }
        empty={t("choose")}
        options={facts.choices.twins.map((one) => [one.id, name(one)] as const)}
      />
      <SelectField
        {...text("responsible")}
        empty={t("choose")}
        options={facts.choices.offices.map((one) => [one.id, name(one)] as const)}
      />
      <SelectField
        {...text("reportingMonths")}
        hint={t("hint.reportingMonths")}
        options={REPORTING_MONTHS.map((n) => [`${n}`, t("months", { count: n })] as const)}
      />
    </>
  );
}

function Households({ facts }: SectionProps) {
  const { t, text } = useField({ facts });
  return (
    <>
      <p className="hint">{t("hint.households")}</p>
      <div className="fields-short">
        {(["poor", "nearPoor", "escaped", "leader"] as const).map((name) => (
          <TextField key={name} {...text(name)} inputMode="numeric" maxLength={6} />
        ))}
      </div>
    </>
  );
}

function Account({ facts }: SectionProps) {
  const { t, text } = useField({ facts });
  return (
    <SelectField
      {...text("bankAccount")}
      hint={t("hint.bankAccount")}
      empty={t("choose")}
      options={facts.choices.accounts.map(
        ({ id, holder, bankName, number }) => [id, `${holder}, ${bankName} ${number}`] as const,
      )}
    />
  );
}

function Time({ facts }: SectionProps) {
  const { t, text } = useField({ facts });
  return (
    <div className="fields-two">
      <DayField {...text("startsOn")} />
      <DayField {...text("endsOn")} />
      {facts.amends ? <DayField {...text("closedOn")} hint={t("hint.closedOn")} /> : null}
    </div>
  );
}

function Decision({ facts }: SectionProps) {
  const { t, text } = useField({ facts });
  const file = text("decisionFile");
  return (
    <>
      <div className="fields-two">
        <TextField {...text("decisionNumber")} maxLength={60} />
        <DayField {...text("decisionDate")} />
      </div>
      <input type="hidden" name="decisionFile" value={file.defaultValue} />
      <FileField
        id="decision"
        name="decision"
        kind="decision"
        label={file.label}
        hint={
          facts.decisionName
            ? t("hint.decisionOnFile", { name: facts.decisionName })
            : t("hint.decisionFile")
        }
        error={file.error}
        kept={facts.kept}
        refused={facts.refused}
      />
    </>
  );
}

function Plans({ facts }: SectionProps) {
  const { t, text } = useField({ facts });
  const { t: tc } = useTranslation("campaign");
  return (
    <>
      <RadioField
        id="surplus"
        name="surplus"
        legend={t("field.surplus")}
        value={facts.values["surplus"]}
        error={facts.wrong["surplus"]}
        options={SURPLUS_PLANS.map((plan) => ({ value: plan, label: tc(`surplus.${plan}`) }))}
      />
      <SelectField
        {...text("surplusTo")}
        hint={t("hint.surplusTo")}
        empty={t("none")}
        options={facts.choices.campaigns.map(({ id, title }) => [id, `${id}: ${title}`] as const)}
      />
      <RadioField
        id="shortfall"
        name="shortfall"
        legend={t("field.shortfall")}
        value={facts.values["shortfall"]}
        error={facts.wrong["shortfall"]}
        options={SHORTFALL_PLANS.map((plan) => ({ value: plan, label: tc(`shortfall.${plan}`) }))}
      />
      {facts.model === "livestock" ? (
        <div className="fields-two">
          <TextField {...text("passOnHeads")} hint={t("hint.passOnHeads")} inputMode="numeric" />
          <TextField
            {...text("passOnAgeDays")}
            hint={t("hint.passOnAgeDays")}
            inputMode="numeric"
          />
        </div>
      ) : null}
    </>
  );
}

function Change({ facts }: SectionProps) {
  const { t, text } = useField({ facts });
  const { t: tc } = useTranslation("campaign");
  return (
    <SelectField
      {...text("reason")}
      hint={t("hint.reason")}
      empty={t("choose")}
      options={AMEND_REASONS.map((reason) => [reason, tc(`amendReason.${reason}`)] as const)}
    />
  );
}

const FIELDS: Readonly<Record<Section, (props: SectionProps) => ReactNode>> = {
  purpose: Purpose,
  offices: Offices,
  households: Households,
  needs: NeedsFields,
  account: Account,
  time: Time,
  decision: Decision,
  plans: Plans,
  story: StoryFields,
  change: Change,
};
