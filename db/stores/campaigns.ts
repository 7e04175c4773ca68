import type { PlaceName } from "#app/domain/places/unit.ts";
import type { Campaigns, CampaignSummary } from "#app/domain/campaigns/ports.ts";
import { unitCounts } from "#app/domain/campaigns/unit-counts.ts";
import { fold } from "#app/domain/kernel/fold.ts";
import { NO_TOTALS, type StageTotals } from "#app/domain/ledger/totals.ts";

import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { campaignVersions } from "./campaign-versions.ts";
import { campaignPage } from "./campaign-page.ts";
import { PROGRESS_TERMS, progressTerms, type ProgressTermsRow } from "./progress-terms.ts";
import { stageTotals } from "./totals.ts";

/** Campaigns as donors see them; every figure comes from the books. */
export function campaignStore(db: Db): Campaigns {
  return {
    all: () => summaries(db, undefined),
    async bySlug(slug) {
      const [summary] = await summaries(db, slug);
      return summary && campaignPage(db, summary);
    },
    async versions(slug) {
      const [row] = await db.rows<{ id: string; title_vi: string; title_en: string }>(
        `select id, title_vi, ${inEnglish("title")} as title_en from campaign where slug = $1`,
        [slug],
      );
      if (!row) return undefined;
      const title = { vi: row.title_vi, en: row.title_en };
      return { slug, title, versions: await campaignVersions(db, row.id) };
    },
  };
}

interface Row extends ProgressTermsRow {
  id: string;
  slug: string;
  model: CampaignSummary["model"];
  species: string;
  title_vi: string;
  title_en: string;
  summary_vi: string;
  summary_en: string;
  commune: PlaceName;
  commune_now: PlaceName | null;
  district: PlaceName;
  twin: string;
  twin_vi: string | null;
  twin_en: string | null;
  goal: bigint;
  starts_on: string;
  ends_on: string;
  closed_on: string | null;
  search_text: string;
}

const NAME = (alias: string) =>
  `json_build_object('code', ${alias}.code, 'name', ${alias}.name, 'fullName', ${alias}.full_name, 'validFrom', ${alias}.valid_from::text)`;

const CAMPAIGNS = `
  select c.id, c.slug, c.model, c.species, c.title_vi, ${inEnglish("c.title")} as title_en,
         c.summary_vi, ${inEnglish("c.summary")} as summary_en,
         ${NAME("then_")} as commune,
         case when now_.step > 0 then ${NAME("now_")} end as commune_now,
         ${NAME("d")} as district,
         c.twin, o.name_vi as twin_vi, o.name_en as twin_en, c.goal,
         c.starts_on::text as starts_on, c.ends_on::text as ends_on, c.closed_on::text as closed_on,
         ${PROGRESS_TERMS},
         c.search_text || ' | ' || d.search_text || coalesce(' | ' || o.name_vi, '') as search_text
    from campaign c
    join place then_ on then_.code = c.commune and then_.valid_from = c.commune_from
    left join lateral place_line(c.commune, c.commune_from) now_ on now_.valid_to is null
    join place d on d.code = c.district and d.kind = 'district'
    left join organisation o on o.id = c.twin
   where $1::text is null or c.slug = $1
   order by c.published_on desc, c.id`;

async function summaries(db: Db, slug: string | undefined): Promise<CampaignSummary[]> {
  const rows = await db.rows<Row>(CAMPAIGNS, [slug ?? null]);
  const ids = rows.map((row) => row.id);
  const totals = await stageTotals(db, ids);
  const things = await thingFacts(db);
  return rows.map((row) =>
    summaryOf(row, totals.get(row.id) ?? NO_TOTALS, things.get(row.id) ?? NOTHING),
  );
}

function summaryOf(row: Row, totals: StageTotals, facts: ThingFacts): CampaignSummary {
  return {
    id: row.id,
    slug: row.slug,
    model: row.model,
    species: row.species,
    title: { vi: row.title_vi, en: row.title_en },
    summary: { vi: row.summary_vi, en: row.summary_en },
    commune: row.commune,
    communeNow: row.commune_now,
    district: row.district,
    twin: { id: row.twin, name: { vi: row.twin_vi ?? row.twin, en: row.twin_en ?? row.twin } },
    goal: row.goal,
    totals,
    units: facts.one
      ? unitCounts({
          ...facts.one,
          delivered: facts.delivered,
          inPurchase: facts.in_purchase,
          spendable: facts.spendable,
        })
      : null,
    things: facts.delivered,
    households: facts.served,
    gifts: facts.gifts,
    disbursements: facts.disbursements,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    closedOn: row.closed_on,
    progress: progressTerms(row),
    searchText: fold(row.search_text.replaceAll("|", " ")) + " " + row.search_text,
  };
}

interface ThingFacts {
  readonly id: string;
  /** The need line, where there is but one: then things can be counted along it. */
  readonly one: { readonly needed: number; readonly unitPrice: bigint } | undefined;
  readonly delivered: number;
  readonly served: number;
  readonly in_purchase: bigint;
  readonly spendable: bigint;
  readonly gifts: number;
  readonly disbursements: number;
}

const NOTHING: ThingFacts = {
  id: "",
  one: undefined,
  delivered: 0,
  served: 0,
  in_purchase: 0n,
  spendable: 0n,
  gifts: 0,
  disbursements: 0,
};

// A thing counts once it is handed over, unless its entry was reversed; a replacement is no further thing.
const THINGS = `
  with handed as (
    select a.campaign, count(*)::int as delivered, count(distinct e.household)::int as served
      from animal a join animal_event e on e.animal = a.code and e.kind = 'handed-over' and e.other is null
     where not exists (select 1 from entry r where r.reverses = e.entry)
     group by a.campaign
  ), held as (
    select a.campaign,
           coalesce(sum(s.received - s.sent) filter (where a.kind = 'proc'), 0)::bigint as in_purchase,
           coalesce(sum(s.received - s.sent) filter (where a.kind in ('clearing', 'fund', 'commune')), 0)::bigint as spendable
      from account a join account_state s on s.account_id = a.id
     where a.campaign is not null and a.unit = 'VND'
     group by a.campaign
  ), sent as (
    select t.campaign, count(distinct m.entry)::int as disbursements
      from account f join movement m on m.from_account = f.id join account t on t.id = m.to_account
     where f.kind = 'fund' and t.kind = 'commune'
     group by t.campaign
  ), given as (
    select campaign, count(*)::int as gifts from donation where campaign is not null group by campaign
  ), needs as (
    select campaign, count(*)::int as lines, min(quantity) as quantity, min(unit_price) as unit_price
      from need_line group by campaign
  )
  select n.campaign as id, n.lines, n.quantity, n.unit_price,
         coalesce(handed.delivered, 0) as delivered, coalesce(handed.served, 0) as served,
         coalesce(held.in_purchase, 0) as in_purchase, coalesce(held.spendable, 0) as spendable,
         coalesce(given.gifts, 0) as gifts, coalesce(sent.disbursements, 0) as disbursements
    from needs n
    left join handed on handed.campaign = n.campaign
    left join held on held.campaign = n.campaign
    left join sent on sent.campaign = n.campaign
    left join given on given.campaign = n.campaign`;

async function thingFacts(db: Db): Promise<Map<string, ThingFacts>> {
  const rows = await db.rows<
    Omit<ThingFacts, "one"> & { lines: number; quantity: number; unit_price: bigint }
  >(THINGS);
  return new Map(
    rows.map(({ lines, quantity, unit_price, ...facts }) => [
      facts.id,
      { ...facts, one: lines === 1 ? { needed: quantity, unitPrice: unit_price } : undefined },
    ]),
  );
}

/** Ids of the campaigns by the last part of their addresses. */
export async function campaignAddresses(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ slug: string; id: string }>(`select slug, id from campaign`);
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}
