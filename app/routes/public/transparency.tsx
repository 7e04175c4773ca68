import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { CheckResult } from "#app/domain/transparency/ports.ts";
import { clockAt, dayAt, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/middleware/for-render.ts";
import { servicesContext } from "#app/middleware/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/transparency";

export async function loader({ context }: Route.LoaderArgs) {
  const { checks, home } = context.get(servicesContext);
  const results = await checks.run();
  return forRender({ results, head: await home.head() });
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "transparency");
  return pageMeta(t("title"), t("description"));
}

/** Check us: every invariant with its live result, and how to check without us. */
export default function TransparencyPage({ loaderData }: Route.ComponentProps) {
  const { results, head } = loaderData;
  const { t } = useTranslation("transparency");
  const { locale, to } = useSite();
  const wrong = results.filter(({ ok }) => !ok).length;
  const ranAt = results[0]?.ranAt;
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead spaced">{t("lead")}</p>
      <p className={wrong === 0 ? "notice good verdict" : "notice bad verdict"}>
        <strong>
          {t(wrong === 0 ? "allRight" : "someWrong", {
            n: number(locale, results.length),
            wrong: number(locale, wrong),
          })}
        </strong>
        {ranAt === undefined ? null : (
          <>
            <br />
            {t("ran", {
              time: clockAt(ranAt),
              day: dayAt(ranAt),
              entry: number(locale, head?.entry ?? 0),
            })}
          </>
        )}
      </p>
      <ul className="checks section">
        {results.map((result) => (
          <Check key={result.name} result={result} t={t} />
        ))}
      </ul>
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
        <p>{t("limits.false")}</p>
      </section>
    </>
  );
}

function Check({ result, t }: { result: CheckResult; t: TFunction<"transparency"> }) {
  const { locale } = useSite();
  const { name } = result;
  return (
    <li className={result.ok ? "check right" : "check wrong"}>
      <h2>{t([`check.${name}.title`, "check.unknown.title"], { name })}</h2>
      <p>
        {t([`check.${name}.text`, "check.unknown.text"])}{" "}
        <span className="soft num">
          {t("counted", { n: number(locale, result.counted) })}
          {result.ok ? "" : `, ${t("broken", { n: number(locale, result.broken) })}`}
        </span>
      </p>
      {result.ok ? null : (
        <details open>
          <summary>{t("offenders")}</summary>
          <ul>
            {result.offenders.map(({ subject, fact }) => (
              <li key={`${subject} ${fact}`}>
                <code>{subject}</code> {fact}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
