import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { type Day, daysBetween } from "#app/domain/kernel/calendar.ts";
import type { ListPlace } from "#app/domain/office-lists/list.ts";
import type { SuspenseGift } from "#app/domain/bank-lines/ports.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { useSite } from "#app/ui/site.ts";

/** Gifts that wait for their purpose. */
export function SuspenseTable(props: {
  gifts: readonly SuspenseGift[];
  paging: ListPlace;
  /** Holders of the accounts, by the id that the books have. */
  holders: ReadonlyMap<string, string>;
  today: Day;
  /** This person may ask for one to be placed. */
  asks: boolean;
}) {
  const { t } = useTranslation("office-reconcile");
  return (
    <DataList
      caption={t("suspense.title")}
      rows={props.gifts}
      rowKey={(row) => row.gift}
      columns={columnsOf(t, useSite(), props)}
      paging={props.paging}
      pageName="suspense"
      empty={t("suspense.empty")}
    />
  );
}

function columnsOf(
  t: TFunction<"office-reconcile">,
  { locale, to }: ReturnType<typeof useSite>,
  props: Parameters<typeof SuspenseTable>[0],
): ListColumn<SuspenseGift>[] {
  const { today, asks, holders } = props;
  const daysOf = (days: number) => t("suspense.days", { count: days, shown: number(locale, days) });
  return [
    {
      name: "gift",
      title: t("suspense.gift"),
      cell: (row) => (
        <>
          <a href={to("donation", { code: row.gift })}>{row.gift}</a>
          <span className="under">{holders.get(row.account) ?? row.account}</span>
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
          {daysOf(daysBetween(row.receivedOn, today))}
          <span className="under">{day(row.receivedOn)}</span>
        </>
      ),
    },
    { name: "text", title: t("suspense.text"), cell: (row) => row.text ?? "–" },
    {
      name: "assign",
      title: t("suspense.assign"),
      cell: (row) => <Placing gift={row} asks={asks} />,
    },
  ];
}

/** The order that places a gift, or the way to ask for one. */
function Placing({ gift, asks }: { gift: SuspenseGift; asks: boolean }) {
  const { t } = useTranslation("office-reconcile");
  if (gift.order) {
    return (
      <a href={officePath("order", { order: gift.order.id })}>
        {t("suspense.order", { number: gift.order.number })}
      </a>
    );
  }
  if (!asks) return "–";
  return (
    <a href={`${officePath("newOrder")}?kind=redesignation&gift=${gift.gift}`}>
      {t("suspense.assign")}
      <span className="visually-hidden">{` ${gift.gift}`}</span>
    </a>
  );
}
