import { useTranslation } from "react-i18next";

import type { CampaignSummary } from "#app/domain/campaigns/ports.ts";
import type { CampaignState } from "#app/domain/campaigns/state.ts";
import { shortMoney } from "#app/i18n/formats.ts";
import { placeInSentence, placeName } from "#app/i18n/place-names.ts";

import { stillMissing } from "./campaign/still-missing.ts";
import { ownLanguage } from "./own-language.ts";
import { useSite } from "./site.ts";
import { StageBar } from "./stage-bar.tsx";

/** A campaign in a list. `heading` is the level that fits the page. */
export function CampaignCard(props: {
  campaign: CampaignSummary;
  state: CampaignState;
  /** No new pledge is taken: its progress statement is overdue. */
  heldUp?: boolean;
  /** Days until its last one, where it is open. */
  daysLeft?: number;
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
          <strong>{stillMissing(campaign, state, t, locale)}</strong>
          <span className="soft">
            {state === "open" && props.daysLeft !== undefined ? (
              <>
                {" · "}
                <span className="amount">{t("daysLeft", { count: props.daysLeft })}</span>
              </>
            ) : null}
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
