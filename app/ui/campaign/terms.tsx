import { useTranslation } from "react-i18next";

import type { CampaignPage } from "#app/domain/campaigns/ports.ts";
import { number } from "#app/i18n/formats.ts";
import { ownLanguage } from "#app/ui/own-language.ts";
import { useSite } from "#app/ui/site.ts";

/** What is agreed about a campaign besides its needs. */
export type Terms = Pick<
  CampaignPage,
  | "model"
  | "species"
  | "targets"
  | "surplus"
  | "surplusTo"
  | "shortfall"
  | "normReasons"
  | "reportingMonths"
  | "passOn"
>;

const CATEGORIES = ["poor", "nearPoor", "escaped", "leader"] as const;

/** Who it is for, by category, and what happens with too much, too little, offspring, and news. */
export function TermsSection({ terms }: { terms: Terms }) {
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const { targets, surplusTo, shortfall, normReasons, passOn } = terms;
  return (
    <section className="section" aria-labelledby="terms">
      <h2 id="terms">{t("terms.title")}</h2>
      <dl className="facts wide">
        {targets ? (
          <>
            <dt>{t("terms.who")}</dt>
            <dd>
              <ul className="plain-list">
                {CATEGORIES.filter((category) => targets[category] > 0).map((category) => (
                  <li key={category}>
                    {t(`target.${category}`, {
                      count: targets[category],
                      n: number(locale, targets[category]),
                    })}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        ) : null}
        {normReasons.length > 0 ? (
          <>
            <dt>{t("terms.norm")}</dt>
            <dd>
              <ul className="plain-list">
                {normReasons.map((reason) => (
                  <li key={reason}>{t(`normReason.${reason}`)}</li>
                ))}
              </ul>
            </dd>
          </>
        ) : null}
        <dt>{t("terms.surplus")}</dt>
        <dd>
          {t(`surplus.${terms.surplus}`)}
          {surplusTo ? (
            <>
              {" "}
              <a
                href={to("campaign", { slug: surplusTo.slug })}
                lang={ownLanguage(surplusTo.title, locale)}
              >
                {surplusTo.title[locale]}
              </a>
            </>
          ) : null}
        </dd>
        {shortfall ? (
          <>
            <dt>{t("terms.shortfall")}</dt>
            <dd>{t(`shortfall.${shortfall}`)}</dd>
          </>
        ) : null}
        {passOn.heads > 0 ? (
          <>
            <dt>{t("terms.passOn")}</dt>
            <dd>{t("terms.passOnRule", { count: passOn.heads, days: passOn.ageDays })}</dd>
          </>
        ) : null}
        <dt>{t("terms.rhythm")}</dt>
        <dd>{t("terms.every", { count: terms.reportingMonths })}</dd>
      </dl>
    </section>
  );
}
