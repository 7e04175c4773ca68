import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { data } from "react-router";

import type { CampaignPage as Campaign } from "#app/domain/campaigns/ports.ts";
import {
  campaignState,
  type CampaignState,
  lastDay,
  stillNeeded,
  takesGifts,
} from "#app/domain/campaigns/state.ts";
import { dayOf, daysBetween } from "#app/domain/kernel/calendar.ts";
import { latenessOf } from "#app/domain/campaigns/lateness.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import { day, money, number, shortMoney } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { placeInSentence, placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { Chain } from "#app/ui/campaign/chain.tsx";
import { Decided } from "#app/ui/campaign/decided.tsx";
import { GiveBar, Remaining } from "#app/ui/campaign/give-bar.tsx";
import { GivingPanel } from "#app/ui/campaign/giving-panel.tsx";
import { Needs } from "#app/ui/campaign/needs.tsx";
import { News } from "#app/ui/campaign/news.tsx";
import { LateBanner, Statements } from "#app/ui/campaign/statements.tsx";
import { Story } from "#app/ui/campaign/story.tsx";
import { TermsSection } from "#app/ui/campaign/terms.tsx";
import { EntryTable } from "#app/ui/entry-rows.tsx";
import { Herd } from "#app/ui/herd.tsx";
import { ownLanguage } from "#app/ui/own-language.ts";
import { PublicOrders } from "#app/ui/orders/public-orders.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { Locked } from "#app/ui/campaign/locked.tsx";
import { StageBar } from "#app/ui/stage-bar.tsx";
import { Totals } from "#app/ui/totals.tsx";
import { accountQr } from "#app/domain/payments/account-qr.ts";
import type { Route } from "./+types/campaign";

export async function loader({ context, params }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const campaign = await services.campaigns.bySlug(params.slug);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  const today = dayOf(services.now());
  const qr = accountQr(campaign.account, campaign.code);
  const lateness = latenessOf(campaign, today);
  return forRender({
    campaign,
    orders: await services.orders.publicOf(campaign.id),
    state: campaignState(campaign, today),
    daysLeft: daysBetween(today, lastDay(campaign)),
    gives: takesGifts(campaign, today) && lateness.is !== "held-up",
    heldUp: takesGifts(campaign, today) && lateness.is === "held-up",
    lateness,
    statements: await services.progress.statements(campaign.id),
    locked: await services.objections.locked(campaign.id),
    qr: qr && services.qrPicture(qr),
    notices: await services.notices.ofCampaign(campaign.id),
    pair: await services.twinning.pairOf(campaign.id),
  });
}

export function meta({ loaderData, location }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const campaign = loaderData?.campaign;
  if (!campaign) return pageMeta(wordsFor(locale, "errors")("404.title"), "");
  return pageMeta(campaign.title[locale], campaign.summary[locale]);
}

export default function CampaignPage({ loaderData }: Route.ComponentProps) {
  const { campaign, state } = loaderData;
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const { totals, units } = campaign;
  return (
    <div className="columns">
      <article>
        <Crumbs campaign={campaign} state={state} />
        <h1 lang={ownLanguage(campaign.title, locale)}>{campaign.title[locale]}</h1>
        <p className="lead" lang={ownLanguage(campaign.summary, locale)}>
          {campaign.summary[locale]}
        </p>
        {loaderData.gives ? (
          <p className="only-narrow">
            <Remaining campaign={campaign} state={state} daysLeft={loaderData.daysLeft} />
          </p>
        ) : null}
        <LateBanner lateness={loaderData.lateness} />
        <StateNotice loaded={loaderData} />
        <section className="section" aria-labelledby="totals">
          <h2 id="totals" className="visually-hidden">
            {t("totals.title")}
          </h2>
          <Totals
            totals={totals}
            short
            notes={{
              pledged: t("totals.pledged", { amount: shortMoney(locale, campaign.goal) }),
              received: t("totals.received", {
                count: campaign.gifts,
                n: number(locale, campaign.gifts),
              }),
              disbursed:
                campaign.account.owner === "commune"
                  ? t("totals.direct")
                  : t("totals.disbursed", { count: campaign.disbursements }),
              delivered: t("totals.delivered", {
                things: t(`things.${campaign.species}`, { count: campaign.things }),
              }),
            }}
          />
          <p className="bar-under">
            <StageBar totals={totals} goal={campaign.goal} locked={loaderData.locked.amount} />
          </p>
          <Locked locked={loaderData.locked} />
          {campaign.unconfirmed.count === 0 ? null : (
            <p className="small soft">
              {t("totals.unconfirmed", {
                count: campaign.unconfirmed.count,
                n: number(locale, campaign.unconfirmed.count),
                amount: shortMoney(locale, campaign.unconfirmed.amount),
              })}
            </p>
          )}
        </section>
        <Needs campaign={campaign} />
        <div className="section">
          {units ? (
            <Herd
              units={units}
              title={t("herd.title", {
                what: t(`things.${campaign.species}`, { count: units.needed }),
              })}
              list={to("campaignThings", { slug: campaign.slug })}
            />
          ) : null}
          <Chain campaign={campaign} notices={loaderData.notices} />
        </div>
        <TermsSection terms={campaign} />
        <Story story={campaign.story} pictures={campaign.pictures} />
        <News campaign={campaign} />
        <Decided campaign={campaign} />
        <Statements
          statements={loaderData.statements}
          lateness={loaderData.lateness}
          animals={campaign.model === "livestock"}
        />
        <PublicOrders orders={loaderData.orders} />
        <section className="section" aria-labelledby="excerpt">
          <div className="section-head">
            <h2 id="excerpt">{t("excerpt.title")}</h2>
            <a href={`${to("ledger")}?campaign=${campaign.id}`}>{t("excerpt.all")}</a>
          </div>
          {campaign.entries.length === 0 ? (
            <p className="empty">{t("excerpt.none")}</p>
          ) : (
            <EntryTable entries={campaign.entries} caption={t("excerpt.title")} />
          )}
        </section>
        {loaderData.gives ? (
          <GiveBar campaign={campaign} state={state} daysLeft={loaderData.daysLeft} />
        ) : null}
      </article>
      <aside aria-label={t("aside")}>
        <GivingPanel facts={loaderData} />
      </aside>
    </div>
  );
}

type Loaded = Route.ComponentProps["loaderData"];

function Crumbs({ campaign, state }: { campaign: Campaign; state: CampaignState }) {
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const { commune, communeNow, district } = campaign;
  const place = communeNow ?? commune;
  return (
    <nav className="crumbs" aria-label={t("crumbs")}>
      <a href={`${to("campaigns")}?district=${district.code}`}>
        {placeName(locale, district.fullName)}
      </a>
      <span aria-hidden="true">›</span>
      <a href={to("commune", { commune: communeAddress(place) })}>
        {placeName(locale, place.fullName)}
      </a>
      <span className="chip">{t(`model.${campaign.model}`)}</span>
      {state === "open" ? null : <span className="chip">{t(`state.${state}`)}</span>}
    </nav>
  );
}

/** What a reader should know before giving, when a campaign is not simply open. */
function StateNotice({ loaded: { campaign, state, daysLeft } }: { loaded: Loaded }) {
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  const { commune, communeNow, surplusTo } = campaign;
  const notices: ReactNode[] = [];
  const say = (key: string, text: ReactNode) =>
    void notices.push(
      <p className="notice" key={key}>
        {text}
      </p>,
    );
  if (communeNow) {
    say(
      "merged",
      <>
        {communeNow.fullName === commune.fullName
          ? t("mergedSame", {
              name: placeName(locale, commune.fullName),
              day: day(communeNow.validFrom),
            })
          : t("merged", {
              was: placeName(locale, commune.fullName),
              is: placeInSentence(locale, communeNow.fullName),
            })}{" "}
        <a href={to("commune", { commune: communeAddress(commune) })}>{t("mergedLink")}</a>
      </>,
    );
  }
  if (ownLanguage(campaign.story, locale)) say("language", t("onlyVietnamese"));
  if (state === "upcoming") say("upcoming", t("upcoming", { day: day(campaign.startsOn) }));
  if (state === "full") {
    const over = campaign.totals.received - campaign.goal;
    say(
      "full",
      <>
        {over > 0n ? t("full", { amount: money(locale, over) }) : t("fullExactly")}{" "}
        {surplusTo ? (
          <>
            {t("surplusTo")}{" "}
            <a href={to("campaign", { slug: surplusTo.slug })}>{surplusTo.title[locale]}</a>.
          </>
        ) : (
          t(`surplus.${campaign.surplus}`)
        )}
      </>,
    );
  }
  if (state === "closed") {
    const missing = stillNeeded(campaign);
    say(
      "closed",
      `${t("closed", { day: day(lastDay(campaign)) })} ${
        missing === 0n ? t("closedReached") : t("closedMissing", { amount: money(locale, missing) })
      }`,
    );
  }
  if (state === "open" && daysLeft <= 30) say("last-days", t("lastDays", { count: daysLeft }));
  return <div className="notices">{notices}</div>;
}
