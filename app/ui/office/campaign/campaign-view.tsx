import { useTranslation } from "react-i18next";

import type { CampaignDesk } from "#app/domain/campaigns/draft-ports.ts";
import { day } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { StepButton } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { useSite } from "#app/ui/site.ts";
import { problemText } from "#app/ui/problem-text.ts";

/** A published campaign: where it is public, how it became what it is, and the way to its next version. */
export function CampaignView(props: {
  facts: {
    readonly campaign: CampaignDesk;
    readonly open: string | undefined;
    readonly may: Readonly<Record<"amend" | "tell" | "request" | "file", boolean>>;
    readonly key: string;
  };
  problem: string | undefined;
}) {
  const { campaign, open, may, key } = props.facts;
  const { t } = useTranslation("office-campaign");
  const { locale, to } = useSite();
  return (
    <OfficePage
      title={campaign.title}
      eyebrow={`${campaign.id} · ${campaign.communeName}`}
      crumbs={[[t("list.title"), OFFICE_PAGES.campaigns]]}
      actions={
        <a className="button quiet small" href={to("campaign", { slug: campaign.slug })}>
          {t("campaign.public")}
        </a>
      }
    >
      {props.problem ? (
        <p className="notice bad">{problemText(t, locale, { code: props.problem })}</p>
      ) : null}
      {open ? (
        <p className="notice">
          {t("campaign.open")}{" "}
          <a href={officePath("campaign", { draft: open })}>{t("campaign.openLink")}</a>
        </p>
      ) : null}
      {may.request || may.file || may.tell || may.amend ? (
        <Section id="do" title={t("campaign.do")}>
          <ul className="choice-list">
            {may.request ? (
              <Choice
                href={`${OFFICE_PAGES.newOrder}?kind=disbursement&campaign=${campaign.id}`}
                name="request"
              />
            ) : null}
            {may.file ? (
              <Choice href={officePath("progressOf", { campaign: campaign.id })} name="file" />
            ) : null}
            {may.tell ? (
              <Choice href={officePath("news", { draft: campaign.id })} name="tell" />
            ) : null}
            {may.amend ? (
              <li>
                <span className="soft">{t("campaign.amendText")}</span>
                <StepButton intent="amend" label={t("campaign.amend")} hidden={{ key }} quiet />
              </li>
            ) : null}
          </ul>
        </Section>
      ) : null}
      <Section id="facts" title={t("campaign.facts")}>
        <dl className="facts wide">
          <div className="fact">
            <dt>{t("campaign.version")}</dt>
            <dd>
              <a href={to("campaignVersions", { slug: campaign.slug })}>{campaign.version}</a>
            </dd>
          </div>
          <div className="fact">
            <dt>{t("field.startsOn")}</dt>
            <dd>{day(campaign.startsOn)}</dd>
          </div>
          <div className="fact">
            <dt>{t("field.endsOn")}</dt>
            <dd>{day(campaign.endsOn)}</dd>
          </div>
          {campaign.closedOn ? (
            <div className="fact">
              <dt>{t("field.closedOn")}</dt>
              <dd>{day(campaign.closedOn)}</dd>
            </div>
          ) : null}
        </dl>
      </Section>
      <Section id="drafts" title={t("campaign.drafts")}>
        {campaign.drafts.length === 0 ? (
          <p className="empty">{t("campaign.noDrafts")}</p>
        ) : (
          <ul className="plain-list">
            {campaign.drafts.map(({ id, version }) => (
              <li key={id}>
                <a href={officePath("campaign", { draft: id })}>
                  {t("campaign.draftOf", { n: version })}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </OfficePage>
  );
}

/** One thing to do with the campaign, and what it is for. */
function Choice({ href, name }: { href: string; name: "request" | "file" | "tell" }) {
  const { t } = useTranslation("office-campaign");
  return (
    <li>
      <a href={href}>{t(`campaign.${name}`)}</a>
      <span className="soft">{t(`campaign.${name}Text`)}</span>
    </li>
  );
}
