import { useTranslation } from "react-i18next";

import type { CampaignEntry } from "#app/domain/campaigns/ports.ts";
import { day, money, number } from "#app/i18n/formats.ts";

import { useSite } from "./site.ts";

/** Newest entries as a ledger: on phones two lines each. `matter` says what an entry is about. */
export function EntryTable(props: {
  entries: readonly (CampaignEntry & { readonly matter?: string })[];
  caption: string;
}) {
  const { t } = useTranslation("ledger");
  const words = useTranslation("campaign").t;
  const { locale, to } = useSite();
  return (
    <table className="fold">
      <caption className="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("columns.on")}</th>
          <th scope="col">{t("columns.entry")}</th>
          <th scope="col">{t("columns.matter")}</th>
          <th scope="col" className="n">
            {t("columns.amount")}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.entries.map((one) => (
          <tr key={one.entry}>
            <td className="top">
              <time dateTime={one.effectiveOn}>{day(one.effectiveOn)}</time>
            </td>
            <td className="top">
              <a href={to("entry", { entry: one.entry })}>#{number(locale, one.entry)}</a>
            </td>
            <td>
              {t(`kind.${one.kind}`)}
              {one.things === 1 ? ` · ${one.thing}` : null}
              {one.things > 1 && one.species
                ? ` · ${words(`things.${one.species}`, { count: one.things })}`
                : null}
              {one.reverses === null
                ? null
                : ` · ${words("reverses", { entry: number(locale, one.reverses) })}`}
              {one.matter ? ` · ${one.matter}` : null}
            </td>
            <td className="n">
              {one.amount === null
                ? one.heads > 0
                  ? words("heads", { count: one.heads })
                  : "–"
                : money(locale, one.amount)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
