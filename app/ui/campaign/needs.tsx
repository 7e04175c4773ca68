import { useTranslation } from "react-i18next";

import type { CampaignPage as Campaign } from "#app/domain/campaigns/ports.ts";
import { money, number } from "#app/i18n/formats.ts";
import { ownLanguage } from "#app/ui/own-language.ts";
import { useSite } from "#app/ui/site.ts";

/** What the table is drawn from. */
export type NeedsFacts = Pick<
  Campaign,
  "needs" | "units" | "householdsNeeded" | "households" | "goal" | "species" | "things"
>;

/** What a campaign needs, line by line, computed from the norm where there is one, and how far each line is. */
export function Needs({ campaign }: { campaign: NeedsFacts }) {
  const { t } = useTranslation("campaign");
  const { locale } = useSite();
  const { needs, units } = campaign;
  const norm = needs[0]?.norm;
  const line = units && needs[0];
  return (
    <section className="section" aria-labelledby="needs">
      <h2 id="needs">{norm ? t("needs.byNorm") : t("needs.title")}</h2>
      <table className="stack">
        <caption className="visually-hidden">{t("needs.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("needs.what")}</th>
            <th scope="col" className="n">
              {t("needs.needed")}
            </th>
            {line ? (
              <>
                <th scope="col" className="n">
                  {t("needs.funded")}
                </th>
                <th scope="col" className="n">
                  {t("needs.bought")}
                </th>
                <th scope="col" className="n">
                  {t("needs.delivered")}
                </th>
              </>
            ) : null}
            <th scope="col" className="n">
              {norm ? t("needs.norm") : t("needs.price")}
            </th>
            {line ? null : (
              <th scope="col" className="n">
                {t("needs.sum")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {needs.map((need) => (
            <tr key={need.title.vi}>
              <th scope="row" lang={ownLanguage(need.title, locale)}>
                {need.title[locale]}
                {need.unit[locale] === "" ? null : (
                  <span className="soft"> ({need.unit[locale]})</span>
                )}
              </th>
              <td className="n" data-name={t("needs.needed")}>
                {number(locale, need.quantity)}
              </td>
              {need.counts ? (
                <>
                  <td className="n" data-name={t("needs.funded")}>
                    {number(locale, need.counts.funded)}
                  </td>
                  <td className="n" data-name={t("needs.bought")}>
                    {number(locale, need.counts.bought)}
                  </td>
                  <td className="n" data-name={t("needs.delivered")}>
                    {number(locale, need.counts.delivered)}
                  </td>
                </>
              ) : null}
              <td className="n" data-name={norm ? t("needs.norm") : t("needs.price")}>
                {money(locale, need.unitPrice)}
              </td>
              {need.counts ? null : (
                <td className="n" data-name={t("needs.sum")}>
                  {money(locale, need.unitPrice * BigInt(need.quantity))}
                </td>
              )}
            </tr>
          ))}
          {campaign.householdsNeeded > 0 && line ? (
            <tr>
              <th scope="row">{t("needs.households")}</th>
              <td className="n" data-name={t("needs.needed")}>
                {number(locale, campaign.householdsNeeded)}
              </td>
              <td className="n" data-name={t("needs.funded")}>
                {norm ? number(locale, Math.floor(units.funded / norm.perHousehold)) : "–"}
              </td>
              <td className="n" data-name={t("needs.bought")}>
                {norm ? number(locale, Math.floor(units.bought / norm.perHousehold)) : "–"}
              </td>
              <td className="n" data-name={t("needs.delivered")}>
                {number(locale, campaign.households)}
              </td>
              <td className="n" data-name={t("needs.norm")}>
                {norm ? t("needs.perHousehold", { count: norm.perHousehold }) : "–"}
              </td>
            </tr>
          ) : null}
        </tbody>
        {line ? null : (
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t("needs.goal")}
              </th>
              <td className="n">{money(locale, campaign.goal)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      <p className="small soft">
        {norm
          ? t("needs.normNote", {
              goal: money(locale, campaign.goal),
              n: number(locale, needs[0]?.quantity ?? 0),
              price: money(locale, needs[0]?.unitPrice ?? 0n),
            })
          : t("needs.deliveredSoFar", {
              things: t(`things.${campaign.species}`, { count: campaign.things }),
            })}
      </p>
    </section>
  );
}
