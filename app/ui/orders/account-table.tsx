import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { AccountBalance } from "#app/domain/bank-lines/ports.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useLocale } from "#app/ui/site.ts";

/** Bank and books side by side. */
export function AccountTable({ accounts }: { accounts: readonly AccountBalance[] }) {
  const { t } = useTranslation("office-reconcile");
  const locale = useLocale();
  return (
    <>
      <DataList
        caption={t("accounts.title")}
        rows={accounts}
        rowKey={(row) => row.account}
        columns={columnsOf(t, locale)}
        empty={t("accounts.noLines")}
      />
      <p className="soft small">{t("accounts.note")}</p>
    </>
  );
}

function columnsOf(t: TFunction<"office-reconcile">, locale: Locale): ListColumn<AccountBalance>[] {
  return [
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
      cell: (row) => (
        <>
          {money(locale, row.bank)}
          <span className="under">
            {row.lastOn === null
              ? t("accounts.noLines")
              : t("accounts.until", { day: day(row.lastOn) })}
          </span>
        </>
      ),
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
                shown: number(locale, row.unmatched),
                day: row.oldestUnmatched === null ? "" : day(row.oldestUnmatched),
              })}
            </span>
          </>
        ),
    },
  ];
}
