import {
  type EntryFile,
  type EntryMovement,
  GIFTS,
  type LedgerChoices,
  type LedgerFilter,
  type LedgerPage,
  type LedgerPlace,
  type LedgerReading,
  type LedgerTally,
} from "#app/domain/ledger-reading/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { type EntryLines, entryLines } from "./entry-lines.ts";

/** The books for readers. */
export function ledgerReadingStore(db: Db): LedgerReading {
  const lines = entryLines(db);
  let kept: { readonly mark: string; readonly choices: LedgerChoices } | undefined;
  return {
    list: (filter, place, size) => list(db, lines, filter, place, size),
    tally: (filter, than) => tally(db, filter, than),
    async choices() {
      // New accounts and changed campaigns are seldom, lists are asked for always.
      const mark = await choicesMark(db);
      if (kept?.mark !== mark) kept = { mark, choices: await choices(db) };
      return kept.choices;
    },
    entry: (number) => entryFile(db, number),
    async bytes(number) {
      const { orm, t, op } = await building(db);
      const [row] = await orm
        .select({ bytes: t.entry.bytes })
        .from(t.entry)
        .where(op.eq(t.entry.number, number));
      return row?.bytes;
    },
  };
}

async function list(
  db: Db,
  lines: EntryLines,
  filter: LedgerFilter,
  place: LedgerPlace,
  size: number,
): Promise<LedgerPage> {
  const { where, params } = conditions(filter, place);
  const order = place.at === "newer" ? "asc" : "desc";
  // In one row: a list of 300 is asked for often, and rows cost more than what is in them.
  const [found] = await db.rows<{ numbers: string | null }>(
    `select string_agg(number::text, ',') as numbers from (
       select e.number from entry e ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
        order by e.number ${order} limit $${params.length + 1}::int) wanted`,
    [...params, size + 1],
  );
  const numbers = (found?.numbers ?? "").split(",").filter(Boolean).map(Number);
  const more = numbers.length > size;
  const shown = numbers.slice(0, size).toSorted((a, b) => b - a);
  const [known, reversedBy] = await Promise.all([lines.of(shown), reversalsOf(db, shown)]);
  const rows = shown.flatMap((number) => {
    const line = known.get(number);
    return line ? [{ ...line, reversedBy: reversedBy.get(number) ?? null }] : [];
  });
  return place.at === "newer"
    ? { rows, older: true, newer: more }
    : { rows, older: more, newer: place.at === "older" };
}

/** Entries whose đồng are added up while a page is made. */
const ADDED_UP = 10_000;

async function tally(db: Db, filter: LedgerFilter, than: number): Promise<LedgerTally> {
  const { where, params } = conditions(filter, { at: "newest" });
  const fits = where.length > 0 ? `where ${where.join(" and ")}` : "";
  const [counted] = await db.rows<{ entries: number; newer: number }>(
    `select count(*)::int as entries, (count(*) filter (where e.number > $${params.length + 1}::bigint))::int as newer
       from entry e ${fits}`,
    [...params, than],
  );
  const { entries = 0, newer = 0 } = counted ?? {};
  if (filter.kind === undefined || entries > ADDED_UP) return { entries, newer, amount: null };
  const [added] = await db.rows<{ amount: bigint | null }>(
    `select sum(m.amount)::bigint as amount
       from (select e.number from entry e ${fits}) w
       join movement one on one.entry = w.number and one.n = 0
       join account a on a.id = one.from_account and a.unit = 'VND'
       join movement m on m.entry = w.number and m.from_account = one.from_account`,
    params,
  );
  return { entries, newer, amount: added?.amount ?? null };
}

/** Which of these entries, newest first, were reversed, and by which. */
async function reversalsOf(
  db: Db,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (numbers.length === 0) return new Map();
  const rows = await db.rows<{ number: bigint; reverses: bigint }>(
    `select number, reverses from entry where reverses is not null and reverses between $1 and $2`,
    [numbers.at(-1), numbers[0]],
  );
  return new Map(rows.map(({ number, reverses }) => [Number(reverses), Number(number)]));
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
  if (filter.kind === GIFTS) {
    where.push(`exists (select 1 from donation g where g.entry = e.number)`);
  } else if (filter.kind !== undefined) add(filter.kind, (v) => `e.kind = ${v}`);
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

/** Changes when what a filter form can offer may have changed. */
async function choicesMark(db: Db): Promise<string> {
  const [row] = await db.rows<{ mark: string }>(
    `select concat_ws('/', (select max(id) from account), (select count(*) from campaign),
                           (select sum(version) from content_version)) as mark`,
  );
  return row?.mark ?? "";
}

async function choices(db: Db): Promise<LedgerChoices> {
  return {
    campaigns: await db.rows<LedgerChoices["campaigns"][number]>(
      `select id, title_vi as "titleVi", ${inEnglish("title")} as "titleEn", species, commune, commune_from::text as "communeFrom"
         from campaign order by id`,
    ),
    communes: await db.rows<LedgerChoices["communes"][number]>(
      `select p.code, p.valid_from::text as "validFrom", p.valid_to::text as "validTo", p.name, p.full_name as "fullName"
         from place p where p.kind = 'commune' and p.code = any (array(
           select commune from account where commune is not null union select commune from campaign))
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
  const { orm, t, op } = await building(db);
  const evidence = await orm
    .select({ kind: t.evidence.kind, digest: t.evidence.digest })
    .from(t.evidence)
    .where(op.eq(t.evidence.entry, number))
    .orderBy(t.evidence.n);
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
    role: roleIn(row.text),
    reverses: numberOr(row.reverses),
    reversedBy: numberOr(row.reversedBy),
    last: Number(row.last),
    movements,
    evidence,
    animals,
  };
}

function roleIn(record: string): string | null {
  const { role } = JSON.parse(record) as { role?: unknown };
  return typeof role === "string" ? role : null;
}

function numberOr(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
