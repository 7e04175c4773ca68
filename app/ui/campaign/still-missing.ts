import type { TFunction } from "i18next";

import type { CampaignSummary } from "#app/domain/campaigns/ports.ts";
import { type CampaignState, stillNeeded } from "#app/domain/campaigns/state.ts";
import { unitsMissing } from "#app/domain/campaigns/unit-counts.ts";
import { day, shortMoney } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";

/** What is still missing, in things where they can be counted, else in đồng; or why nothing is. */
export function stillMissing(
  campaign: CampaignSummary,
  state: CampaignState,
  t: TFunction<"campaign">,
  locale: Locale,
): string {
  if (state === "upcoming") return t("startsOn", { day: day(campaign.startsOn) });
  if (state === "full") return t("nothingMissing");
  if (state === "closed") {
    return t("closedShort", { amount: shortMoney(locale, campaign.totals.received) });
  }
  const units = campaign.units ? unitsMissing(campaign.units) : 0;
  return units > 0
    ? t("missing", { what: t(`things.${campaign.species}`, { count: units }) })
    : t("missing", { what: shortMoney(locale, stillNeeded(campaign)) });
}
