import { useTranslation } from "react-i18next";

import type { CampaignPage } from "#app/domain/campaigns/ports.ts";
import type { CampaignState } from "#app/domain/campaigns/state.ts";
import { useSite } from "#app/ui/site.ts";

import { stillMissing } from "./still-missing.ts";

/** What is still missing and for how many days, in one line. */
export function Remaining(props: {
  campaign: CampaignPage;
  state: CampaignState;
  daysLeft: number;
}) {
  const { t } = useTranslation("campaign");
  const { locale } = useSite();
  return (
    <span className="remaining">
      <strong>{stillMissing(props.campaign, props.state, t, locale)}</strong>
      {" · "}
      <span className="days">{t("daysLeft", { count: props.daysLeft })}</span>
    </span>
  );
}

/** On phones the way to give stays at the foot of the window while the page is read; on wide windows the panel does. */
export function GiveBar(props: { campaign: CampaignPage; state: CampaignState; daysLeft: number }) {
  const { t } = useTranslation("campaign");
  const { to } = useSite();
  return (
    <p className="give-bar only-narrow no-print">
      <Remaining {...props} />
      <a className="button" href={to("give", { slug: props.campaign.slug })}>
        {t("give.title")}
      </a>
    </p>
  );
}
