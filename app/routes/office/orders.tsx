import { useTranslation } from "react-i18next";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { orderFilter } from "#app/domain/office-lists/orders.ts";
import { PAGE_SIZE } from "#app/domain/office-lists/list.ts";
import { ORDER_STATES } from "#app/domain/orders/order.ts";
import { type OpenAdvance, openAdvances } from "#app/domain/orders/advances.ts";
import type { OrderLine } from "#app/domain/orders/ports.ts";
import { may, type Subject } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import { MONEY_KINDS } from "#app/domain/people/office-act.ts";
import { day, dayAt, money, number, shortMoney } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { KeyFigures } from "#app/ui/office/key-figures.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { TONES } from "#app/ui/orders/words.ts";
import { useLocale, useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/orders";

/** Money orders that this person may see, those that wait first; and advances that nobody has settled. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "order.read");
  const { orders, rules, now } = context.get(servicesContext);
  const query: Partial<Record<string, string>> = Object.fromEntries(url.searchParams);
  const asked = /^\d{1,6}$/.test(query["page"] ?? "") ? Math.max(1, Number(query["page"])) : 1;
  const filter = orderFilter(person, query);
  const list = await orders.list(filter, asked, PAGE_SIZE);
  const reach = (act: OfficeAct) => (of: Subject) => may(person, act, of).ok;
  const campaigns = (await orders.campaigns()).filter(reach("order.read"));
  const seen = new Set(campaigns.map(({ id }) => id));
  const advances = await openAdvances({ orders, rules }, dayOf(now()));
  return forRender({
    query,
    list,
    page: asked,
    pages: Math.max(1, Math.ceil(list.count / PAGE_SIZE)),
    campaigns,
    advances: advances.filter(({ campaign }) => seen.has(campaign)),
    asks: MONEY_KINDS.some((kind) => may(person, `${kind}.request`).ok),
    returns: may(person, "return.request").ok,
  });
}

export default function OrdersPage({ loaderData }: Route.ComponentProps) {
  const { query, list, page, pages, campaigns, advances } = loaderData;
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  const held = advances.reduce((sum, { balance }) => sum + balance, 0n);
  return (
    <OfficePage
      title={t("title")}
      lead={t("lead")}
      actions={
        loaderData.asks ? (
          <a className="button" href={officePath("newOrder")}>
            {t("new")}
          </a>
        ) : undefined
      }
    >
      <KeyFigures
        figures={[
          { label: t("sums.waiting"), value: money(locale, list.waiting) },
          { label: t("sums.all"), value: money(locale, list.sum) },
          { label: t("sums.advances"), value: money(locale, held), href: "#advances" },
        ]}
      />
      <DataList
        caption={t("title")}
        rows={list.rows}
        rowKey={(row) => row.id}
        columns={useColumns()}
        paging={{ total: list.count, page, pages }}
        exported="orders"
        empty={t("empty")}
        filters={[
          { name: "q", label: t("filter.search"), value: query["q"], type: "search" },
          {
            name: "state",
            label: t("filter.state"),
            value: query["state"],
            options: ORDER_STATES.map((state) => [state, t(`state.${state}`)]),
          },
          {
            name: "kind",
            label: t("filter.kind"),
            value: query["kind"],
            options: MONEY_KINDS.map((kind) => [kind, t(`kind.${kind}`)]),
          },
          {
            name: "campaign",
            label: t("filter.campaign"),
            value: query["campaign"],
            options: campaigns.map((one) => [
              one.id,
              `${one.id} · ${locale === "vi" ? one.titleVi : one.titleEn}`,
            ]),
          },
          {
            name: "commune",
            label: t("column.commune"),
            value: query["commune"],
            options: [...new Map(campaigns.map((one) => [one.commune, one.communeName]))],
          },
        ]}
      />
      <Section id="advances" title={t("advances.title")}>
        <DataList
          caption={t("advances.title")}
          rows={advances}
          rowKey={(row) => `${row.campaign} ${row.purchase}`}
          columns={useAdvanceColumns(loaderData.returns, campaigns)}
          empty={t("advances.empty")}
        />
      </Section>
    </OfficePage>
  );
}

function useColumns(): ListColumn<OrderLine>[] {
  const { t } = useTranslation("office-orders");
  const { locale } = useSite();
  return [
    {
      name: "order",
      title: t("column.order"),
      cell: (row) => (
        <>
          <a href={officePath("order", { order: row.id })}>{t("number", { number: row.number })}</a>
          <span className="under">{t(`kind.${row.kind}`)}</span>
        </>
      ),
    },
    {
      name: "campaign",
      title: t("column.campaign"),
      cell: (row) => (
        <>
          {(locale === "vi" ? row.campaignTitleVi : row.campaignTitleEn) ?? row.subject ?? "–"}
          <span className="under">
            {[row.communeName, row.subject].filter((text) => text !== null).join(" · ")}
          </span>
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
      name: "state",
      title: t("column.state"),
      cell: (row) => <State tone={TONES[row.state]}>{t(`state.${row.state}`)}</State>,
    },
    { name: "changed", title: t("column.changed"), cell: (row) => dayAt(row.changedAt) },
  ];
}

function useAdvanceColumns(
  returns: boolean,
  campaigns: readonly { id: string; titleVi: string; titleEn: string }[],
): ListColumn<OpenAdvance>[] {
  const { t } = useTranslation("office-orders");
  const { locale } = useSite();
  const columns: ListColumn<OpenAdvance>[] = [
    {
      name: "purchase",
      title: t("advances.purchase"),
      cell: (row) => {
        const of = campaigns.find(({ id }) => id === row.campaign);
        return (
          <>
            {of ? (locale === "vi" ? of.titleVi : of.titleEn) : row.campaign}
            <span className="under">{`${row.purchase} · ${row.commune}`}</span>
          </>
        );
      },
    },
    {
      name: "left",
      title: t("advances.left"),
      numeric: true,
      cell: (row) => (
        <span title={money(locale, row.balance)}>{shortMoney(locale, row.balance)}</span>
      ),
    },
    { name: "since", title: t("advances.since"), cell: (row) => day(row.since) },
    {
      name: "age",
      title: t("advances.age"),
      cell: (row) => (
        <>
          {t("advances.days", { count: row.days, shown: number(locale, row.days) })}{" "}
          {row.overdue ? <State tone="bad">{t("advances.overdue")}</State> : null}
        </>
      ),
    },
  ];
  if (!returns) return columns;
  return [
    ...columns,
    {
      name: "settle",
      title: t("advances.next"),
      cell: (row) => (
        <a
          href={`${officePath("newOrder")}?kind=return&campaign=${row.campaign}&purchase=${row.purchase}&amount=${row.balance}`}
        >
          {t("advances.settle")}
        </a>
      ),
    },
  ];
}
