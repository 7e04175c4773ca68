import { useTranslation } from "react-i18next";
import { redirect } from "react-router";

import { inNeed } from "#app/domain/campaigns/find.ts";
import { campaignState, lastDay } from "#app/domain/campaigns/state.ts";
import { dayOf, daysBetween } from "#app/domain/kernel/calendar.ts";
import { sumTotals } from "#app/domain/ledger/totals.ts";
import { districtPicture } from "#app/domain/home/district-picture.ts";
import { findTyped, type TypedFound } from "#app/domain/home/find-typed.ts";
import { latestLines } from "#app/domain/home/latest-lines.ts";
import { whereTo } from "#app/domain/home/where-to.ts";
import { readQuestion } from "#app/i18n/filters.ts";
import { compareText, money, number, percent } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { type Locale, localeOfPath, pathTo, pathToAny } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { lookUp } from "#app/requests/look-up.ts";
import { servicesContext } from "#app/requests/services.ts";
import { CampaignCard } from "#app/ui/campaign-card.tsx";
import { DistrictMap, MapKey } from "#app/ui/district-map.tsx";
import { EntryTable } from "#app/ui/entry-rows.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { Totals } from "#app/ui/totals.tsx";
import type { Route } from "./+types/home";

const CARDS = 6;
const LATEST = 6;
/** Entries among which one of each sort is looked for. */
const LOOKED_BACK = 150;

export async function loader({ context, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const typed = readQuestion("home", url.searchParams);
  const lookedUp = typed === undefined ? undefined : await lookUpTyped({ context, typed, locale });

  const today = dayOf(services.now());
  const campaigns = await services.campaigns.all();
  const districts = (await services.home.districts()).toSorted((a, b) =>
    compareText(locale, a.name, b.name),
  );
  const map = districtPicture(districts);
  const needing = inNeed(campaigns, today);
  return forRender({
    lookUp: lookedUp,
    totals: sumTotals(campaigns.map((one) => one.totals)),
    campaignCount: campaigns.length,
    gifts: campaigns.reduce((sum, one) => sum + one.gifts, 0),
    disbursements: campaigns.reduce((sum, one) => sum + one.disbursements, 0),
    households: campaigns.reduce((sum, one) => sum + one.households, 0),
    cows: thingsOf(campaigns, "BO"),
    goats: thingsOf(campaigns, "DE"),
    needing: needing.slice(0, CARDS).map((campaign) => ({
      campaign,
      state: campaignState(campaign, today),
      daysLeft: daysBetween(today, lastDay(campaign)),
    })),
    needingCount: needing.length,
    latest: latestLines(await services.home.latest(LOOKED_BACK), LATEST),
    districts: districts.map(({ code, name, species, planned, delivered }) => ({
      code,
      name,
      species,
      planned,
      delivered,
      money: sumTotals(
        campaigns.flatMap(({ district, totals }) => (district.code === code ? [totals] : [])),
      ).received,
    })),
    map: {
      width: map.width,
      height: map.height,
      districts: map.shapes.flatMap((shape) => {
        const district = districts.find(({ code }) => code === shape.code);
        if (!district) return [];
        const { code, name, delivered, planned } = district;
        const href = `${pathTo(locale, "campaigns")}?district=${code}`;
        return [{ ...shape, code, name, delivered, planned, href }];
      }),
    },
  });
}

/** What a look-up that found nothing is told as. */
const NOT_FOUND = {
  code: "unknown",
  entry: "noEntry",
  household: "noHousehold",
  list: "noList",
  checksum: "noChecksum",
  objection: "noObjection",
} as const;

/** What somebody typed into the box, and why it led nowhere. */
interface LookedUp {
  readonly typed: string;
  readonly problem: "format" | "wait" | (typeof NOT_FOUND)[keyof typeof NOT_FOUND];
}

/** Go to what was typed: a code, a number, else the search by words. Guessing codes is slowed down. */
async function lookUpTyped(asked: {
  context: Route.LoaderArgs["context"];
  typed: string;
  locale: Locale;
}): Promise<LookedUp | undefined> {
  const { context, locale } = asked;
  const typed = asked.typed.slice(0, 40);
  const wanted = whereTo(asked.typed);
  if (wanted.is === "nothing") return undefined;
  if (wanted.is === "wrong-code") return { typed, problem: "format" };
  if (wanted.is === "words") throw search(locale, wanted.words);
  const found = await lookUp(context, () => findTyped(context.get(servicesContext), wanted));
  if (found === "wait") return { typed, problem: "wait" };
  if (found) throw redirect(addressOf(locale, found));
  if (wanted.is === "label") throw search(locale, wanted.words);
  return { typed, problem: NOT_FOUND[wanted.is] };
}

function search(locale: Locale, words: string): Response {
  return redirect(`${pathTo(locale, "campaigns")}?${new URLSearchParams({ q: words })}`);
}

function addressOf(locale: Locale, found: TypedFound): string {
  if (found.is === "checksum") {
    return `${pathTo(locale, "notices")}?checksum=${found.checksum}#look-up`;
  }
  if (found.is === "objection") return pathTo(locale, "objectionFollow", { code: found.code });
  if (found.is !== "notice") return pathToAny(locale, found.is, { ...found });
  const list = pathTo(locale, "notice", { notice: found.notice });
  return found.household === null ? list : `${list}#${found.household}`;
}

function thingsOf(campaigns: readonly { species: string; things: number }[], species: string) {
  return campaigns.reduce((sum, one) => sum + (one.species === species ? one.things : 0), 0);
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "home");
  return pageMeta(t("metaTitle"), t("metaDescription"));
}

export default function HomePage({ loaderData: home }: Route.ComponentProps) {
  const { t } = useTranslation("home");
  const { locale, to } = useSite();
  return (
    <>
      <Hero home={home} />
      <section className="section" aria-labelledby="totals">
        <h2 id="totals" className="visually-hidden">
          {t("totals.title")}
        </h2>
        <Totals
          totals={home.totals}
          notes={{
            pledged: t("totals.pledged"),
            received: t("totals.received", {
              count: home.gifts,
              n: number(locale, home.gifts),
            }),
            disbursed: t("totals.disbursed", {
              count: home.disbursements,
              n: number(locale, home.disbursements),
            }),
            delivered: t("totals.delivered", {
              cows: number(locale, home.cows),
              goats: number(locale, home.goats),
              households: number(locale, home.households),
            }),
          }}
        />
      </section>

      <section className="section" aria-labelledby="needing">
        <div className="section-head">
          <h2 id="needing">{t("needing.title")}</h2>
          <a href={to("campaigns")}>{t("needing.all", { count: home.campaignCount })}</a>
        </div>
        {home.needing.length === 0 ? (
          <p className="empty">{t("needing.none")}</p>
        ) : (
          <ul className="cards">
            {home.needing.map((one) => (
              <CampaignCard key={one.campaign.id} {...one} />
            ))}
          </ul>
        )}
      </section>

      <section className="section" aria-labelledby="latest">
        <div className="section-head">
          <h2 id="latest">{t("latest.title")}</h2>
          <a href={to("ledger")}>{t("latest.all")}</a>
        </div>
        {home.latest.length === 0 ? (
          <p className="empty">{t("latest.none")}</p>
        ) : (
          <EntryTable
            caption={t("latest.title")}
            entries={home.latest.map(({ campaign, ...entry }) => ({
              ...entry,
              ...(campaign
                ? { matter: locale === "vi" ? campaign.titleVi : campaign.titleEn }
                : {}),
            }))}
          />
        )}
      </section>

      <Districts districts={home.districts} />
    </>
  );
}

type Home = Route.ComponentProps["loaderData"];

function Hero({ home }: { home: Home }) {
  const { t } = useTranslation("home");
  const { to } = useSite();
  return (
    <div className="hero">
      <div className="hero-text">
        <h1>{t("title")}</h1>
        <p className="lead">{t("lead")}</p>
        <div className="buttons">
          <a className="button" href={`${to("campaigns")}?state=open`}>
            {t("seeNeeding")}
          </a>
        </div>
        <LookUp lookUp={home.lookUp} />
        <p className="small soft">{t("promise")}</p>
      </div>
      {home.map.height > 0 ? (
        <figure>
          <DistrictMap {...home.map} title={t("map.title")} />
          <figcaption className="small soft">
            <MapKey />
            {t("map.caption")} <a href="#districts">{t("map.table")}</a>
          </figcaption>
        </figure>
      ) : null}
    </div>
  );
}

function LookUp({ lookUp }: { lookUp: Home["lookUp"] }) {
  const { t } = useTranslation("home");
  const { to } = useSite();
  return (
    <form
      action={to("home")}
      className={lookUp ? "lookup field-wrong" : "lookup"}
      id="tra-ma"
      role="search"
    >
      <label htmlFor="code">{t("lookUp.label")}</label>
      {lookUp ? (
        <p className="field-error" id="code-error" role="alert">
          {t(`lookUp.${lookUp.problem}`)}
        </p>
      ) : null}
      <div className="field-row">
        <input
          id="code"
          name="code"
          defaultValue={lookUp?.typed}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          required
          aria-invalid={lookUp ? true : undefined}
          aria-describedby={lookUp ? "code-error" : "code-hint"}
        />
        <button className="button quiet" type="submit">
          {t("lookUp.button")}
        </button>
      </div>
      <p className="small soft" id="code-hint">
        {t("lookUp.hint")} <a href={to("communes")}>{t("lookUp.communes")}</a>
      </p>
    </form>
  );
}

function Districts({ districts }: { districts: Home["districts"] }) {
  const { t } = useTranslation("home");
  const words = useTranslation("campaign").t;
  const { locale, to } = useSite();
  return (
    <section className="section" aria-labelledby="districts">
      <h2 id="districts">{t("districts.title")}</h2>
      {districts.length === 0 ? (
        <p className="empty">{t("districts.none")}</p>
      ) : (
        <table className="stack">
          <caption>{t("districts.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("districts.district")}</th>
              <th scope="col">{t("districts.species")}</th>
              <th scope="col" className="n">
                {t("districts.planned")}
              </th>
              <th scope="col" className="n">
                {t("districts.delivered")}
              </th>
              <th scope="col" className="n">
                {t("districts.share")}
              </th>
              <th scope="col" className="n">
                {t("districts.money")}
              </th>
            </tr>
          </thead>
          <tbody>
            {districts.map((one) => (
              <tr key={one.code}>
                <th scope="row">
                  <a href={`${to("campaigns")}?district=${one.code}`}>{one.name}</a>
                </th>
                <td data-name={t("districts.species")}>{words(`speciesShort.${one.species}`)}</td>
                <td className="n" data-name={t("districts.planned")}>
                  {number(locale, one.planned)}
                </td>
                <td className="n" data-name={t("districts.delivered")}>
                  {number(locale, one.delivered)}
                </td>
                <td className="n" data-name={t("districts.share")}>
                  {percent(BigInt(one.delivered), BigInt(one.planned))}
                </td>
                <td className="n" data-name={t("districts.money")}>
                  {money(locale, one.money)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="small soft">{t("districts.source")}</p>
    </section>
  );
}
