import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { CampaignSummary } from "#app/domain/campaigns/ports.ts";
import { type CampaignState, stillNeeded } from "#app/domain/campaigns/state.ts";
import { unitsMissing } from "#app/domain/campaigns/unit-counts.ts";
import { day, shortMoney } from "#app/i18n/formats.ts";
import { placeInSentence, placeName } from "#app/i18n/place-names.ts";

import { ownLanguage } from "./own-language.ts";
import { useSite } from "./site.ts";
import { StageBar } from "./stage-bar.tsx";

/** A campaign in a list. `heading` is the level that fits the page. */
export function CampaignCard(props: {
  campaign: CampaignSummary;
  state: CampaignState;
  /** No new pledge is taken: its progress statement is overdue. */
  heldUp?: boolean;
}) {
  const { campaign, state } = props;
  const { t } = useTranslation("campaign");
  const { t: tp } = useTranslation("progress");
  const { locale, to } = useSite();
  const place = campaign.communeNow ?? campaign.commune;
  return (
    <li className="card campaign-card">
      <ul className="chips">
        <li className="chip">{t(`speciesShort.${campaign.species}`)}</li>
        <li className="chip">
          {placeName(locale, place.fullName)}, {placeInSentence(locale, campaign.district.fullName)}
        </li>
        {state === "open" ? null : <li className="chip">{t(`state.${state}`)}</li>}
        {props.heldUp ? <li className="chip">{tp("heldUp.chip")}</li> : null}
      </ul>
      <h3>
        <a
          href={to("campaign", { slug: campaign.slug })}
          lang={ownLanguage(campaign.title, locale)}
        >
          {campaign.title[locale]}
        </a>
      </h3>
      <div className="end">
        <StageBar totals={campaign.totals} goal={campaign.goal} />
        <p>
          <strong>{missing(campaign, state, t, locale)}</strong>
          <span className="soft">
            {" · "}
            <span className="amount">
              {t("goalShort", { amount: shortMoney(locale, campaign.goal) })}
            </span>
          </span>
        </p>
      </div>
    </li>
  );
}

/** What is still missing, in things where they can be counted, else in đồng; or why nothing is. */
function missing(
  campaign: CampaignSummary,
  state: CampaignState,
  t: TFunction<"campaign">,
  locale: "vi" | "en",
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
