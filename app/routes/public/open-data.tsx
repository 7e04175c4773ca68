import { useTranslation } from "react-i18next";

import { SET_NAMES, SETS } from "#app/domain/open-data/sets.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import type { Route } from "./+types/open-data";

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "open-data");
  return pageMeta(t("title"), t("description"));
}

/** Every published table, with what its columns mean. */
export default function OpenDataPage() {
  const { t } = useTranslation("open-data");
  const { t: td } = useTranslation("data");
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead spaced">{t("lead")}</p>
      <div className="buttons">
        <a className="button" href="/data/v1/README.txt">
          {t("readme")}
        </a>
        <a className="button quiet" href="/data/v1/datapackage.json">
          {t("package")}
        </a>
      </div>
      <p className="soft spaced">{t("rules")}</p>
      <section className="section data-sets">
        {SET_NAMES.map((set) => (
          <div key={set} className="data-set">
            <h2>{td(`sets.${set}.title`)}</h2>
            <p>
              <a href={`/data/v1/${set}.csv`}>{set}.csv</a> ·{" "}
              <a href={`/data/v1/${set}.json`}>{set}.json</a>
            </p>
            <details>
              <summary>
                {t("columns.fields")} ({SETS[set].columns.length})
              </summary>
              <dl className="fields">
                {SETS[set].columns.map(({ name }) => (
                  <div key={name}>
                    <dt>
                      <code>{name}</code>
                    </dt>
                    <dd>{td(`sets.${set}.columns.${name}`)}</dd>
                  </div>
                ))}
              </dl>
            </details>
          </div>
        ))}
      </section>
      <section className="section">
        <h2>{t("gift.title")}</h2>
        <p>{t("gift.text")}</p>
      </section>
      <section className="section">
        <h2>{t("entry.title")}</h2>
        <p>{t("entry.text")}</p>
      </section>
      <p className="section">{t("license")}</p>
      <p>{t("privacy")}</p>
    </>
  );
}
