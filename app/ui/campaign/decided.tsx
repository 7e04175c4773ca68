import { useTranslation } from "react-i18next";

import type { CampaignPage, Office } from "#app/domain/campaigns/ports.ts";
import { day } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

/** Both offices, what the others said, the decision with its digest, and what has changed since (features.md #7). */
export function Decided({ campaign }: { campaign: CampaignPage }) {
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const { draftedBy, publishedBy, opinions, decisionDigest, version } = campaign;
  return (
    <section className="section" aria-labelledby="decided">
      <h2 id="decided">{t("decided.title")}</h2>
      <dl className="facts wide">
        {draftedBy ? (
          <>
            <dt>{t("decided.draftedBy")}</dt>
            <dd>
              <OfficeName office={draftedBy} />
            </dd>
          </>
        ) : null}
        {opinions.map(({ side, office, verdict }) => (
          <div key={side} className="fact">
            <dt>{t(`decided.side.${side}`)}</dt>
            <dd>
              {office ? `${office[locale]}: ` : ""}
              {t(`decided.verdict.${verdict ?? "silent"}`)}
            </dd>
          </div>
        ))}
        <dt>{t("who.publishedBy", { day: day(campaign.publishedOn) })}</dt>
        <dd>
          <OfficeName office={publishedBy} />
        </dd>
        <dt>{t("who.decision")}</dt>
        <dd>
          {t("who.decisionOf", {
            number: campaign.decisionNumber,
            day: day(campaign.decisionDate),
          })}
          {decisionDigest ? (
            <span className="digest">
              {t("decided.digest")} <code>{decisionDigest}</code>
            </span>
          ) : null}
        </dd>
        <dt>{t("decided.version")}</dt>
        <dd>
          {version === 1
            ? t("decided.unchanged")
            : t("decided.changed", { n: version, day: day(campaign.versionOn) })}{" "}
          <a href={to("campaignVersions", { slug: campaign.slug })}>{t("decided.versions")}</a>
        </dd>
      </dl>
    </section>
  );
}

function OfficeName({ office }: { office: Office }) {
  const { t } = useTranslation("campaign");
  const { locale } = useSite();
  return (
    <>
      {office.name[locale]}
      {office.successor && office.successor.vi !== office.name.vi ? (
        <span className="hint"> {t("who.now", { office: office.successor[locale] })}</span>
      ) : null}
    </>
  );
}
