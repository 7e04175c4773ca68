import { fold } from "#app/domain/kernel/fold.ts";
import { NO_TOTALS } from "#app/domain/ledger/totals.ts";
import type {
  CommuneCampaign,
  CommuneFile,
  CommuneNotice,
  CommunePages,
  FoundCommune,
} from "#app/domain/places/commune-file.ts";
import type { Unit } from "#app/domain/places/unit.ts";

import type { Db } from "../client.ts";
import { inForce } from "./in-force.ts";
import { inEnglish } from "./in-english.ts";
import { textArray } from "./pg-arrays.ts";
import { stageTotals } from "./totals.ts";

const UNIT = `p.code, p.valid_from::text as "validFrom", p.valid_to::text as "validTo", p.kind, p.name,
  p.full_name as "fullName", p.slug, p.parent, p.successor, p.other_spellings as "otherSpellings", p.mountain,
  p.district2024`;

/** Communes with what their pages show. */
export function communeStore(db: Db): CommunePages {
  return {
    named: (name) =>
      db.rows<Unit>(`select ${UNIT} from place p where p.code = $1 or p.slug = $1`, [name]),
    file: (unit) => communeFile(db, unit),
    async search(typed, limit) {
      const wanted = fold(typed);
      if (wanted.length < 2) return [];
      return db.rows<FoundCommune>(SEARCH, [
        `%${wanted}%`,
        `%${wanted.replaceAll(" ", "")}%`,
        limit,
      ]);
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
  };
}

/** A fold holds letters, digits and blanks only, so it needs no escaping inside `like`. */
const SEARCH = `select p.code, p.valid_from::text as "validFrom", p.valid_to::text as "validTo", p.full_name as "fullName",
         n.full_name as "nowFullName"
    from place p
    left join place n on p.valid_to is not null and n.code = p.successor and n.valid_to is null
   where p.kind = 'commune' and p.mountain and (p.search_text like $1 or p.search_text like $2)
   order by p.valid_to is not null, length(p.name), p.code, p.valid_from limit $3`;

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
         c.closed_on::text as "closedOn", c.commune, c.commune_from::text as "communeFrom"
    from before b join campaign c on c.commune = b.code and c.commune_from = b.valid_from
   order by c.starts_on, c.id`;

const NOTICES = `select h.campaign || '-r' || h.round as id, h.campaign, h.round, count(*)::int as households,
         (select count(distinct e.animal)::int from animal_event e join household o on o.code = e.household
           where o.campaign = h.campaign and o.round = h.round and e.kind in ('handed-over', 'passed-on')
            and not exists (select 1 from entry r where r.reverses = e.entry)) as animals
    from household h where h.campaign = any (($1::text)::text[])
   group by h.campaign, h.round order by h.campaign, h.round`;
