import { own } from "../kernel/own.ts";
import { ORDER_STATES } from "../orders/order.ts";
import type { OrderFilter, OrderLine, OrderReading } from "../orders/ports.ts";
import { reachOf } from "../orders/reach.ts";
import type { Person } from "../people/may.ts";
import { MONEY_KINDS } from "../people/office-act.ts";
import type { ListQuery, OfficeList } from "./list.ts";

export interface OrderListNeeds {
  readonly orders: Pick<OrderReading, "list">;
}

/** More orders than anybody reads in one file. */
const MOST = 20_000;
const CODE = /^[A-Za-z0-9.-]{1,40}$/;

/** What the address of the list asks for; anything that means nothing is passed over. */
export function orderFilter(person: Person, query: ListQuery): OrderFilter {
  const code = (name: string) => (CODE.test(own(query, name) ?? "") ? own(query, name) : undefined);
  const kind = MONEY_KINDS.find((one) => one === query["kind"]);
  const state = ORDER_STATES.find((one) => one === query["state"]);
  const [campaign, commune] = [code("campaign"), code("commune")];
  const search = query["q"]?.slice(0, 100);
  const reach = reachOf(person);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state }),
    ...(campaign === undefined ? {} : { campaign }),
    ...(commune === undefined ? {} : { commune }),
    ...(search === undefined ? {} : { search }),
    ...(reach === undefined ? {} : { reach }),
  };
}

/** Money orders, those that wait first. `q`, `kind`, `state`, `campaign`, `commune`. */
export const ordersList: OfficeList<OrderListNeeds, OrderLine> = {
  act: "order.read",
  columns: [
    { name: "number", type: "integer", cell: ({ number }) => number },
    { name: "kind", type: "text", words: "office-orders:kind", cell: ({ kind }) => kind },
    { name: "state", type: "text", words: "office-orders:state", cell: ({ state }) => state },
    { name: "campaign", type: "text", cell: ({ campaign }) => campaign },
    { name: "commune", type: "text", cell: ({ communeName }) => communeName },
    { name: "subject", type: "text", cell: ({ subject }) => subject },
    { name: "amount", type: "dong", cell: ({ amount }) => amount },
    { name: "requested", type: "moment", cell: ({ requestedAt }) => requestedAt },
    { name: "changed", type: "moment", cell: ({ changedAt }) => changedAt },
    { name: "entry", type: "integer", cell: ({ entry }) => entry },
  ],
  rows: async ({ orders }, person, query) =>
    (await orders.list(orderFilter(person, query), 1, MOST)).rows,
};
