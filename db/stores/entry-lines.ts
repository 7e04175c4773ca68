import { TELLING_KINDS } from "#app/domain/ledger/entry.ts";
import { factsIn } from "#app/domain/ledger/facts.ts";
import type { LedgerRow } from "#app/domain/ledger-reading/ports.ts";

import type { Db } from "../client.ts";
import { numberArray, textArray } from "./pg-arrays.ts";

/** What one entry says for itself. Whether it was reversed later is another entry's saying. */
type EntryLine = Omit<LedgerRow, "reversedBy">;

/**
 * Entries as lines of a list. An entry never changes, so its line is made once and remembered, the last ones asked for:
 * a list of 300 then asks for the new ones only (docs/performance.md, S4).
 */
export interface EntryLines {
  /** The lines of these entries by number. */
  of(numbers: readonly number[]): Promise<ReadonlyMap<number, EntryLine>>;
}

/** Lines remembered; some 300 bytes each. */
const REMEMBERED_MOST = 20_000;

/**
 * The lines of the entries in `db`. Over a transaction it remembers what may be rolled back: make one for it alone, as
 * `bin/compose.ts` does.
 */
export function entryLines(db: Db, most = REMEMBERED_MOST): EntryLines {
  const remembered = new Map<number, EntryLine>();
  return {
    async of(numbers) {
      const lines = new Map<number, EntryLine>();
      const missing: number[] = [];
      for (const number of numbers) {
        const line = remembered.get(number);
        if (line) lines.set(number, line);
        else missing.push(number);
      }
      for (const [number, line] of missing.length === 0 ? [] : await readLines(db, missing)) {
        lines.set(number, line);
        remembered.set(number, line);
      }
      for (const oldest of remembered.keys()) {
        if (remembered.size <= most) break;
        remembered.delete(oldest);
      }
      return lines;
    },
  };
}

interface Leg {
  readonly entry: bigint;
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly amount: bigint;
  readonly animal: string | null;
  readonly species: string | null;
}

async function readLines(db: Db, numbers: readonly number[]): Promise<Map<number, EntryLine>> {
  const wanted = [numberArray(numbers)];
  const entries = await db.rows<{
    number: bigint;
    kind: EntryLine["kind"];
    on: string;
    recordedAt: bigint;
    reverses: bigint | null;
    donation: string | null;
    told: string | null;
  }>(
    `select e.number, e.kind, e.effective_on::text as "on", e.recorded_at as "recordedAt", e.reverses, d.code as donation,
            case when e.legs = 0 and e.kind = any (($2::text)::text[]) then convert_from(e.bytes, 'UTF8') end as told
       from entry e left join donation d on d.entry = e.number
      where e.number = any (($1::text)::bigint[])`,
    [...wanted, textArray(TELLING_KINDS)],
  );
  const legs = await db.rows<Leg>(
    `select m.entry, f.code as "from", t.code as "to", f.unit, m.amount, m.animal, a.species
       from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
       left join animal a on a.code = m.animal
      where m.entry = any (($1::text)::bigint[]) order by m.entry, m.n`,
    wanted,
  );
  const legsOf = Map.groupBy(legs, ({ entry }) => entry);
  return new Map(
    entries.map(({ number, kind, on, recordedAt, reverses, donation, told }) => [
      Number(number),
      {
        number: Number(number),
        kind,
        on,
        recordedAt: Number(recordedAt),
        reverses: reverses === null ? null : Number(reverses),
        donation,
        facts: told === null ? null : (factsIn(told) ?? null),
        ...matterOf(legsOf.get(number) ?? []),
      },
    ]),
  );
}

/** What left the first account, and the things named anywhere: heads beside money name the same ones. */
function matterOf(
  legs: readonly Leg[],
): Pick<EntryLine, "amount" | "unit" | "from" | "to" | "things" | "thing" | "species"> {
  const [first] = legs;
  let amount = 0n;
  const things = new Set<string>();
  let named: Leg | undefined;
  for (const leg of legs) {
    if (leg.from === first?.from) amount += leg.amount;
    if (leg.animal === null) continue;
    things.add(leg.animal);
    if (!named?.animal || leg.animal < named.animal) named = leg;
  }
  return {
    amount,
    unit: first?.unit ?? null,
    from: first?.from ?? null,
    to: first?.to ?? null,
    things: things.size,
    thing: named?.animal ?? null,
    species: named?.species ?? null,
  };
}
