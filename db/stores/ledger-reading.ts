import type {
  EntryFile,
  EntryMovement,
  LedgerChoices,
  LedgerFilter,
  LedgerPage,
  LedgerPlace,
  LedgerReading,
  LedgerRow,
} from "#app/domain/ledger-reading/ports.ts";

import type { Db } from "../client.ts";
import { numberArray, textArray } from "./pg-arrays.ts";

/** The books for readers. */
export function ledgerReadingStore(db: Db): LedgerReading {
  return {
    list: (filter, place, size) => list(db, filter, place, size),
    choices: () => choices(db),
    entry: (number) => entryFile(db, number),
    async bytes(number) {
      const [row] = await db.rows<{ bytes: Uint8Array }>(
        `select bytes from entry where number = $1`,
        [number],
      );
      return row?.bytes;
    },
  };
}

interface EntryRow {
  number: bigint;
  kind: LedgerRow["kind"];
  on: string;
  reverses: bigint | null;
  reversedBy: bigint | null;
}

async function list(
  db: Db,
  filter: LedgerFilter,
  place: LedgerPlace,
  size: number,
): Promise<LedgerPage> {
  const { where, params } = conditions(filter, place);
  const order = place.at === "newer" ? "asc" : "desc";
  const found = await db.rows<EntryRow>(
    `select e.number, e.kind, e.effective_on::text as "on", e.reverses, r.number as "reversedBy"
       from entry e left join entry r on r.reverses = e.number
      ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
      order by e.number ${order} limit $${params.length + 1}`,
    [...params, size + 1],
  );
  const more = found.length > size;
  const entries = found.slice(0, size);
  if (place.at === "newer") entries.reverse();
  const rows = await rowsOf(db, entries);
  return place.at === "newer"
    ? { rows, older: true, newer: more }
    : { rows, older: more, newer: place.at === "older" };
}

function conditions(
  filter: LedgerFilter,
  place: LedgerPlace,
): { where: readonly string[]; params: readonly unknown[] } {
  const params: unknown[] = [];
  const where: string[] = [];
  const add = (value: unknown, text: (name: string) => string) => {
    params.push(value);
    where.push(text(`$${params.length}`));
  };
  if (filter.kind !== undefined) add(filter.kind, (v) => `e.kind = ${v}`);
  if (filter.from !== undefined) add(filter.from, (v) => `e.effective_on >= ${v}::text::date`);
  if (filter.to !== undefined) add(filter.to, (v) => `e.effective_on <= ${v}::text::date`);
  if (filter.campaign !== undefined) add(filter.campaign, (v) => touches("campaign", v));
  if (filter.commune !== undefined) add(filter.commune, (v) => touches("commune", v));
  if (place.at === "older") add(place.than, (v) => `e.number < ${v}`);
  if (place.at === "newer") add(place.than, (v) => `e.number > ${v}`);
  return { where, params };
}

/** Entries that move something of these accounts: by the two range indexes, account for account. */
function touches(column: "campaign" | "commune", value: string): string {
  const accounts = `any (array(select c.id from account c where c.${column} = ${value}))`;
  return `e.number in (select x.entry from movement x where x.from_account = ${accounts}
    union select x.entry from movement x where x.to_account = ${accounts})`;
}

/** What moved first, all that left the same account, and the things named in it. */
interface Moved {
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  amount: bigint;
  things: number;
  thing: string | null;
}

/**
 * The rest of the rows by a few look-ups for the whole page. One large join reads well and plans badly: on tables
 * whose figures are not gathered yet it compares every entry with every movement.
 */
async function rowsOf(db: Db, entries: readonly EntryRow[]): Promise<LedgerRow[]> {
  if (entries.length === 0) return [];
  const wanted = numberArray(entries.map(({ number }) => number));
  const moved = await movedOf(db, wanted);
  const gifts = await db.rows<{ entry: bigint; code: string }>(
    `select d.entry, d.code from unnest(($1::text)::bigint[]) as w(entry) join donation d on d.entry = w.entry`,
    [wanted],
  );
  const species = await db.rows<{ code: string; species: string }>(
    `select a.code, a.species from unnest(($1::text)::text[]) as w(code) join animal a on a.code = w.code`,
    [textArray([...moved.values()].flatMap(({ thing }) => thing ?? []))],
  );
  const giftOf = new Map(gifts.map(({ entry, code }) => [entry, code]));
  const speciesOf = new Map(species.map((one) => [one.code, one.species]));
  return entries.map(({ number, kind, on, reverses, reversedBy }) => {
    const act = moved.get(number);
    return {
      number: Number(number),
      kind,
      on,
      reverses: numberOr(reverses),
      reversedBy: numberOr(reversedBy),
      donation: giftOf.get(number) ?? null,
      amount: act?.amount ?? 0n,
      unit: act?.unit ?? null,
      from: act?.from ?? null,
      to: act?.to ?? null,
      things: act?.things ?? 0,
      thing: act?.thing ?? null,
      species: speciesOf.get(act?.thing ?? "") ?? null,
    };
  });
}

async function movedOf(db: Db, entries: string): Promise<Map<bigint, Moved>> {
  const legs = await db.rows<{
    entry: bigint;
    n: number;
    fromId: number;
    toId: number;
    amount: bigint;
    things: number;
    thing: string | null;
  }>(
    `select m.entry, min(m.n) as n, m.from_account as "fromId", (array_agg(m.to_account order by m.n))[1] as "toId",
            sum(m.amount)::bigint as amount, count(distinct m.animal)::int as things, min(m.animal) as thing
       from unnest(($1::text)::bigint[]) as w(entry) join movement m on m.entry = w.entry
      group by m.entry, m.from_account order by m.entry, min(m.n)`,
    [entries],
  );
  const ids = [...new Set(legs.flatMap(({ fromId, toId }) => [fromId, toId]))];
  const accounts = await db.rows<{ id: number; code: string; unit: string }>(
    `select id, code, unit from account where id = any (($1::text)::integer[])`,
    [numberArray(ids)],
  );
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const moved = new Map<bigint, Moved>();
  for (const { entry, fromId, toId, amount, things, thing } of legs) {
    const first = moved.get(entry);
    if (first) {
      // Further accounts of the entry (heads beside money) name the same things, or things where the first named none.
      first.things = Math.max(first.things, things);
      first.thing ??= thing;
      continue;
    }
    const from = accountOf.get(fromId);
    const to = accountOf.get(toId);
    if (from && to) {
      moved.set(entry, { from: from.code, to: to.code, unit: from.unit, amount, things, thing });
    }
  }
  return moved;
}

async function choices(db: Db): Promise<LedgerChoices> {
  return {
    campaigns: await db.rows<LedgerChoices["campaigns"][number]>(
      `select id, title_vi as "titleVi", title_en as "titleEn", species, commune, commune_from::text as "communeFrom"
         from campaign order by id`,
    ),
    communes: await db.rows<LedgerChoices["communes"][number]>(
      `select p.code, p.valid_from::text as "validFrom", p.valid_to::text as "validTo", p.name, p.full_name as "fullName"
         from place p where p.kind = 'commune' and p.code in (
           select commune from account where commune is not null union select commune from campaign)
        order by p.code, p.valid_from`,
    ),
  };
}

async function entryFile(db: Db, number: number): Promise<EntryFile | undefined> {
  const [row] = await db.rows<{
    kind: EntryFile["kind"];
    effectiveOn: string;
    recordedAt: bigint;
    reverses: bigint | null;
    reversedBy: bigint | null;
    reason: string | null;
    donation: string | null;
    text: string;
    leafHash: string;
    last: bigint;
  }>(
    `select e.kind, e.effective_on::text as "effectiveOn", e.recorded_at as "recordedAt", e.reverses,
            r.number as "reversedBy", e.reason, d.code as donation, convert_from(e.bytes, 'UTF8') as text,
            encode(e.leaf_hash, 'hex') as "leafHash", (select max(number) from entry) as last
       from entry e left join entry r on r.reverses = e.number left join donation d on d.entry = e.number
      where e.number = $1`,
    [number],
  );
  if (!row) return undefined;
  const movements = await db.rows<EntryMovement>(
    `select m.n, f.code as "from", t.code as "to", f.unit, m.amount, m.from_lo as "fromLo", m.to_lo as "toLo", m.animal
       from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
      where m.entry = $1 order by m.n`,
    [number],
  );
  const evidence = await db.rows<{ kind: string; digest: string }>(
    `select kind, digest from evidence where entry = $1 order by n`,
    [number],
  );
  const animals = await db.rows<{ code: string; species: string }>(
    `select a.code, a.species from animal a where a.entry = $1
     union
     select a.code, a.species from animal_event v join animal a on a.code = v.animal where v.entry = $1
     order by code`,
    [number],
  );
  return {
    ...row,
    number,
    recordedAt: Number(row.recordedAt),
    reverses: numberOr(row.reverses),
    reversedBy: numberOr(row.reversedBy),
    last: Number(row.last),
    movements,
    evidence,
    animals,
  };
}

function numberOr(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
