import type { EntryKind } from "#app/domain/ledger/entry.ts";
import type { Piece } from "#app/domain/ledger/trace.ts";

import type { Db } from "../client.ts";
import { numberArray } from "./pg-arrays.ts";

interface TraceRow {
  gift: bigint;
  depth: number;
  account: string;
  lo: bigint | null;
  amount: bigint;
  offset: bigint;
  entry: bigint | null;
  n: number | null;
  animal: string | null;
  via: string | null;
  kind: EntryKind | null;
}

/** Where a gift went, and the kind of each entry on the way. */
export interface GiftTrace {
  readonly pieces: Piece[];
  readonly kinds: Map<number, EntryKind>;
}

const COLUMNS = "entry, n, amount, animal, from_lo, to_lo, to_account";

/**
 * The forward traces of many gifts in one statement: the steps of `trace.ts`, begun with each of the gifts. Every step is
 * two descents of a unique index, however large the ledger is; movements after `$2` do not count.
 */
const TRACE_GIFTS = `with recursive piece (gift, depth, account_id, lo, amount, off, entry, n, animal, via_id) as (
    select d.entry, 0, d.account_id, d.lo, d.amount, 0::bigint, null::bigint, null::smallint, null::text, null::integer
      from unnest(($1::text)::bigint[]) as asked(entry) join donation d on d.entry = asked.entry
    union all
    select p.gift, p.depth + 1, m.to_account,
           m.to_lo + greatest(p.lo, m.from_lo) - m.from_lo,
           least(p.lo + p.amount, m.from_lo + m.amount) - greatest(p.lo, m.from_lo),
           p.off + greatest(p.lo, m.from_lo) - p.lo,
           m.entry, m.n, m.animal, p.account_id
      from piece p
     cross join lateral (
       (select ${COLUMNS} from movement
         where from_account = p.account_id and from_lo <= p.lo order by from_lo desc limit 1)
       union all
       (select ${COLUMNS} from movement
         where from_account = p.account_id and from_lo > p.lo and from_lo < p.lo + p.amount)
     ) m
     where p.lo is not null and m.from_lo + m.amount > p.lo and m.entry <= $2::bigint
  )
  select p.gift, p.depth, a.code as account, p.lo, p.amount, p.off as "offset", p.entry, p.n, p.animal, v.code as via, e.kind
    from piece p join account a on a.id = p.account_id left join account v on v.id = p.via_id
    left join entry e on e.number = p.entry
   order by p.gift, p.depth, p.off`;

/** The forward traces of the gifts booked by `entries`, as of entry `head`, by entry. */
export async function giftTraces(
  db: Db,
  entries: readonly number[],
  head: number,
): Promise<Map<number, GiftTrace>> {
  const rows = await db.rows<TraceRow>(TRACE_GIFTS, [numberArray(entries), head]);
  const traces = new Map<number, GiftTrace>();
  for (const row of rows) {
    const gift = Number(row.gift);
    const trace: GiftTrace = traces.get(gift) ?? { pieces: [], kinds: new Map() };
    traces.set(gift, trace);
    trace.pieces.push(pieceOf(row));
    if (row.entry !== null && row.kind !== null) trace.kinds.set(Number(row.entry), row.kind);
  }
  return traces;
}

function pieceOf(row: TraceRow): Piece {
  return {
    depth: row.depth,
    account: row.account,
    amount: row.amount,
    offset: row.offset,
    ...(row.lo === null ? {} : { lo: row.lo }),
    ...(row.entry === null ? {} : { entry: Number(row.entry) }),
    ...(row.n === null ? {} : { n: row.n }),
    ...(row.animal === null ? {} : { animal: row.animal }),
    ...(row.via === null ? {} : { via: row.via }),
  };
}
