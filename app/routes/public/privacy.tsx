import { KNOWN_PLACE_LIVES, TRIES_LIVE } from "#app/domain/people/sign-in-limits.ts";
import { LIVES } from "#app/domain/people/sign-in.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { PAYER_MARK_LIVES } from "#app/requests/payer-marks.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { Prose } from "#app/ui/prose.tsx";
import type { Route } from "./+types/privacy";

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "about");
  return pageMeta(t("privacy.title"), t("privacy.description"));
}

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];

/** How long what is kept: the very figures that the code goes by. */
const PERIODS = {
  sessionHours: LIVES.session / HOUR,
  donorLinkMinutes: LIVES.donorLink / MINUTE,
  passwordLinkMinutes: LIVES.passwordLink / MINUTE,
  invitationDays: LIVES.invitation / DAY,
  triesDays: Math.ceil(TRIES_LIVE / DAY),
  knownPlaceDays: KNOWN_PLACE_LIVES / DAY,
  payerHours: PAYER_MARK_LIVES / HOUR,
};

export default function PrivacyPage() {
  return <Prose page="privacy" figures={PERIODS} />;
}
