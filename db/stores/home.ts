import type { DistrictProgress, HomeStore, LatestEntry } from "#app/domain/home/ports.ts";
import type { Shape } from "#app/domain/places/map-paths.ts";

import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { outlines as outlinesOf } from "./outlines.ts";

/** The head of the books and the newest entries. */
export function homeStore(db: Db): HomeStore {
  // Outlines do not change while the site runs: read once they are there.
  let outlines: Map<string, Shape> | undefined;
  return {
    async districts() {
      if (!outlines || outlines.size === 0) outlines = await outlinesOf(db, "district");
      const rows = await db.rows<Omit<DistrictProgress, "outline">>(DISTRICTS);
      return rows.map((row) => ({ ...row, outline: outlines?.get(row.code) ?? null }));
    },
    async head() {
      const [row] = await db.rows<{ number: bigint; recorded_at: bigint; leaf: string }>(
        `select number, recorded_at, encode(leaf_hash, 'hex') as leaf
           from entry order by number desc limit 1`,
      );
      return (
        row && {
          entry: Number(row.number),
          recordedAt: Number(row.recorded_at),
          leafHash: row.leaf,
        }
      );
    },
    async latest(limit) {
      const rows = await db.rows<
        EntryLineRow & { slug: string | null; title_vi: string; title_en: string }
      >(
        `with last as (select * from entry order by number desc limit $1::int)
         select ${ENTRY_LINE}, c.slug, c.title_vi, ${inEnglish("c.title")} as title_en
           from last e left join lateral (${ENTRY_SUMS}) s on true
           left join campaign c on c.id = s.campaign
          order by e.number desc`,
        [limit],
      );
      return rows.map((row) => ({
        ...entryLine(row),
        campaign:
          row.slug === null
            ? null
            : { slug: row.slug, titleVi: row.title_vi, titleEn: row.title_en },
      }));
    },
  };
}

// Handed over and not reversed; what replaced a dead animal is no further one (as in campaigns.ts).
const DISTRICTS = `
  with handed as (
    select c.district, a.species, count(*)::int as delivered
      from animal a join animal_event e on e.animal = a.code and e.kind = 'handed-over' and e.other is null
      join campaign c on c.id = a.campaign
     where not exists (select 1 from entry r where r.reverses = e.entry)
     group by c.district, a.species
  )
  select d.code, d.name, t.species, t.animals as planned, t.households as "plannedHouseholds",
         coalesce(h.delivered, 0) as delivered
    from plan_target t join place d on d.code = t.district and d.kind = 'district'
    left join handed h on h.district = t.district and h.species = t.species
   order by d.code`;

/** Columns of one line of an entry `e` with its sums `s`. */
export const ENTRY_LINE = `e.number, e.kind, e.effective_on::text as effective_on, e.reverses,
  s.amount, s.heads, s.things, s.thing, s.species`;

/**
 * What entry `e` moved: đồng that left its first account (money passed on inside one entry counts once), heads that left
 * their first account, things named, and the campaign it touches.
 */
export const ENTRY_SUMS = `
  select (sum(m.amount) filter (where f.unit = 'VND' and m.from_account = first.money))::bigint as amount,
         coalesce(sum(m.amount) filter (where f.unit <> 'VND' and m.from_account = first.heads), 0)::int as heads,
         count(distinct m.animal)::int as things, min(m.animal) as thing, min(a.species) as species,
         coalesce(min(t.campaign), min(f.campaign), min(a.campaign)) as campaign
    from movement m
    join account f on f.id = m.from_account
    join account t on t.id = m.to_account
    left join animal a on a.code = m.animal
    cross join lateral (
      select (select x.from_account from movement x join account y on y.id = x.from_account
               where x.entry = e.number and y.unit = 'VND' order by x.n limit 1) as money,
             (select x.from_account from movement x join account y on y.id = x.from_account
               where x.entry = e.number and y.unit <> 'VND' order by x.n limit 1) as heads
    ) first
   where m.entry = e.number`;

export interface EntryLineRow {
  number: bigint;
  kind: LatestEntry["kind"];
  effective_on: string;
  reverses: bigint | null;
  amount: bigint | null;
  heads: number | null;
  things: number | null;
  thing: string | null;
  species: string | null;
}

/** A row of `ENTRY_LINE` as pages know it. */
export function entryLine(row: EntryLineRow): Omit<LatestEntry, "campaign"> {
  return {
    entry: Number(row.number),
    kind: row.kind,
    effectiveOn: row.effective_on,
    amount: row.amount,
    heads: row.heads ?? 0,
    things: row.things ?? 0,
    thing: row.thing,
    species: row.species,
    reverses: row.reverses === null ? null : Number(row.reverses),
  };
}
