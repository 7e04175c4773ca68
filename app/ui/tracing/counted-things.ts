import type { TFunction } from "i18next";

import { number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import type { Locale } from "#app/i18n/paths.ts";

/** Several things of a gift by what they are called, `27 con bò`; of several kinds only counted. */
export function countedThings(
  species: readonly string[],
  count: number,
  t: TFunction<"donation">,
  locale: Locale,
): string {
  const kinds = new Set(species);
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined
    ? wordsFor(locale, "campaign")(`things.${only}`, { count })
    : t("flow.manyThings", { n: number(locale, count) });
}
