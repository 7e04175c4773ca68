import type {
  CampaignEntry,
  CampaignNote,
  CampaignPage,
  CampaignSummary,
  NeedLine,
  Office,
} from "#app/domain/campaigns/ports.ts";

import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { campaignFace, shownPictures } from "./campaign-face.ts";
import { ENTRY_LINE, ENTRY_SUMS, entryLine, type EntryLineRow } from "./home.ts";
import { unconfirmedOf } from "./pledges.ts";

/** How many booked lines a campaign page shows before it leads to the ledger. */
const EXCERPT = 8;
const NEWS = 12;

/** The rest of what a campaign's page shows. */
export async function campaignPage(db: Db, summary: CampaignSummary): Promise<CampaignPage> {
  const [row] = await db.rows<PageRow>(PAGE, [summary.id]);
  if (!row) throw new Error(`campaign ${summary.id} has no account or offices`);
  const needs = await needLines(db, summary);
  const face = await campaignFace(db, summary.id);
  const notes = await news(db, summary.id);
  const entries = await excerpt(db, summary.id);
  const unconfirmed = await unconfirmedOf(db, summary.id);
  return {
    ...summary,
    ...face,
    story: { vi: row.story_vi, en: row.story_en },
    householdsNeeded: row.households,
    needs,
    account: {
      holder: row.holder,
      bankName: row.bank_name,
      bin: row.bin,
      number: row.number,
      owner: row.owner,
    },
    code: row.code,
    responsible: office(row.r_vi, row.r_en, row.rs_vi, row.rs_en),
    publishedBy: office(row.p_vi, row.p_en, row.ps_vi, row.ps_en),
    publishedOn: row.published_on,
    decisionNumber: row.decision_number,
    decisionDate: row.decision_date,
    surplusTo:
      row.surplus_slug === null
        ? null
        : { slug: row.surplus_slug, title: { vi: row.surplus_vi, en: row.surplus_en } },
    notes,
    entries,
    unconfirmed,
  };
}

interface PageRow {
  story_vi: string;
  story_en: string;
  households: number;
  holder: string;
  bank_name: string;
  bin: string;
  number: string;
  owner: "appeal" | "commune";
  code: string;
  r_vi: string;
  r_en: string;
  rs_vi: string | null;
  rs_en: string | null;
  p_vi: string;
  p_en: string;
  ps_vi: string | null;
  ps_en: string | null;
  published_on: string;
  decision_number: string;
  decision_date: string;
  surplus_slug: string | null;
  surplus_vi: string;
  surplus_en: string;
}

const PAGE = `
  select c.story_vi, ${inEnglish("c.story")} as story_en, c.households, b.holder, b.bank_name, b.bin, b.number, b.owner, c.code,
         coalesce(r.name_vi, c.responsible) as r_vi, coalesce(r.name_en, c.responsible) as r_en,
         rs.name_vi as rs_vi, rs.name_en as rs_en,
         coalesce(p.name_vi, c.published_by) as p_vi, coalesce(p.name_en, c.published_by) as p_en,
         ps.name_vi as ps_vi, ps.name_en as ps_en,
         c.published_on::text as published_on, c.decision_number, c.decision_date::text as decision_date,
         s.slug as surplus_slug, s.title_vi as surplus_vi,
         ${inEnglish("s.title")} as surplus_en
    from campaign c
    join bank_account b on b.id = c.bank_account
    left join organisation r on r.id = c.responsible
    left join organisation rs on rs.id = r.successor
    left join organisation p on p.id = c.published_by
    left join organisation ps on ps.id = p.successor
    left join campaign s on s.id = c.surplus_to
   where c.id = $1`;

function office(vi: string, en: string, nextVi: string | null, nextEn: string | null): Office {
  return {
    name: { vi, en },
    successor: nextVi === null ? null : { vi: nextVi, en: nextEn ?? nextVi },
  };
}

async function needLines(db: Db, { id, units }: CampaignSummary): Promise<NeedLine[]> {
  const rows = await db.rows<{
    species: string;
    title_vi: string;
    title_en: string;
    unit_vi: string;
    unit_en: string;
    quantity: number;
    unit_price: bigint;
    norm: string | null;
    per_household: number | null;
    source: string | null;
  }>(
    `select n.species, n.title_vi, ${inEnglish("n.title")} as title_en, n.unit_vi, n.unit_en, n.quantity, n.unit_price, m.id as norm, m.per_household, m.source
       from need_line n left join norm m on m.id = n.norm_id where n.campaign = $1 order by n.n`,
    [id],
  );
  return rows.map((row) => ({
    species: row.species,
    title: { vi: row.title_vi, en: row.title_en },
    unit: { vi: row.unit_vi, en: row.unit_en || row.unit_vi },
    quantity: row.quantity,
    unitPrice: row.unit_price,
    norm:
      row.norm === null
        ? null
        : { id: row.norm, perHousehold: row.per_household ?? 0, source: row.source ?? "" },
    counts: rows.length === 1 ? units : null,
  }));
}

async function news(db: Db, id: string): Promise<CampaignNote[]> {
  const rows = await db.rows<{
    published_on: string;
    text_vi: string;
    text_en: string;
    entry: bigint | null;
    animal: string | null;
    n: number;
    need_vi: string | null;
    need_en: string | null;
  }>(
    `select u.published_on::text as published_on, u.text_vi, ${inEnglish("u.text")} as text_en,
            u.entry, u.animal, u.n, l.title_vi as need_vi, ${inEnglish("l.title")} as need_en
       from campaign_update u left join need_line l on l.campaign = u.campaign and l.n = u.need
      where u.campaign = $1 order by u.published_on desc, u.n desc limit $2::int`,
    [id, NEWS],
  );
  const pictures = await shownPictures(db, id);
  return rows.map((row) => ({
    publishedOn: row.published_on,
    text: { vi: row.text_vi, en: row.text_en },
    entry: row.entry === null ? null : Number(row.entry),
    animal: row.animal,
    need: row.need_vi === null ? null : { vi: row.need_vi, en: row.need_en ?? row.need_vi },
    pictures: pictures.get(row.n) ?? [],
  }));
}

// On an axis numbers rise with the entries, so the newest of each account are a short walk on its index.
// Reversals of gifts leave the campaign's accounts: they are few and found by themselves.
const EXCERPT_ROWS = `
  with own as (select id from account where campaign = $1 and unit = 'VND'),
  newest as (
    select m.entry from own cross join lateral (
      select entry from movement where to_account = own.id and to_lo is not null order by to_lo desc limit $2::int
    ) m
    union
    select r.number from entry r join movement m on m.entry = r.number
     where r.reverses is not null and m.from_account in (select id from own)
  ),
  last as (select * from entry where number in (select entry from newest order by entry desc limit $2::int))
  select ${ENTRY_LINE} from last e left join lateral (${ENTRY_SUMS}) s on true order by e.number desc`;

async function excerpt(db: Db, id: string): Promise<CampaignEntry[]> {
  const rows = await db.rows<EntryLineRow>(EXCERPT_ROWS, [id, EXCERPT]);
  return rows.map(entryLine);
}
