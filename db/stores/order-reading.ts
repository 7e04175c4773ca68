import { fold } from "#app/domain/kernel/fold.ts";
import { sourceOf } from "#app/domain/orders/dossier.ts";
import type {
  HeldAdvance,
  OrderBooks,
  OrderCampaign,
  OrderFilter,
  OrderLine,
  OrderReading,
  PublicOrder,
} from "#app/domain/orders/ports.ts";
import { paperCounts } from "#app/domain/orders/papers.ts";

import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { COMMUNES, TWIN_NOW } from "./became.ts";
import { ORDER, orderOf, type OrderRow, recordOf, type StepRow } from "./order-rows.ts";
import { dossierOn, lastPapers } from "./orders.ts";
import { peopleStore } from "./people.ts";
import { textArray } from "./pg-arrays.ts";

/** Orders for the pages that show them. */
export function orderReadingStore(db: Db, today: () => string, books: OrderBooks): OrderReading {
  return {
    list: (filter, page, size) => list(db, filter, page, size),
    file: (id) => file(db, id, today()),
    books,
    campaigns: () => db.rows<OrderCampaign>(CAMPAIGNS),
    advances: () => heldAdvances(db),
    dossier: (kind, source, day) => dossierOn(db, kind, source, day),
    async publicOf(campaign) {
      const rows = await db.rows<PublicRow>(
        `${PUBLIC} where p.campaign = $1 order by p.number desc`,
        [campaign],
      );
      return rows.map(publicOrder);
    },
    async publicByEntry(entry) {
      const [row] = await db.rows<PublicRow>(`${PUBLIC} where p.entry = $1::bigint`, [entry]);
      return row && publicOrder(row);
    },
  };
}

/** Name of a commune in force, or of its last period. */
const COMMUNE_NAME = (code: string) =>
  `(select p.full_name from place p where p.code = ${code} and p.kind = 'commune' order by p.valid_from desc limit 1)`;

function conditions(filter: OrderFilter): { text: string; params: unknown[] } {
  const params: unknown[] = [];
  const parts: string[] = ["true"];
  const add = (text: (param: string) => string, value: unknown) => {
    params.push(value);
    parts.push(text(`$${params.length}`));
  };
  if (filter.kind !== undefined) add((p) => `o.kind = ${p}`, filter.kind);
  if (filter.state !== undefined) add((p) => `o.state = ${p}`, filter.state);
  if (filter.campaign !== undefined) add((p) => `o.campaign = ${p}`, filter.campaign);
  if (filter.commune !== undefined) add((p) => `${p} = any (o.communes)`, filter.commune);
  const words = fold(filter.search ?? "");
  if (words !== "") {
    add((p) => `(o.search_text like ${p} or c.search_text like ${p})`, `%${words}%`);
  }
  if (filter.reach !== undefined) {
    const { places, twins } = filter.reach;
    params.push(textArray(places), textArray(twins));
    const [at, with_] = [`$${params.length - 1}`, `$${params.length}`];
    parts.push(
      `(o.communes && ${at}::text::text[] or o.district = any (${at}::text::text[]) or coalesce(${TWIN_NOW("o.twin")}, o.twin) = any (${with_}::text::text[]))`,
    );
  }
  return { text: parts.join(" and "), params };
}

interface LineRow extends Omit<OrderLine, "requestedAt" | "changedAt" | "entry"> {
  requestedAt: bigint;
  changedAt: bigint;
  entry: bigint | null;
}

async function list(db: Db, filter: OrderFilter, page: number, size: number) {
  const { text, params } = conditions(filter);
  const from = `from money_order o left join campaign c on c.id = o.campaign where ${text}`;
  const [sums] = await db.rows<{ count: number; sum: bigint; waiting: bigint }>(
    `select count(*)::integer as count, coalesce(sum(o.amount), 0)::bigint as sum,
            coalesce(sum(o.amount) filter (where o.state in ('requested', 'approved')), 0)::bigint as waiting ${from}`,
    params,
  );
  const rows = await db.rows<LineRow>(
    `select o.id, o.number, o.kind, o.state, o.campaign, c.title_vi as "campaignTitleVi", ${inEnglish("c.title")} as "campaignTitleEn",
            ${COMMUNE_NAME("o.commune")} as "communeName", o.subject, o.amount, o.requested_at as "requestedAt",
            o.changed_at as "changedAt", o.entry
       ${from} order by o.state not in ('requested', 'approved', 'sent-back'), o.changed_at desc, o.number desc
      limit ${size} offset ${(page - 1) * size}`,
    params,
  );
  return {
    rows: rows.map((row): OrderLine => ({
      ...row,
      requestedAt: Number(row.requestedAt),
      changedAt: Number(row.changedAt),
      entry: row.entry === null ? null : Number(row.entry),
    })),
    count: sums?.count ?? 0,
    sum: sums?.sum ?? 0n,
    waiting: sums?.waiting ?? 0n,
  };
}

interface FileRow extends OrderRow {
  title_vi: string | null;
  title_en: string | null;
  slug: string | null;
  commune_name: string | null;
}

async function file(db: Db, id: string, today: string) {
  const [row] = await db.rows<FileRow>(
    `select ${ORDER}, c.title_vi, ${inEnglish("c.title")} as title_en, c.slug, ${COMMUNE_NAME("o.commune")} as commune_name
       from money_order o left join campaign c on c.id = o.campaign where o.id = $1`,
    [id],
  );
  if (!row) return undefined;
  const steps = await db.rows<StepRow & { name_vi: string | null; name_en: string | null }>(
    `select s.n, s.step, s.version, s.at, s.person, s.role, s.organisation, s.reason, s.note, s.matter, s.amount, s.entry,
            g.name_vi, g.name_en
       from order_step s left join organisation g on g.id = s.organisation where s.order_id = $1 order by s.n`,
    [id],
  );
  const papers = await lastPapers(db, id);
  const names = await peopleStore(db).names([
    ...new Set([...steps.map(({ person }) => person), ...papers.map(({ addedBy }) => addedBy)]),
  ]);
  const order = orderOf(row);
  const dossier = await dossierOn(db, order.kind, sourceOf(order.matter), today);
  const records = steps.map(({ name_vi, name_en, ...step }) => ({
    ...recordOf(step),
    personName: names.get(step.person) ?? "",
    organisationVi: name_vi ?? step.organisation,
    organisationEn: name_en ?? step.organisation,
  }));
  return {
    order,
    steps: records,
    papers: papers.map((paper) => ({
      ...paper,
      addedByName: names.get(paper.addedBy) ?? "",
      counts: paperCounts(paper, dossier, records),
    })),
    dossier,
    campaignTitleVi: row.title_vi,
    campaignTitleEn: row.title_en,
    campaignSlug: row.slug,
    communeName: row.commune_name,
  };
}

const CAMPAIGNS = `
  with balance as (
    select a.campaign, a.kind, sum(s.received - s.sent)::bigint as amount
      from account a join account_state s on s.account_id = a.id
     where a.kind in ('fund', 'commune') and a.campaign is not null group by a.campaign, a.kind
  )
  select c.id, c.title_vi as "titleVi", ${inEnglish("c.title")} as "titleEn", c.commune, ${COMMUNE_NAME("c.commune")} as "communeName",
         c.species, c.district, coalesce(${TWIN_NOW("c.twin")}, c.twin) as twin, ${COMMUNES("c.commune", "c.commune_from")} as communes,
         coalesce(f.amount, 0)::bigint as "inFund", coalesce(m.amount, 0)::bigint as "withCommune",
         (select coalesce(max(substring(bought.purchase from '^P(\\d+)$')::integer), 0)
            from (select split_part(a.code, ':', 3) as purchase from account a where a.kind = 'proc' and a.campaign = c.id
                  union all
                  select o.matter ->> 'purchase' from money_order o
                   where o.kind = 'advance' and o.campaign = c.id and o.state in ('requested', 'sent-back', 'approved')) bought) as "lastPurchase"
    from campaign c
    left join balance f on f.campaign = c.id and f.kind = 'fund'
    left join balance m on m.campaign = c.id and m.kind = 'commune'
   order by c.published_on desc, c.id`;

/** Purchases that still hold advanced money, with the day of the last advance. */
async function heldAdvances(db: Db): Promise<HeldAdvance[]> {
  const rows = await db.rows<{
    code: string;
    campaign: string;
    commune: string | null;
    balance: bigint;
    since: string | null;
  }>(
    `select a.code, a.campaign, ${COMMUNE_NAME("c.commune")} as commune, s.received - s.sent as balance,
            (select max(e.effective_on)::text from movement m join entry e on e.number = m.entry
              where m.to_account = a.id and e.kind = 'advance') as since
       from account a join account_state s on s.account_id = a.id left join campaign c on c.id = a.campaign
      where a.kind = 'proc' and a.campaign is not null and s.received > s.sent`,
  );
  return rows.map(({ code, ...row }) => ({ ...row, purchase: code.split(":")[2] ?? "" }));
}

interface PublicRow extends Omit<PublicOrder, "entry"> {
  entry: bigint | null;
}

const PUBLIC = `
  select p.number, p.kind, p.state, p.campaign, p.amount, p.requested_on::text as "requestedOn",
         r.name_vi as "requestedByVi", r.name_en as "requestedByEn", p.approved_on::text as "approvedOn",
         a.name_vi as "approvedByVi", a.name_en as "approvedByEn", p.entry
    from order_public p join organisation r on r.id = p.requested_for
    left join organisation a on a.id = p.approved_for`;

function publicOrder(row: PublicRow): PublicOrder {
  return { ...row, entry: row.entry === null ? null : Number(row.entry) };
}
