import { useTranslation } from "react-i18next";

import { BREACHES, NORM_REASONS } from "#app/domain/campaigns/campaign-reasons.ts";
import { money } from "#app/i18n/formats.ts";
import { MOST_NEEDS, MOST_PICTURES, NEW_NEEDS } from "#app/ui/forms/draft-form.ts";
import { FileField } from "#app/ui/office/file-field.tsx";
import { SelectField, TextArea } from "#app/ui/office/form-card.tsx";
import { RadioField } from "#app/ui/radio-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { type SectionProps, useField } from "./section-facts.ts";
import { PictureLinks } from "./section-view.tsx";

/** What is needed: by the norm, or line by line. */
export function NeedsFields({ facts }: SectionProps) {
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
          <option key={id} value={vi}>
            {vi}
          </option>
        ))}
      </datalist>
      {facts.wrong["needs"] ? <p className="field-error">{facts.wrong["needs"]}</p> : null}
      {Array.from({ length: rows }, (_, n) => (
        <fieldset key={n} className="need-line" id={n === 0 ? "needs" : undefined}>
          <legend>{t("needs.line", { n: n + 1 })}</legend>
          <TextField
            {...text(`need-${n}-titleVi`, "needTitleVi")}
            list="catalogue"
            autoComplete="off"
          />
          <div className="fields-short">
            <TextField {...text(`need-${n}-quantity`, "quantity")} inputMode="numeric" />
            <TextField {...text(`need-${n}-unitVi`, "unitVi")} placeholder={t("hint.unit")} />
            <TextField {...text(`need-${n}-unitPrice`, "unitPrice")} inputMode="numeric" />
          </div>
          <details className="need-english">
            <summary>{t("needs.english")}</summary>
            <div className="fields-two">
              <TextField {...text(`need-${n}-titleEn`, "needTitleEn")} />
              <TextField {...text(`need-${n}-unitEn`, "unitEn")} />
            </div>
          </details>
        </fieldset>
      ))}
    </>
  );
}

/** The story, and its pictures with what they show. */
export function StoryFields({ facts }: SectionProps) {
  const { t, text } = useField({ facts });
  const pictures = Array.from({ length: MOST_PICTURES }, (_, n) => n).filter(
    (n) => (facts.values[`picture-${n}-file`] ?? "") !== "",
  );
  return (
    <>
      <TextArea {...text("storyVi")} hint={t("hint.storyVi")} rows={10} />
      <TextArea {...text("storyEn")} rows={8} lang="en" />
      {facts.wrong["pictures"] ? <p className="field-error">{facts.wrong["pictures"]}</p> : null}
      {pictures.map((n) => (
        <fieldset key={n} className="need-line" id={n === 0 ? "pictures" : undefined}>
          <legend>{t("story.picture", { n: n + 1 })}</legend>
          <PictureLinks files={[{ file: facts.values[`picture-${n}-file`] ?? "", altVi: "" }]} />
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
