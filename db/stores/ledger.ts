import { type Day, dayOf, daysBetween } from "#app/domain/kernel/calendar.ts";
import { no, ok, type Result } from "#app/domain/kernel/result.ts";
import {
  CLOCK_CORRECTED,
  type EntryDraft,
  type EntryKind,
  type LaidOutEntry,
  LATE_AFTER_DAYS,
  requestDigest,
} from "#app/domain/ledger/entry.ts";
import { balanceOf, layOut } from "#app/domain/ledger/lay-out.ts";
import type { BookedMovement, Movement } from "#app/domain/ledger/movement.ts";
import type { BookedEntry, Ledger, PostProblem } from "#app/domain/ledger/ports.ts";
import { accountSpec } from "#app/domain/ledger/chart.ts";
import { must } from "#app/domain/kernel/result.ts";

import type { Db } from "../client.ts";
import { loadStates, saveStates, type StoredState } from "./account-states.ts";
import { insertAnimalEvents, insertAnimals } from "./animal-rows.ts";
import { actTime, type BookMaking, correctingTime, DATABASE_CLOCK } from "./book-clock.ts";
import {
  type EntryMaking,
  ENTRY_PARAMS,
  entryColumns,
  insertEntries,
  insertMovements,
  movementColumns,
} from "./entry-rows.ts";
import { sayChanged } from "./content-version.ts";
import { numberArray, textArray } from "./pg-arrays.ts";
import { traceStore } from "./trace.ts";

/** The ledger in SQL. `post` writes in one transaction, or in that of `db` when it is one. */
export function ledgerStore(db: Db, making: BookMaking): Ledger {
  return {
    post: (draft) => db.begin((tx) => post(tx, draft, making)),
    find: (number) => find(db, number),
    async byKey(key) {
      const [row] = await db.rows<{ number: bigint }>(
        `select number from entry where idempotency_key = $1`,
        [key],
      );
      return row && find(db, Number(row.number));
    },
    async state(account) {
      return (await loadStates(db, [account])).get(account);
    },
    ...traceStore(db),
  };
}

type Posted = Result<
  { number: number; again: boolean; movements: readonly BookedMovement[] },
  PostProblem
>;

async function post(tx: Db, draft: EntryDraft, making: BookMaking): Promise<Posted> {
  // The row lock of the head puts all entries of all servers in one order.
  const [head] = await tx.rows<{ next_entry: bigint; last_recorded_at: bigint; clock: bigint }>(
    `select next_entry, last_recorded_at, ${DATABASE_CLOCK} as clock from ledger_head where one for update`,
  );
  if (!head) throw new Error("ledger_head has no row: run the migrations");

  const first = await firstOfKey(tx, draft, making);
  if (first) return first;
  // Recorded times never go back, whatever the clock does, but where an entry says that it was wrong.
  const timeOf = draft.kind === CLOCK_CORRECTED ? correctingTime : actTime;
  const time = timeOf(making, Number(head.last_recorded_at), Number(head.clock));
  if (!time.ok) return time;
  const recordedAt = time.value;
  const refused =
    (await refusedByTime(tx, draft, dayOf(recordedAt))) ?? (await reversedBefore(tx, draft));
  if (refused) return no(refused);

  const codes = accountsOf(draft);
  const before = await loadStates(tx, codes);
  const laid = layOut(before, draft.legs);
  if (!laid.ok) return laid;
  const unclosable = notEmpty(draft, before, laid.value.states) ?? falseAssertion(draft, before);
  if (unclosable) return no(unclosable);

  const number = Number(head.next_entry);
  const entry: LaidOutEntry = {
    number,
    draft,
    recordedAt,
    movements: laid.value.movements,
    units: laid.value.units,
    opens: laid.value.opens,
  };
  const ids = await openAccounts(tx, laid.value.opens, number, before);
  await insert(tx, entry, ids, making);
  await saveStates(tx, before, laid.value.states, ids);
  await insertSideRows(tx, entry, ids);
  await tx.rows(`update ledger_head set next_entry = $1, last_recorded_at = $2 where one`, [
    number + 1,
    recordedAt,
  ]);
  await sayChanged(tx);
  return ok({ number, again: false, movements: booked(entry) });
}

/** The answer given before to this key: the same for the same request, a conflict for another. */
async function firstOfKey(
  tx: Db,
  draft: EntryDraft,
  making: EntryMaking,
): Promise<Posted | undefined> {
  const [row] = await tx.rows<{ number: bigint; request: string }>(
    `select number, encode(request_hash, 'hex') as request from entry where idempotency_key = $1`,
    [draft.key],
  );
  if (!row) return undefined;
  const number = Number(row.number);
  if (row.request !== requestDigest(making.sha256, draft)) {
    return no({ code: "ledger.key-conflict", entry: number });
  }
  return ok({ number, again: true, movements: await movementsOf(tx, number) });
}

async function refusedByTime(
  tx: Db,
  draft: EntryDraft,
  today: Day,
): Promise<PostProblem | undefined> {
  const days = daysBetween(draft.effectiveOn, today);
  // It moves nothing, and has to be possible whatever a wrong clock has closed.
  if (draft.kind === CLOCK_CORRECTED) return undefined;
  if (days < 0) return { code: "ledger.in-the-future", effectiveOn: draft.effectiveOn };
  if (draft.kind === "period-close") {
    // A day that is not over may still bring gifts, which are never refused.
    return days === 0
      ? { code: "ledger.in-the-future", effectiveOn: draft.effectiveOn }
      : undefined;
  }
  if (days > LATE_AFTER_DAYS && draft.reason === undefined) {
    return { code: "ledger.late-without-reason", days };
  }
  const closedUntil = await lastClosedDay(tx);
  return closedUntil !== undefined && draft.effectiveOn <= closedUntil
    ? { code: "ledger.period-closed", closedUntil }
    : undefined;
}

/** Last day of the latest closed period; nothing can take effect on it or before. */
export async function lastClosedDay(db: Db): Promise<Day | undefined> {
  const [row] = await db.rows<{ day: string | null }>(
    `select max(effective_on)::text as day from entry where kind = 'period-close'`,
  );
  return row?.day ?? undefined;
}

async function reversedBefore(tx: Db, draft: EntryDraft): Promise<PostProblem | undefined> {
  if (draft.reverses === undefined) return undefined;
  const [row] = await tx.rows<{ number: bigint }>(`select number from entry where reverses = $1`, [
    draft.reverses,
  ]);
  return row && { code: "ledger.already-reversed", entry: Number(row.number) };
}

function accountsOf(draft: EntryDraft): string[] {
  return [
    ...new Set([
      ...draft.legs.flatMap(({ from, to }) => [from, to]),
      ...(draft.closes ?? []),
      ...(draft.assertions ?? []).map(({ account }) => account),
    ]),
  ];
}

function notEmpty(
  draft: EntryDraft,
  before: ReadonlyMap<string, StoredState>,
  after: ReadonlyMap<string, Parameters<typeof balanceOf>[0]>,
): PostProblem | undefined {
  for (const account of draft.closes ?? []) {
    const state = after.get(account) ?? before.get(account);
    if (!state) return { code: "ledger.unknown-account", account };
    if (state.closed) return { code: "ledger.account-closed", account };
    const balance = balanceOf(state);
    if (balance !== 0n) return { code: "ledger.not-empty", account, balance };
  }
  return undefined;
}

function falseAssertion(
  draft: EntryDraft,
  before: ReadonlyMap<string, StoredState>,
): PostProblem | undefined {
  for (const { account, balance } of draft.assertions ?? []) {
    const state = before.get(account);
    const found = state ? balanceOf(state) : 0n;
    if (found !== balance) return { code: "ledger.assertion-failed", account, balance: found };
  }
  return undefined;
}

/** Insert the accounts used for the first time; answers the ids of these and of those known before. */
async function openAccounts(
  tx: Db,
  codes: readonly string[],
  openedBy: number,
  known: ReadonlyMap<string, StoredState>,
): Promise<Map<string, number>> {
  const ids = new Map([...known].map(([code, { id }]) => [code, id]));
  if (codes.length === 0) return ids;
  const specs = codes.map((code) => must(accountSpec(code)));
  const rows = await tx.rows<{ id: number; code: string; axis: boolean }>(
    `insert into account (code, kind, unit, axis, may_be_negative, campaign, commune, opened_by)
     select a.*, $8::bigint from unnest(($1::text)::text[], ($2::text)::text[], ($3::text)::text[], ($4::text)::boolean[],
       ($5::text)::boolean[], ($6::text)::text[], ($7::text)::text[]) as a
     returning id, code, axis`,
    [
      textArray(specs.map(({ code }) => code)),
      textArray(specs.map(({ kind }) => kind)),
      textArray(specs.map(({ unit }) => unit)),
      textArray(specs.map(({ axis }) => String(axis))),
      textArray(specs.map(({ mayBeNegative }) => String(mayBeNegative))),
      textArray(specs.map(({ campaign }) => campaign)),
      textArray(specs.map(({ commune }) => commune)),
      openedBy,
    ],
  );
  for (const { id, code } of rows) ids.set(code, id);
  // An axis begins with one open range from number 1, so that gifts need not touch it.
  await tx.rows(`insert into free_range (account_id, lo) select unnest(($1::text)::integer[]), 1`, [
    numberArray(rows.filter(({ axis }) => axis).map(({ id }) => id)),
  ]);
  return ids;
}

const INSERT_ENTRY = insertEntries(1);
const INSERT_MOVEMENTS = insertMovements(1);

async function insert(
  tx: Db,
  entry: LaidOutEntry,
  ids: ReadonlyMap<string, number>,
  making: EntryMaking,
): Promise<void> {
  const columns = entryColumns([entry], making);
  if (columns.length !== ENTRY_PARAMS) throw new Error("entry columns do not fit the statement");
  await tx.rows(INSERT_ENTRY, columns);
  if (entry.movements.length === 0) return;
  await tx.rows(
    INSERT_MOVEMENTS,
    movementColumns(
      entry.movements.map((movement, n) => movementRow(entry.number, n, movement, ids)),
    ),
  );
}

/** A movement with its accounts' row ids. */
function movementRow(
  entry: number,
  n: number,
  movement: Movement,
  ids: ReadonlyMap<string, number>,
) {
  const fromId = ids.get(movement.from);
  const toId = ids.get(movement.to);
  if (fromId === undefined || toId === undefined)
    throw new Error("movement of an unopened account");
  return { ...movement, entry, n, fromId, toId };
}

async function insertSideRows(
  tx: Db,
  { number, draft, movements }: LaidOutEntry,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const evidence = draft.evidence ?? [];
  if (evidence.length > 0) {
    await tx.rows(
      `insert into evidence (entry, n, kind, digest)
       select $1, n - 1, kind, digest from unnest(($2::text)::text[], ($3::text)::text[]) with ordinality as a(kind, digest, n)`,
      [
        number,
        textArray(evidence.map(({ kind }) => kind)),
        textArray(evidence.map(({ digest }) => digest)),
      ],
    );
  }
  const closes = draft.closes ?? [];
  if (closes.length > 0) {
    await tx.rows(
      `insert into account_closing (account_id, entry) select unnest(($1::text)::integer[]), $2`,
      [numberArray(closes.flatMap((code) => ids.get(code) ?? [])), number],
    );
  }
  await insertAnimals(tx, number, draft, movements, ids);
  await insertAnimalEvents(tx, number, draft);
}

function booked(entry: LaidOutEntry): BookedMovement[] {
  return entry.movements.map((movement, n) => ({ ...movement, entry: entry.number, n }));
}

async function find(db: Db, number: number): Promise<BookedEntry | undefined> {
  const [row] = await db.rows<{
    kind: EntryKind;
    effective_on: Day;
    recorded_at: bigint;
    reason: string | null;
    reverses: bigint | null;
    reversed_by: bigint | null;
  }>(
    `select e.kind, e.effective_on::text as effective_on, e.recorded_at, e.reason, e.reverses, r.number as reversed_by
       from entry e left join entry r on r.reverses = e.number where e.number = $1`,
    [number],
  );
  if (!row) return undefined;
  return {
    number,
    kind: row.kind,
    effectiveOn: row.effective_on,
    recordedAt: Number(row.recorded_at),
    movements: await movementsOf(db, number),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.reverses === null ? {} : { reverses: Number(row.reverses) }),
    ...(row.reversed_by === null ? {} : { reversedBy: Number(row.reversed_by) }),
  };
}

async function movementsOf(db: Db, number: number): Promise<BookedMovement[]> {
  const rows = await db.rows<{
    n: number;
    from_code: string;
    to_code: string;
    amount: bigint;
    from_lo: bigint | null;
    to_lo: bigint | null;
    animal: string | null;
  }>(
    `select m.n, f.code as from_code, t.code as to_code, m.amount, m.from_lo, m.to_lo, m.animal
       from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
      where m.entry = $1 order by m.n`,
    [number],
  );
  return rows.map((row) => ({
    entry: number,
    n: row.n,
    from: row.from_code,
    to: row.to_code,
    amount: row.amount,
    ...(row.from_lo === null ? {} : { fromLo: row.from_lo }),
    ...(row.to_lo === null ? {} : { toLo: row.to_lo }),
    ...(row.animal === null ? {} : { animal: row.animal }),
  }));
}
