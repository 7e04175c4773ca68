import { useTranslation } from "react-i18next";

import type { PublicLine, PublicListView } from "#app/requests/public-list.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";

/** The lines of a list by their codes. On phones code and state stand above, level and amount below. */
export function PublicLines({ view }: { view: PublicListView }) {
  const { t } = useTranslation("lists");
  const { locale, to } = useSite();
  const { totals } = view;
  const version = view.inForce ? "" : `?version=${view.version}`;
  return (
    <section className="section" aria-labelledby="lines">
      <div className="section-head">
        <h2 id="lines">{t("lines")}</h2>
        <p className="no-print">
          <a href={`/data/v1/lists/${view.list}-${view.version}.csv`}>{t("csv")}</a> ·{" "}
          <a href={`${to("noticeSheet", { notice: view.list })}${version}`}>{t("printSheet")}</a>
        </p>
      </div>
      {view.wholeList.length === 0 ? null : (
        <ul className="notice bad plain-list">
          {view.wholeList.map((one) => (
            <li key={one.code}>
              <a href={to("objectionFollow", { code: one.code })}>
                {t("objectionCode", { code: one.code })}
              </a>
              {": "}
              {t("wholeListLocked", {
                ground: t(`ground.${one.ground}`),
                day: day(one.answerBy),
              })}
            </li>
          ))}
        </ul>
      )}
      <TableBox name={t("lines")}>
        <table className="list-lines">
          <thead>
            <tr>
              <th scope="col">{t("column.code")}</th>
              <th scope="col">{t("column.village")}</th>
              <th scope="col">{t("column.level")}</th>
              <th scope="col" className="n">
                {t("column.amount")}
              </th>
              <th scope="col">{t("column.state")}</th>
            </tr>
          </thead>
          <tbody>
            {view.lines.map((line) => (
              <Line key={line.code} line={line} species={view.campaign.species} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("total")}</th>
              <td>{t("nHouseholds", { n: number(locale, totals.households) })}</td>
              <td>{t(`level.${view.campaign.species}`, { n: number(locale, totals.heads) })}</td>
              <td className="n">{money(locale, totals.amount)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </TableBox>
    </section>
  );
}

function Line({ line, species }: { line: PublicLine; species: string }) {
  const { t } = useTranslation("lists");
  const { locale, to } = useSite();
  return (
    <tr id={line.code} className={line.state === "locked" ? "locked" : undefined}>
      <th scope="row">
        <span className="num">{line.code}</span>
        {line.name === null ? null : <span className="under">{line.name}</span>}
      </th>
      <td className="where">{line.village ?? <span className="soft">{t("fewHere")}</span>}</td>
      <td className="level">
        {t(`level.${species}`, { n: number(locale, line.heads) })}
        {line.lower ? <span className="under">{t("lower")}</span> : null}
        {line.things.length > 0 ? (
          <span className="under codes">
            {line.things.map(({ animal, died }, at) => (
              <span key={animal}>
                {at > 0 ? ", " : ""}
                <a href={to("animal", { tag: animal })}>{animal}</a>
                {died ? ` (${t("died")})` : ""}
              </span>
            ))}
          </span>
        ) : null}
      </td>
      <td className="n">
        {line.reserve ? <span className="soft">{t("ifCalled")}</span> : money(locale, line.amount)}
      </td>
      <td className="line-state">
        <span className={`list-state is-${line.state}`}>
          {line.state === "reserve"
            ? t("lineState.reserve", { n: number(locale, line.nth) })
            : t(`lineState.${line.state}`)}
        </span>
        {line.objections.map((one) => (
          <span className="under" key={one.code}>
            <a href={to("objectionFollow", { code: one.code })}>
              {t("objectionCode", { code: one.code })}
            </a>
            {": "}
            {t("objection", {
              ground: t(`ground.${one.ground}`),
              day: day(one.answerBy),
            })}
          </span>
        ))}
      </td>
    </tr>
  );
}
