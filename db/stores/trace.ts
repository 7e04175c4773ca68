import type { Day } from "#app/domain/kernel/calendar.ts";
import type { Range } from "#app/domain/ledger/axis.ts";
import type { Piece } from "#app/domain/ledger/trace.ts";

import type { Db } from "../client.ts";

/**
 * One step of a trace: the last range that begins at or before the piece, then every one that begins inside it.
 * Both are descents of a unique index; a join over `movement` would read the whole ledger (ledger.md 3.11). The codes of
 * the accounts come once each, in a text of their own: a join could read all accounts, of which every purchase opens one.
 * The pieces come as one text too, a line each: to read a row of an answer takes a driver longer than to find it.
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
    select (select string_agg(concat_ws(' ', depth, account, amount, "offset", coalesce(lo::text, '-'), coalesce(entry::text, '-'),
                                        coalesce(n::text, '-'), coalesce(via::text, '-'), animal), E'\n' order by depth, "offset")
              from piece) as pieces,
           (select string_agg(id || ' ' || code, E'\n') from account
             where id = any (array (select account from piece))) as accounts`;
}

/** Forward and backward traces; exported so that the bench can explain the very statements. */
export const TRACE_FORWARD = trace("from", "to");
export const TRACE_BACK = trace("to", "from");

/** As one step back of a trace, down to the day. */
const ARRIVED_ON = `select max(e.effective_on)::text as day
  from account a
 cross join lateral (
   (select entry, to_lo, amount from movement where to_account = a.id and to_lo <= $2::bigint order by to_lo desc limit 1)
   union all
   (select entry, to_lo, amount from movement
     where to_account = a.id and to_lo > $2::bigint and to_lo < $2::bigint + $3::bigint)
 ) m
  join entry e on e.number = m.entry
 where a.code = $1 and m.to_lo + m.amount > $2::bigint`;

/** Traces in SQL: the same answers as `traceForward` and `traceBack` of the domain. */
export function traceStore(db: Db): {
  forward(account: string, range: Range): Promise<Piece[]>;
  back(account: string, range: Range): Promise<Piece[]>;
  arrivedOn(account: string, range: Range): Promise<Day | undefined>;
} {
  const run = async (text: string, account: string, range: Range) => {
    const [row] = await db.rows<TraceRow>(text, [account, range.lo, range.length]);
    if (!row || row.pieces === null) return [];
    const codes = new Map(lines(row.accounts).map(([id = "", code = ""]) => [id, code]));
    return lines(row.pieces).map((fields) => pieceOf(fields, codes));
  };
  return {
    forward: (account, range) => run(TRACE_FORWARD, account, range),
    back: (account, range) => run(TRACE_BACK, account, range),
    async arrivedOn(account, { lo, length }) {
      const [row] = await db.rows<{ day: Day | null }>(ARRIVED_ON, [account, lo, length]);
      return row?.day ?? undefined;
    },
  };
}

/** Lines of fields: of a piece, and of an account its row id and code. No code has a space in it. */
interface TraceRow {
  readonly pieces: string | null;
  readonly accounts: string;
}

function lines(text: string): string[][] {
  return text.split("\n").map((line) => line.split(" "));
}

function pieceOf(fields: readonly string[], codes: ReadonlyMap<string, string>): Piece {
  const [depth, account = "", amount = "", offset = "", lo, entry, n, via = "-", animal] = fields;
  return {
    depth: Number(depth),
    account: codes.get(account) ?? "",
    amount: BigInt(amount),
    offset: BigInt(offset),
    ...(lo === "-" || lo === undefined ? {} : { lo: BigInt(lo) }),
    ...(entry === "-" ? {} : { entry: Number(entry) }),
    ...(n === "-" ? {} : { n: Number(n) }),
    ...(animal === undefined ? {} : { animal }),
    ...(via === "-" ? {} : { via: codes.get(via) ?? "" }),
  };
}
