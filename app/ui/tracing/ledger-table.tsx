import { useTranslation } from "react-i18next";

import type { LedgerRow } from "#app/domain/ledger-reading/ports.ts";
import { number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

import { mattersOf } from "./entry-matter.ts";
import { rowHtml, type RowWords } from "./ledger-row.ts";
import type { Names } from "./names.ts";

/**
 * Entries, a line each. A page holds 300 of them, and drawing their cells one element at a time took as long as all the rest of
 * the page together, so they are written as text (docs/performance.md, S4); `ledger-row.test.ts` holds that text against
 * what React itself makes of the same rows.
 */
export function LedgerTable({ rows, names }: { rows: readonly LedgerRow[]; names: Names }) {
  const { t } = useTranslation("ledger");
  const { locale, to } = useSite();
  const matters = mattersOf(locale, names);
  const words: RowWords = {
    ...matters,
    reversed: t("matter.reversed"),
    number: (n) => `#${number(locale, n)}`,
    ledger: `${to("ledger")}/`,
    gifts: to("donation", { code: "{{code}}" }).replace(encodeURIComponent("{{code}}"), ""),
  };
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
      <tbody
        dangerouslySetInnerHTML={{ __html: rows.map((row) => rowHtml(row, words)).join("") }}
      />
    </table>
  );
}
