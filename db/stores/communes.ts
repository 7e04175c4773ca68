import { fold } from "#app/domain/kernel/fold.ts";
import { NO_TOTALS } from "#app/domain/ledger/totals.ts";
import {
  type Searched,
  searched,
  type CommuneCampaign,
  type CommuneFile,
  type CommuneListing,
  type CommuneNotice,
  type CommunePages,
} from "#app/domain/places/commune-file.ts";
import type { Shape } from "#app/domain/places/map-paths.ts";
import type { Unit } from "#app/domain/places/unit.ts";

import type { Db } from "../client.ts";
import { inForce } from "./in-force.ts";
import { inEnglish } from "./in-english.ts";
import { outlines } from "./outlines.ts";
import { textArray } from "./pg-arrays.ts";
import { stageTotals } from "./totals.ts";

const UNIT = `p.code, p.valid_from::text as "validFrom", p.valid_to::text as "validTo", p.kind, p.name,
  p.full_name as "fullName", p.slug, p.parent, p.successor, p.other_spellings as "otherSpellings", p.mountain,
  p.district2024`;

/** Communes with what their pages show. */
export function communeStore(db: Db): CommunePages {
  // Outlines do not change while the site runs.
  let shapes: Map<string, Shape> | undefined;
  return {
    async today() {
      shapes ??= await outlines(db, "commune");
      const known = shapes;
      // Not there yet: read again the next time.
      if (known.size === 0) shapes = undefined;
      const rows = await db.rows<Omit<CommuneListing, "outline">>(TODAY);
      return rows.map((row) => ({ ...row, outline: known.get(row.code) ?? null }));
    },
    named: (name) =>
      db.rows<Unit>(`select ${UNIT} from place p where p.code = $1 or p.slug = $1`, [name]),
    file: (unit) => communeFile(db, unit),
    async search(typed, limit) {
      const wanted = fold(typed);
      if (wanted.length < 2) return [];
      const rows = await db.rows<Searched>(SEARCH, [
        `%${wanted}%`,
        `%${wanted.replaceAll(" ", "")}%`,
      ]);
      return searched(rows, wanted).slice(0, limit);
    },
  };
}

async function communeFile(db: Db, unit: Unit): Promise<CommuneFile> {
  const at = [unit.code, unit.validFrom];
  const above = await db.rows<Unit>(ABOVE, at);
  const became = await db.rows<Unit>(BECAME, at);
  const from = await db.rows<Unit>(FROM, at);
  const namesakes = await db.rows<Unit>(
    `select ${UNIT} from place p where p.code = $1 and p.valid_from <> $2::text::date order by p.valid_from`,
    at,
  );
  const rows = await db.rows<Omit<CommuneCampaign, "totals">>(CAMPAIGNS, at);
  const ids = rows.map(({ id }) => id);
  const totals = await stageTotals(db, ids);
  return {
    unit,
    above,
    became,
    from,
    namesakes,
    campaigns: rows.map((row) => ({ ...row, totals: totals.get(row.id) ?? NO_TOTALS })),
    notices: await db.rows<CommuneNotice>(NOTICES, [textArray(ids)]),
    office: await officeOf(db, at),
  };
}

const NAME = (alias: string) =>
  `json_build_object('code', ${alias}.code, 'name', ${alias}.name, 'fullName', ${alias}.full_name, 'validFrom', ${alias}.valid_from::text)`;

// A fold holds letters, digits and blanks only, so it needs no escaping inside `like`.
const SEARCH = `with found as (
    select p.*, d.name as district_name
      from place p
      join lateral (select name from place where code = p.district2024 and kind = 'district' order by valid_from limit 1) d on true
     where p.kind = 'commune' and p.mountain
       and (p.search_text like $1 or p.search_text like $2
         or p.valid_to is null and p.district2024 in (
              select code from place where kind = 'district' and mountain and (search_text like $1 or search_text like $2)))
  )
  select f.code, f.valid_from::text as "validFrom", f.valid_to::text as "validTo", f.full_name as "fullName", f.name,
         f.other_spellings as "otherSpellings", f.district_name as district, case when n.step > 0 then ${NAME("n")} end as now
    from found f left join lateral (select * from place_line(f.code, f.valid_from) l where l.valid_to is null) n on true
   order by f.valid_to is not null, length(f.name), f.code, f.valid_from`;

// Ground goes on: what a commune is made of, step by step back, with the campaigns opened there.
const TODAY = `with recursive ground as (
    select p.code as now, p.code, p.valid_from, 0 as step from place p
     where p.kind = 'commune' and p.mountain and p.valid_to is null
    union all
    select g.now, p.code, p.valid_from, g.step + 1 from ground g
      join place p on p.successor = g.code and p.valid_to + 1 = g.valid_from and p.kind = 'commune' where g.step < 20
  ), handed as (
    select a.campaign, count(*)::int as things
      from animal a join animal_event e on e.animal = a.code and e.kind = 'handed-over' and e.other is null
     where not exists (select 1 from entry r where r.reverses = e.entry)
     group by a.campaign
  ), own as (
    select g.now, count(distinct c.id)::int as campaigns, coalesce(sum(h.things), 0)::int as things
      from ground g join campaign c on c.commune = g.code and c.commune_from = g.valid_from
      left join handed h on h.campaign = c.id
     group by g.now
  )
  select p.code, p.valid_from::text as "validFrom", p.name, p.full_name as "fullName", d.name as district,
         coalesce(o.campaigns, 0) as campaigns, coalesce(o.things, 0) as things,
         coalesce((select json_agg(${NAME("q")} order by q.name) from place q
           where q.successor = p.code and q.valid_to + 1 = p.valid_from and q.kind = 'commune'), '[]'::json) as "from"
    from place p
    join lateral (select name from place where code = p.district2024 and kind = 'district' order by valid_from limit 1) d on true
    left join own o on o.now = p.code
   where p.kind = 'commune' and p.mountain and p.valid_to is null
   order by d.name, p.name, p.code`;

async function officeOf(db: Db, at: readonly string[]): Promise<CommuneFile["office"]> {
  const [row] = await db.rows<{ vi: string; en: string }>(
    // The last whose time and the unit's have a day in common.
    `select o.name_vi as vi, o.name_en as en from organisation o
      where o.kind = 'commune-committee' and o.place = $1
        and ${inForce("o", "greatest(o.valid_from, $2::text::date)")}
        and o.valid_from <= coalesce((select p.valid_to from place p where p.code = $1 and p.valid_from = $2::text::date), 'infinity'::date)
      order by o.valid_from desc limit 1`,
    at,
  );
  return row ?? null;
}

const ABOVE = `with recursive up as (
    select p.*, 0 as step from place p where p.code = $1 and p.valid_from = $2::text::date
    union all
    select p.*, u.step + 1 from up u
      join place p on p.code = u.parent and ${inForce("p", "u.valid_from")}
     where u.step < 5
  ) select ${UNIT} from up p where p.step > 0 order by p.step`;

const BECAME = `select ${UNIT} from place_line($1, $2::text::date) l
    join place p on p.code = l.code and p.valid_from = l.valid_from
   where l.step > 0 order by l.step`;

const BEFORE = `before as (
    select p.code, p.valid_from, 0 as step from place p where p.code = $1 and p.valid_from = $2::text::date
    union all
    select p.code, p.valid_from, b.step + 1 from before b
      join place p on p.successor = b.code and p.valid_to + 1 = b.valid_from and p.kind = 'commune'
     where b.step < 20
  )`;

const FROM = `with recursive ${BEFORE}
  select ${UNIT} from before b join place p on p.code = b.code and p.valid_from = b.valid_from
   where b.step = 1 order by p.code`;

const CAMPAIGNS = `with recursive ${BEFORE}
  select c.id, c.slug, c.species, c.title_vi as "titleVi", ${inEnglish("c.title")} as "titleEn", c.goal, c.ends_on::text as "endsOn",
         c.closed_on::text as "closedOn", c.commune, c.commune_from::text as "communeFrom",
         (select count(*)::int from animal a join animal_event e on e.animal = a.code and e.kind = 'handed-over' and e.other is null
           where a.campaign = c.id and not exists (select 1 from entry r where r.reverses = e.entry)) as things,
         (select count(*)::int from animal a where a.campaign = c.id and a.dam is not null
             and not exists (select 1 from entry r where r.reverses = a.entry)) as young
    from before b join campaign c on c.commune = b.code and c.commune_from = b.valid_from
   order by c.starts_on, c.id`;

const NOTICES = `select h.campaign || '-r' || h.round as id, h.campaign, h.round, count(*)::int as households,
         (select count(distinct e.animal)::int from animal_event e join household o on o.code = e.household
           where o.campaign = h.campaign and o.round = h.round and e.kind in ('handed-over', 'passed-on')
            and not exists (select 1 from entry r where r.reverses = e.entry)) as animals
    from household h where h.campaign = any (($1::text)::text[])
   group by h.campaign, h.round order by h.campaign, h.round`;
