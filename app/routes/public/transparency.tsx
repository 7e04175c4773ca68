import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { CheckReport, CheckResult } from "#app/domain/transparency/ports.ts";
import { clockAt, dayAt, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/transparency";

export async function loader({ context }: Route.LoaderArgs) {
  const { checks, home } = context.get(servicesContext);
  const [report, head] = await Promise.all([checks.last(), home.head()]);
  return forRender({ report, lastEntry: head?.entry ?? 0 });
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "transparency");
  return pageMeta(t("title"), t("description"));
}

/** Check us: what the checks found the last time they ran, and how to check without us. */
export default function TransparencyPage({ loaderData }: Route.ComponentProps) {
  const { report, lastEntry } = loaderData;
  const { t } = useTranslation("transparency");
  const { to } = useSite();
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead spaced">{t("lead")}</p>
      {report ? (
        <Verdict report={report} lastEntry={lastEntry} t={t} />
      ) : (
        <p className="notice verdict">
          <strong>{t("noRun.title")}</strong>
          <br />
          {t("noRun.text")}
        </p>
      )}
      {report ? (
        <ul className="checks section">
          {brokenFirst(report.results).map((result) => (
            <Check key={result.name} result={result} endedAt={report.endedAt} t={t} />
          ))}
        </ul>
      ) : null}
      <section className="section">
        <h2>{t("how.title")}</h2>
        <ol className="how">
          <li>{t("how.one")}</li>
          <li>{t("how.two")}</li>
          <li>{t("how.three")}</li>
        </ol>
        <p>
          <a href={to("openData")}>{t("how.data")}</a> ·{" "}
          <a href={to("ledger")}>{t("how.ledger")}</a>
        </p>
      </section>
      <section className="section">
        <h2>{t("limits.title")}</h2>
        <p>{t("limits.text")}</p>
        <p>{t("limits.unseen")}</p>
        <p>{t("limits.false")}</p>
      </section>
    </>
  );
}

interface VerdictProps {
  readonly report: CheckReport;
  /** The newest entry of the books. */
  readonly lastEntry: number;
  readonly t: TFunction<"transparency">;
}

function Verdict({ report, lastEntry, t }: VerdictProps) {
  const { locale } = useSite();
  const { results, entry, endedAt, kind, fullAt } = report;
  const wrong = results.filter(({ ok }) => !ok).length;
  const since = Math.max(0, lastEntry - entry);
  return (
    <p className={wrong === 0 ? "notice good verdict" : "notice bad verdict"}>
      <strong>
        {t(wrong === 0 ? "allRight" : "someWrong", {
          n: number(locale, results.length),
          wrong: number(locale, wrong),
        })}
      </strong>
      <br />
      {t(kind === "full" ? "ranFull" : "ranIncremental", {
        time: clockAt(endedAt),
        day: dayAt(endedAt),
        entry: number(locale, entry),
      })}
      {kind === "incremental" && fullAt !== undefined ? (
        <> {t("fullBefore", { time: clockAt(fullAt), day: dayAt(fullAt) })}</>
      ) : null}
      {since > 0 ? (
        <>
          <br />
          {t("cameSince", { n: number(locale, since) })}
        </>
      ) : null}
    </p>
  );
}

interface CheckProps {
  readonly result: CheckResult;
  readonly endedAt: number;
  readonly t: TFunction<"transparency">;
}

/** Results of longer ago than a run takes are told with their time, seconds. */
const OF_ANOTHER_RUN = 240;

function Check({ result, endedAt, t }: CheckProps) {
  const { locale } = useSite();
  const { name, whole, ranAt } = result;
  return (
    <li className={result.ok ? "check right" : "check wrong"}>
      <h2>{t([`check.${name}.title`, "check.unknown.title"], { name })}</h2>
      <p>
        {t([`check.${name}.text`, "check.unknown.text"])}{" "}
        <span className="soft num">
          {t(whole ? "counted" : "countedNew", { n: number(locale, result.counted) })}
          {result.ok ? "" : `, ${t("broken", { n: number(locale, result.broken) })}`}
          {endedAt - ranAt > OF_ANOTHER_RUN
            ? `, ${t("earlier", { time: clockAt(ranAt), day: dayAt(ranAt) })}`
            : ""}
        </span>
      </p>
      {result.ok ? null : (
        <details open>
          <summary>{t("offenders")}</summary>
          <ul>
            {told(result.offenders).map(({ subject, fact, times }) => (
              <li key={`${subject} ${fact}`}>
                <code>{subject}</code> {fact}
                {times > 1 ? ` × ${number(locale, times)}` : ""}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** What does not hold is not to be looked for. */
function brokenFirst(results: CheckReport["results"]): CheckResult[] {
  return results.toSorted((a, b) => Number(a.ok) - Number(b.ok));
}

/** Rows that may not be told one from another stand as one line with their number. */
function told(offenders: CheckResult["offenders"]) {
  const groups = Map.groupBy(offenders, ({ subject, fact }) => `${subject} ${fact}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, times: group.length }] : [];
  });
}
