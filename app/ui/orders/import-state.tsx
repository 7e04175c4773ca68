import type { ImportJob } from "#app/domain/bank-lines/import-job.ts";
import { useTranslation } from "react-i18next";

import type { PlacedLine } from "#app/domain/bank-lines/ports.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { State } from "#app/ui/office/state.tsx";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import { problemText } from "#app/ui/problem-text.ts";

/** An import as it runs, and what it did. */
export function ImportState(props: {
  job: ImportJob | "lost";
  kept: number;
  lines: readonly PlacedLine[];
}) {
  const { t } = useTranslation("office-reconcile");
  const { locale } = useSite();
  const { job, lines } = props;
  if (job === "lost") return <p className="notice bad">{t("import.lost")}</p>;
  if (job.state === "running") {
    return (
      <div className="notice" role="status">
        <meta httpEquiv="refresh" content="2" />
        <p>
          {t("import.running", {
            kept: number(locale, props.kept),
            lines: number(locale, job.lines),
          })}
        </p>
        <progress max={Math.max(1, job.lines)} value={Math.min(props.kept, job.lines)} />
      </div>
    );
  }
  if (job.state === "failed") return <p className="notice bad">{t("import.failed")}</p>;
  if (job.problem) return <p className="notice bad">{problemText(t, locale, job.problem)}</p>;
  const { summary } = job;
  if (!summary) return null;
  return (
    <div className="notice good" role="status">
      <p>
        {t("import.done", {
          account: summary.account,
          lines: number(locale, summary.lines),
          added: number(locale, summary.added),
          known: number(locale, summary.known),
          booked: number(locale, summary.handedOn.booked),
        })}
      </p>
      {summary.handedOn.queued > 0 ? (
        <p>{t("import.queued", { shown: number(locale, summary.handedOn.queued) })}</p>
      ) : null}
      {summary.needsLook > 0 ? <p>{t("import.look", { count: summary.needsLook })}</p> : null}
      {summary.bad.length > 0 ? (
        <p>
          {t("import.bad", {
            count: summary.bad.length,
            lines: summary.bad
              .slice(0, 20)
              .map(({ line, code }) => `${number(locale, line)} (${t(`badLine.${code}`)})`)
              .join("; "),
          })}
        </p>
      ) : null}
      {summary.balance ? (
        <p>
          {t("import.balance", {
            expected: money(locale, summary.balance.expected),
            found: money(locale, summary.balance.found),
          })}
        </p>
      ) : null}
      {summary.added > 0 ? <RuleCounts counts={summary.byRule} /> : null}
      {lines.length > 0 ? <LineTable lines={lines} more={summary.added > lines.length} /> : null}
    </div>
  );
}

function RuleCounts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { t } = useTranslation("office-reconcile");
  const { locale } = useSite();
  return (
    <>
      <p>{t("import.byRule")}:</p>
      <ul>
        {Object.entries(counts)
          .filter(([, count]) => count > 0)
          .map(([rule, count]) => (
            <li key={rule}>
              {t(`rule.${rule}`)}: {number(locale, count)}
            </li>
          ))}
      </ul>
    </>
  );
}

function LineTable({ lines, more }: { lines: readonly PlacedLine[]; more: boolean }) {
  const { t } = useTranslation("office-reconcile");
  const { locale } = useSite();
  return (
    <details>
      <summary>{t("import.lines")}</summary>
      {more ? (
        <p className="soft">{t("import.more", { shown: number(locale, lines.length) })}</p>
      ) : null}
      <TableBox name={t("import.lines")}>
        <table className="stack office-table">
          <caption className="visually-hidden">{t("import.lines")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("column.reference")}</th>
              <th scope="col">{t("column.on")}</th>
              <th scope="col" className="n">
                {t("column.amount")}
              </th>
              <th scope="col">{t("column.rule")}</th>
              <th scope="col">{t("column.code")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">{line.reference === "" ? "–" : line.reference}</th>
                <td data-name={t("column.on")}>{day(line.bookedOn)}</td>
                <td className="n" data-name={t("column.amount")}>
                  {money(locale, line.direction === "debit" ? -line.amount : line.amount)}
                </td>
                <td data-name={t("column.rule")}>
                  {t(`rule.${line.rule}`)}{" "}
                  {line.needsLook ? <State tone="bad">{t("column.look")}</State> : null}
                </td>
                <td data-name={t("column.code")}>{line.code ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </details>
  );
}
