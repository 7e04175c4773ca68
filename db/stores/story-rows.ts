/** Rows that the stories of gifts and of animals share: entries with their proof, animals with their young, names. */
import type {
  StoryAnimal,
  StoryCampaign,
  StoryEntry,
  StoryEvent,
  StoryPlace,
} from "#app/domain/donations/ports.ts";

import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { numberArray, textArray } from "./pg-arrays.ts";
import { toldInEvents } from "./told-households.ts";

/** The entries of these numbers, with what moved, papers, and reversals either way. */
export async function storyEntries(db: Db, numbers: readonly number[]): Promise<StoryEntry[]> {
  if (numbers.length === 0) return [];
  const wanted = numberArray([...new Set(numbers)]);
  const [rows, papers] = [await db.rows<EntryRow>(ENTRIES, [wanted]), await evidence(db, wanted)];
  return rows.map((row) => ({
    number: Number(row.number),
    kind: row.kind,
    effectiveOn: row.effective_on,
    recordedAt: Number(row.recorded_at),
    reverses: row.reverses === null ? null : Number(row.reverses),
    reversedBy: row.reversed_by === null ? null : Number(row.reversed_by),
    reason: row.reason,
    amount: row.amount,
    evidence: papers.get(Number(row.number)) ?? [],
  }));
}

interface EntryRow {
  number: bigint;
  kind: string;
  effective_on: string;
  recorded_at: bigint;
  reverses: bigint | null;
  reversed_by: bigint | null;
  reason: string | null;
  amount: bigint;
}

// What an entry moved is what left its first account: money passed on inside one entry counts once. A chargeback takes
// from several accounts, and passes nothing on.
const ENTRIES = `
  select e.number, e.kind, e.effective_on::text as effective_on, e.recorded_at, e.reverses, r.number as reversed_by,
         e.reason, coalesce(s.amount, 0) as amount
    from unnest(($1::text)::bigint[]) as w(number)
    join entry e on e.number = w.number
    left join entry r on r.reverses = e.number
    left join entry o on o.number = e.reverses
    left join lateral (
      select sum(m.amount)::bigint as amount from movement m
       where m.entry = e.number
         and (e.kind = 'chargeback' or o.kind = 'chargeback' or m.from_account = (select f.from_account from movement f where f.entry = e.number and f.n = 0))
    ) s on true
   order by e.number`;

async function evidence(db: Db, numbers: string): Promise<Map<number, StoryEntry["evidence"]>> {
  const rows = await db.rows<{ entry: bigint; kind: string; digest: string }>(
    `select v.entry, v.kind, v.digest from unnest(($1::text)::bigint[]) as w(entry) join evidence v on v.entry = w.entry
      order by v.entry, v.n`,
    [numbers],
  );
  const papers = new Map<number, { kind: string; digest: string }[]>();
  for (const { entry, kind, digest } of rows) {
    const there = papers.get(Number(entry));
    if (there) there.push({ kind, digest });
    else papers.set(Number(entry), [{ kind, digest }]);
  }
  return papers;
}

interface AnimalRow {
  code: string;
  species: string;
  campaign: string;
  commune: string;
  round: number;
  entry: bigint;
  price: bigint | null;
  dam: string | null;
  born_on: string | null;
  sex: "F" | "M" | null;
  price_reason: string | null;
  undone: boolean;
}

/** These animals and all that were born of them, in order of their entries. */
export async function animalsAndYoung(db: Db, codes: readonly string[]): Promise<StoryAnimal[]> {
  if (codes.length === 0) return [];
  const rows = await db.rows<AnimalRow>(
    `with recursive kin (code) as (
       select unnest(($1::text)::text[])
       union
       select y.code from kin join animal y on y.dam = kin.code
     )
     select a.code, a.species, a.campaign, a.commune, a.round, a.entry, a.price, a.dam, a.born_on::text as born_on,
            a.sex, a.price_reason, exists (select 1 from entry r where r.reverses = a.entry) as undone
       from kin join animal a on a.code = kin.code order by a.entry, a.code`,
    [textArray([...new Set(codes)])],
  );
  const events = await eventsOf(
    db,
    rows.map(({ code }) => code),
  );
  return rows.map((row) => ({
    code: row.code,
    species: row.species,
    campaign: row.campaign,
    commune: row.commune,
    round: row.round,
    entry: Number(row.entry),
    price: row.price,
    dam: row.dam,
    bornOn: row.born_on,
    sex: row.sex,
    priceReason: row.price_reason,
    undone: row.undone,
    events: events.get(row.code) ?? [],
  }));
}

async function eventsOf(db: Db, codes: readonly string[]): Promise<Map<string, StoryEvent[]>> {
  const rows = await db.rows<Omit<StoryEvent, "entry"> & { entry: bigint }>(
    `select v.animal, v.n, v.kind, v.on_day::text as "on", v.entry, v.household, v.other, v.cause,
            exists (select 1 from entry r where r.reverses = v.entry) as undone
       from unnest(($1::text)::text[]) as w(animal) join animal_event v on v.animal = w.animal
      order by v.animal, v.n`,
    [textArray(codes)],
  );
  const events = new Map<string, StoryEvent[]>();
  const told = await toldInEvents(db, rows);
  for (const row of rows) {
    const household = row.household === null ? null : (told.get(row.household) ?? row.household);
    const event = { ...row, household, entry: Number(row.entry) };
    const there = events.get(row.animal);
    if (there) there.push(event);
    else events.set(row.animal, [event]);
  }
  return events;
}

/** What stories say of these campaigns. */
export async function storyCampaigns(db: Db, ids: readonly string[]): Promise<StoryCampaign[]> {
  if (ids.length === 0) return [];
  return db.rows<StoryCampaign>(
    `select id, slug, species, title_vi as "titleVi", ${inEnglish("title")} as "titleEn", commune,
            commune_from::text as "communeFrom", pass_on_heads as "passOnHeads",
            pass_on_age_days as "passOnAgeDays"
       from campaign where id = any(($1::text)::text[]) order by id`,
    [textArray([...new Set(ids)])],
  );
}

/** Every period of these commune codes. */
export async function storyPlaces(db: Db, codes: readonly string[]): Promise<StoryPlace[]> {
  if (codes.length === 0) return [];
  return db.rows<StoryPlace>(
    `select code, valid_from::text as "validFrom", valid_to::text as "validTo", name, full_name as "fullName", slug
       from place where kind = 'commune' and code = any(($1::text)::text[]) order by code, valid_from`,
    [textArray([...new Set(codes)])],
  );
}

/** Name of the commune that stands for this one on the day of the last entry: itself, or what it was merged into. */
export async function communeNow(
  db: Db,
  code: string,
  validFrom: string,
): Promise<{ name: string; fullName: string } | undefined> {
  const [row] = await db.rows<{ name: string; fullName: string }>(COMMUNE_NOW, [code, validFrom]);
  return row;
}

// As of the last entry: what is to come is not told.
const COMMUNE_NOW = `select l.name, l.full_name as "fullName" from place_line($1, $2::text::date) l
   where l.step = 0 or l.valid_from <= coalesce((select effective_on from entry order by number desc limit 1), l.valid_from)
   order by l.step desc limit 1`;
