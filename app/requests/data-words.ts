import { readme } from "#app/domain/open-data/readme.ts";
import type { DataWords } from "#app/domain/open-data/words.ts";
import { instanceFor } from "#app/i18n/instance.ts";
import { type Locale, LOCALES } from "#app/i18n/paths.ts";

/** What is said of the data in a language. */
export function dataWords(locale: Locale): DataWords {
  return instanceFor(locale).getResourceBundle(locale, "data") as DataWords;
}

/** The README of the data, in Vietnamese and then in English. */
export function dataReadme(demo: boolean): string {
  return LOCALES.map((locale) => readme(dataWords(locale), { demo })).join("\n\n");
}
