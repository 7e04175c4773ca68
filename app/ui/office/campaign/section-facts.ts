import type { Model } from "#app/domain/campaigns/model.ts";
import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";

import type { DraftChoices } from "#app/domain/campaigns/draft-ports.ts";
import type { NormTerms } from "#app/domain/campaigns/terms.ts";
import type { CatalogueTitle, Typed } from "#app/ui/forms/draft-form.ts";
import type { KeptUpload, RefusedUpload } from "#app/ui/office/file-field.tsx";
import { useLocale } from "#app/ui/site.ts";

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

/** What the fields of every section are given. */
export type SectionProps = { readonly facts: SectionFacts };

/** Words, and what a field of this name begins with and says. */
export function useField({ facts }: SectionProps) {
  const { t } = useTranslation("office-campaign");
  const text = (name: string, label = name) => ({
    id: name,
    name,
    label: t(`field.${label}`),
    defaultValue: own(facts.values, name) ?? "",
    error: own(facts.wrong, name),
  });
  return { t, text, locale: useLocale() };
}
