import { useTranslation } from "react-i18next";

import type { HealthState } from "#app/domain/health/report.ts";
import type { Seconds } from "#app/domain/kernel/calendar.ts";
import { clockAt, dayAt } from "#app/i18n/formats.ts";

import type { Tone } from "../state.tsx";

/** How each state looks; the words stand beside it. */
export const HEALTH_TONES: Readonly<Record<HealthState, Tone>> = {
  ok: "good",
  degraded: "waiting",
  failing: "bad",
};

/** A moment as words take it. */
export function momentOf(at: Seconds): { readonly day: string; readonly time: string } {
  return { day: dayAt(at), time: clockAt(at) };
}

const UNITS = [
  ["days", 86_400],
  ["hours", 3_600],
  ["minutes", 60],
] as const;

/** A length of time in its largest whole unit, such as `3 giờ`. */
export function useAge() {
  const { t } = useTranslation("office-health");
  return (seconds: number): string => {
    const unit = UNITS.find(([, length]) => seconds >= length);
    return unit
      ? t(`age.${unit[0]}`, { count: Math.floor(seconds / unit[1]) })
      : t("age.seconds", { count: Math.round(seconds) });
  };
}
