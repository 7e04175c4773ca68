import type { Range } from "#app/domain/ledger/axis.ts";
import type { Piece } from "#app/domain/ledger/trace.ts";

import type { Db } from "../client.ts";

/** A piece, or (depth -1) the code of an account. */
interface PieceRow {
  depth: number;
  account: number;
  code: string | null;
  lo: bigint | null;
  amount: bigint;
  offset: bigint;
  entry: bigint | null;
  n: number | null;
  animal: string | null;
  via: number | null;
}

/**
 * One step of a trace: the last range that begins at or before the piece, then every one that begins inside it.
 * Both are descents of a unique index; a join over `movement` would read the whole ledger (ledger.md 3.11). The codes of
 * the accounts come once each, as rows of their own: a join could read all accounts, of which every purchase opens one.
 */
function trace(here: "from" | "to", there: "from" | "to"): string {
  const columns = `entry, n, amount, animal, ${here}_lo as here_lo, ${there}_lo as there_lo, ${there}_account as there_account`;
  return `with recursive piece (depth, account, lo, amount, "offset", entry, n, animal, via) as (
      select 0, a.id, $2::bigint, $3::bigint, 0::bigint, null::bigint, null::smallint, null::text, null::integer
        from account a where a.code = $1
      union all
      select p.depth + 1, m.there_account,
             m.there_lo + greatest(p.lo, m.here_lo) - m.here_lo,
             least(p.lo + p.amount, m.here_lo + m.amount) - greatest(p.lo, m.here_lo),
             p."offset" + greatest(p.lo, m.here_lo) - p.lo,
             m.entry, m.n, m.animal, p.account
        from piece p
       cross join lateral (
         (select ${columns} from movement
           where ${here}_account = p.account and ${here}_lo <= p.lo order by ${here}_lo desc limit 1)
         union all
         (select ${columns} from movement
           where ${here}_account = p.account and ${here}_lo > p.lo and ${here}_lo < p.lo + p.amount)
       ) m
       where p.lo is not null and m.here_lo + m.amount > p.lo
    )
    select depth, account, null as code, lo, amount, "offset", entry, n, animal, via from piece
    union all
    select -1, id, code, null, null, null, null, null, null, null from account
     where id = any (array (select account from piece))
     order by depth, "offset"`;
}

/** Forward and backward traces; exported so that the bench can explain the very statements. */
export const TRACE_FORWARD = trace("from", "to");
export const TRACE_BACK = trace("to", "from");

/** Traces in SQL: the same answers as `traceForward` and `traceBack` of the domain. */
export function traceStore(db: Db): {
  forward(account: string, range: Range): Promise<Piece[]>;
  back(account: string, range: Range): Promise<Piece[]>;
} {
  const run = async (text: string, account: string, range: Range) =>
    piecesOf(await db.rows<PieceRow>(text, [account, range.lo, range.length]));
  return {
    forward: (account, range) => run(TRACE_FORWARD, account, range),
    back: (account, range) => run(TRACE_BACK, account, range),
  };
}

function piecesOf(rows: readonly PieceRow[]): Piece[] {
  const codes = new Map<number, string>();
  const pieces: Piece[] = [];
  for (const row of rows) {
    if (row.code === null) pieces.push(pieceOf(row, codes));
    else codes.set(row.account, row.code);
  }
  return pieces;
}

function pieceOf(row: PieceRow, codes: ReadonlyMap<number, string>): Piece {
  const codeOf = (id: number): string => codes.get(id) ?? "";
  return {
    depth: row.depth,
    account: codeOf(row.account),
    amount: row.amount,
    offset: row.offset,
    ...(row.lo === null ? {} : { lo: row.lo }),
    ...(row.entry === null ? {} : { entry: Number(row.entry) }),
    ...(row.n === null ? {} : { n: row.n }),
    ...(row.animal === null ? {} : { animal: row.animal }),
    ...(row.via === null ? {} : { via: codeOf(row.via) }),
  };
}
