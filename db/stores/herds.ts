import type { HerdAnimal, Herds, ListedHousehold } from "#app/domain/animals/ports.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";

import type { Db } from "../client.ts";
import { contentChanged } from "./content-version.ts";
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
  passed: number;
  keeper: string | null;
  alive: boolean;
}

/** An animal as it is now: its row, and everything that happened to it. */
const ANIMAL_NOW = `
  select a.code, a.species, a.campaign, a.commune, a.round, c.code as account, a.lo, a.price, a.dam, a.born_on, a.sex,
         coalesce(e.passed, 0)::int as passed, k.household as keeper, coalesce(e.alive, true) as alive
    from animal a
    left join account c on c.id = a.account_id
    left join lateral (
      select count(*) filter (where kind = 'passed-on') as passed, bool_and(kind not in ('died', 'returned')) as alive
        from animal_event where animal = a.code) e on true
    left join lateral (
      select household from animal_event where animal = a.code and household is not null order by n desc limit 1) k on true`;

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
      return db.rows<ListedHousehold>(
        `select h.code, h.campaign, h.group_id as group, h.round, coalesce(k.keeps, 0)::int as keeps
           from household h
           left join lateral (
             select count(*) as keeps from (
               select distinct e.animal from animal_event e where e.household = h.code) mine
              where (select last.household from animal_event last
                      where last.animal = mine.animal and last.kind in ('handed-over', 'passed-on')
                      order by last.n desc limit 1) = h.code
                and not exists (select 1 from animal_event gone
                                 where gone.animal = mine.animal and gone.kind in ('died', 'returned'))) k on true
          where h.code = any (($1::text)::text[]) order by h.code`,
        [textArray(codes)],
      );
    },
    async groupExists(id) {
      const rows = await db.rows(`select 1 from household_group where id = $1`, [id]);
      return rows.length > 0;
    },
    async list(group, households) {
      // With Drizzle itself: a server that only shows pages starts without either.
      const { household, householdGroup, householdPrivate } =
        await import("../schema/campaigns.ts");
      if ("nameVi" in group) await (await db.orm()).insert(householdGroup).values(group);
      await (await db.orm()).insert(household).values(
        households.map(({ leader, ...row }) => ({
          code: row.code,
          campaign: row.campaign,
          commune: row.commune,
          communeFrom: row.communeFrom,
          group: group.id,
          round: row.round,
          category: row.category,
          leader: leader ? 1 : 0,
          listedOn: row.listedOn,
        })),
      );
      await (await db.orm()).insert(householdPrivate).values(
        households.map(({ code, name, hamlet, nameConsent }) => ({
          code,
          fullName: name,
          hamlet,
          nameConsentOn: nameConsent?.on ?? null,
          nameConsentChannel: nameConsent?.channel ?? null,
        })),
      );
      await contentChanged(db, "households");
    },
  };
}

function animalOf(row: AnimalRow): HerdAnimal {
  const { account, lo, price, dam, sex, keeper } = row;
  return {
    code: row.code,
    species: row.species,
    campaign: row.campaign,
    commune: row.commune,
    round: row.round + row.passed,
    alive: row.alive,
    ...(account === null || lo === null || price === null ? {} : { range: { account, lo, price } }),
    ...(dam === null ? {} : { dam }),
    ...(row.born_on === null ? {} : { bornOn: row.born_on }),
    ...(sex === null ? {} : { sex }),
    ...(keeper === null ? {} : { keeper }),
  };
}
