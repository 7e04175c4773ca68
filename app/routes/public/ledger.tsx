import { useTranslation } from "react-i18next";

import { GIFTS, type LedgerPlace, type LedgerTally } from "#app/domain/ledger-reading/ports.ts";
import { ENTRY_KINDS } from "#app/domain/ledger/entry.ts";
import { LEDGER_SIZE, LEDGER_SIZE_MAX, readFilters, unreadFilters } from "#app/i18n/filters.ts";
import { compareText, day, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { quickWords } from "#app/i18n/quick-words.ts";
import { forRender } from "#app/requests/for-render.ts";
import { ledgerFilter } from "#app/requests/ledger-filter.ts";
import { servicesContext } from "#app/requests/services.ts";
import { EXAMPLE_DAY } from "#app/ui/day-field.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useRoot, useSite } from "#app/ui/site.ts";
import { LedgerTable } from "#app/ui/tracing/ledger-table.tsx";
import { type Names, namesOf } from "#app/ui/tracing/names.ts";
import type { Route } from "./+types/ledger";

export async function loader({ context, url }: Route.LoaderArgs) {
  const { books, home } = context.get(servicesContext);
  const asked = readAsked(url.searchParams);
  const [page, choices] = await Promise.all([
    books.list(asked.filter, asked.place, asked.size),
    books.choices(),
  ]);
  const first = page.rows[0]?.number ?? 0;
  const tally =
    Object.keys(asked.filter).length > 0
      ? await books.tally(asked.filter, first)
      : whole((await home.head())?.entry ?? 0, first);
  return forRender({ ...asked, page, choices, tally });
}

/** The tally of the whole ledger: entries are numbered without a gap, so nothing has to be counted. */
function whole(entries: number, first: number): LedgerTally {
  return { entries, newer: Math.max(0, entries - first), amount: null };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "ledger");
  return pageMeta(t("title"), t("description"));
}

/** The list of entries: one line each, filters, and pages that never shift, as they are anchored to entry numbers. */
export default function LedgerPage({ loaderData }: Route.ComponentProps) {
  const { page, choices, filter, typed, size, tally } = loaderData;
  const total = useRoot()?.head?.entry ?? 0;
  const { t } = useTranslation("ledger");
  const { locale, to } = useSite();
  const names = namesOf(locale, choices.campaigns, choices.communes);
  const first = page.rows[0];
  const last = page.rows.at(-1);
  const filtered = Object.keys(filter).length > 0;
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead spaced">{t("lead")}</p>
      <FilterForm data={loaderData} names={names} />
      {typed.unread.map((text) => (
        <p key={text} className="notice bad">
          {t("filter.badDay", { typed: text })}
        </p>
      ))}
      {first && last ? (
        <>
          <p className="soft small count-line">
            {filtered
              ? t("countFiltered", {
                  count: tally.entries,
                  n: number(locale, tally.entries),
                })
              : t("count", {
                  from: `#${number(locale, last.number)}`,
                  to: `#${number(locale, first.number)}`,
                  total: number(locale, total),
                })}
            {tally.amount === null ? null : (
              <>
                {" · "}
                <strong className="sum">{t("sum", { amount: money(locale, tally.amount) })}</strong>
              </>
            )}
            {" · "}
            <a href={addressOf("/data/v1/ledger.csv", typed.query, LEDGER_SIZE)}>
              {t("download", { count: tally.entries, n: number(locale, tally.entries) })}
            </a>
          </p>
          <LedgerTable rows={page.rows} names={names} />
          <nav className="pages" aria-label={t("pages.label")}>
            <span className="soft">
              {t("pages.at", {
                n: number(locale, Math.floor(tally.newer / size) + 1),
                of: number(locale, Math.ceil(tally.entries / size)),
              })}
            </span>
            {page.newer ? (
              <>
                <a href={addressOf(to("ledger"), typed.query, size)}>{t("pages.newest")}</a>
                <a
                  rel="prev"
                  href={addressOf(to("ledger"), typed.query, size, ["after", first.number])}
                >
                  {t("pages.newer")}
                </a>
              </>
            ) : null}
            {page.older ? (
              <a
                rel="next"
                href={addressOf(to("ledger"), typed.query, size, ["before", last.number])}
              >
                {t("pages.older")}
              </a>
            ) : null}
            {size === LEDGER_SIZE_MAX ? null : (
              <a href={addressOf(to("ledger"), typed.query, LEDGER_SIZE_MAX)}>
                {t("pages.size", { size: LEDGER_SIZE_MAX })}
              </a>
            )}
          </nav>
        </>
      ) : (
        <p className="empty section">{t(total === 0 ? "empty" : "none")}</p>
      )}
    </>
  );
}

type LedgerData = Route.ComponentProps["loaderData"];

function FilterForm({ data, names }: { data: LedgerData; names: Names }) {
  const { locale, to } = useSite();
  const t = quickWords(locale, "ledger");
  const { filter, typed, choices, size } = data;
  const byName = (a: { name: string }, b: { name: string }) => compareText(locale, a.name, b.name);
  const campaigns = choices.campaigns
    .map(({ id }) => ({ value: id, name: `${names.campaign(id)} (${id})` }))
    .toSorted(byName);
  const communes = [...new Set(choices.communes.map(({ code }) => code))]
    .map((code) => ({
      value: code,
      name: choices.communes
        .filter((place) => place.code === code)
        .map((place) => names.commune(place.code, place.validFrom))
        .join(", "),
    }))
    .toSorted(byName);
  return (
    <form
      className="filters ledger-filters section"
      action={to("ledger")}
      role="search"
      aria-label={t("filter.label")}
    >
      <Choice
        name="kind"
        label={t("filter.kind")}
        all={t("filter.all")}
        chosen={filter.kind}
        options={[
          { value: GIFTS, name: t("filter.gifts") },
          ...ENTRY_KINDS.map((kind) => ({ value: kind, name: t(`kind.${kind}`) })),
        ]}
      />
      <Choice
        name="campaign"
        label={t("filter.campaign")}
        all={t("filter.all")}
        chosen={filter.campaign}
        options={campaigns}
      />
      <Choice
        name="commune"
        label={t("filter.commune")}
        all={t("filter.all")}
        chosen={filter.commune}
        options={communes}
      />
      {(["from", "to"] as const).map((name) => (
        <div key={name}>
          <label htmlFor={`filter-${name}`}>{t(`filter.${name}`)}</label>
          <input
            id={`filter-${name}`}
            name={name}
            inputMode="numeric"
            placeholder={EXAMPLE_DAY}
            defaultValue={typed.days[name]}
          />
        </div>
      ))}
      {size === LEDGER_SIZE ? null : <input type="hidden" name="size" value={size} />}
      <div className="buttons">
        <button className="button quiet" type="submit">
          {t("filter.submit")}
        </button>
        {typed.query.size > 0 ? (
          <a className="clear" href={to("ledger")}>
            {t("filter.clear")}
          </a>
        ) : null}
      </div>
    </form>
  );
}

function Choice(props: {
  name: string;
  label: string;
  all: string;
  chosen: string | undefined;
  options: readonly { value: string; name: string }[];
}) {
  return (
    <div>
      <label htmlFor={`filter-${props.name}`}>{props.label}</label>
      <select id={`filter-${props.name}`} name={props.name} defaultValue={props.chosen ?? ""}>
        <option value="">{props.all}</option>
        {props.options.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What the address asks for; anything that is no filter is passed over, a day that cannot be read is said. */
function readAsked(params: URLSearchParams) {
  const { size, before, after, ...asked } = readFilters("ledger", params);
  const filter = ledgerFilter(asked);
  const query = new Map(
    Object.entries(filter).map(([name, value]) => [name, String(value)] as const),
  );
  const unread = unreadFilters("ledger", params);
  const shown = (name: "from" | "to") =>
    filter[name] === undefined ? (unread.get(name) ?? "") : day(filter[name]);
  return {
    filter,
    place: placeAsked(before, after),
    size: size === undefined ? LEDGER_SIZE : Number(size),
    typed: {
      query,
      days: { from: shown("from"), to: shown("to") },
      unread: [...unread.values()],
    },
  };
}

function placeAsked(before: string | undefined, after: string | undefined): LedgerPlace {
  if (before !== undefined) return { at: "older", than: Number(before) };
  return after === undefined ? { at: "newest" } : { at: "newer", than: Number(after) };
}

function addressOf(
  path: string,
  query: ReadonlyMap<string, string>,
  size: number,
  place?: readonly ["before" | "after", number],
): string {
  const params = new URLSearchParams([...query]);
  if (size !== LEDGER_SIZE) params.set("size", String(size));
  if (place) params.set(place[0], String(place[1]));
  return params.size === 0 ? path : `${path}?${params}`;
}
