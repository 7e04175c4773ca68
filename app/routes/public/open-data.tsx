import { useTranslation } from "react-i18next";

import { FORMAT_CHANGES } from "#app/domain/open-data/format-changes.ts";
import { overviewOf, type SetOverview } from "#app/domain/open-data/overview.ts";
import { SET_GROUPS, SETS, ZIP_NAME } from "#app/domain/open-data/sets.ts";
import { day, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { type Locale, localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import type { Route } from "./+types/open-data";

export async function loader({ context }: Route.LoaderArgs) {
  const { openData } = context.get(servicesContext);
  const head = await openData.head();
  const counted = await openData.counted(head);
  return forRender({
    head,
    sets: new Map(counted.map((one) => [one.set as string, overviewOf(one)])),
  });
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "open-data");
  return pageMeta(t("title"), t("description"));
}

const GROUPS = Object.keys(SET_GROUPS) as (keyof typeof SET_GROUPS)[];

/** Every published table, how long it is, how it looks, and what its columns mean. */
export default function OpenDataPage({ loaderData }: Route.ComponentProps) {
  const { head, sets } = loaderData;
  const { t } = useTranslation("open-data");
  const { locale, to } = useSite();
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead spaced">{t("lead")}</p>
      <div className="buttons">
        <a className="button" href={`/data/v1/${ZIP_NAME}`}>
          {t("everything")}
        </a>
        <a className="button quiet" href="/data/v1/README.txt">
          {t("readme")}
        </a>
        <a className="button quiet" href="/data/v1/datapackage.json">
          {t("package")}
        </a>
      </div>
      <p className="soft spaced">
        {t("everythingHint")} {t("rules")}
      </p>
      <p className="soft">{t("sheets")}</p>
      {head === 0 ? null : (
        <p className="soft">
          {t("upTo")} <a href={to("entry", { entry: head })}>#{number(locale, head)}</a>.
        </p>
      )}
      {GROUPS.map((group) => (
        <section key={group} className="section" aria-labelledby={group}>
          <h2 id={group}>{t(`group.${group}`)}</h2>
          <div className="data-sets">
            {SET_GROUPS[group].map((set) => {
              const one = sets.get(set);
              return one ? <DataSet key={set} one={one} /> : null;
            })}
          </div>
        </section>
      ))}
      <section className="section">
        <h2>{t("gift.title")}</h2>
        <p>{t("gift.text")}</p>
      </section>
      <section className="section">
        <h2>{t("entry.title")}</h2>
        <p>{t("entry.text")}</p>
      </section>
      <section className="section" aria-labelledby="changes">
        <h2 id="changes">{t("changes.title")}</h2>
        <p>{t("changes.lead")}</p>
        <ul>
          {FORMAT_CHANGES.map(({ on, what }) => (
            <li key={what}>
              {day(on)}: {t(`changes.${what}`)}
            </li>
          ))}
        </ul>
      </section>
      <p className="section">{t("license")}</p>
      <p>{t("privacy")}</p>
    </>
  );
}

function DataSet({ one }: { one: SetOverview }) {
  const { t } = useTranslation("open-data");
  const { t: td } = useTranslation("data");
  const { locale } = useSite();
  const { set, rows, bytes, exact, sample, sheet } = one;
  const { columns, key } = SETS[set];
  const title = td(`sets.${set}.title`);
  const size = sizeOf(locale, bytes);
  return (
    <div className="data-set">
      <h3>{title}</h3>
      <p className="set-files">
        <a href={`/data/v1/${set}.csv`}>{`${set}.csv`}</a>
        {sheet ? <a href={`/data/v1/${set}.xlsx`}>{`${set}.xlsx`}</a> : <span>{t("tooLong")}</span>}
        <a href={`/data/v1/${set}.json`}>{`${set}.json`}</a>
        <span className="soft">
          {t("rows", { count: rows, n: number(locale, rows) })} ·{" "}
          {exact ? size : t("about", { size })}
        </span>
      </p>
      <details>
        <summary>
          {t("columns.fields")} ({columns.length})
        </summary>
        <dl className="fields">
          {columns.map(({ name }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{td(`sets.${set}.columns.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
      {sample.length === 0 ? null : (
        <details>
          <summary>{t("sample")}</summary>
          <TableBox name={title}>
            <table className="sample">
              <thead>
                <tr>
                  {columns.map(({ name }) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {sample.map((row) => (
                  <tr key={key.map((name) => String(row[name])).join(" ")}>
                    {columns.map(({ name }) => (
                      <td key={name}>{cut(String(row[name] ?? ""))}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
        </details>
      )}
    </div>
  );
}

/** Long texts, such as hashes, by their beginning: the file holds them whole. */
function cut(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 38)}…`;
}

const KIB = 1_024;

/** `12 KB`, `3,4 MB`; under a kilobyte in bytes. */
function sizeOf(locale: Locale, bytes: number): string {
  if (bytes < KIB) return `${bytes} B`;
  if (bytes < KIB * KIB) return `${number(locale, Math.round(bytes / KIB))} KB`;
  const tenths = Math.round((bytes / KIB / KIB) * 10);
  return `${number(locale, Math.floor(tenths / 10))}${locale === "vi" ? "," : "."}${tenths % 10} MB`;
}
