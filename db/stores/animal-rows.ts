import type { EntryDraft } from "#app/domain/ledger/entry.ts";
import type { Movement } from "#app/domain/ledger/movement.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { numberArray, textArray } from "./pg-arrays.ts";

/** Register the things an entry brings, each with the run of numbers that it owns. */
export async function insertAnimals(
  tx: Db,
  number: number,
  draft: EntryDraft,
  movements: readonly Movement[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const animals = draft.animals ?? [];
  if (animals.length === 0) return;
  const owned = animals.map(({ code }) => rangeOf(code, movements));
  await tx.rows(
    `insert into animal (code, species, campaign, commune, round, entry, account_id, lo, price, dam, born_on, sex, tag_commitment, price_reason)
     select a.code, a.species, a.campaign, a.commune, a.round, $1, a.account_id, a.lo, a.price, a.dam, a.born_on, a.sex, a.tag, a.reason
       from unnest(($2::text)::text[], ($3::text)::text[], ($4::text)::text[], ($5::text)::text[], ($6::text)::smallint[],
                   ($7::text)::integer[], ($8::text)::bigint[], ($9::text)::bigint[], ($10::text)::text[], ($11::text)::date[],
                   ($12::text)::text[], ($13::text)::text[], ($14::text)::text[])
         as a(code, species, campaign, commune, round, account_id, lo, price, dam, born_on, sex, tag, reason)`,
    [
      number,
      textArray(animals.map(({ code }) => code)),
      textArray(animals.map(({ species }) => species)),
      textArray(animals.map(({ campaign }) => campaign)),
      textArray(animals.map(({ commune }) => commune)),
      numberArray(animals.map(({ round }) => round)),
      numberArray(owned.map((range) => range && ids.get(range.account))),
      numberArray(owned.map((range) => range?.lo)),
      numberArray(owned.map((range) => range?.price)),
      textArray(animals.map(({ dam }) => dam)),
      textArray(animals.map(({ bornOn }) => bornOn)),
      textArray(animals.map(({ sex }) => sex)),
      textArray(animals.map(({ tagCommitment }) => tagCommitment)),
      textArray(animals.map(({ priceReason }) => priceReason)),
    ],
  );
}

/**
 * The range of the delivered axis that an animal's movements brought. Money taken from several places arrives in one
 * run, as the delivered numbers are given one after another.
 */
function rangeOf(
  animal: string,
  movements: readonly Movement[],
): { account: string; lo: bigint; price: bigint } | undefined {
  const brought = movements.filter(
    (movement) => movement.animal === animal && movement.to.startsWith("delivered:"),
  );
  const first = brought[0];
  if (first?.toLo === undefined) return undefined;
  const price = brought.reduce((sum, { amount }) => sum + amount, 0n);
  const last = brought.at(-1);
  if (
    last?.toLo === undefined ||
    last.toLo + last.amount !== first.toLo + price ||
    last.to !== first.to
  ) {
    throw new Error(`animal ${animal} does not own one run of numbers`);
  }
  return { account: first.to, lo: first.toLo, price };
}

/** Note what happened to animals in an entry, behind what happened to them before. */
export async function insertAnimalEvents(tx: Db, number: number, draft: EntryDraft): Promise<void> {
  const events = draft.animalEvents ?? [];
  if (events.length === 0) return;
  const { orm, t, op } = await building(tx);
  const { animal, n } = t.animalEvent;
  const before = await orm
    .select({ animal, last: op.max(n) })
    .from(t.animalEvent)
    .where(op.inArray(animal, [...new Set(events.map((event) => event.animal))]))
    .groupBy(animal);
  const next = new Map(before.map((row) => [row.animal, (row.last ?? -1) + 1]));
  await orm.insert(t.animalEvent).values(
    events.map((event) => {
      const place = next.get(event.animal) ?? 0;
      next.set(event.animal, place + 1);
      return { ...event, n: place, entry: number };
    }),
  );
}
