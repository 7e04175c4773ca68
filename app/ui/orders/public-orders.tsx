import { useTranslation } from "react-i18next";

import type { PublicOrder } from "#app/domain/orders/ports.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

/** Who asked for money and who approved it: offices, never people. */
export function PublicOrders({ orders }: { orders: readonly PublicOrder[] }) {
  const { t } = useTranslation("office-orders");
  const { locale, to } = useSite();
  if (orders.length === 0) return null;
  return (
    <section className="section" aria-labelledby="orders">
      <h2 id="orders">{t("public.title")}</h2>
      <p className="soft">{t("public.lead")}</p>
      <ul className="plain">
        {orders.map((order) => (
          <li key={order.number}>
            <strong>{t(`kind.${order.kind}`)}</strong>
            {": "}
            <PublicOrderText order={order} />
            {order.entry === null ? null : (
              <>
                {" · "}
                <a href={to("entry", { entry: order.entry })}>
                  {t("public.entry", { entry: `#${number(locale, order.entry)}` })}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** An order in one sentence. */
export function PublicOrderText({ order }: { order: PublicOrder }) {
  const { t } = useTranslation("office-orders");
  const { locale } = useSite();
  const [office, approver] =
    locale === "vi"
      ? [order.requestedByVi, order.approvedByVi]
      : [order.requestedByEn, order.approvedByEn];
  return t(`public.${order.state}`, {
    office,
    approver: approver ?? "",
    amount: money(locale, order.amount),
    day: day(order.requestedOn),
    approvedOn: order.approvedOn === null ? "" : day(order.approvedOn),
  });
}
