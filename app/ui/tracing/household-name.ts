import { listOfLine } from "#app/domain/open-data/told-households.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import type { Locale } from "#app/i18n/paths.ts";

/** A household as words name it after "household": its code, or the list it is one of. */
export function householdName(locale: Locale, told: string): string {
  const list = listOfLine(told);
  return list === undefined ? told : wordsFor(locale, "notices")("one.ofList", { list });
}
