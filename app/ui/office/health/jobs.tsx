import { useTranslation } from "react-i18next";

import type { JobReport } from "#app/domain/health/report.ts";
import { TableBox } from "#app/ui/table-box.tsx";

import { PartState } from "./parts.tsx";
import { momentOf, useAge } from "./words.ts";

const DAY = 86_400;

/** The regular jobs: how each is, how often it runs, when it ran last and when it last ended well. */
export function HealthJobs({ runs }: { runs: readonly JobReport[] }) {
  const { t } = useTranslation("office-health");
  const age = useAge();
  const moment = (at: number | null) =>
    at === null ? t("never") : t("moment", { ...momentOf(at) });
  if (runs.length === 0) return <p className="empty">{t("noJobs")}</p>;
  return (
    <TableBox name={t("jobs")}>
      <table className="stack office-table">
        <caption className="visually-hidden">{t("jobs")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.job")}</th>
            <th scope="col">{t("column.state")}</th>
            <th scope="col">{t("column.every")}</th>
            <th scope="col">{t("column.started")}</th>
            <th scope="col">{t("column.done")}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.name}>
              <th scope="row">{t(`job.${run.name}`, { defaultValue: run.name })}</th>
              <td data-name={t("column.state")}>
                <PartState part={run} />
              </td>
              <td data-name={t("column.every")}>
                {run.everySeconds === DAY ? t("daily") : t("every", { age: age(run.everySeconds) })}
              </td>
              <td data-name={t("column.started")}>{moment(run.startedAt)}</td>
              <td data-name={t("column.done")}>{moment(run.doneAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
