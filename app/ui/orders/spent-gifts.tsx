import { useTranslation } from "react-i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import type { SpentShare } from "#app/domain/orders/ports.ts";
import { money, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

/** Rows shown; the total is of all. */
const MOST = 200;

/** Which gifts an order spends, lowest numbers first, to the đồng. */
export function SpentGifts(props: {
  shares: readonly SpentShare[];
  /** Says as of which entry, or by which one. */
  note: string;
  caption: string;
}) {
  const { t } = useTranslation("office-orders");
  const { locale, to } = useSite();
  const { shares } = props;
  const sum = shares.reduce((all: Dong, { amount }) => all + amount, 0n);
  if (shares.length === 0) return <p className="empty">{t("spend.none")}</p>;
  return (
    <>
      <p className="soft">{props.note}</p>
      {shares.length > MOST ? (
        <p className="soft">
          {t("spend.more", { count: shares.length, shown: number(locale, MOST) })}
        </p>
      ) : null}
      <div className="table-box">
        <table className="stack office-table">
          <caption className="visually-hidden">{props.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t("spend.gift")}</th>
              <th scope="col" className="n">
                {t("spend.share")}
              </th>
            </tr>
          </thead>
          <tbody>
            {shares.slice(0, MOST).map(({ gift, entry, amount }) => (
              <tr key={entry}>
                <th scope="row">
                  {gift === null ? (
                    <a href={to("entry", { entry })}>
                      {t("spend.entry", { entry: `#${number(locale, entry)}` })}
                    </a>
                  ) : (
                    <a href={to("donation", { code: gift })}>{gift}</a>
                  )}
                </th>
                <td className="n" data-name={t("spend.share")}>
                  {money(locale, amount)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("spend.total")}</th>
              <td className="n" data-name={t("spend.total")}>
                {money(locale, sum)}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}
