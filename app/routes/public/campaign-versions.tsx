import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";
import { data } from "react-router";

import {
  type CampaignVersion,
  type Changed,
  changedFields,
  type VersionNeed,
} from "#app/domain/campaigns/version.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { ownLanguage } from "#app/ui/own-language.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/campaign-versions";

export async function loader({ context, params }: Route.LoaderArgs) {
  const history = await context.get(servicesContext).campaigns.versions(params.slug);
  if (!history) throw data({ code: "campaign.not-found" }, { status: 404 });
  const { versions } = history;
  return forRender({
    history,
    // The newest stands first, so the one before it comes after it.
    changes: versions.map((one, n) =>
      changedFields(versions[n + 1]?.terms ?? one.terms, one.terms),
    ),
  });
}

export function meta({ loaderData, location }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const t = wordsFor(locale, "campaign");
  const title = loaderData?.history.title[locale] ?? "";
  return pageMeta(t("versions.metaTitle", { title }), t("versions.lead"));
}

export default function CampaignVersions({
  loaderData: { history, changes },
}: Route.ComponentProps) {
  const { t } = useTranslation("campaign");
  const { locale, to } = useSite();
  return (
    <>
      <nav className="crumbs" aria-label={t("crumbs")}>
        <a href={to("campaign", { slug: history.slug })} lang={ownLanguage(history.title, locale)}>
          {history.title[locale]}
        </a>
      </nav>
      <h1>{t("versions.title")}</h1>
      <p className="lead">{t("versions.lead")}</p>
      <ol className="versions" reversed>
        {history.versions.map((version, n) => (
          <li key={version.version}>
            <Version version={version} changes={changes[n] ?? []} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Version({ version, changes }: { version: CampaignVersion; changes: readonly Changed[] }) {
  const { t } = useTranslation("campaign");
  const { locale } = useSite();
  const id = `v${version.version}`;
  const { draftedBy, publishedBy } = version;
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{t("versions.of", { n: version.version, day: day(version.publishedOn) })}</h2>
      <p>
        {version.reason ? (
          <strong>{t(`amendReason.${version.reason}`)}</strong>
        ) : (
          t("versions.first")
        )}{" "}
        {draftedBy
          ? t("versions.by", { drafted: draftedBy[locale], published: publishedBy[locale] })
          : t("versions.byOne", { published: publishedBy[locale] })}
      </p>
      {changes.length > 0 ? (
        <table className="stack changes">
          <caption className="visually-hidden">
            {t("versions.of", { n: version.version, day: day(version.publishedOn) })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t("versions.what")}</th>
              <th scope="col">{t("versions.before")}</th>
              <th scope="col">{t("versions.after")}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.field}>
                <th scope="row">{t(`field.${change.field}`)}</th>
                <td data-name={t("versions.before")}>
                  <Value field={change.field} value={change.before} />
                </td>
                <td data-name={t("versions.after")}>
                  <Value field={change.field} value={change.after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

/** Fields whose values are codes, and where their words are. */
const CODED: Readonly<Record<string, string>> = {
  surplus: "surplus",
  shortfall: "shortfall",
  normReasons: "normReason",
};
const DAYS = new Set(["startsOn", "endsOn", "closedOn"]);
/** Fields that are always Vietnamese. */
const VIETNAMESE = new Set(["titleVi", "summaryVi", "storyVi", "account", "twin", "responsible"]);

function Value({ field, value }: { field: Changed["field"]; value: Changed["before"] }) {
  const { t } = useTranslation("campaign");
  const { locale } = useSite();
  const lang = VIETNAMESE.has(field) && locale === "en" ? "vi" : undefined;
  if (value === null || value === "") return <span className="soft">{t("versions.none")}</span>;
  if (typeof value === "number") return <>{number(locale, value)}</>;
  if (typeof value === "string") {
    if (field === "goal") return <span className="amount">{money(locale, BigInt(value))}</span>;
    if (DAYS.has(field)) return <>{day(value)}</>;
    const area = own(CODED, field);
    if (area) return <>{t(`${area}.${value}`)}</>;
    if (field === "decisionDigest") return <code className="digest">{value}</code>;
    return (
      <div lang={lang}>
        {value.split(/\n\s*\n/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    );
  }
  if (value.length === 0) return <span className="soft">{t("versions.none")}</span>;
  if (field === "pictures") return <>{t("versions.pictures", { count: value.length })}</>;
  return (
    <ul className="plain-list">
      {value.map((item) =>
        typeof item === "string" ? (
          <li key={item}>{t(`${own(CODED, field) ?? "normReason"}.${item}`)}</li>
        ) : (
          <li key={item.titleVi}>{needText(item, locale)}</li>
        ),
      )}
    </ul>
  );
}

function needText(need: VersionNeed, locale: "vi" | "en"): string {
  const title = locale === "en" && need.titleEn !== "" ? need.titleEn : need.titleVi;
  return `${number(locale, need.quantity)} × ${title}, ${money(locale, BigInt(need.unitPrice))}`;
}
