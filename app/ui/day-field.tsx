import type { ComponentProps } from "react";

import { isDay } from "#app/domain/kernel/calendar.ts";
import { day } from "#app/i18n/formats.ts";

import { TextField } from "./text-field.tsx";

/** How a day is typed, for an empty field. */
export const EXAMPLE_DAY = "23/11/2026";

/** A day as it stands in a field: as people write it here, whatever the language of the browser; what is none, as typed. */
export function dayInField(value: string): string {
  return isDay(value) ? day(value) : value;
}

/**
 * A day, typed as `23/11/2026` and read by `typed-day.ts`. A native picker would ask for month and day the other way round
 * on an English phone, beside pages that say day first.
 */
export function DayField({
  defaultValue = "",
  ...field
}: Omit<ComponentProps<typeof TextField>, "type" | "inputMode" | "defaultValue" | "min" | "max"> & {
  readonly defaultValue?: string | undefined;
}) {
  return (
    <TextField
      autoComplete="off"
      placeholder={EXAMPLE_DAY}
      {...field}
      inputMode="numeric"
      maxLength={20}
      defaultValue={dayInField(defaultValue)}
    />
  );
}
