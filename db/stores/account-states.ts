import { accountSpec } from "#app/domain/ledger/chart.ts";
import type { Range } from "#app/domain/ledger/axis.ts";
import type { AccountState } from "#app/domain/ledger/lay-out.ts";
import { must } from "#app/domain/kernel/result.ts";

import type { Db } from "../client.ts";
import { numberArray, textArray } from "./pg-arrays.ts";

/** An account as stored, with its row id. */
export interface StoredState extends AccountState {
  readonly id: number;
}

/** States of those of `codes` that were opened; with the numbers still there on each axis. */
export async function loadStates(
  db: Db,
  codes: readonly string[],
): Promise<Map<string, StoredState>> {
  const rows = await db.rows<{
    id: number;
    code: string;
    received: bigint | null;
    sent: bigint | null;
    closed: boolean;
  }>(
    `select a.id, a.code, s.received, s.sent, c.account_id is not null as closed
       from account a left join account_state s on s.account_id = a.id
       left join account_closing c on c.account_id = a.id
      where a.code = any (($1::text)::text[])`,
    [textArray(codes)],
  );
  const free = await loadFree(db, new Map(rows.map((row) => [row.id, row.received ?? 0n])));
  return new Map(
    rows.map((row) => [
      row.code,
      {
        id: row.id,
        spec: must(accountSpec(row.code)),
        received: row.received ?? 0n,
        sent: row.sent ?? 0n,
        free: free.get(row.id) ?? [],
        closed: row.closed,
      },
    ]),
  );
}

async function loadFree(db: Db, heads: ReadonlyMap<number, bigint>): Promise<Map<number, Range[]>> {
  const rows = await db.rows<{ account_id: number; lo: bigint; hi: bigint | null }>(
    `select account_id, lo, hi from free_range where account_id = any (($1::text)::integer[])
      order by account_id, lo`,
    [numberArray([...heads.keys()])],
  );
  const free = new Map<number, Range[]>();
  for (const { account_id: id, lo, hi } of rows) {
    const length = (hi ?? (heads.get(id) ?? 0n) + 1n) - lo;
    if (length <= 0n) continue;
    const list = free.get(id);
    if (list) list.push({ lo, length });
    else free.set(id, [{ lo, length }]);
  }
  return free;
}

/** Write the states after an entry: sums, and on each axis that lost numbers, what is still there. */
export async function saveStates(
  db: Db,
  before: ReadonlyMap<string, StoredState>,
  after: ReadonlyMap<string, AccountState>,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  // World accounts keep no sums: their row would be the hot one of every gift.
  const kept = [...after.values()].filter(({ spec }) => !spec.mayBeNegative);
  const idOf = (state: AccountState) => ids.get(state.spec.code);
  await db.rows(
    `insert into account_state (account_id, received, sent)
     select a.id, a.received, a.sent from unnest(($1::text)::integer[], ($2::text)::bigint[], ($3::text)::bigint[]) as a(id, received, sent)
         on conflict (account_id) do update set received = excluded.received, sent = excluded.sent`,
    [
      numberArray(kept.map(idOf)),
      numberArray(kept.map(({ received }) => received)),
      numberArray(kept.map(({ sent }) => sent)),
    ],
  );
  const changed = kept.filter(
    ({ spec, sent }) => spec.axis && sent !== (before.get(spec.code)?.sent ?? -1n),
  );
  if (changed.length === 0) return;
  await db.rows(`delete from free_range where account_id = any (($1::text)::integer[])`, [
    numberArray(changed.map(idOf)),
  ]);
  const rows = changed.flatMap((state) =>
    storedRanges(state).map((range) => ({ ...range, id: idOf(state) })),
  );
  await db.rows(
    `insert into free_range (account_id, lo, hi)
     select * from unnest(($1::text)::integer[], ($2::text)::bigint[], ($3::text)::bigint[])`,
    [
      numberArray(rows.map(({ id }) => id)),
      numberArray(rows.map(({ lo }) => lo)),
      numberArray(rows.map(({ hi }) => hi)),
    ],
  );
}

/** Ranges as stored: each with its end, then the open one at the head, so that new numbers need no change here. */
function storedRanges(state: AccountState): { lo: bigint; hi: bigint | undefined }[] {
  const head = state.received + 1n;
  const closed = state.free.filter(({ lo, length }) => lo + length !== head);
  const open = state.free.find(({ lo, length }) => lo + length === head);
  return [
    ...closed.map(({ lo, length }) => ({ lo, hi: lo + length })),
    { lo: open?.lo ?? head, hi: undefined },
  ];
}
