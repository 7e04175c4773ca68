import { accountsList } from "./accounts.ts";
import { auditList } from "./audit.ts";
import type { FileColumn, OfficeList } from "./list.ts";
import { campaignsList } from "./campaigns.ts";
import { ordersList } from "./orders.ts";
import { organisationsList } from "./organisations.ts";
import { peopleList } from "./people.ts";
import { progressList, statementsList } from "./progress.ts";
import { promisesList } from "./promises.ts";

/** What the lists together need from outside. */
type ListServices = Needs<typeof peopleList> &
  Needs<typeof auditList> &
  Needs<typeof campaignsList> &
  Needs<typeof ordersList> &
  Needs<typeof accountsList> &
  Needs<typeof promisesList> &
  Needs<typeof progressList>;

type Needs<List extends { rows: (services: never, ...asked: never[]) => unknown }> = Parameters<
  List["rows"]
>[0];

/** A list whatever its rows are: its columns are asked about its own rows only. */
export interface RegisteredList {
  readonly act: OfficeList<ListServices, never>["act"];
  readonly columns: readonly Omit<FileColumn<never>, "cell">[];
  /** All rows as cells in the order of the columns. */
  cells: (
    ...asked: [...Parameters<OfficeList<ListServices, never>["rows"]>, locale: "vi" | "en"]
  ) => Promise<readonly (readonly (string | number | bigint | null)[])[]>;
}

/** Lists that can be had as files, by their name in the address: `/quan-tri/xuat/<name>.csv`. Add yours here. */
export const OFFICE_LISTS: ReadonlyMap<string, RegisteredList> = new Map([
  ["people", registered(peopleList)],
  ["organisations", registered(organisationsList)],
  ["audit", registered(auditList)],
  ["campaigns", registered(campaignsList)],
  ["orders", registered(ordersList)],
  ["accounts", registered(accountsList)],
  ["promises", registered(promisesList)],
  ["progress", registered(progressList)],
  ["statements", registered(statementsList)],
]);

function registered<Row>(list: OfficeList<ListServices, Row>): RegisteredList {
  return {
    act: list.act,
    columns: list.columns,
    async cells(services, person, query, locale) {
      const rows = await list.rows(services, person, query);
      return rows.map((row) => list.columns.map((column) => column.cell(row, locale)));
    },
  };
}
