import { useTranslation } from "react-i18next";

import { type CampaignWish, findCampaigns } from "#app/domain/campaigns/find.ts";
import { MODELS } from "#app/domain/campaigns/ports.ts";
import { CAMPAIGN_STATES, campaignState, takesGifts } from "#app/domain/campaigns/state.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { communeAddress, type FoundCommune } from "#app/domain/places/commune-file.ts";
import { readFilters } from "#app/i18n/filters.ts";
import { compareText, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { type Locale, localeOfPath } from "#app/i18n/paths.ts";
import { placeInSentence, placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { servicesContext } from "#app/requests/services.ts";
import { CampaignCard } from "#app/ui/campaign-card.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { isHeldUp } from "#app/domain/campaigns/lateness.ts";
import type { Route } from "./+types/campaigns";

const FILTERS = ["model", "district", "commune", "twin", "state"] as const;
type Filter = (typeof FILTERS)[number];

/** Communes shown beside the campaigns of a search. */
const COMMUNES_FOUND = 8;

const STATE_ORDER = new Map(["open", "full", "upcoming", "closed"].map((state, n) => [state, n]));

export async function loader({ context, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const today = dayOf(services.now());
  const all = await services.campaigns.all();
  const wish = readWish(url.searchParams);
  const found = findCampaigns(all, wish, today)
    .map((campaign) => ({
      campaign,
      state: campaignState(campaign, today),
      heldUp: takesGifts(campaign, today) && isHeldUp(campaign, today),
    }))
    .toSorted(
      (a, b) =>
        (STATE_ORDER.get(a.state) ?? 9) - (STATE_ORDER.get(b.state) ?? 9) ||
        // Whoever is overdue with telling how it goes stands behind those who are not.
        Number(a.heldUp) - Number(b.heldUp) ||
        compareText(locale, a.campaign.title[locale], b.campaign.title[locale]),
    );
  const communes =
    wish.q === undefined ? [] : await services.communes.search(wish.q, COMMUNES_FOUND);
  return forRender({ total: all.length, found, wish, communes, choices: choicesOf(all, locale) });
}

/** Only values that mean something filter; anything else in the address is passed over. */
function readWish(asked: URLSearchParams): CampaignWish {
  const { model, state, ...codes } = readFilters("campaigns", asked);
  return {
    ...codes,
    model: MODELS.find((value) => value === model),
    state: CAMPAIGN_STATES.find((value) => value === state),
  };
}

type All = Awaited<ReturnType<Parameters<typeof findCampaigns>[0]["slice"]>>;
type Option = readonly [value: string, label: string];

/** What there is to choose from, each once, in the order of the language. */
function choicesOf(all: All, locale: Locale): Record<"district" | "commune" | "twin", Option[]> {
  const sorted = (options: Option[]) =>
    [...new Map(options)].toSorted(([, a], [, b]) => compareText(locale, a, b));
  return {
    district: sorted(all.map(({ district }) => [district.code, district.name])),
    commune: sorted(
      all.map(({ communeNow, commune }) => {
        const place = communeNow ?? commune;
        return [place.code, place.name];
      }),
    ),
    twin: sorted(all.map(({ twin }) => [twin.id, twin.name[locale]])),
  };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "campaigns");
  return pageMeta(t("title"), t("metaDescription"));
}

export default function CampaignsPage({ loaderData }: Route.ComponentProps) {
  const { total, found, wish, communes } = loaderData;
  const { t } = useTranslation("campaigns");
  const { locale, to } = useSite();
  const filtered = Object.values(wish).some((value) => value !== undefined);
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead">{t("lead")}</p>
      <Filters loaded={loaderData} />
      {communes.length === 0 ? null : <Communes found={communes} />}
      <section className="section" aria-labelledby="found">
        <div className="section-head">
          <h2 id="found">
            {filtered
              ? t("found", { count: found.length, n: number(locale, found.length), total })
              : t("all", { count: total, n: number(locale, total) })}
          </h2>
          {filtered ? <a href={to("campaigns")}>{t("clear")}</a> : null}
        </div>
        {found.length === 0 ? (
          <p className="empty">{total === 0 ? t("nothingYet") : t("none")}</p>
        ) : (
          <ul className="cards">
            {found.map((one) => (
              <CampaignCard key={one.campaign.id} {...one} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

/** Communes whose name was searched for, old ones too: who looks for A Tiêng learns what it is called today. */
function Communes({ found }: { found: readonly FoundCommune[] }) {
  const { t } = useTranslation("campaigns");
  const { locale, to } = useSite();
  return (
    <section className="section" aria-labelledby="communes">
      <h2 id="communes">{t("communes")}</h2>
      <ul>
        {found.map((unit) => (
          <li key={communeAddress(unit)}>
            <a href={to("commune", { commune: communeAddress(unit) })}>
              {placeName(locale, unit.fullName)}
            </a>
            {unit.nowFullName === null
              ? null
              : ` · ${t("communeNow", { name: placeInSentence(locale, unit.nowFullName) })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Filters({ loaded: { wish, choices } }: { loaded: Route.ComponentProps["loaderData"] }) {
  const { t } = useTranslation("campaigns");
  const words = useTranslation("campaign").t;
  const { to } = useSite();
  const options: Record<Filter, readonly Option[]> = {
    model: MODELS.map((model) => [model, words(`model.${model}`)]),
    state: CAMPAIGN_STATES.map((state) => [state, words(`state.${state}`)]),
    ...choices,
  };
  return (
    <form action={to("campaigns")} className="filters section" role="search">
      <div className="wide">
        <label htmlFor="q">{t("q")}</label>
        <input id="q" name="q" type="search" defaultValue={wish.q} maxLength={100} />
      </div>
      {FILTERS.map((filter) => (
        <div key={filter}>
          <label htmlFor={filter}>{t(`filter.${filter}`)}</label>
          <select id={filter} name={filter} defaultValue={wish[filter] ?? ""}>
            <option value="">{t("any")}</option>
            {options[filter].map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div>
        <button className="button quiet wide" type="submit">
          {t("submit")}
        </button>
      </div>
    </form>
  );
}
