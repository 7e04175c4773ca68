import { useTranslation } from "react-i18next";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { readChecksum } from "#app/domain/lists/checksum.ts";
import type { NoticeListing } from "#app/domain/notices/ports.ts";
import { compareText, day, NO_BREAK, number } from "#app/i18n/formats.ts";
import { readQuestion } from "#app/i18n/filters.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { ChecksumLookUp } from "#app/ui/lists/checksum-look-up.tsx";
import { DecidedLists } from "#app/ui/lists/decided-lists.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import type { Route } from "./+types/notices";

/** Every list; with a checksum in the address also whether it is one of ours, and the one in force. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { lists, notices, now } = context.get(servicesContext);
  const typed = readQuestion("notices", url.searchParams);
  const checksum = typed === undefined ? undefined : readChecksum(typed.slice(0, 200));
  const found = checksum === undefined ? undefined : await lists.byChecksum(checksum);
  const decided = await lists.published();
  const known = new Set(decided.map(({ list }) => list));
  return forRender({
    lists: decided,
    // Lists whose households were supported before lists were decided here.
    notices: (await notices.all()).filter(({ id }) => !known.has(id)),
    asked:
      typed === undefined
        ? null
        : { typed: typed.slice(0, 200), readable: checksum !== undefined, found: found ?? null },
    today: dayOf(now()),
  });
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "notices");
  const feed = { rel: "alternate", type: "application/atom+xml", href: "/niem-yet.atom" };
  return [...pageMeta(t("title"), t("description")), { tagName: "link", ...feed }];
}

/** Every public list: those that hang first, then by district. */
export default function NoticesPage({ loaderData }: Route.ComponentProps) {
  const { notices, lists, asked, today } = loaderData;
  const { t } = useTranslation("notices");
  const { locale } = useSite();
  const districts = [...new Set(notices.map(({ districtName }) => districtName))].toSorted((a, b) =>
    compareText(locale, a, b),
  );
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="lead spaced">{t("lead")}</p>
      {notices.length + lists.length === 0 ? <p className="empty">{t("none")}</p> : null}
      <DecidedLists lists={lists} today={today} />
      <ChecksumLookUp asked={asked} />
      {districts.map((district) => (
        <section key={district} className="section">
          <h2>{placeName(locale, district)}</h2>
          <District notices={notices.filter(({ districtName }) => districtName === district)} />
        </section>
      ))}
    </>
  );
}

function District({ notices }: { notices: readonly NoticeListing[] }) {
  const { t } = useTranslation("notices");
  const { locale, to } = useSite();
  return (
    <TableBox name={placeName(locale, notices[0]?.districtName ?? t("title"))}>
      <table className="stack notice-list">
        <thead>
          <tr>
            <th>{t("columns.list")}</th>
            <th>{t("columns.commune")}</th>
            <th className="n">{t("columns.households")}</th>
            <th className="n">{t("columns.animals")}</th>
            <th className="n">{t("columns.on")}</th>
          </tr>
        </thead>
        <tbody>
          {notices.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <a href={to("notice", { notice: one.id })}>
                  {t("list", {
                    campaign: locale === "vi" ? one.titleVi : one.titleEn,
                    round: one.round,
                  })}
                </a>
              </th>
              <td data-name={t("columns.commune")}>
                {placeName(locale, one.communeName).replaceAll(" ", NO_BREAK)}
              </td>
              <td className="n" data-name={t("columns.households")}>
                {number(locale, one.households)}
              </td>
              <td className="n" data-name={t("columns.animals")}>
                {number(locale, one.animals)}
              </td>
              <td className="n" data-name={t("columns.on")}>
                {day(one.listedOn)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
