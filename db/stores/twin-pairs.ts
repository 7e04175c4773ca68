import type { PlaceName } from "#app/domain/places/unit.ts";
import type { Pair, TwinBody } from "#app/domain/twinning/pair.ts";

import type { Db } from "../client.ts";
import { TWIN_NOW } from "./became.ts";

interface PairRow {
  id: string;
  kind: Pair["kind"];
  giver: TwinBody;
  giver_now: TwinBody;
  giver_until: string | null;
  receiver: PlaceName;
  receiver_now: PlaceName | null;
  from_day: string;
  to_day: string | null;
  basis: Pair["basis"];
  source: string;
  campaigns: string[];
}

const NAME = (p: string) =>
  `json_build_object('code', ${p}.code, 'name', ${p}.name, 'fullName', ${p}.full_name, 'validFrom', ${p}.valid_from::text)`;
const BODY = (o: string) =>
  `json_build_object('id', ${o}.id, 'name', json_build_object('vi', ${o}.name_vi, 'en', ${o}.name_en))`;

/**
 * The six pairs of districts out of the plan; and, of bodies that are twinned otherwise, what published campaigns say:
 * the decisions that name them (1143/QĐ-UBND and others) were not found.
 */
export const PAIRS = `
  with districts as (
    select g.slug || '-' || m.slug as id, t.*, o.id as giver
      from twin_pair t
      join place g on g.code = t.plains_code and g.kind = 'district'
      join place m on m.code = t.mountain_code and m.kind = 'district'
      join organisation o on o.kind = 'twinned-unit' and o.place = t.plains_code
  ), singles as (
    select c.twin, c.commune, c.commune_from, min(c.published_on) as since, json_agg(c.id order by c.id) as campaigns
      from campaign c
     where not exists (select 1 from districts d where d.giver = c.twin and d.mountain_code = c.district)
     group by c.twin, c.commune, c.commune_from
  )
  select d.id, 'district' as kind, ${BODY("o")} as giver, ${BODY("n")} as giver_now, o.valid_to::text as giver_until, ${NAME("m")} as receiver,
         null::json as receiver_now, d.valid_from::text as from_day, d.valid_to::text as to_day,
         case d.status when 'decided' then 'decided' else 'plan-order' end as basis, d.source, 0 as part, m.slug as place_slug,
         coalesce((select json_agg(c.id order by c.id) from campaign c where c.twin = d.giver and c.district = d.mountain_code), '[]'::json) as campaigns
    from districts d
    join place m on m.code = d.mountain_code and m.kind = 'district'
    join organisation o on o.id = d.giver
    join organisation n on n.id = ${TWIN_NOW("o.id")}
  union all
  select o.id || '-' || s.commune, 'commune', ${BODY("o")}, ${BODY("n")}, o.valid_to::text, ${NAME("p")},
         (select ${NAME("l")} from place_line(s.commune, s.commune_from) l where l.step > 0 and l.valid_to is null limit 1),
         s.since::text, null, 'campaigns', 'campaigns', 1, p.slug, s.campaigns
    from singles s
    join place p on p.code = s.commune and p.valid_from = s.commune_from
    join organisation o on o.id = s.twin
    join organisation n on n.id = ${TWIN_NOW("o.id")}
   order by part, place_slug, id`;

/** Every pair there is or was. */
export async function twinPairs(db: Db): Promise<Pair[]> {
  const rows = await db.rows<PairRow>(PAIRS);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    giver: row.giver,
    giverUntil: row.giver_until,
    giverNow: row.giver_now.id === row.giver.id ? null : row.giver_now,
    receiver: row.receiver,
    receiverNow: row.receiver_now,
    from: row.from_day,
    to: row.to_day,
    basis: row.basis,
    source: row.source,
    campaigns: row.campaigns,
  }));
}

// Found as above: of the plan's six when its giver and its district are the campaign's, else by giver and commune.
const PAIR_OF = `
  select coalesce((
      select g.slug || '-' || m.slug from twin_pair t
        join place g on g.code = t.plains_code and g.kind = 'district'
        join place m on m.code = t.mountain_code and m.kind = 'district'
        join organisation o on o.kind = 'twinned-unit' and o.place = t.plains_code
       where o.id = c.twin and t.mountain_code = c.district limit 1),
    c.twin || '-' || c.commune) as id
    from campaign c join organisation o on o.id = c.twin where c.id = $1`;

/** Address part of the pair whose a campaign is; undefined when its twin is not registered. */
export async function pairOf(db: Db, campaign: string): Promise<string | undefined> {
  const [row] = await db.rows<{ id: string }>(PAIR_OF, [campaign]);
  return row?.id;
}
