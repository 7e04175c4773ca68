/**
 * Lists of the office: the same rows for the page and for its files. A page asks `rows` with what stands in its address and
 * shows one page of them; `/quan-tri/xuat/<name>.csv|xlsx` asks the same `rows` with the same address and writes all.
 */
import { own } from "../kernel/own.ts";
import { fold, searchText } from "../kernel/fold.ts";
import type { Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";

/** What stands in the address, each name once. */
export type ListQuery = Readonly<Partial<Record<string, string>>>;

/** A value of a file: a text, a number, đồng, or nothing. */
export type ListCell = string | number | bigint | null;

/** A column of the files. Its heading is `column.<list>.<name>` in `locales/<language>/office-lists.json`. */
export interface FileColumn<Row> {
  readonly name: string;
  readonly type: "text" | "integer" | "dong" | "day" | "moment";
  readonly cell: (row: Row, locale: "vi" | "en") => ListCell;
  /** The cell is a code: its words are `<area>:<key>.<code>` in `locales`. */
  readonly words?: `${string}:${string}`;
}

/** A list with the act that shows it. `Needs` are the services its rows come from. */
export interface OfficeList<Needs, Row> {
  readonly act: OfficeAct;
  readonly columns: readonly FileColumn<Row>[];
  /** All rows this person may see, filtered and in order. */
  rows(needs: Needs, person: Person, query: ListQuery): Promise<readonly Row[]>;
}

/** Where in a list a page is. */
export interface ListPlace {
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** One page of rows. */
export interface ListPage<Row> extends ListPlace {
  readonly rows: readonly Row[];
}

export const PAGE_SIZE = 50;

/** The page of `rows` that the address asks for; a number out of range is the nearest page there is. */
export function pageOf<Row>(
  rows: readonly Row[],
  query: ListQuery,
  size: number = PAGE_SIZE,
): ListPage<Row> {
  const { from, ...place } = placeOf(query["page"], rows.length, size);
  return { rows: rows.slice(from, from + size), ...place };
}

/** Which page an address asks for, by its number there, of a list of `total` rows; `from` rows stand before it. */
export function placeOf(
  asked: string | null | undefined,
  total: number,
  size: number = PAGE_SIZE,
): ListPlace & { readonly from: number } {
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, /^\d{1,6}$/.test(asked ?? "") ? Number(asked) : 1), pages);
  return { total, page, pages, from: (page - 1) * size };
}

/** Whether the texts hold every word that is searched for, whatever the accents, blanks and capitals. */
export function holds(query: string | undefined, ...texts: readonly (string | null)[]): boolean {
  const words = fold(query ?? "");
  if (words === "") return true;
  const searched = searchText(...texts.filter((text) => text !== null));
  return searched.includes(words) || words.split(" ").every((word) => searched.includes(word));
}

const collator = new Intl.Collator("vi", { numeric: true });

/**
 * Rows in the order the address asks for (`sort=name`, `sort=-name`), by a key of each row; an order that is not offered is
 * the first one. Equal rows stay as they were.
 */
export function sorted<Row>(
  rows: readonly Row[],
  sort: string | undefined,
  keys: Readonly<Record<string, (row: Row) => ListCell>>,
): { readonly rows: readonly Row[]; readonly sort: string } {
  const first = Object.keys(keys)[0] ?? "";
  const name = (sort ?? first).replace(/^-/, "");
  const key = own(keys, name);
  if (!key) return sorted(rows, first, keys);
  const turned = sort?.startsWith("-") ? -1 : 1;
  return {
    rows: rows.toSorted((a, b) => turned * compare(key(a), key(b))),
    sort: turned === -1 ? `-${name}` : name,
  };
}

function compare(a: ListCell, b: ListCell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "string" || typeof b === "string") return collator.compare(`${a}`, `${b}`);
  return a < b ? -1 : a > b ? 1 : 0;
}
