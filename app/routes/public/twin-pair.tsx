import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { communeAddress } from "#app/domain/places/commune-file.ts";
import {
  boardOf,
  pairYears,
  type PairLine,
  type PairYear,
  type YearLine,
} from "#app/domain/twinning/board.ts";
import type { Pair, PromiseStanding, PromiseVersion } from "#app/domain/twinning/pair.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { placeInSentence, placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import { Totals } from "#app/ui/totals.tsx";
import { ModelMarks, RuleLine } from "#app/ui/twinning-models.tsx";
import type { Route } from "./+types/twin-pair";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { twinning, campaigns, now } = context.get(servicesContext);
  const today = dayOf(now());
  const pairs = await twinning.pairs();
  if (!pairs.some(({ id }) => id === params.pair)) {
    throw data({ code: "pair.not-found" }, { status: 404 });
  }
  const lines = boardOf(
    {
      pairs,
      versions: await twinning.versions(),
      campaigns: await campaigns.all(),
      rules: await twinning.rules(today),
    },
    today,
  );
  const line = lines.find(({ pair }) => pair.id === params.pair);
  if (!line) throw data({ code: "pair.not-found" }, { status: 404 });
  const moved = await twinning.years(line.campaigns.map(({ id }) => id));
  return forRender({ line, years: pairYears(line, moved, today), today });
}

export function meta({ loaderData, location }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const t = wordsFor(locale, "twinning");
  const pair = loaderData?.line.pair;
  if (!pair) return pageMeta(t("title"), t("description"));
  const receiver = placeInSentence(locale, pair.receiver.fullName);
  const names = { giver: pair.giver.name[locale], receiver };
  return pageMeta(t("one.title", names), t("one.description", names));
}

/** One pair: its models, its promises year by year, and what the books say came of them. */
export default function TwinPairPage({ loaderData }: Route.ComponentProps) {
  const { line, years, today } = loaderData;
  const { pair } = line;
  const { t } = useTranslation("twinning");
  const { locale, to } = useSite();
  return (
    <>
      <nav className="crumbs" aria-label={t("crumbs")}>
        <a href={to("twinning")}>{t("title")}</a>
      </nav>
      <h1>
        {pair.giver.name[locale]}{" "}
        <span className="soft" aria-hidden="true">
          →
        </span>
        <span className="visually-hidden">{t("standsBeside")}</span>{" "}
        {placeInSentence(locale, pair.receiver.fullName)}
      </h1>
      <PairFacts line={line} today={today} />
      <section className="section" aria-labelledby="models">
        <h2 id="models">{t("models.title")}</h2>
        <ModelMarks models={line.models} />
        <RuleLine rule={line.rule} />
        <p className="small soft">{t(`models.${pair.kind}`)}</p>
        {line.together.length === 0 ? null : (
          <p className="small">
            {t("models.together")}{" "}
            {line.together.map((other, n) => (
              <span key={other.id}>
                {n > 0 ? ", " : ""}
                <a href={to("twinPair", { pair: other.id })}>{other.giver.name[locale]}</a>
              </span>
            ))}
            .
          </p>
        )}
      </section>
      <section className="section" aria-labelledby="totals">
        <h2 id="totals">{t("totals.title")}</h2>
        <Totals totals={line.totals} notes={{}} />
        <p className="small soft">{t("totals.text")}</p>
      </section>
      <section className="section" aria-labelledby="years">
        <h2 id="years">{t("years.title")}</h2>
        {years.map((year) => (
          <Year key={year.year} year={year} pair={pair} />
        ))}
      </section>
      <CampaignsOfPair line={line} />
    </>
  );
}

function PairFacts({ line: { pair }, today }: { line: PairLine; today: string }) {
  const { t } = useTranslation("twinning");
  const { locale, to } = useSite();
  const ended = pair.to !== null && pair.to < today;
  const nowPart =
    pair.receiverNow &&
    t("facts.nowPart", { place: placeInSentence(locale, pair.receiverNow.fullName) });
  return (
    <dl className="facts spaced">
      {pair.giverNow ? (
        <>
          <dt>{t("facts.giverNow")}</dt>
          <dd>{pair.giverNow.name[locale]}</dd>
        </>
      ) : null}
      {pair.kind === "commune" ? (
        <>
          <dt>{t("facts.commune")}</dt>
          <dd>
            <a href={to("commune", { commune: communeAddress(pair.receiver) })}>
              {placeName(locale, pair.receiver.fullName)}
            </a>
            {pair.receiverNow ? (
              <>
                {" "}
                ·{" "}
                <a href={to("commune", { commune: communeAddress(pair.receiverNow) })}>{nowPart}</a>
              </>
            ) : null}
          </dd>
        </>
      ) : null}
      <dt>{t("facts.period")}</dt>
      <dd>
        {pair.to === null
          ? t("facts.since", { day: day(pair.from) })
          : `${day(pair.from)} – ${day(pair.to)}`}{" "}
        {ended ? <span className="under">{t("facts.ended")}</span> : null}
      </dd>
      <dt>{t("facts.basis")}</dt>
      <dd>{t(`basis.${pair.basis}`)}</dd>
    </dl>
  );
}

function Year({ year, pair }: { year: PairYear; pair: Pair }) {
  const { t } = useTranslation("twinning");
  return (
    <div className="year-block">
      <h3>{year.year}</h3>
      {year.silent ? <p className="empty">{t("years.silent", { year: year.year })}</p> : null}
      {year.lines.length === 0 ? null : <YearTable year={year} kind={pair.kind} />}
    </div>
  );
}

function YearTable({ year, kind }: { year: PairYear; kind: Pair["kind"] }) {
  const { t } = useTranslation("twinning");
  const { locale } = useSite();
  return (
    <TableBox name={t("years.caption", { year: year.year })}>
      <table className="stack year-table">
        <caption className="visually-hidden">{t("years.caption", { year: year.year })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("columns.model")}</th>
            <th scope="col">{t("columns.promised")}</th>
            <th scope="col" className="n">
              {t("columns.received")}
            </th>
            <th scope="col" className="n">
              {t("columns.disbursed")}
            </th>
            <th scope="col" className="n">
              {t("columns.delivered")}
            </th>
          </tr>
        </thead>
        <tbody>
          {year.lines.map((line) => (
            <tr key={line.model}>
              <th scope="row">{t(`model.${line.model}`)}</th>
              <td data-name={t("columns.promised")}>
                <Promises line={line} kind={kind} />
              </td>
              <td className="n" data-name={t("columns.received")}>
                {money(locale, line.received)}
              </td>
              <td className="n" data-name={t("columns.disbursed")}>
                {money(locale, line.disbursed)}
              </td>
              <td className="n" data-name={t("columns.delivered")}>
                {money(locale, line.delivered)}
                {line.things.map(({ species, count }) => (
                  <span className="under" key={species}>
                    {t(`thing.${species}`, { count, n: number(locale, count) })}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Promises({ line, kind }: { line: YearLine; kind: Pair["kind"] }) {
  const { t } = useTranslation("twinning");
  if (line.promises.length === 0) return <span className="soft">{t("notRegistered")}</span>;
  return (
    <ul className="promise-lines">
      {line.promises.map((promise) => (
        <PromiseLine
          key={`${promise.commune.code} ${promise.model}`}
          promise={promise}
          commune={kind === "district"}
        />
      ))}
    </ul>
  );
}

/** What holds, and what waits beside it. */
function PromiseLine({ promise, commune }: { promise: PromiseStanding; commune: boolean }) {
  const { t } = useTranslation("twinning");
  const { locale } = useSite();
  const { signed, waiting, declined, versions } = promise;
  return (
    <li>
      {commune ? <strong>{placeName(locale, promise.commune.fullName)}: </strong> : null}
      {signed ? (
        <>
          <Amounts version={signed} />
          <span className="under">
            {t("promise.signed", { day: day(signed.answer?.on ?? signed.promisedOn) })}
          </span>
        </>
      ) : null}
      {waiting ? (
        <>
          {signed ? <br /> : null}
          <Amounts version={waiting} />
          <span className="under">
            {t(waiting.version > 1 ? "promise.changeWaiting" : "promise.waiting", {
              day: day(waiting.promisedOn),
            })}
          </span>
        </>
      ) : null}
      {declined ? (
        <span className="under">
          {t("promise.declined", {
            day: day(declined.answer?.on ?? declined.promisedOn),
            reason: declined.answer?.reason ?? "",
          })}
        </span>
      ) : null}
      {versions.length > 1 ? (
        <details>
          <summary>{t("promise.versions", { count: versions.length })}</summary>
          <ol className="promise-lines">
            {versions.map((version) => (
              <li key={version.id}>
                {day(version.promisedOn)}: <Amounts version={version} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </li>
  );
}

function Amounts({ version }: { version: PromiseVersion }) {
  const { t } = useTranslation("twinning");
  const { locale } = useSite();
  const goods = version.goods.map(
    ({ what, quantity, unit }) => `${number(locale, quantity)} ${unit} ${what}`,
  );
  if (version.money === 0n && goods.length === 0) return <span>{t("promise.takenBack")}</span>;
  return (
    <>
      {version.money > 0n ? <span className="amount">{money(locale, version.money)}</span> : null}
      {version.money > 0n && goods.length > 0 ? "; " : null}
      {goods.length > 0 ? <span lang="vi">{goods.join(", ")}</span> : null}
    </>
  );
}

function CampaignsOfPair({ line }: { line: PairLine }) {
  const { t } = useTranslation("twinning");
  const { locale, to } = useSite();
  return (
    <section className="section" aria-labelledby="pair-campaigns">
      <h2 id="pair-campaigns">{t("campaignList.title")}</h2>
      {line.campaigns.length === 0 ? (
        <p className="empty">{t("campaignList.none")}</p>
      ) : (
        <TableBox name={t("campaignList.title")}>
          <table className="stack">
            <caption className="visually-hidden">{t("campaignList.title")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("campaignList.campaign")}</th>
                <th scope="col" className="n">
                  {t("columns.received")}
                </th>
                <th scope="col" className="n">
                  {t("columns.disbursed")}
                </th>
                <th scope="col" className="n">
                  {t("columns.delivered")}
                </th>
                <th scope="col">{t("campaignList.ledger")}</th>
              </tr>
            </thead>
            <tbody>
              {line.campaigns.map((campaign) => (
                <tr key={campaign.id}>
                  <th scope="row">
                    <a href={to("campaign", { slug: campaign.slug })}>
                      {campaign.title[locale] || campaign.title.vi}
                    </a>
                    <span className="under">{t(`model.${campaign.model}`)}</span>
                  </th>
                  <td className="n" data-name={t("columns.received")}>
                    {money(locale, campaign.totals.received)}
                  </td>
                  <td className="n" data-name={t("columns.disbursed")}>
                    {money(locale, campaign.totals.disbursed)}
                  </td>
                  <td className="n" data-name={t("columns.delivered")}>
                    {money(locale, campaign.totals.delivered)}
                  </td>
                  <td data-name={t("campaignList.ledger")}>
                    <a href={`${to("ledger")}?campaign=${campaign.id}`}>
                      {t("campaignList.entries")}
                      <span className="visually-hidden">: {campaign.title[locale]}</span>
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </section>
  );
}
