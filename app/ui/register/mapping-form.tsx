import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";

import { CATEGORIES } from "#app/domain/register/household.ts";
import { IMPORT_FIELDS, type ImportMapping } from "#app/domain/register/import-sheet.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { TextField } from "#app/ui/text-field.tsx";

/** Which column is what, and what stands for all rows where there is no column. */
export function MappingForm(props: {
  mapping: ImportMapping;
  names: readonly { readonly name: string; readonly hidden: boolean }[];
  headings: readonly string[];
  example: readonly string[];
}) {
  const { t } = useTranslation("office-register");
  const { mapping, names, headings } = props;
  const columns = headings.map(
    (heading, at) =>
      [String(at), `${letters(at)} · ${heading || props.example[at] || t("none")}`] as const,
  );
  const text = (name: string) => String(own(mapping, name) ?? "");
  return (
    <FormCard
      id="mapping"
      title={t("import.columns")}
      lead={t("import.columnsLead")}
      intent="map"
      submit={t("import.compare")}
    >
      <div className="fields-two">
        <SelectField
          id="sheet"
          name="sheet"
          label={t("import.sheet")}
          defaultValue={text("sheet")}
          options={names.map(({ name, hidden }, at) => [
            String(at),
            hidden ? t("import.hidden", { name }) : name,
          ])}
        />
        <TextField
          id="first"
          name="first"
          label={t("import.first")}
          hint={t("import.firstHint")}
          defaultValue={String(Number(mapping["first"] ?? 0) + 1)}
          inputMode="numeric"
        />
      </div>
      {IMPORT_FIELDS.map((field) => (
        <SelectField
          key={field}
          id={`column-${field}`}
          name={field}
          label={t(`import.field.${field}`)}
          empty={t("import.noColumn")}
          defaultValue={text(field)}
          options={columns}
        />
      ))}
      <fieldset>
        <legend>{t("import.forAll")}</legend>
        <p className="hint">{t("import.forAllHint")}</p>
        <TextField
          id="village-all"
          name="village.all"
          label={t("field.village")}
          defaultValue={text("village.all")}
        />
        <SelectField
          id="category-all"
          name="category.all"
          label={t("field.category")}
          empty={t("none")}
          defaultValue={text("category.all")}
          options={CATEGORIES.map((one) => [one, t(`category.${one}`)])}
        />
        <div className="fields-two">
          <TextField
            id="categoryDecision-all"
            name="categoryDecision.all"
            label={t("field.categoryDecision")}
            defaultValue={text("categoryDecision.all")}
          />
          <DayField
            id="categoryOn-all"
            name="categoryOn.all"
            label={t("field.categoryOn")}
            hint={t("hint.day")}
            defaultValue={text("categoryOn.all")}
          />
        </div>
      </fieldset>
    </FormCard>
  );
}

/** The letters that a spreadsheet shows above a column. */
function letters(at: number): string {
  return at < 26
    ? String.fromCharCode(65 + at)
    : letters(Math.floor(at / 26) - 1) + letters(at % 26);
}
