import { Fragment } from "react";
import { useTranslation } from "react-i18next";

import {
  CAMPAIGN_ORDERS,
  type CampaignOrder,
  campaignsOn,
  type CampaignWish,
  findCampaigns,
  inOrder,
} from "#app/domain/campaigns/find.ts";
import { MODELS } from "#app/domain/campaigns/ports.ts";
import {
  CAMPAIGN_STATES,
  campaignState,
  lastDay,
  takesGifts,
} from "#app/domain/campaigns/state.ts";
import { dayOf, daysBetween } from "#app/domain/kernel/calendar.ts";
import { communeAddress, type FoundCommune } from "#app/domain/places/commune-file.ts";
import { readFilters } from "#app/i18n/filters.ts";
import { compareText, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { type Locale, localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { servicesContext } from "#app/requests/services.ts";
import { CampaignCard } from "#app/ui/campaign-card.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { Linked } from "#app/ui/tracing/linked.tsx";
import { communeName } from "#app/ui/tracing/names.ts";
import { isHeldUp } from "#app/domain/campaigns/lateness.ts";
import type { Route } from "./+types/campaigns";

const FILTERS = ["model", "district", "commune", "twin", "state"] as const;
type Filter = (typeof FILTERS)[number];

/** Communes shown beside the campaigns of a search. */
const COMMUNES_FOUND = 12;

const STATE_ORDER = new Map(["open", "full", "upcoming", "closed"].map((state, n) => [state, n]));

export async function loader({ context, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const today = dayOf(services.now());
  const all = await services.campaigns.all();
  const { wish, sort } = readWish(url.searchParams);
  const found = findCampaigns(all, wish, today);
  const shown = (campaigns: typeof all) =>
    ordered(campaigns, sort, locale).map((campaign) => ({
      campaign,
      state: campaignState(campaign, today),
      daysLeft: daysBetween(today, lastDay(campaign)),
      heldUp: takesGifts(campaign, today) && isHeldUp(campaign, today),
    }));
  const cards = shown(found);
  const isOpen = ({ state, heldUp }: (typeof cards)[number]) => state === "open" && !heldUp;
  const communes =
    wish.q === undefined ? [] : await services.communes.search(wish.q, COMMUNES_FOUND);
  // Who looks for a commune by its old name finds what is done there today.
  const ground = communes.filter(({ bears }) => bears).map(({ now, ...unit }) => now ?? unit);
  const { q: _, ...others } = wish;
  const there = findCampaigns(campaignsOn(all, ground), others, today);
  return forRender({
    total: all.length,
    found: cards,
    open: cards.filter(isOpen),
    // Whoever is overdue with telling how it goes stands behind those who are not.
    rest: cards
      .filter((card) => !isOpen(card))
      .toSorted((a, b) => (STATE_ORDER.get(a.state) ?? 9) - (STATE_ORDER.get(b.state) ?? 9)),
    there: shown(there.filter((one) => !found.includes(one))),
    wish,
    sort,
    communes,
    choices: choicesOf(all, locale),
  });
}

/** In the order asked for; without one by name. */
function ordered(campaigns: All, sort: CampaignOrder | undefined, locale: Locale): All {
  if (sort !== undefined) return inOrder(campaigns, sort);
  return campaigns.toSorted((a, b) => compareText(locale, a.title[locale], b.title[locale]));
}

/** Only values that mean something filter; anything else in the address is passed over. */
function readWish(asked: URLSearchParams): { wish: CampaignWish; sort: CampaignOrder | undefined } {
  const { model, state, sort, ...codes } = readFilters("campaigns", asked);
  return {
    wish: {
      ...codes,
      model: MODELS.find((value) => value === model),
      state: CAMPAIGN_STATES.find((value) => value === state),
    },
    sort: CAMPAIGN_ORDERS.find((value) => value === sort),
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
  const { total, found, open, rest, there, wish, communes } = loaderData;
  const { t } = useTranslation("campaigns");
  const { locale, to } = useSite();
  const filtered = Object.values(wish).some((value) => value !== undefined);
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead">{t("lead")}</p>
      <Filters loaded={loaderData} />
      {filtered ? <Chosen loaded={loaderData} /> : null}
      {communes.length === 0 ? null : <Communes found={communes} />}
      <p className="section count" id="found">
        {filtered
          ? t("found", { count: found.length, n: number(locale, found.length), total })
          : t("all", { count: total, n: number(locale, total) })}
        {" · "}
        <a href={to("communes")}>{t("byCommune")}</a>
      </p>
      {found.length === 0 && there.length === 0 ? (
        <p className="empty">{total === 0 ? t("nothingYet") : t("none")}</p>
      ) : null}
      <Cards id="open" title={t("open", { n: number(locale, open.length) })} cards={open} />
      <Cards id="rest" title={t("rest", { n: number(locale, rest.length) })} cards={rest} />
      <Cards id="there" title={t("there", { n: number(locale, there.length) })} cards={there} />
    </>
  );
}

type Loaded = Route.ComponentProps["loaderData"];

function Cards(props: { id: string; title: string; cards: Loaded["found"] }) {
  const { id, title, cards } = props;
  if (cards.length === 0) return null;
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="cards">
        {cards.map((one) => (
          <CampaignCard key={one.campaign.id} {...one} />
        ))}
      </ul>
    </section>
  );
}

/** Communes that were searched for: those that bear the name, old ones with what they are today, and those of a district. */
function Communes({ found }: { found: readonly FoundCommune[] }) {
  const { t } = useTranslation("campaigns");
  const bearing = found.filter(({ bears }) => bears);
  const others = found.filter(({ bears }) => !bears);
  const districts = [...new Set(others.map(({ district }) => district))];
  return (
    <section className="section" aria-label={t("communesFound")}>
      {bearing.length === 0 ? null : (
        <>
          <h2>{t("communes")}</h2>
          <CommuneLinks units={bearing} />
        </>
      )}
      {districts.map((district) => (
        <Fragment key={district}>
          <h2>{t("communesOf", { district })}</h2>
          <CommuneLinks units={others.filter((unit) => unit.district === district)} />
        </Fragment>
      ))}
    </section>
  );
}

function CommuneLinks({ units }: { units: readonly FoundCommune[] }) {
  const { t } = useTranslation("campaigns");
  const { locale, to } = useSite();
  return (
    <ul>
      {units.map((unit) => (
        <li key={communeAddress(unit)}>
          <a href={to("commune", { commune: communeAddress(unit) })}>{unit.fullName}</a>
          {unit.now === null ? null : (
            <>
              {" · "}
              <Linked
                text={t("communeNow", { name: "{{name}}" })}
                name="name"
                href={to("commune", { commune: communeAddress(unit.now) })}
                label={communeName(locale, unit.now)}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What each choice is called, by filter and value. */
function useOptions({ choices }: Loaded): Record<Filter, readonly Option[]> {
  const words = useTranslation("campaign").t;
  return {
    model: MODELS.map((model) => [model, words(`model.${model}`)]),
    state: CAMPAIGN_STATES.map((state) => [state, words(`state.${state}`)]),
    ...choices,
  };
}

/** What is filtered by now, each with the way to leave it out. */
function Chosen({ loaded }: { loaded: Loaded }) {
  const { wish, sort } = loaded;
  const { t } = useTranslation("campaigns");
  const { to } = useSite();
  const options = useOptions(loaded);
  const asked = new URLSearchParams(
    Object.entries({ ...wish, sort }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
  );
  const without = (name: string) => {
    const rest = new URLSearchParams(asked);
    rest.delete(name);
    return rest.size === 0 ? to("campaigns") : `${to("campaigns")}?${rest}`;
  };
  const labels = (["q", ...FILTERS] as const).flatMap((name) => {
    const value = wish[name];
    if (value === undefined) return [];
    const label = name === "q" ? `“${value}”` : options[name].find(([one]) => one === value)?.[1];
    return [{ name, label: `${t(`filter.${name}`)}: ${label ?? value}` }];
  });
  return (
    <ul className="chips chosen" aria-label={t("chosen")}>
      {labels.map(({ name, label }) => (
        <li key={name}>
          <a className="chip" href={without(name)} aria-label={t("leaveOut", { label })}>
            {label} <span aria-hidden="true">✕</span>
          </a>
        </li>
      ))}
      {labels.length > 1 ? (
        <li>
          <a className="clear" href={to("campaigns")}>
            {t("clear")}
          </a>
        </li>
      ) : null}
    </ul>
  );
}

function Filters({ loaded }: { loaded: Loaded }) {
  const { wish, sort } = loaded;
  const { t } = useTranslation("campaigns");
  const { to } = useSite();
  const options = useOptions(loaded);
  return (
    <form action={to("campaigns")} className="campaign-search section" role="search">
      <label htmlFor="q">{t("q")}</label>
      <div className="field-row">
        <input id="q" name="q" type="search" defaultValue={wish.q} maxLength={100} />
        <button className="button quiet" type="submit">
          {t("search")}
        </button>
      </div>
      <details open={sort !== undefined || FILTERS.some((name) => wish[name] !== undefined)}>
        <summary>{t("more")}</summary>
        <div className="filters">
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
            <label htmlFor="sort">{t("sort.label")}</label>
            <select id="sort" name="sort" defaultValue={sort ?? ""}>
              <option value="">{t("sort.name")}</option>
              {CAMPAIGN_ORDERS.map((order) => (
                <option key={order} value={order}>
                  {t(`sort.${order}`)}
                </option>
              ))}
            </select>
          </div>
        </div>
        <button className="button quiet" type="submit">
          {t("submit")}
        </button>
      </details>
    </form>
  );
}
