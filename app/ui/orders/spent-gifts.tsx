import type { SpentShare } from "#app/domain/orders/order.ts";
import { useTranslation } from "react-i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import { money, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";

/** Rows shown at once, and when unfolded; the total is of all. */
const FIRST = 12;
const MOST = 300;

/** Which gifts an order spends, lowest numbers first, to the đồng. */
export function SpentGifts(props: {
  shares: readonly SpentShare[];
  /** Says as of which entry, or by which one. */
  note: string;
  caption: string;
  /** The table stays folded under its sum until somebody opens it. */
  folded?: boolean;
}) {
  const { t } = useTranslation("office-orders");
  const { locale } = useSite();
  const { shares, caption } = props;
  const sum = shares.reduce((all: Dong, { amount }) => all + amount, 0n);
  if (shares.length === 0) return <p className="empty">{t("spend.none")}</p>;
  const count = t("spend.sum", { count: shares.length, n: number(locale, shares.length) });
  const table = <Shares shares={shares} caption={caption} />;
  return (
    <>
      <p className="soft">{props.note}</p>
      {props.folded ? (
        <details className="step-more">
          <summary>
            {count} <strong className="num">{money(locale, sum)}</strong>
          </summary>
          {table}
        </details>
      ) : (
        <>
          <p>
            {count} <strong className="num">{money(locale, sum)}</strong>
          </p>
          {table}
        </>
      )}
    </>
  );
}

function Shares({ shares, caption }: { shares: readonly SpentShare[]; caption: string }) {
  const { t } = useTranslation("office-orders");
  const { locale } = useSite();
  const rest = shares.slice(FIRST, MOST);
  return (
    <>
      <ShareTable shares={shares.slice(0, FIRST)} caption={caption} />
      {rest.length === 0 ? null : (
        <details className="step-more">
          <summary>
            {t("spend.rest", { count: rest.length, n: number(locale, rest.length) })}
          </summary>
          {shares.length > MOST ? (
            <p className="soft">{t("spend.more", { shown: number(locale, MOST) })}</p>
          ) : null}
          <ShareTable shares={rest} caption={caption} />
        </details>
      )}
    </>
  );
}

function ShareTable({ shares, caption }: { shares: readonly SpentShare[]; caption: string }) {
  const { t } = useTranslation("office-orders");
  const { locale, to } = useSite();
  return (
    <TableBox name={caption}>
      <table className="office-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("spend.gift")}</th>
            <th scope="col" className="n">
              {t("spend.share")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.map(({ gift, entry, amount }) => (
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
              <td className="n">{money(locale, amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
