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

// One walk along the entry numbers, newest first, with a few index look-ups for each row; it stops at the page's end.
const ROW = `
  select e.number, e.kind, e.effective_on::text as "on", e.reverses, r.number as "reversedBy",
         f.code as "from", t.code as "to", f.unit, d.code as donation,
         coalesce(s.amount, 0) as amount, coalesce(s.things, 0) as things, s.thing, a.species
    from entry e
    left join entry r on r.reverses = e.number
    left join donation d on d.entry = e.number
    left join movement m on m.entry = e.number and m.n = 0
    left join account f on f.id = m.from_account
    left join account t on t.id = m.to_account
    left join lateral (
      select sum(x.amount) filter (where x.from_account = m.from_account)::bigint as amount,
             count(distinct x.animal)::int as things, min(x.animal) as thing
        from movement x where x.entry = e.number
    ) s on true
    left join animal a on a.code = s.thing`;

async function list(
  db: Db,
  filter: LedgerFilter,
  place: LedgerPlace,
  size: number,
): Promise<LedgerPage> {
  const params: unknown[] = [];
  const bind = (value: unknown): string => {
    params.push(value);
    return `$${params.length}`;
  };
  const where: string[] = [];
  if (filter.kind !== undefined) where.push(`e.kind = ${bind(filter.kind)}`);
  if (filter.from !== undefined) where.push(`e.effective_on >= ${bind(filter.from)}::text::date`);
  if (filter.to !== undefined) where.push(`e.effective_on <= ${bind(filter.to)}::text::date`);
  if (filter.campaign !== undefined) where.push(touches("campaign", bind(filter.campaign)));
  if (filter.commune !== undefined) where.push(touches("commune", bind(filter.commune)));
  if (place.at === "older") where.push(`e.number < ${bind(place.than)}`);
  if (place.at === "newer") where.push(`e.number > ${bind(place.than)}`);
  const order = place.at === "newer" ? "asc" : "desc";
  const found = await db.rows<RawRow>(
    `${ROW}${where.length > 0 ? ` where ${where.join(" and ")}` : ""}
      order by e.number ${order} limit ${bind(size + 1)}`,
    params,
  );
  const more = found.length > size;
  const rows = found.slice(0, size).map(rowOf);
  if (place.at === "newer") return { rows: rows.reverse(), older: true, newer: more };
  return { rows, older: more, newer: place.at === "older" };
}

function touches(column: "campaign" | "commune", value: string): string {
  return `exists (select 1 from movement x join account c on c.id in (x.from_account, x.to_account)
    where x.entry = e.number and c.${column} = ${value})`;
}

type RawRow = Omit<LedgerRow, "number" | "reverses" | "reversedBy"> & {
  number: bigint;
  reverses: bigint | null;
  reversedBy: bigint | null;
};

function rowOf(row: RawRow): LedgerRow {
  return {
    ...row,
    number: Number(row.number),
    reverses: numberOr(row.reverses),
    reversedBy: numberOr(row.reversedBy),
  };
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
