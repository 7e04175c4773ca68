import { useTranslation } from "react-i18next";

import type { ListTotals } from "#app/domain/lists/list-version.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";
import { SheetDemo } from "#app/ui/sheet-demo.tsx";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";

import { ChecksumGroups } from "./checksum-box.tsx";

interface SheetRow {
  readonly code: string;
  /** Null on the public sheet where few live there. */
  readonly village: string | null;
  readonly heads: number;
  readonly amount: bigint;
  readonly reserve: boolean;
  readonly nth: number;
  /** Null on the public sheet. */
  readonly name: string | null;
  readonly category: string | null;
}

/** The sheet of a list on paper: with names for the village, with codes for everybody; one page makes both. */
export function ListSheet(props: {
  names: boolean;
  list: string;
  campaign: {
    readonly species: string;
    readonly communeName: string;
    readonly norm: { readonly perHousehold: number; readonly unitPrice: bigint } | null;
  };
  office: { readonly name: string; readonly fullName: string };
  round: number;
  version: number;
  decidedOn: string;
  decisionNumber: string;
  entry: number;
  totals: ListTotals;
  notice: { readonly fromDay: string; readonly toDay: string } | null;
  checksum: string;
  sheetNumber: string | null;
  rows: readonly SheetRow[];
  qr: string;
  address: string;
}) {
  const { campaign, office, totals, names, notice } = props;
  const { t } = useTranslation("lists");
  const { locale } = useSite();
  return (
    <>
      <p className="soft small no-print print-hint">{t("sheet.print")}</p>
      <article className="sheet list-sheet">
        <SheetDemo />
        <header className="sheet-head">
          <p>
            {t("sheet.office")}
            <br />
            <strong>{office.fullName.toLocaleUpperCase("vi")}</strong>
            <br />
            {t("sheet.decision", { number: props.decisionNumber })}
          </p>
          <p>
            <strong>{t("sheet.republic")}</strong>
            <br />
            <span className="motto">{t("sheet.motto")}</span>
          </p>
          <p className="sheet-date">
            {t("sheet.place", {
              commune: office.name,
              d: props.decidedOn.slice(8, 10),
              m: props.decidedOn.slice(5, 7),
              y: props.decidedOn.slice(0, 4),
            })}
          </p>
        </header>
        <h1>{t("sheet.title")}</h1>
        <p className="sheet-subtitle">
          {t(`heading.${campaign.species}`, {
            households: number(locale, totals.households),
            commune: placeInSentence(locale, campaign.communeName),
            round: props.round,
          })}
        </p>
        <p className="sheet-basis">
          {t("sheet.basis", {
            number: props.decisionNumber,
            day: day(props.decidedOn),
            list: props.list,
            version: props.version,
          })}{" "}
          {campaign.norm === null
            ? null
            : t(`sheet.norm.${campaign.species}`, {
                n: number(locale, campaign.norm.perHousehold),
                price: money(locale, campaign.norm.unitPrice),
              })}
        </p>
        <TableBox name={t("sheet.title")}>
          <table className="list-sheet-table">
            <thead>
              <tr>
                <th scope="col" className="n">
                  {t("sheet.n")}
                </th>
                <th scope="col">{t("column.code")}</th>
                {names ? <th scope="col">{t("sheet.name")}</th> : null}
                <th scope="col">{t("column.village")}</th>
                {names ? <th scope="col">{t("sheet.category")}</th> : null}
                <th scope="col" className="n">
                  {t("sheet.heads")}
                </th>
                <th scope="col" className="n">
                  {t("column.amount")}
                </th>
                <th scope="col">{t("sheet.note")}</th>
              </tr>
            </thead>
            <tbody>
              {props.rows.map((row, at) => (
                <tr key={row.code}>
                  <td className="n">{at + 1}</td>
                  <th scope="row" className="num">
                    {row.code}
                  </th>
                  {names ? <td>{row.name}</td> : null}
                  <td>{row.village ?? t("fewHere")}</td>
                  {names ? <td>{t(`category.${row.category}`)}</td> : null}
                  <td className="n">{number(locale, row.heads)}</td>
                  <td className="n">{money(locale, row.amount)}</td>
                  <td>{row.reserve ? t("lineState.reserve", { n: row.nth }) : ""}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td />
                <th scope="row" colSpan={names ? 4 : 2}>
                  {t("sheet.total", {
                    households: number(locale, totals.households),
                    reserves: number(locale, totals.reserves),
                  })}
                </th>
                <td className="n">{number(locale, totals.heads)}</td>
                <td className="n">{money(locale, totals.amount)}</td>
                <td />
              </tr>
            </tfoot>
          </table>
        </TableBox>
        <p className="sheet-posted">
          {notice === null
            ? t("sheet.notPosted")
            : t("sheet.posted", { from: day(notice.fromDay), to: day(notice.toDay) })}{" "}
          {t("sheet.object")}
        </p>
        {names ? null : <p className="sheet-note">{t("sheet.privacy")}</p>}
        <div className="signatures">
          <p>
            <strong>{t("sheet.signLeft")}</strong>
            <br />
            <em>{t("sheet.signNote")}</em>
          </p>
          <p>
            <strong>
              {t("sheet.signRight")}
              <br />
              {t("sheet.chair")}
            </strong>
            <br />
            <em>{t("sheet.signNoteRight")}</em>
          </p>
        </div>
        <footer className="sheet-foot">
          <img src={props.qr} alt={t("qrAlt")} width="112" height="112" />
          <div>
            <p>
              <strong>{t("checksum")}</strong>{" "}
              {t("sheet.entry", { entry: number(locale, props.entry) })}
            </p>
            <ChecksumGroups checksum={props.checksum} />
            {props.sheetNumber === null ? null : (
              <p>
                {t("sheet.number")} <code>{props.sheetNumber}</code>
              </p>
            )}
            <p className="sheet-address">{props.address}</p>
          </div>
        </footer>
        <SheetDemo />
      </article>
    </>
  );
}
