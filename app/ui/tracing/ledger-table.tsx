import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { LedgerRow } from "#app/domain/ledger-reading/ports.ts";
import { day, dayAt, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

import { mattersOf } from "./entry-matter.ts";
import type { Names } from "./names.ts";

/** Entries, a line each. Rows are plain elements, with every word looked up before: a page holds 300 of them. */
export function LedgerTable({ rows, names }: { rows: readonly LedgerRow[]; names: Names }) {
  const { t } = useTranslation("ledger");
  const { locale, to } = useSite();
  const { kind, matter, amount } = mattersOf(locale, names);
  const reversed = t("matter.reversed");
  const base = `${to("ledger")}/`;
  const gifts = to("donation", { code: "{{code}}" }).replace(encodeURIComponent("{{code}}"), "");
  return (
    <table className="fold ledger">
      <thead>
        <tr>
          <th>{t("columns.on")}</th>
          <th>{t("columns.entry")}</th>
          <th>{t("columns.kind")}</th>
          <th>{t("columns.recorded")}</th>
          <th>{t("columns.matter")}</th>
          <th className="n">{t("columns.amount")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.number}>
            <td>{day(row.on)}</td>
            <td>
              <a href={base + row.number}>{`#${number(locale, row.number)}`}</a>
            </td>
            <td>{kind(row)}</td>
            <td>{dayAt(row.recordedAt)}</td>
            {matterCell(
              row.reversedBy === null ? matter(row) : `${matter(row)} (${reversed})`,
              row.donation,
              gifts,
            )}
            <td>{amount(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What an entry is about, with its gift's code as a link to the gift. */
function matterCell(words: string, code: string | null, base: string): ReactNode {
  const at = code === null ? -1 : words.indexOf(code);
  if (code === null || at === -1) return <td>{words}</td>;
  const end = at + code.length;
  return (
    <td>
      {words.slice(0, at)}
      <a href={base + code}>{code}</a>
      {end === words.length ? null : words.slice(end)}
    </td>
  );
}
