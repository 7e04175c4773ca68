import { useTranslation } from "react-i18next";

import type { CampaignPage } from "#app/domain/campaigns/ports.ts";
import type { NoticeListing } from "#app/domain/notices/ports.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import { number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";
import { communeName } from "#app/ui/tracing/names.ts";

const HEADS: ReadonlySet<string> = new Set(["BO", "DE"]);

/** Where a campaign goes on: every animal, the lists of its households, its gifts, the pair it belongs to. */
export function Chain(props: {
  campaign: Pick<
    CampaignPage,
    "id" | "slug" | "species" | "things" | "gifts" | "commune" | "communeNow"
  >;
  notices: readonly NoticeListing[];
}) {
  const { campaign, notices } = props;
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const place = campaign.communeNow ?? campaign.commune;
  return (
    <ul className="chain">
      {campaign.things === 0 ? null : (
        <li>
          <a href={to("campaignThings", { slug: campaign.slug })}>
            {t(HEADS.has(campaign.species) ? "chain.things" : "chain.thingsPlain", {
              things: t(`things.${campaign.species}`, { count: campaign.things }),
            })}
          </a>
        </li>
      )}
      {notices.map(({ id, round, households }) => (
        <li key={id}>
          <a href={to("notice", { notice: id })}>
            {t(round === 1 ? "chain.list" : "chain.listOfRound", {
              count: households,
              n: number(locale, households),
              round,
            })}
          </a>
        </li>
      ))}
      {campaign.gifts === 0 ? null : (
        <li>
          <a href={`${to("ledger")}?campaign=${campaign.id}&kind=gift`}>
            {t("chain.gifts", { count: campaign.gifts, n: number(locale, campaign.gifts) })}
          </a>
        </li>
      )}
      <li>
        <a href={to("commune", { commune: communeAddress(place) })}>
          {t("chain.commune", { name: communeName(locale, place) })}
        </a>
      </li>
    </ul>
  );
}
