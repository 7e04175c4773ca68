import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { Day } from "#app/domain/kernel/calendar.ts";
import { daysBetween } from "#app/domain/kernel/calendar.ts";
import {
  type AccountBalance,
  ATTENTION_OUTCOMES,
  type AttentionRow,
  type ImportJob,
  type PlacedLine,
  type SuspenseGift,
} from "#app/domain/reconcile/ports.ts";
import { day, dayAt, money, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { SelectField } from "#app/ui/office/form-card.tsx";
import { State } from "#app/ui/office/state.tsx";
import { TextField } from "#app/ui/text-field.tsx";
import { useSite } from "#app/ui/site.ts";

/** Bank and books side by side. */
export function AccountTable({ accounts }: { accounts: readonly AccountBalance[] }) {
  const { t } = useTranslation("office-reconcile");
  const { locale } = useSite();
  const columns: ListColumn<AccountBalance>[] = [
    {
      name: "account",
      title: t("accounts.account"),
      cell: (row) => (
        <>
          {row.owner === "appeal" ? t("accounts.appeal") : row.holder}
          <span className="under num">{row.number}</span>
        </>
      ),
    },
    {
      name: "bank",
      title: t("accounts.bank"),
      numeric: true,
      cell: (row) => money(locale, row.bank),
    },
    {
      name: "ledger",
      title: t("accounts.ledger"),
      numeric: true,
      cell: (row) => money(locale, row.ledger),
    },
    {
      name: "difference",
      title: t("accounts.difference"),
      numeric: true,
      cell: (row) =>
        row.bank === row.ledger ? (
          <State tone="good">{t("accounts.even")}</State>
        ) : (
          <State tone="bad">{money(locale, row.bank - row.ledger)}</State>
        ),
    },
    {
      name: "lastOn",
      title: t("accounts.lastOn"),
      cell: (row) => (row.lastOn === null ? t("accounts.noLines") : day(row.lastOn)),
    },
    {
      name: "unmatched",
      title: t("accounts.unmatched"),
      numeric: true,
      cell: (row) =>
        row.unmatched === 0 ? (
          <span className="soft">{t("accounts.none")}</span>
        ) : (
          <>
            {money(locale, row.unmatchedSum)}
            <span className="under">
              {t("accounts.count", {
                count: row.unmatched,
                day: row.oldestUnmatched === null ? "" : day(row.oldestUnmatched),
              })}
            </span>
          </>
        ),
    },
  ];
  return (
    <>
      <DataList
        caption={t("accounts.title")}
        rows={accounts}
        rowKey={(row) => row.account}
        columns={columns}
        empty={t("accounts.noLines")}
      />
      <p className="soft small">{t("accounts.note")}</p>
    </>
  );
}

/** Gifts that wait for their purpose. */
export function SuspenseTable(props: {
  gifts: readonly SuspenseGift[];
  today: Day;
  /** This person may ask for one to be placed. */
  asks: boolean;
}) {
  const { t } = useTranslation("office-reconcile");
  const { locale, to } = useSite();
  const columns: ListColumn<SuspenseGift>[] = [
    {
      name: "gift",
      title: t("suspense.gift"),
      cell: (row) => (
        <>
          <a href={to("donation", { code: row.gift })}>{row.gift}</a>
          <span className="under">{row.account}</span>
        </>
      ),
    },
    {
      name: "amount",
      title: t("column.amount"),
      numeric: true,
      cell: (row) => money(locale, row.amount),
    },
    {
      name: "age",
      title: t("suspense.age"),
      cell: (row) => (
        <>
          {t("suspense.days", { days: number(locale, daysBetween(row.receivedOn, props.today)) })}
          <span className="under">{day(row.receivedOn)}</span>
        </>
      ),
    },
    { name: "text", title: t("suspense.text"), cell: (row) => row.text ?? "–" },
    {
      name: "assign",
      title: t("suspense.assign"),
      cell: (row) =>
        row.order ? (
          <a href={officePath("order", { order: row.order.id })}>
            {t("suspense.order", { number: row.order.number })}
          </a>
        ) : props.asks ? (
          <a href={`${officePath("newOrder")}?kind=redesignation&gift=${row.gift}`}>
            {t("suspense.assign")}
            <span className="visually-hidden">{` ${row.gift}`}</span>
          </a>
        ) : (
          "–"
        ),
    },
  ];
  return (
    <DataList
      caption={t("suspense.title")}
      rows={props.gifts}
      rowKey={(row) => row.gift}
      columns={columns}
      empty={t("suspense.empty")}
    />
  );
}

/** Things to look at, each with the form that closes it. */
export function AttentionList(props: {
  rows: readonly AttentionRow[];
  closes: boolean;
  wrong: { readonly id: number; readonly text: string; readonly note: string } | undefined;
}) {
  const { t } = useTranslation("office-reconcile");
  const { locale } = useSite();
  if (props.rows.length === 0) return <p className="empty">{t("attention.empty")}</p>;
  return (
    <ul className="attention">
      {props.rows.map((row) => (
        <li key={row.id}>
          <p>
            <strong>
              {t(`attention.kind.${row.kind}`, {
                defaultValue: t("attention.kind.other", { kind: row.kind }),
              })}
            </strong>{" "}
            <span className="soft">{dayAt(row.raisedAt)}</span>
          </p>
          <p className="small soft">
            {/^[0-9a-f]{64}$/.test(row.subject)
              ? t("attention.line")
              : t("attention.about", { subject: row.subject })}
            {row.facts["account"] ? ` · ${row.facts["account"]}` : ""}
            {/^\d+$/.test(row.facts["amount"] ?? "")
              ? ` · ${money(locale, BigInt(row.facts["amount"] ?? "0"))}`
              : ""}
          </p>
          {props.closes ? (
            <form method="post" className="attention-form">
              <input type="hidden" name="intent" value="close" />
              <input type="hidden" name="id" value={row.id} />
              <SelectField
                id={`outcome-${row.id}`}
                name="outcome"
                label={t("attention.outcome")}
                empty={t("attention.pick")}
                error={props.wrong?.id === row.id ? props.wrong.text : undefined}
                options={ATTENTION_OUTCOMES.map(
                  (one) => [one, t(`attention.outcomes.${one}`)] as const,
                )}
              />
              <TextField
                id={`note-${row.id}`}
                name="note"
                label={t("attention.note")}
                defaultValue={props.wrong?.id === row.id ? props.wrong.note : ""}
              />
              <button className="button quiet small" type="submit">
                {t("attention.close")}
              </button>
            </form>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

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
  if (job.problem) return <p className="notice bad">{importProblem(t, job.problem)}</p>;
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
          handedOn: number(locale, summary.handedOn),
        })}
      </p>
      {summary.needsLook > 0 ? <p>{t("import.look", { count: summary.needsLook })}</p> : null}
      {summary.bad.length > 0 ? (
        <p>
          {t("import.bad", {
            count: summary.bad.length,
            lines: summary.bad
              .slice(0, 20)
              .map(({ line, code }) => `${line} (${code})`)
              .join(", "),
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

function importProblem(
  t: TFunction<"office-reconcile">,
  problem: { readonly code: string },
): string {
  const file = "file" in problem ? String(problem.file) : "";
  return t(`problem.${problem.code.replace(".", "_")}`, {
    file,
    defaultValue: t("problem.other", { code: problem.code }),
  });
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
      <div className="table-box">
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
            {lines.map((line, n) => (
              <tr key={`${line.reference} ${n}`}>
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
      </div>
    </details>
  );
}
