import { searchText } from "#app/domain/kernel/fold.ts";
import type { DossierItem } from "#app/domain/orders/dossier.ts";
import type { MoneyOrder, OrderState } from "#app/domain/orders/order.ts";
import type { Orders } from "#app/domain/orders/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inForceOn } from "./in-force.ts";
import { TWIN_NOW } from "./became.ts";
import { contentChanged } from "./content-version.ts";
import {
  matterJson,
  ORDER,
  orderOf,
  type OrderRow,
  recordOf,
  spendingJson,
  storedMatter,
  subjectOfMatter,
} from "./order-rows.ts";
import { numberArray, textArray } from "./pg-arrays.ts";

/** Money orders inside a transaction. */
export function ordersStore(db: Db): Orders {
  return {
    async find(id) {
      const [row] = await db.rows<OrderRow>(
        `select ${ORDER} from money_order o where o.id = $1 for update`,
        [id],
      );
      return row && orderOf(row);
    },

    async nextNumber() {
      const { orm, t, op } = await building(db);
      const [row] = await orm.select({ last: op.max(t.moneyOrder.number) }).from(t.moneyOrder);
      return (row?.last ?? 0) + 1;
    },

    async put(order, step) {
      await db.rows(PUT, columnsOf(order));
      const { orm, t, op } = await building(db);
      const [last] = await orm
        .select({ n: op.max(t.orderStep.n) })
        .from(t.orderStep)
        .where(op.eq(t.orderStep.orderId, order.id));
      await orm.insert(t.orderStep).values({
        ...step,
        orderId: order.id,
        n: (last?.n ?? 0) + 1,
        version: order.version,
        matter: step.matter && storedMatter(step.matter),
      });
      // Campaign pages show what was asked and approved.
      await contentChanged(db, "orders");
    },

    async steps(id) {
      const { orm, t, op } = await building(db);
      const { orderId: _order, ...columns } = op.getTableColumns(t.orderStep);
      const rows = await orm
        .select(columns)
        .from(t.orderStep)
        .where(op.eq(t.orderStep.orderId, id))
        .orderBy(t.orderStep.n);
      return rows.map(recordOf);
    },

    papers: (id) => lastPapers(db, id),

    async addPaper(id, paper, prepares) {
      const { orm, t, op } = await building(db);
      const [last] = await orm
        .select({ n: op.max(t.orderPaper.n) })
        .from(t.orderPaper)
        .where(op.eq(t.orderPaper.orderId, id));
      const { item, file, addedBy, addedAt } = paper;
      const n = (last?.n ?? 0) + 1;
      await orm.insert(t.orderPaper).values({ orderId: id, n, item, file, addedBy, addedAt });
      await db.rows(
        `update money_order set version = version + 1,
                prepared_by = case when $2::boolean and not $3 = any (prepared_by) then prepared_by || $3::text else prepared_by end
          where id = $1`,
        [id, prepares, paper.addedBy],
      );
    },

    async paymentOrders(bytes, self) {
      return db.rows<{ number: number; digest: string; salt: string }>(
        `select o.number, f.digest, encode(k.salt, 'hex') as salt
           from office_file f
           join money_order o on o.id = f.subject_id and o.id <> $2 and o.state not in ('cancelled', 'refused')
           join order_paper p on p.order_id = o.id and p.file = f.id
           join opening k on k.digest = f.digest
          where f.subject_kind = 'order' and f.bytes = $1::integer
            and exists (select 1 from dossier_item d
                         where d.kind = o.kind and d.code = p.item and d.before_step = 'book' and d.paper = 'payment-order')
            and not exists (select 1 from order_paper later
                             where later.order_id = o.id and later.item = p.item and later.n > p.n)
            and not exists (select 1 from entry r where r.reverses = o.entry)
          order by o.number`,
        [bytes, self],
      );
    },

    dossier: (kind, source, day) => dossierOn(db, kind, source, day),

    async ofGift(gift) {
      return db.rows<{ id: string; number: number; state: OrderState }>(
        `select id, number, state from money_order
          where subject = $1 and kind in ('refund', 'redesignation')
            and (state in ('requested', 'sent-back', 'approved')
                 or state = 'booked' and matter ->> 'spentBy' = 'reserve'
                    and not exists (select 1 from entry r where r.reverses = money_order.entry))
          order by number`,
        [gift],
      );
    },

    async ofThing(thing) {
      const [kind, subject] =
        "animal" in thing
          ? (["write-off", thing.animal] as const)
          : (["reversal", String(thing.entry)] as const);
      const { orm, t, op } = await building(db);
      const o = t.moneyOrder;
      return orm
        .select({ id: o.id, number: o.number })
        .from(t.moneyOrder)
        .where(
          op.and(
            op.eq(o.subject, subject),
            op.eq(o.kind, kind),
            op.inArray(o.state, ["requested", "sent-back", "approved"]),
          ),
        )
        .orderBy(o.number);
    },

    async ofLines(campaign, lines) {
      if (lines.length === 0) return [];
      return db.rows<{ id: string; number: number }>(
        `select id, number from money_order
          where kind = 'advance' and campaign = $1 and state in ('requested', 'sent-back', 'approved')
            and matter -> 'lines' ?| ($2::text)::text[]
          order by number`,
        [campaign, textArray(lines)],
      );
    },

    async head() {
      const { orm, t } = await building(db);
      const [row] = await orm.select({ next: t.ledgerHead.nextEntry }).from(t.ledgerHead);
      return (row?.next ?? 1) - 1;
    },

    async offices(campaign) {
      const [row] = await db.rows<{ district: string; twin: string }>(
        `select c.district, coalesce(${TWIN_NOW("c.twin")}, c.twin) as twin from campaign c where c.id = $1`,
        [campaign],
      );
      return row;
    },

    giftsOf: (entries) => giftsByEntry(db, entries),
  };
}

const PUT = `insert into money_order (id, number, kind, state, version, matter, amount, campaign, commune, communes, district,
    twin, subject, prepared_by, approved_by, requested_at, changed_at, requested_for, approved_for, approved_at, spending, entry,
    search_text, booked_by)
  values ($1, $2::integer, $3, $4, $5::integer, $6::text::jsonb, $7::bigint, $8, $9, $10::text::text[], $11, $12, $13,
    $14::text::text[], $15::text::text[], $16::bigint, $17::bigint, $18, $19, $20::bigint, $21::text::jsonb, $22::bigint, $23,
    $24::text::text[])
  on conflict (id) do update set state = excluded.state, version = excluded.version, matter = excluded.matter,
    amount = excluded.amount, campaign = excluded.campaign, commune = excluded.commune, communes = excluded.communes,
    district = excluded.district, twin = excluded.twin, subject = excluded.subject, prepared_by = excluded.prepared_by,
    approved_by = excluded.approved_by, changed_at = excluded.changed_at, requested_for = excluded.requested_for,
    approved_for = excluded.approved_for, approved_at = excluded.approved_at, spending = excluded.spending,
    entry = excluded.entry, search_text = excluded.search_text, booked_by = excluded.booked_by`;

function columnsOf(order: MoneyOrder): unknown[] {
  const { place } = order;
  const subject = subjectOfMatter(order.matter);
  return [
    order.id,
    order.number,
    order.kind,
    order.state,
    order.version,
    matterJson(order.matter),
    order.amount,
    place.campaign,
    place.commune,
    textArray(place.communes),
    place.district,
    place.twin,
    subject ?? null,
    textArray(order.preparedBy),
    textArray(order.approvedBy),
    order.requestedAt,
    order.changedAt,
    order.requestedFor,
    order.approvedFor,
    order.approvedAt,
    spendingJson(order.spending),
    order.entry,
    searchText(
      `${order.number}`,
      place.campaign ?? "",
      subject ?? "",
      "purchase" in order.matter ? (order.matter.purchase ?? "") : "",
      order.amount.toString(),
    ),
    textArray(order.bookedBy),
  ];
}

/**
 * The last paper of each item. Each step and each paper raises the version by one and steps keep theirs, so the papers' are
 * those between, in order: exact also within one second.
 */
export async function lastPapers(db: Db, id: string) {
  const rows = await db.rows<{
    item: string;
    file: string;
    added_by: string;
    added_at: bigint;
    version: number;
  }>(
    `with between_steps as (
       select made.version, row_number() over (order by made.version) as n
         from money_order o cross join lateral generate_series(1, o.version) as made(version)
        where o.id = $1
          and not exists (select 1 from order_step s where s.order_id = o.id and s.version = made.version)
     )
     select distinct on (p.item) p.item, p.file, p.added_by, p.added_at, b.version
       from order_paper p join between_steps b on b.n = p.n
      where p.order_id = $1 order by p.item, p.n desc`,
    [id],
  );
  return rows.map((row) => ({
    item: row.item,
    file: row.file,
    addedBy: row.added_by,
    addedAt: Number(row.added_at),
    version: row.version,
  }));
}

/** Items of the dossier in force on a day. */
export async function dossierOn(
  db: Db,
  kind: MoneyOrder["kind"],
  source: string,
  day: string,
): Promise<DossierItem[]> {
  const { orm, t, op } = await building(db);
  const d = t.dossierItem;
  return orm
    .select({
      code: d.code,
      kind: d.kind,
      titleVi: d.titleVi,
      titleEn: d.titleEn,
      before: d.beforeStep,
      required: d.required,
      paper: d.paper,
      source: d.legalSource,
    })
    .from(t.dossierItem)
    .where(
      op.and(op.eq(d.kind, kind), op.inArray(d.source, ["any", source]), inForceOn(op, d, day)),
    )
    .orderBy(d.n, d.code);
}

/** Gift codes by the entry that brought them. */
async function giftsByEntry(
  db: Db,
  entries: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db.rows<{ entry: bigint; code: string }>(
    `select entry, code from donation where entry = any (($1::text)::bigint[])`,
    [numberArray(entries)],
  );
  return new Map(rows.map(({ entry, code }) => [Number(entry), code]));
}
