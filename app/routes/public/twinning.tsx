import { useTranslation } from "react-i18next";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { boardOf, type PairLine } from "#app/domain/twinning/board.ts";
import { money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { PromiseBar } from "#app/ui/promise-bar.tsx";
import { useSite } from "#app/ui/site.ts";
import { ModelMarks, RuleLine } from "#app/ui/twinning-models.tsx";
import type { Route } from "./+types/twinning";

export async function loader({ context }: Route.LoaderArgs) {
  const { twinning, campaigns, now } = context.get(servicesContext);
  const today = dayOf(now());
  const lines = boardOf(
    {
      pairs: await twinning.pairs(),
      versions: await twinning.versions(),
      campaigns: await campaigns.all(),
      rules: await twinning.rules(today),
    },
    today,
  );
  return forRender({ lines, year: Number(today.slice(0, 4)), today });
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "twinning");
  return pageMeta(t("title"), t("description"));
}

/** Every pair: its models, what was promised, what came. */
export default function TwinningPage({ loaderData }: Route.ComponentProps) {
  const { lines, year, today } = loaderData;
  const { t } = useTranslation("twinning");
  const districts = lines.filter(({ pair }) => pair.kind === "district");
  const communes = lines.filter(({ pair }) => pair.kind === "commune");
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead">{t("lead")}</p>
      <ul className="model-legend">
        {(["agreed", "promised", "none"] as const).map((state) => (
          <li key={state}>
            <span className={`model ${state}`}>{t("legend.model")}</span> {t(`legend.${state}`)}
          </li>
        ))}
      </ul>
      <section className="section" aria-labelledby="communes">
        <h2 id="communes">{t("communes.title")}</h2>
        <p className="soft">{t("communes.text")}</p>
        <Pairs lines={communes} year={year} today={today} none={t("communes.none")} />
      </section>
      <section className="section" aria-labelledby="districts">
        <h2 id="districts">{t("districts.title")}</h2>
        <p className="soft">{t("districts.text")}</p>
        <Pairs lines={districts} year={year} today={today} none={t("districts.none")} />
      </section>
      <p className="small soft section">
        {t("data")} <a href="/data/v1/twinning_pairs.csv">twinning_pairs.csv</a>,{" "}
        <a href="/data/v1/twinning_promises.csv">twinning_promises.csv</a>,{" "}
        <a href="/data/v1/twinning_goods.csv">twinning_goods.csv</a>
      </p>
    </>
  );
}

function Pairs(props: { lines: readonly PairLine[]; year: number; today: string; none: string }) {
  if (props.lines.length === 0) return <p className="empty">{props.none}</p>;
  return (
    <ul className="pair-list">
      {props.lines.map((line) => (
        <PairRow key={line.pair.id} line={line} year={props.year} today={props.today} />
      ))}
    </ul>
  );
}

function PairRow({ line, year, today }: { line: PairLine; year: number; today: string }) {
  const { pair, totals } = line;
  const { t } = useTranslation("twinning");
  const { locale, to } = useSite();
  const standing = pair.to === null || today <= pair.to;
  const silent = standing && line.silent.includes(year);
  return (
    <li className="pair">
      <div className="pair-names">
        <h3>
          <a href={to("twinPair", { pair: pair.id })}>
            {pair.giver.name[locale]}{" "}
            <span className="arrow" aria-hidden="true">
              →
            </span>
            <span className="visually-hidden">{t("standsBeside")}</span>{" "}
            {placeInSentence(locale, pair.receiver.fullName)}
          </a>
        </h3>
        <p className="under">
          {pair.giverNow ? t("nowBy", { office: pair.giverNow.name[locale] }) : null}{" "}
          {pair.receiverNow
            ? t("nowPart", { place: placeInSentence(locale, pair.receiverNow.fullName) })
            : null}{" "}
          {standing ? null : t("endedPair", { year: pair.to?.slice(0, 4) })}
        </p>
      </div>
      <div>
        <ModelMarks models={line.models} />
        <RuleLine rule={line.rule} />
      </div>
      <dl className="pair-money">
        <div>
          <dt>{t("money.promised")}</dt>
          {line.signed > 0n ? (
            <dd className="amount">{money(locale, line.signed)}</dd>
          ) : (
            <dd className="silent">{t("notRegistered")}</dd>
          )}
          {line.waiting > 0n ? (
            <dd className="under">{t("money.waiting", { amount: money(locale, line.waiting) })}</dd>
          ) : null}
          {silent ? <dd className="under">{t("silentYear", { year })}</dd> : null}
        </div>
        <div>
          <dt>{t("money.received")}</dt>
          <dd className="amount">{money(locale, totals.received)}</dd>
          <dd className="under">{t("campaigns", { count: line.campaigns.length })}</dd>
        </div>
        <div>
          <dt>{t("money.disbursed")}</dt>
          <dd className="amount">{money(locale, totals.disbursed)}</dd>
        </div>
        <div>
          <dt>{t("money.delivered")}</dt>
          <dd className="amount">{money(locale, totals.delivered)}</dd>
          <dd className="under">
            {t("things", {
              count: line.campaigns.reduce((sum, { things }) => sum + things, 0),
              n: number(
                locale,
                line.campaigns.reduce((sum, { things }) => sum + things, 0),
              ),
            })}
          </dd>
        </div>
      </dl>
      {line.signed > 0n ? <PromiseBar promised={line.signed} done={totals.delivered} /> : null}
    </li>
  );
}
