import { useTranslation } from "react-i18next";

import type { Lateness } from "#app/domain/campaigns/lateness.ts";

import { State, type Tone } from "./state.tsx";

const TONES: Readonly<Record<Lateness["is"], Tone>> = {
  "not-asked": "plain",
  done: "over",
  "in-time": "good",
  late: "waiting",
  "held-up": "bad",
};

/** Where a campaign stands with its statements, in a word or two. */
export function LatenessState({ lateness }: { lateness: Lateness }) {
  const { t } = useTranslation("office-twinning");
  const late = lateness.is === "late" || lateness.is === "held-up";
  const word = t(`progress.is.${lateness.is}`);
  return (
    <State tone={TONES[lateness.is]}>
      {late ? `${word}, ${t("progress.days", { count: lateness.daysLate })}` : word}
    </State>
  );
}
