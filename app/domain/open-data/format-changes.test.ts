import { expect, test } from "vitest";

import { wordsFor } from "#app/i18n/instance.ts";

import { isDay } from "../kernel/calendar.ts";
import { FORMAT_CHANGES } from "./format-changes.ts";

test("changes of the format stand newest first, each in words of both languages", () => {
  const days = FORMAT_CHANGES.map(({ on }) => on);
  expect(days.every(isDay)).toBe(true);
  expect(days).toEqual(days.toSorted().toReversed());
  for (const locale of ["vi", "en"] as const) {
    const t = wordsFor(locale, "open-data");
    const unsaid = FORMAT_CHANGES.filter(({ what }) => t(`changes.${what}`) === `changes.${what}`);
    expect(unsaid).toEqual([]);
  }
});
