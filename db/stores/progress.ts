import { ledgerTotals } from "#app/domain/ledger/totals.ts";
import { latenessOf } from "#app/domain/campaigns/lateness.ts";
import type {
  OwingCampaign,
  ProgressBook,
  ProgressFigures,
  ProgressReading,
  ProgressStatement,
} from "#app/domain/progress/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { TWIN_NOW } from "./became.ts";
import { contentChanged } from "./content-version.ts";
import { PROGRESS_TERMS, progressTerms, type ProgressTermsRow } from "./progress-terms.ts";

/** Progress statements, and who owes one. */
export function progressStore(db: Db): ProgressReading & ProgressBook {
  return {
    statements: (campaign) => statements(db, campaign),
    owing: () => owing(db, null),
    async campaign(id) {
      const [one] = await owing(db, id);
      return one;
    },
    figures: (campaign, at) => figures(db, campaign, at),
    async overdue(day) {
      const all = await owing(db, null);
      return all
        .flatMap((campaign) => {
          const lateness = latenessOf(campaign, day);
          if (lateness.is !== "late" && lateness.is !== "held-up") return [];
          const { dueOn, daysLate } = lateness;
          return [{ campaign, dueOn, daysLate, heldUp: lateness.is === "held-up" }];
        })
        .toSorted((a, b) => b.daysLate - a.daysLate || (a.campaign.id < b.campaign.id ? -1 : 1));
    },
    async byKey(key) {
      const { orm, t, op } = await building(db);
      const { campaign, n, textVi, textEn, filedBy, formKey } = t.progressStatement;
      const [row] = await orm
        .select({ campaign, n, textVi, textEn, filedBy })
        .from(t.progressStatement)
        .where(op.eq(formKey, key));
      return row;
    },
    async file(statement, key) {
      const { orm, t, op } = await building(db);
      const [last] = await orm
        .select({ n: op.max(t.progressStatement.n) })
        .from(t.progressStatement)
        .where(op.eq(t.progressStatement.campaign, statement.campaign));
      const n = (last?.n ?? 0) + 1;
      await orm.insert(t.progressStatement).values({ ...statement, n, formKey: key });
      await contentChanged(db, "progress");
      return n;
    },
  };
}

interface OwingRow extends ProgressTermsRow {
  id: string;
  slug: string;
  title_vi: string;
  title_en: string;
  species: string;
  starts_on: string;
  ends_on: string;
  closed_on: string | null;
  district: string;
  commune: OwingCampaign["commune"];
  communes: string[];
  twin_now: string | null;
}

// A commune is told by what it is today; for permission all its codes count.
const OWING = `
  select c.id, c.slug, c.title_vi, ${inEnglish("c.title")} as title_en, c.species, c.starts_on::text as starts_on, c.ends_on::text as ends_on,
         c.closed_on::text as closed_on, c.district, ${PROGRESS_TERMS},
         line.commune, line.communes, ${TWIN_NOW("c.twin")} as twin_now
    from campaign c
    cross join lateral (
      select (array_agg(json_build_object('code', l.code, 'name', l.name, 'fullName', l.full_name, 'validFrom', l.valid_from::text)
                        order by l.step desc))[1] as commune, json_agg(distinct l.code) as communes
        from place_line(c.commune, c.commune_from) l) line
   where $1::text is null or c.id = $1 order by c.id`;

async function owing(db: Db, id: string | null): Promise<OwingCampaign[]> {
  const rows = await db.rows<OwingRow>(OWING, [id]);
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    title: { vi: row.title_vi, en: row.title_en },
    species: row.species,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    closedOn: row.closed_on,
    commune: row.commune,
    communes: row.communes,
    district: row.district,
    twinNow: row.twin_now,
    progress: progressTerms(row),
  }));
}

async function statements(db: Db, campaign: string): Promise<ProgressStatement[]> {
  const rows = await db.rows<{
    n: number;
    filed_on: string;
    days_late: number;
    entry: bigint;
    received: bigint;
    disbursed: bigint;
    spent: bigint;
    delivered: bigint;
    alive: number;
    lost: number;
    born: number;
    text_vi: string;
    text_en: string | null;
    name_vi: string;
    name_en: string;
  }>(
    `select s.n, s.filed_on::text as filed_on, s.days_late, s.entry, s.received, s.disbursed, s.spent, s.delivered, s.alive,
            s.lost, s.born, s.text_vi, s.text_en, coalesce(o.name_vi, s.organisation) as name_vi,
            coalesce(o.name_en, s.organisation) as name_en
       from progress_statement s left join organisation o on o.id = s.organisation
      where s.campaign = $1 order by s.n desc`,
    [campaign],
  );
  return rows.map((row) => ({
    campaign,
    n: row.n,
    filedOn: row.filed_on,
    daysLate: row.days_late,
    entry: Number(row.entry),
    received: row.received,
    disbursed: row.disbursed,
    spent: row.spent,
    delivered: row.delivered,
    alive: row.alive,
    lost: row.lost,
    born: row.born,
    textVi: row.text_vi,
    textEn: row.text_en,
    office: { vi: row.name_vi, en: row.name_en },
  }));
}

// Every movement of the campaign's accounts up to the entry, summed by the accounts it was between.
const SUMS = `
  with own as (select id from account where campaign = $1 and unit = 'VND'),
  touching as (
    select m.entry, m.n, m.from_account, m.to_account, m.amount from movement m
     where m.from_account in (select id from own) and m.entry <= $2::bigint
    union
    select m.entry, m.n, m.from_account, m.to_account, m.amount from movement m
     where m.to_account in (select id from own) and m.entry <= $2::bigint
  )
  select f.code as "from", t.code as "to", f.kind as "fromKind", t.kind as "toKind", sum(x.amount)::bigint as amount
    from touching x join account f on f.id = x.from_account join account t on t.id = x.to_account
   group by f.code, t.code, f.kind, t.kind`;

const ANIMALS = `
  with known as (
    select a.code, a.dam from animal a
     where a.campaign = $1 and a.species in ('BO', 'DE') and a.entry <= $2::bigint
       and not exists (select 1 from entry r where r.reverses = a.entry and r.number <= $2::bigint)
  ), life as (
    select k.code, k.dam, bool_or(e.kind in ('handed-over', 'born')) as came, bool_or(e.kind in ('died', 'returned')) as lost
      from known k join animal_event e on e.animal = k.code
     where e.entry <= $2::bigint
       and not exists (select 1 from entry r where r.reverses = e.entry and r.number <= $2::bigint)
     group by k.code, k.dam
  )
  select count(*) filter (where came and not lost)::integer as alive, count(*) filter (where came and lost)::integer as lost,
         count(*) filter (where came and dam is not null)::integer as born
    from life`;

async function figures(db: Db, campaign: string, at: number): Promise<ProgressFigures> {
  const { orm, t, op } = await building(db);
  const [head] = await orm
    .select({ entry: op.max(t.entry.number) })
    .from(t.entry)
    .where(op.lte(t.entry.recordedAt, at));
  const entry = head?.entry ?? 0;
  const sums = await db.rows<{
    from: string;
    to: string;
    fromKind: string;
    toKind: string;
    amount: bigint;
  }>(SUMS, [campaign, entry]);
  const totals = ledgerTotals(sums).get(campaign);
  const between = (from: string, to: string) =>
    sums
      .filter(({ fromKind, toKind }) => fromKind === from && toKind === to)
      .reduce((sum, { amount }) => sum + amount, 0n);
  const [animals] = await db.rows<{ alive: number; lost: number; born: number }>(ANIMALS, [
    campaign,
    entry,
  ]);
  return {
    entry,
    received: totals?.received ?? 0n,
    disbursed: totals?.disbursed ?? 0n,
    spent: between("commune", "proc") - between("proc", "commune"),
    delivered: totals?.delivered ?? 0n,
    alive: animals?.alive ?? 0,
    lost: animals?.lost ?? 0,
    born: animals?.born ?? 0,
  };
}
