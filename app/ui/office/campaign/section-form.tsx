import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { AMEND_REASONS, BREACHES, NORM_REASONS } from "#app/domain/campaigns/campaign-reasons.ts";
import {
  REPORTING_MONTHS,
  type Section,
  SHORTFALL_PLANS,
  SPECIES_OF,
  SURPLUS_PLANS,
} from "#app/domain/campaigns/draft-content.ts";
import type { DraftChoices } from "#app/domain/campaigns/draft-ports.ts";
import { LONGEST } from "#app/domain/campaigns/draft-problems.ts";
import { type Model, MODELS } from "#app/domain/campaigns/ports.ts";
import type { NormTerms } from "#app/domain/campaigns/terms.ts";
import { money } from "#app/i18n/formats.ts";
import {
  type CatalogueTitle,
  MOST_NEEDS,
  MOST_PICTURES,
  NEW_NEEDS,
  type Typed,
} from "#app/ui/forms/draft-form.ts";
import { FileField, type KeptUpload, type RefusedUpload } from "#app/ui/office/file-field.tsx";
import { SelectField, TextArea } from "#app/ui/office/form-card.tsx";
import { RadioField } from "#app/ui/radio-field.tsx";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** What a section's fields are drawn from. */
export interface SectionFacts {
  readonly values: Typed;
  /** What is wrong, in words, by field. */
  readonly wrong: Readonly<Record<string, string | undefined>>;
  readonly model: Model | "";
  readonly amends: boolean;
  readonly norm: NormTerms | undefined;
  readonly choices: DraftChoices;
  readonly catalogue: readonly CatalogueTitle[];
  /** Files of the form that an earlier attempt brought. */
  readonly kept: readonly KeptUpload[];
  readonly refused: readonly RefusedUpload[];
  /** Name of the decision that is on file. */
  readonly decisionName: string | undefined;
}

/** The fields of one section. */
export function SectionFields({ section, facts }: { section: Section; facts: SectionFacts }) {
  const Fields = FIELDS[section];
  return <Fields facts={facts} />;
}

type Props = { facts: SectionFacts };

function useField({ facts }: Props) {
  const { t } = useTranslation("office-campaign");
  const text = (name: string, label = name) => ({
    id: name,
    name,
    label: t(`field.${label}`),
    defaultValue: facts.values[name] ?? "",
    error: facts.wrong[name],
  });
  return { t, text, locale: useLocale() };
}

function Purpose({ facts }: Props) {
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
      <TextField {...text("titleVi")} hint={t("hint.titleVi")} maxLength={LONGEST.title} />
      <TextArea
        {...text("summaryVi")}
        hint={t("hint.summaryVi")}
        rows={3}
        maxLength={LONGEST.summary}
      />
      <p className="hint">{t("hint.english")}</p>
      <TextField {...text("titleEn")} maxLength={LONGEST.title} />
      <TextArea {...text("summaryEn")} rows={3} maxLength={LONGEST.summary} lang="en" />
    </>
  );
}

function Offices({ facts }: Props) {
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

function Households({ facts }: Props) {
  const { t, text } = useField({ facts });
  return (
    <>
      <p className="hint">{t("hint.households")}</p>
      <div className="fields-two">
        {(["poor", "nearPoor", "escaped", "leader"] as const).map((name) => (
          <TextField key={name} {...text(name)} inputMode="numeric" maxLength={6} />
        ))}
      </div>
    </>
  );
}

function Needs({ facts }: Props) {
  const { t, text, locale } = useField({ facts });
  const { t: tc } = useTranslation("campaign");
  const { norm, values } = facts;
  const filled = Array.from({ length: MOST_NEEDS }, (_, n) => n).filter(
    (n) => (values[`need-${n}-titleVi`] ?? "") !== "",
  ).length;
  const rows = Math.min(MOST_NEEDS, filled + NEW_NEEDS);
  return (
    <>
      {norm ? (
        <RadioField
          id="byNorm"
          name="byNorm"
          legend={t("field.byNorm")}
          value={values["byNorm"]}
          options={[
            {
              value: "yes",
              label: t("needs.byNorm"),
              hint: t("needs.norm", {
                count: norm.perHousehold,
                price: money(locale, norm.unitPrice),
              }),
            },
            { value: "no", label: t("needs.own"), hint: t("needs.ownHint") },
          ]}
        />
      ) : null}
      {norm
        ? BREACHES.map((breach) => (
            <SelectField
              key={breach}
              {...text(`normReason-${breach}`)}
              empty={t("needs.noBreach")}
              options={NORM_REASONS[breach].map(
                (reason) => [reason, tc(`normReason.${reason}`)] as const,
              )}
            />
          ))
        : null}
      <datalist id="catalogue">
        {facts.catalogue.map(({ id, vi }) => (
          <option key={id} value={vi} />
        ))}
      </datalist>
      {facts.wrong["needs"] ? <p className="field-error">{facts.wrong["needs"]}</p> : null}
      {Array.from({ length: rows }, (_, n) => (
        <fieldset key={n} className="need-line" id={n === 0 ? "needs" : undefined}>
          <legend>{t("needs.line", { n: n + 1 })}</legend>
          <NeedText {...text(`need-${n}-titleVi`, "needTitleVi")} list="catalogue" />
          <div className="fields-two">
            <TextField {...text(`need-${n}-quantity`, "quantity")} inputMode="numeric" />
            <TextField {...text(`need-${n}-unitVi`, "unitVi")} placeholder={t("hint.unit")} />
            <TextField {...text(`need-${n}-unitPrice`, "unitPrice")} inputMode="numeric" />
            <TextField {...text(`need-${n}-titleEn`, "needTitleEn")} />
            <TextField {...text(`need-${n}-unitEn`, "unitEn")} />
          </div>
        </fieldset>
      ))}
    </>
  );
}

/** A text with the titles of the catalogue to choose from. */
function NeedText(props: {
  id: string;
  name: string;
  label: string;
  defaultValue: string;
  error?: string | undefined;
  list: string;
}) {
  const { id, label, error, ...input } = props;
  return (
    <div className={error ? "field field-wrong" : "field"}>
      <label htmlFor={id}>{label}</label>
      {error ? (
        <span className="field-error" id={`${id}-error`}>
          {error}
        </span>
      ) : null}
      <input
        id={id}
        {...input}
        autoComplete="off"
        aria-describedby={error ? `${id}-error` : undefined}
        aria-invalid={error ? true : undefined}
      />
    </div>
  );
}

function Account({ facts }: Props) {
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

function Time({ facts }: Props) {
  const { t, text } = useField({ facts });
  return (
    <div className="fields-two">
      <TextField {...text("startsOn")} type="date" />
      <TextField {...text("endsOn")} type="date" />
      {facts.amends ? (
        <TextField {...text("closedOn")} type="date" hint={t("hint.closedOn")} />
      ) : null}
    </div>
  );
}

function Decision({ facts }: Props) {
  const { t, text } = useField({ facts });
  const file = text("decisionFile");
  return (
    <>
      <div className="fields-two">
        <TextField {...text("decisionNumber")} maxLength={60} />
        <TextField {...text("decisionDate")} type="date" />
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

function Plans({ facts }: Props) {
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

function Story({ facts }: Props) {
  const { t, text } = useField({ facts });
  const pictures = Array.from({ length: MOST_PICTURES }, (_, n) => n).filter(
    (n) => (facts.values[`picture-${n}-file`] ?? "") !== "",
  );
  return (
    <>
      <TextArea {...text("storyVi")} hint={t("hint.storyVi")} rows={10} maxLength={LONGEST.story} />
      <TextArea {...text("storyEn")} rows={8} maxLength={LONGEST.story} lang="en" />
      {facts.wrong["pictures"] ? <p className="field-error">{facts.wrong["pictures"]}</p> : null}
      {pictures.map((n) => (
        <fieldset key={n} className="need-line" id={n === 0 ? "pictures" : undefined}>
          <legend>{t("story.picture", { n: n + 1 })}</legend>
          <input
            type="hidden"
            name={`picture-${n}-file`}
            value={facts.values[`picture-${n}-file`]}
          />
          <div className="fields-two">
            <TextField {...text(`picture-${n}-altVi`, "altVi")} maxLength={200} />
            <TextField {...text(`picture-${n}-altEn`, "altEn")} maxLength={200} />
          </div>
          <label className="file-drop">
            <input type="checkbox" name={`picture-${n}-drop`} value="yes" />
            <span>{t("story.drop")}</span>
          </label>
        </fieldset>
      ))}
      {pictures.length < MOST_PICTURES ? (
        <FileField
          id="photos"
          name="photos"
          kind="photo"
          multiple
          label={t("field.photos")}
          hint={t("hint.photos")}
          kept={facts.kept}
          refused={facts.refused}
        />
      ) : null}
    </>
  );
}

function Change({ facts }: Props) {
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

const FIELDS: Readonly<Record<Section, (props: Props) => ReactNode>> = {
  purpose: Purpose,
  offices: Offices,
  households: Households,
  needs: Needs,
  account: Account,
  time: Time,
  decision: Decision,
  plans: Plans,
  story: Story,
  change: Change,
};
