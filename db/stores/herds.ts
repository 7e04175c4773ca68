import type { HerdAnimal, Herds, ListedHousehold } from "#app/domain/animals/ports.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";

import type { Db } from "../client.ts";
import { textArray } from "./pg-arrays.ts";

interface AnimalRow {
  code: string;
  species: string;
  campaign: string;
  commune: string;
  round: number;
  account: string | null;
  lo: bigint | null;
  price: bigint | null;
  dam: string | null;
  born_on: Day | null;
  sex: "F" | "M" | null;
  undone: boolean;
  passed: number;
  keeper: string | null;
  alive: boolean;
  came_on: Day | null;
  last_on: Day | null;
}

/** That the entry of a row stands: what a reversed one told never happened. A reversal itself is never reversed. */
const stands = (row: string) =>
  `not exists (select 1 from entry r where r.reverses = ${row}.entry)`;

/**
 * An animal as it is now: its row, and everything that happened to it and stands. Its numbers are where they came last: a
 * reversed loss brought them back as new numbers of the same axis.
 */
const ANIMAL_NOW = `
  select a.code, a.species, a.campaign, a.commune, a.round, c.code as account, coalesce(m.lo, a.lo) as lo, a.price, a.dam,
         a.born_on, a.sex, not ${stands("a")} as undone, coalesce(e.passed, 0)::int as passed, k.household as keeper,
         coalesce(e.alive, true) and ${stands("a")} as alive, greatest(a.born_on, e.first_on) as came_on,
         greatest(a.born_on, e.last_on, y.born_on) as last_on
    from animal a
    left join account c on c.id = a.account_id
    left join lateral (
      select count(*) filter (where v.kind = 'passed-on') as passed, bool_and(v.kind not in ('died', 'returned')) as alive,
             min(v.on_day) as first_on, max(v.on_day) filter (where v.kind <> 'replaced') as last_on
        from animal_event v where v.animal = a.code and ${stands("v")}) e on true
    left join lateral (
      select v.household from animal_event v
       where v.animal = a.code and v.household is not null and ${stands("v")} order by v.n desc limit 1) k on true
    left join lateral (
      select max(young.born_on) as born_on from animal young where young.dam = a.code and ${stands("young")}) y on true
    left join lateral (
      select b.entry, min(b.to_lo) as lo from movement b
       where b.animal = a.code and b.to_account = a.account_id group by b.entry order by b.entry desc limit 1) m on true`;

/** Animals, households, groups. */
export function herdsStore(db: Db): Herds {
  return {
    async animals(codes) {
      if (codes.length === 0) return [];
      const rows = await db.rows<AnimalRow>(
        `${ANIMAL_NOW} where a.code = any (($1::text)::text[]) order by a.code`,
        [textArray(codes)],
      );
      return rows.map(animalOf);
    },
    async households(codes) {
      if (codes.length === 0) return [];
      const rows = await db.rows<
        Omit<ListedHousehold, "rules"> & { heads: number | null; age: number | null }
      >(
        `select h.code, h.campaign, h.group_id as group, h.round, coalesce(k.keeps, 0)::int as keeps,
                (f.rules ->> 'heads')::integer as heads, (f.rules ->> 'leastAgeDays')::integer as age
           from household h
           left join group_founding f on f.group_id = h.group_id and f.state = 'decided'
           left join lateral (
             select count(*) as keeps from (
               select distinct e.animal from animal_event e where e.household = h.code) mine
               join animal a on a.code = mine.animal and ${stands("a")}
              where (select last.household from animal_event last
                      where last.animal = mine.animal and last.kind in ('handed-over', 'passed-on') and ${stands("last")}
                      order by last.n desc limit 1) = h.code
                and not exists (select 1 from animal_event gone where gone.animal = mine.animal
                                   and gone.kind in ('died', 'returned') and ${stands("gone")})) k on true
          where h.code = any (($1::text)::text[]) order by h.code`,
        [textArray(codes)],
      );
      return rows.map(({ heads, age: leastAgeDays, ...row }) =>
        heads === null || leastAgeDays === null ? row : { ...row, rules: { heads, leastAgeDays } },
      );
    },
    async laterEntry(entry) {
      const [row] = await db.rows<{ animal: string; entry: bigint }>(
        `with mine as (
           select distinct animal from animal_event where entry = $1 and kind <> 'replaced')
         select mine.animal, later.entry
           from mine cross join lateral (
             select v.entry from animal_event v where v.animal = mine.animal and v.kind <> 'replaced' and ${stands("v")}
             union all
             select young.entry from animal young where young.dam = mine.animal and ${stands("young")}) later
          where later.entry > $1 order by later.entry desc, mine.animal limit 1`,
        [entry],
      );
      return row && { animal: row.animal, entry: Number(row.entry) };
    },
  };
}

function animalOf(row: AnimalRow): HerdAnimal {
  const { account, lo, price, dam, sex, keeper, came_on: cameOn, last_on: lastOn } = row;
  return {
    code: row.code,
    species: row.species,
    campaign: row.campaign,
    commune: row.commune,
    round: row.round + row.passed,
    alive: row.alive,
    undone: row.undone,
    ...(account === null || lo === null || price === null ? {} : { range: { account, lo, price } }),
    ...(dam === null ? {} : { dam }),
    ...(row.born_on === null ? {} : { bornOn: row.born_on }),
    ...(sex === null ? {} : { sex }),
    ...(keeper === null ? {} : { keeper }),
    ...(cameOn === null ? {} : { cameOn }),
    ...(lastOn === null ? {} : { lastOn }),
  };
}
