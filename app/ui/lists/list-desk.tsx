import { useTranslation } from "react-i18next";

import { day, dayAt, money, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { KeyFigures } from "#app/ui/office/key-figures.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";

import type { DeskData, DeskSent } from "./desk-data.ts";
import { LineForm } from "./line-form.tsx";
import { ListSteps } from "./list-steps.tsx";
import { NoticeDesk } from "./notice-desk.tsx";

/** Refusals after which the form that was sent may be gone from the page. */
const MOVED_ON = new Set(["office.stale", "list.other-state", "list.at-work", "notice.ended"]);

/** A list in the office: what it comes to, its lines, what others said, what is next, and how it hung. */
export function ListDesk({ loaded, sent }: { loaded: DeskData; sent: DeskSent | undefined }) {
  const { version, totals, done, opinions } = loaded;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  return (
    <>
      {done && !sent ? (
        <p className="notice good" role="status">
          {t(`done.${done}`)}
        </p>
      ) : null}
      {sent?.problem && MOVED_ON.has(sent.problem.code) ? (
        <p className="notice bad" role="alert">
          {problemText(t, locale, sent.problem)}
        </p>
      ) : null}
      <p className="state-line">
        <State
          tone={
            version.state === "submitted"
              ? "waiting"
              : version.state === "decided"
                ? "good"
                : "plain"
          }
        >
          {t(`listState.${version.state}`)}
        </State>{" "}
        {version.reason ? <span className="soft">{t(`anewReason.${version.reason}`)}</span> : null}
      </p>
      <KeyFigures
        figures={[
          { label: t("lists.households"), value: number(locale, totals.households) },
          { label: t("lists.reserves"), value: number(locale, totals.reserves) },
          { label: t("lists.heads"), value: number(locale, totals.heads) },
          { label: t("lists.amount"), value: money(locale, totals.amount) },
        ]}
      />
      <ListSteps loaded={loaded} sent={sent} />
      <Lines loaded={loaded} sent={sent} />
      <Section id="opinions" title={t("opinion.title")}>
        {opinions.length === 0 ? <p className="empty">{t("opinion.none")}</p> : null}
        <ul className="opinions">
          {opinions.map((one) => (
            <li key={`${one.version} ${one.n}`}>
              <p>
                <strong>{one.organisation[locale]}</strong>{" "}
                <span className="soft">
                  {t("opinion.of", {
                    capacity: t(`opinion.capacity.${one.capacity}`),
                    version: one.version,
                    day: dayAt(one.saidAt),
                  })}
                </span>{" "}
                <State tone={one.agrees ? "good" : "bad"}>
                  {t(one.agrees ? "opinion.agrees" : "opinion.disagrees")}
                </State>
              </p>
              {one.text === "" ? null : <p className="kept-lines">{one.text}</p>}
            </li>
          ))}
        </ul>
      </Section>
      <NoticeDesk loaded={loaded} sent={sent} />
      <Versions loaded={loaded} />
    </>
  );
}

function Lines({ loaded, sent }: { loaded: DeskData; sent: DeskSent | undefined }) {
  const { version, lines, can } = loaded;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const changes = can.compile && version.state === "compiling";
  return (
    <Section
      id="lines"
      title={t("lists.lines")}
      aside={
        loaded.mayName ? <a href={`?version=${version.version}&names=1`}>{t("showNames")}</a> : null
      }
    >
      {loaded.keyLost ? <p className="notice bad">{t("keyLost")}</p> : null}
      <TableBox name={t("lists.lines")}>
        <table className="stack office-table">
          <caption className="visually-hidden">{t("lists.lines")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("household")}</th>
              <th scope="col">{t("village")}</th>
              <th scope="col">{t("categoryOf")}</th>
              <th scope="col" className="n">
                {t("lists.heads")}
              </th>
              <th scope="col" className="n">
                {t("lists.amount")}
              </th>
              <th scope="col">{t("lists.why")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.code} id={line.code}>
                <th scope="row">
                  <span className="num">{line.code}</span>
                  {line.name === null ? null : <span className="under">{line.name}</span>}
                </th>
                <td data-name={t("village")}>{line.village}</td>
                <td data-name={t("categoryOf")}>{t(`category.${line.category}`)}</td>
                <td className="n" data-name={t("lists.heads")}>
                  {number(locale, line.heads)}
                </td>
                <td className="n" data-name={t("lists.amount")}>
                  {money(locale, line.amount)}
                </td>
                <td data-name={t("lists.why")}>
                  {line.reserve ? t("reserve") : t(`why.${line.why}`)}
                  {line.leader ? <span className="under">{t("meetings.leader")}</span> : null}
                  {changes ? <LineForm loaded={loaded} sent={sent} line={line} /> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </Section>
  );
}

function Versions({ loaded }: { loaded: DeskData }) {
  const { t } = useTranslation("office-road");
  if (loaded.versions.length < 2) return null;
  return (
    <Section id="versions" title={t("lists.versions")}>
      <ul className="plain-list">
        {loaded.versions.toReversed().map((one) => (
          <li key={one.version}>
            <a href={`${officePath("list", { list: loaded.list })}?version=${one.version}`}>
              {t("lists.versionN", { version: one.version })}
            </a>{" "}
            {t(`listState.${one.state}`)}
            {one.decidedOn === null ? null : `, ${day(one.decidedOn)}`}
            {one.reason === null ? null : (
              <span className="under">{t(`anewReason.${one.reason}`)}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
