import type { TFunction } from "i18next";

import { isDay } from "#app/domain/kernel/calendar.ts";
import { day } from "#app/i18n/formats.ts";

/** What was refused, in a sentence; days among its facts as people write them. */
export function problemText(
  t: TFunction<"office-road">,
  { code, facts }: { readonly code: string; readonly facts: Readonly<Record<string, string>> },
): string {
  const told = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, isDay(value) ? day(value) : value]),
  );
  return t([`problem.${code}`, "problem.other"], told);
}
