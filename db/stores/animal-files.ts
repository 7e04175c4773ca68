import type {
  AnimalFile,
  AnimalReading,
  GiftOfEntry,
  NormThen,
} from "#app/domain/animals/animal-file.ts";
import type { StoryAnimal } from "#app/domain/donations/ports.ts";
import { accountSpec } from "#app/domain/ledger/chart.ts";
import type { Piece } from "#app/domain/ledger/trace.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inForce } from "./in-force.ts";
import { numberArray } from "./pg-arrays.ts";
import {
  animalsAndYoung,
  communeNow,
  storyCampaigns,
  storyEntries,
  storyPlaces,
} from "./story-rows.ts";
import { traceStore } from "./trace.ts";

/** Animals with the gifts they came from and what became of them. */
export function animalStore(db: Db): AnimalReading {
  return {
    file: (code) => animalFile(db, code.toUpperCase()),
    async ofCampaign(campaign) {
      const { orm, t, op } = await building(db);
      const rows = await orm
        .select({ code: t.animal.code })
        .from(t.animal)
        .where(op.eq(t.animal.campaign, campaign));
      return animalsAndYoung(
        db,
        rows.map(({ code }) => code),
      );
    },
  };
}

async function animalFile(db: Db, code: string): Promise<AnimalFile | undefined> {
  const line = await damsOf(db, code);
  if (!line[0]) return undefined;
  const kin = await animalsAndYoung(db, [code, ...line]);
  const animal = kin.find((one) => one.code === code);
  if (!animal) return undefined;
  const [campaign] = await storyCampaigns(db, [animal.campaign]);
  if (!campaign) return undefined;
  const { owned, tagCommitment } = await ownership(db, code);
  const pieces = owned
    ? await traceStore(db).back(owned.account, { lo: owned.lo, length: owned.price })
    : [];
  const related = nearKin(animal, kin, line);
  return {
    animal,
    owned,
    tagCommitment,
    pieces,
    gifts: await giftsOf(db, pieces),
    kin: related,
    campaign,
    places: await storyPlaces(db, communesOf(animal, pieces, campaign.commune)),
    communeNow: (await communeNow(db, campaign.commune, campaign.communeFrom)) ?? null,
    entries: await storyEntries(db, entriesOf(animal, related, pieces)),
    norm: await normThen(db, animal),
    prices: await pricesOf(db, animal),
    rivals: owned ? await rivalsOf(db, code, owned) : [],
  };
}

/** The animal itself and its dams upwards; empty when there is no such animal. */
async function damsOf(db: Db, code: string): Promise<string[]> {
  const rows = await db.rows<{ code: string }>(
    `with recursive line as (
       select code, dam, 0 as step from animal where code = $1
       union all
       select a.code, a.dam, l.step + 1 from line l join animal a on a.code = l.dam where l.step < 20
     ) select code from line order by step`,
    [code],
  );
  return rows.map((row) => row.code);
}

/** Of a whole family: the line upwards, and what was born of the animal; not its aunts. */
function nearKin(
  animal: StoryAnimal,
  kin: readonly StoryAnimal[],
  line: readonly string[],
): StoryAnimal[] {
  const kept = new Set(line);
  // Mothers are entered before their young, so one pass downwards finds all.
  for (const one of kin) {
    if (
      one.dam === animal.code ||
      (one.dam !== null && kept.has(one.dam) && !line.includes(one.dam))
    ) {
      kept.add(one.code);
    }
  }
  return kin.filter(({ code }) => kept.has(code));
}

async function ownership(
  db: Db,
  code: string,
): Promise<Pick<AnimalFile, "owned" | "tagCommitment">> {
  const [row] = await db.rows<{
    account: string | null;
    lo: bigint | null;
    price: bigint | null;
    tag: string | null;
  }>(
    `select c.code as account, a.lo, a.price, a.tag_commitment as tag
       from animal a left join account c on c.id = a.account_id where a.code = $1`,
    [code],
  );
  const { account = null, lo = null, price = null, tag = null } = row ?? {};
  return {
    owned: account === null || lo === null || price === null ? null : { account, lo, price },
    tagCommitment: tag,
  };
}

async function giftsOf(db: Db, pieces: readonly Piece[]): Promise<GiftOfEntry[]> {
  const entries = pieces.flatMap(({ entry }) => entry ?? []);
  if (entries.length === 0) return [];
  const rows = await db.rows<Omit<GiftOfEntry, "entry"> & { entry: bigint }>(
    `select d.entry, d.code, d.channel, d.amount, d.received_on::text as "receivedOn",
            case when p.name_public and p.donor_name <> '' then p.donor_name end as "donorName"
       from donation d left join pledge p on p.code = d.pledge
      where d.entry = any (($1::text)::bigint[]) order by d.entry`,
    [numberArray([...new Set(entries)])],
  );
  return rows.map((row) => ({ ...row, entry: Number(row.entry) }));
}

async function normThen(db: Db, animal: StoryAnimal): Promise<NormThen | null> {
  const [row] = await db.rows<NormThen>(
    `select n.unit_price as "unitPrice", n.per_household as "perHousehold", n.source
       from norm n join entry e on e.number = $2
      where n.species = $1 and ${inForce("n", "e.effective_on")}
      order by n.valid_from desc limit 1`,
    [animal.species, animal.entry],
  );
  return row ?? null;
}

async function pricesOf(db: Db, animal: StoryAnimal): Promise<bigint[]> {
  const rows = await db.rows<{ price: bigint }>(
    `select price from animal where campaign = $1 and species = $2 and price is not null order by price`,
    [animal.campaign, animal.species],
  );
  return rows.map(({ price }) => price);
}

/** Others whose numbers on the same axis meet this one's: none, unless the books are broken. */
async function rivalsOf(
  db: Db,
  code: string,
  owned: { account: string; lo: bigint; price: bigint },
): Promise<string[]> {
  const rows = await db.rows<{ code: string }>(
    `select a.code from animal a join account c on c.id = a.account_id
      where a.campaign = (select campaign from animal where code = $1) and c.code = $2 and a.code <> $1
        and a.lo < $3::bigint + $4::bigint and a.lo + a.price > $3::bigint
      order by a.code limit 20`,
    [code, owned.account, owned.lo, owned.price],
  );
  return rows.map((row) => row.code);
}

function communesOf(animal: StoryAnimal, pieces: readonly Piece[], home: string): string[] {
  const passed = pieces.flatMap(({ account }) => {
    const spec = accountSpec(account);
    return spec.ok && spec.value.commune !== undefined ? [spec.value.commune] : [];
  });
  return [...new Set([home, animal.commune, ...passed])];
}

function entriesOf(
  animal: StoryAnimal,
  kin: readonly StoryAnimal[],
  pieces: readonly Piece[],
): number[] {
  return [
    animal.entry,
    ...animal.events.map(({ entry }) => entry),
    ...kin.filter(({ dam }) => dam === animal.code).map(({ entry }) => entry),
    ...pieces.flatMap(({ entry }) => entry ?? []),
  ];
}
