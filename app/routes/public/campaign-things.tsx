import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { type CampaignThing, campaignThings } from "#app/domain/animals/campaign-things.ts";
import { listOfLine } from "#app/domain/open-data/told-households.ts";
import { money, number, week } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { TENS_ANCHOR } from "#app/ui/herd.tsx";
import { ownLanguage } from "#app/ui/own-language.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import { householdName } from "#app/ui/tracing/household-name.ts";
import type { Route } from "./+types/campaign-things";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { campaigns, animals, notices } = context.get(servicesContext);
  const campaign = (await campaigns.all()).find(({ slug }) => slug === params.slug);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  const things = campaignThings(await animals.ofCampaign(campaign.id));
  const households = Object.values(things).flatMap((part: readonly CampaignThing[]) =>
    part.flatMap(({ household }) => household ?? []),
  );
  return forRender({
    campaign: { slug: campaign.slug, title: campaign.title, species: campaign.species },
    things,
    lists: await notices.listsWith(households),
  });
}

export function meta({ loaderData, location }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const campaign = loaderData?.campaign;
  if (!campaign) return pageMeta(wordsFor(locale, "errors")("404.title"), "");
  const t = wordsFor(locale, "campaign");
  const title = campaign.title[locale];
  return pageMeta(t("thingsList.metaTitle", { title }), t("thingsList.description", { title }));
}

/** Every animal (or thing) of one campaign by its code: who has it, how it is, where it came from. */
export default function CampaignThingsPage({ loaderData }: Route.ComponentProps) {
  const { campaign, things, lists } = loaderData;
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const { delivered, replacements, young } = things;
  const living = campaign.species === "BO" || campaign.species === "DE";
  return (
    <>
      <p className="crumbs">
        <a
          href={to("campaign", { slug: campaign.slug })}
          lang={ownLanguage(campaign.title, locale)}
        >
          {campaign.title[locale]}
        </a>
      </p>
      <h1>{t(living ? "thingsList.title" : "thingsList.titleThings")}</h1>
      <p className="lead spaced">{t(living ? "thingsList.lead" : "thingsList.leadThings")}</p>
      {delivered.length === 0 ? <p className="empty">{t("thingsList.none")}</p> : null}
      <Part title={t("thingsList.delivered")} things={delivered} lists={lists} tens />
      <Part title={t("thingsList.replacements")} things={replacements} lists={lists} />
      <Part title={t(`thingsList.young.${campaign.species}`)} things={young} lists={lists} />
    </>
  );
}

function Part(props: {
  title: string;
  things: readonly CampaignThing[];
  lists: ReadonlyMap<string, string>;
  /** Each tenth row can be pointed at, as the squares of the herd do. */
  tens?: true;
}) {
  const { title, things, lists } = props;
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  if (things.length === 0) return null;
  const born = things.every(({ dam }) => dam !== null);
  const words = { household: t("thingsList.household"), state: t("thingsList.state") };
  const other = born ? t("thingsList.dam") : t("thingsList.price");
  const on = born ? t("thingsList.born") : t("thingsList.on");
  return (
    <section className="section">
      <h2>
        {title} ({number(locale, things.length)})
      </h2>
      <TableBox name={title}>
        <table className="stack things-list">
          <thead>
            <tr>
              <th scope="col">{t("thingsList.code")}</th>
              <th scope="col">{words.household}</th>
              <th scope="col">{words.state}</th>
              <th scope="col">{on}</th>
              <th scope="col" className={born ? undefined : "n"}>
                {other}
              </th>
            </tr>
          </thead>
          <tbody>
            {things.map((one, at) => {
              const { household } = one;
              const list =
                household === null ? undefined : (listOfLine(household) ?? lists.get(household));
              return (
                <tr
                  key={one.code}
                  id={props.tens && at % 10 === 0 ? `${TENS_ANCHOR}${at + 1}` : undefined}
                >
                  <th scope="row">
                    <a href={to("animal", { tag: one.code })}>{one.code}</a>
                  </th>
                  <td className="where" data-name={words.household}>
                    {household === null ? (
                      t("thingsList.noHousehold")
                    ) : list === undefined ? (
                      householdName(locale, household)
                    ) : (
                      <a href={to("notice", { notice: list })}>
                        {householdName(locale, household)}
                      </a>
                    )}
                  </td>
                  <td data-name={words.state}>
                    {one.passedOn && one.state === "alive"
                      ? t("thingsList.is.passed")
                      : t(`thingsList.is.${one.state}`)}
                  </td>
                  <td data-name={on}>{one.on === null ? "" : week(locale, one.on)}</td>
                  {born ? (
                    <td data-name={other}>
                      {one.dam === null ? null : (
                        <a href={to("animal", { tag: one.dam })}>{one.dam}</a>
                      )}
                    </td>
                  ) : (
                    <td className="n" data-name={other}>
                      {one.price === null ? t("thingsList.inKind") : money(locale, one.price)}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableBox>
    </section>
  );
}
