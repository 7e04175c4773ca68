import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import { dayInField, EXAMPLE_DAY } from "#app/ui/day-field.tsx";
import type { ListPlace } from "#app/domain/office-lists/list.ts";
import { number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { useLocale } from "#app/ui/site.ts";
import { FOLDING } from "#app/ui/table-roles.ts";
import { TableBox } from "#app/ui/table-box.tsx";

/** A column of a list. The first one names the row. */
export interface ListColumn<Row> {
  readonly name: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** Its heading sorts by it: the value of `sort` in the address; `-` before it turns it round. */
  readonly sort?: string;
  /** Left out on phones, where another cell says it too. */
  readonly wide?: boolean;
}

/** A choice that narrows the list; its name is its name in the address. */
export interface ListFilter {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  /** `select` when given; else a text, or a day when `type` says so. */
  readonly options?: readonly (readonly [value: string, label: string])[];
  readonly type?: "day" | "search" | "text";
  /** What is shown when nothing is asked: one of the options then always stands, and there is no "all" beside them. */
  readonly initial?: string;
}

/**
 * A list of the office: search and filters above, rows that fold on phones, pages below, and the same rows as files. Search,
 * filters, order and page stand in the address, so that a list can be kept, sent and gone back to; the server does the work.
 */
export function DataList<Row>(props: {
  caption: string;
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  filters?: readonly ListFilter[];
  paging?: ListPlace;
  /** Name of the page's number in the address and of the section, where several lists stand there; `page` without it. */
  pageName?: string;
  /** Order as the address asks for it. */
  sort?: string;
  /** Name in the registry of lists: offers CSV and XLSX with the same filters. */
  exported?: string;
  /** Said when nothing is there at all, and what to do. */
  empty: string;
}) {
  const { t } = useTranslation("office-frame");
  const locale = useLocale();
  const { search } = useLocation();
  const asked = new URLSearchParams(search);
  const filtered =
    props.filters?.some(({ value, initial }) => (value ?? "") !== (initial ?? "")) ?? false;
  const { rows, paging } = props;
  const total = paging?.total ?? rows.length;
  return (
    <div className="data-list">
      {props.filters ? (
        <Filters filters={props.filters} sort={props.sort} active={filtered} />
      ) : null}
      {rows.length === 0 ? null : (
        <p className="list-count" role="status">
          {t("list.count", { count: total, shown: number(locale, total) })}
          {props.exported ? <ListFiles list={props.exported} search={search} /> : null}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="empty" role="status">
          {filtered ? t("list.nothingFound") : props.empty}
        </p>
      ) : (
        <TableBox name={props.caption}>
          <table className="stack office-table" {...FOLDING.table}>
            <caption className="visually-hidden">{props.caption}</caption>
            <thead {...FOLDING.rows}>
              <tr {...FOLDING.row}>
                {props.columns.map((column) => (
                  <Heading key={column.name} column={column} asked={asked} sort={props.sort} />
                ))}
              </tr>
            </thead>
            <tbody {...FOLDING.rows}>
              {rows.map((row) => (
                <tr key={props.rowKey(row)} {...FOLDING.row}>
                  {props.columns.map((column, at) => cellOf(column, row, at === 0))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
      {paging ? <Pages paging={paging} name={props.pageName} /> : null}
    </div>
  );
}

/** A list of the registry as files, with the search of its page. */
export function ListFiles({ list, search = "" }: { list: string; search?: string }) {
  const { t } = useTranslation("office-frame");
  return (
    <span className="list-files">
      {(["csv", "xlsx"] as const).map((format) => (
        <a key={format} href={`${officePath("export", { list: `${list}.${format}` })}${search}`}>
          {t(`list.${format}`)}
        </a>
      ))}
    </span>
  );
}

function cellOf<Row>(column: ListColumn<Row>, row: Row, first: boolean): ReactNode {
  if (first) {
    return (
      <th scope="row" {...FOLDING.rowHeader} key={column.name}>
        {column.cell(row)}
      </th>
    );
  }
  const classes = [column.numeric ? "n" : "", column.wide ? "wide-only" : ""].filter(Boolean);
  return (
    <td
      key={column.name}
      {...FOLDING.cell}
      data-name={column.title}
      className={classes.join(" ") || undefined}
    >
      {column.cell(row)}
    </td>
  );
}

function Heading<Row>(props: {
  column: ListColumn<Row>;
  asked: URLSearchParams;
  sort: string | undefined;
}) {
  const { column, sort } = props;
  const by = column.sort;
  const direction = by === undefined ? undefined : directionOf(by, sort);
  const next = direction === "ascending" ? `-${by}` : by;
  const mark = direction === "ascending" ? " ↑" : " ↓";
  return (
    <th
      scope="col"
      {...FOLDING.columnHeader}
      className={
        [column.numeric ? "n" : "", column.wide ? "wide-only" : ""].join(" ").trim() || undefined
      }
      aria-sort={direction}
    >
      {next === undefined ? (
        column.title
      ) : (
        <a href={addressWith(props.asked, { sort: next, page: undefined })}>
          {column.title}
          {direction ? <span aria-hidden="true">{mark}</span> : null}
        </a>
      )}
    </th>
  );
}

function directionOf(by: string, sort: string | undefined): "ascending" | "descending" | undefined {
  if (sort === by) return "ascending";
  return sort === `-${by}` ? "descending" : undefined;
}

function Filters(props: {
  filters: readonly ListFilter[];
  sort: string | undefined;
  active: boolean;
}) {
  const { t } = useTranslation("office-frame");
  const { pathname } = useLocation();
  return (
    <form className="list-filters" role="search" action={pathname}>
      {props.filters.map((filter) => (
        <div
          className={filter.type === "search" ? "list-filter search" : "list-filter"}
          key={filter.name}
        >
          <label htmlFor={`filter-${filter.name}`}>{filter.label}</label>
          {filter.options ? (
            <select
              id={`filter-${filter.name}`}
              name={filter.name}
              defaultValue={filter.value ?? ""}
            >
              {filter.initial === undefined ? <option value="">{t("list.all")}</option> : null}
              {filter.options.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          ) : (
            <input
              id={`filter-${filter.name}`}
              name={filter.name}
              type={filter.type === "search" ? "search" : "text"}
              inputMode={filter.type === "day" ? "numeric" : undefined}
              placeholder={filter.type === "day" ? EXAMPLE_DAY : undefined}
              defaultValue={dayInField(filter.value ?? "")}
              autoComplete="off"
            />
          )}
        </div>
      ))}
      {props.sort ? <input type="hidden" name="sort" value={props.sort} /> : null}
      <div className="list-filter-buttons">
        <button className="button quiet small" type="submit">
          {t("list.filter")}
        </button>
        {props.active ? <a href={pathname}>{t("list.clear")}</a> : null}
      </div>
    </form>
  );
}

/** The way to the pages before and after, where there are several. */
export function Pages({ paging, name = "page" }: { paging: ListPlace; name?: string | undefined }) {
  const { t } = useTranslation("office-frame");
  const locale = useLocale();
  const asked = new URLSearchParams(useLocation().search);
  const { page, pages } = paging;
  if (pages <= 1) return null;
  const section = name === "page" ? "" : `#${name}`;
  const address = (number: number) =>
    addressWith(asked, { [name]: number === 1 ? undefined : `${number}` }) + section;
  return (
    <nav className="pages" aria-label={t("list.pages")}>
      {page > 1 ? (
        <a rel="prev" href={address(page - 1)}>
          {t("list.before")}
        </a>
      ) : null}
      <span className="soft">
        {t("list.page", { page: number(locale, page), pages: number(locale, pages) })}
      </span>
      {page < pages ? (
        <a rel="next" href={address(page + 1)}>
          {t("list.after")}
        </a>
      ) : null}
    </nav>
  );
}

/** The address of this page with some parameters changed; empty ones are left out. */
function addressWith(
  asked: URLSearchParams,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const changed = new URLSearchParams([...asked].filter(([, value]) => value !== ""));
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) changed.delete(name);
    else changed.set(name, value);
  }
  const query = changed.toString();
  return query === "" ? "?" : `?${query}`;
}
