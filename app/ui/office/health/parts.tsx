import { useTranslation } from "react-i18next";

import type { WaitingFacts } from "#app/domain/health/facts.ts";
import {
  HEALTH_PARTS,
  type HealthPart,
  type HealthReport,
  type PartReport,
} from "#app/domain/health/report.ts";
import { number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { useLocale } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";

import { State } from "../state.tsx";
import { HEALTH_TONES, momentOf, useAge } from "./words.ts";

/** Each part of the site: how it is and since when, what is seen of it, what to do. */
export function HealthParts({
  parts,
  desk,
}: {
  parts: HealthReport["parts"];
  /** Whether the reader may close what waits at the desk of attention. */
  desk: boolean;
}) {
  const { t } = useTranslation("office-health");
  const known = useKnown();
  return (
    <TableBox name={t("parts")}>
      <table className="stack office-table">
        <caption className="visually-hidden">{t("parts")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.part")}</th>
            <th scope="col">{t("column.state")}</th>
            <th scope="col">{t("column.known")}</th>
            <th scope="col">{t("column.todo")}</th>
          </tr>
        </thead>
        <tbody>
          {HEALTH_PARTS.map((part) => (
            <tr key={part}>
              <th scope="row">{t(`part.${part}`)}</th>
              <td data-name={t("column.state")}>
                <PartState part={parts[part]} />
              </td>
              <td data-name={t("column.known")}>
                {known(parts, part).map((line) => (
                  <span className="line" key={line}>
                    {line}
                  </span>
                ))}
              </td>
              <td data-name={t("column.todo")}>
                <ToDo
                  part={part}
                  ok={parts[part].status === "ok"}
                  desk={desk && (parts.attention.open?.count ?? 0) > 0}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

/** State, why, and since when. */
export function PartState({ part }: { part: PartReport }) {
  const { t } = useTranslation("office-health");
  const { status, why, since } = part;
  return (
    <>
      <State tone={HEALTH_TONES[status]}>{t(`state.${status}`)}</State>
      {why === undefined ? null : (
        <span className="under">
          {t(`why.${why}`)}
          {since === undefined ? null : `, ${t("since", { ...momentOf(since) })}`}
        </span>
      )}
    </>
  );
}

function ToDo({ part, ok, desk }: { part: HealthPart; ok: boolean; desk: boolean }) {
  const { t } = useTranslation("office-health");
  // What waits for a person is never wrong by itself, but it is to be done.
  if (part === "attention" && desk) {
    return <a href={OFFICE_PAGES.reconcile}>{t("todo.attention")}</a>;
  }
  return ok ? <span className="soft">{t("todo.none")}</span> : t(`todo.${part}`);
}

const GIGABYTE = 2 ** 30;

/** What is known of a part, in lines. */
function useKnown(): (parts: HealthReport["parts"], part: HealthPart) => string[] {
  const { t } = useTranslation("office-health");
  const locale = useLocale();
  const age = useAge();
  const moment = (at: number) => t("moment", { ...momentOf(at) });
  const counted = (key: "entries" | "waiting", count: number) =>
    t(`known.${key}`, { count, shown: number(locale, count) });
  const waiting = (facts: WaitingFacts | null) => {
    if (!facts) return [t("known.nothing")];
    const { count, oldestSeconds } = facts;
    const oldest =
      oldestSeconds === null ? "" : `, ${t("known.oldest", { age: age(oldestSeconds) })}`;
    return [counted("waiting", count) + oldest];
  };
  const lines: Record<HealthPart, (parts: HealthReport["parts"]) => string[]> = {
    database: ({ database: { read, write } }) => [
      t("known.read", { state: t(`state.${read.status}`) }),
      t("known.write", { state: t(`state.${write.status}`) }),
    ],
    ledger: ({ ledger: { entries } }) => [
      entries === null ? t("known.nothing") : counted("entries", entries),
    ],
    sequencer: ({ sequencer: { numbering, queue } }) => [
      t(`known.numbering.${numbering}`),
      ...waiting(queue),
    ],
    clock: ({ clock: { aheadSeconds: apart } }) => [
      apart === null
        ? t("known.nothing")
        : apart === 0
          ? t("known.noClock")
          : t("known.clock", { age: age(Math.abs(apart)) }),
    ],
    events: ({ events }) => waiting(events.unanswered),
    attention: ({ attention }) => waiting(attention.open),
    checks: ({ checks: { last } }) => [
      last === null
        ? t("known.noCheck")
        : last.ok
          ? t("known.checkOk", { moment: moment(last.ranAt) })
          : t("known.checkBroken", { count: last.broken, moment: moment(last.ranAt) }),
    ],
    jobs: ({ jobs: { runs } }) => [
      runs === null ? t("known.nothing") : t("known.jobs", { count: runs.length }),
    ],
    files: ({ files: { freeBytes, why } }) => [
      freeBytes !== null
        ? t("known.room", { size: number(locale, Math.floor(freeBytes / GIGABYTE)) })
        : t(why === undefined ? "known.bucket" : "known.nothing"),
    ],
    mail: ({ mail: { letters } }) => [
      letters === null
        ? t("known.nothing")
        : !letters.configured
          ? t("known.noMail")
          : letters.sentAt === null
            ? t("known.noLetter")
            : t("known.sent", { moment: moment(letters.sentAt) }),
    ],
  };
  return (parts, part) => lines[part](parts);
}
