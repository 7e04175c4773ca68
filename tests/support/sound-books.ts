/**
 * What must hold of a ledger whatever happened to it (ledger.md 4), worked out from its movements anew: nothing here uses
 * the stores or rules that wrote them, but for the pure traces, which the SQL traces must equal.
 */
import { createHash } from "node:crypto";

import { expect } from "vitest";

import { canonicalText } from "#app/domain/kernel/canonical.ts";
import type { Range } from "#app/domain/ledger/axis.ts";
import type { BookedMovement } from "#app/domain/ledger/movement.ts";
import { restingPieces, traceBack, traceForward } from "#app/domain/ledger/trace.ts";
import type { Db } from "#db/client.ts";
import { traceStore } from "#db/stores/trace.ts";

interface EntryRow {
  number: bigint;
  kind: string;
  effective_on: string;
  recorded_at: bigint;
  legs: number;
  reverses: bigint | null;
  idempotency_key: string;
  bytes: Uint8Array;
  leaf_hash: Uint8Array;
}

interface AccountRow {
  id: number;
  code: string;
  unit: string;
  axis: boolean;
  guarded: boolean;
  received: bigint | null;
  sent: bigint | null;
}

/** Everything a ledger holds, read at once. */
export interface Books {
  readonly nextEntry: bigint;
  readonly entries: readonly EntryRow[];
  readonly accounts: ReadonlyMap<string, AccountRow>;
  readonly movements: readonly BookedMovement[];
  readonly free: readonly { account: string; lo: bigint; hi: bigint | null }[];
  readonly donations: readonly {
    code: string;
    entry: bigint;
    account: string;
    lo: bigint;
    amount: bigint;
  }[];
  readonly animals: readonly {
    code: string;
    account: string | null;
    lo: bigint | null;
    price: bigint | null;
  }[];
}

/** Read the whole ledger. */
export async function readBooks(db: Db): Promise<Books> {
  const [head] = await db.rows<{ next: bigint }>(`select next_entry as next from ledger_head`);
  const accounts = await db.rows<AccountRow>(
    `select a.id, a.code, a.unit, a.axis, not a.may_be_negative as guarded, s.received, s.sent
       from account a left join account_state s on s.account_id = a.id`,
  );
  const movements = await db.rows<{
    entry: bigint;
    n: number;
    from: string;
    to: string;
    amount: bigint;
    fromLo: bigint | null;
    toLo: bigint | null;
    animal: string | null;
  }>(
    `select m.entry, m.n, f.code as "from", t.code as "to", m.amount, m.from_lo as "fromLo", m.to_lo as "toLo", m.animal
       from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account order by m.entry, m.n`,
  );
  return {
    nextEntry: head?.next ?? 0n,
    entries: await db.rows<EntryRow>(
      `select number, kind, effective_on::text as effective_on, recorded_at, legs, reverses, idempotency_key, bytes, leaf_hash
         from entry order by number`,
    ),
    accounts: new Map(accounts.map((account) => [account.code, account])),
    movements: movements.map(({ entry, fromLo, toLo, animal, ...plain }) => ({
      ...plain,
      entry: Number(entry),
      ...(fromLo === null ? {} : { fromLo }),
      ...(toLo === null ? {} : { toLo }),
      ...(animal === null ? {} : { animal }),
    })),
    free: await db.rows(
      `select a.code as account, r.lo, r.hi from free_range r join account a on a.id = r.account_id order by a.code, r.lo`,
    ),
    donations: await db.rows(
      `select d.code, d.entry, a.code as account, d.lo, d.amount from donation d join account a on a.id = d.account_id
        order by d.entry`,
    ),
    animals: await db.rows(
      `select n.code, a.code as account, n.lo, n.price from animal n left join account a on a.id = n.account_id order by n.code`,
    ),
  };
}

/** Everything that can be seen without following a trace. */
export function expectSound(books: Books): void {
  expectNumbered(books);
  expectBalanced(books);
  expectAxes(books);
  expectPublished(books);
  expectDonations(books);
}

function expectNumbered({ entries, nextEntry, movements }: Books): void {
  expect(entries.map(({ number }) => Number(number))).toEqual(entries.map((_, at) => at + 1));
  expect(nextEntry).toBe(BigInt(entries.length) + 1n);
  const legs = Map.groupBy(movements, ({ entry }) => entry);
  let last = 0n;
  for (const entry of entries) {
    const inOrder = entry.recorded_at >= last || entry.kind === "clock-corrected";
    expect(inOrder, `entry ${entry.number} is recorded before another`).toBe(true);
    last = entry.recorded_at;
    const own = legs.get(Number(entry.number)) ?? [];
    expect(own.map(({ n }) => n)).toEqual(Array.from({ length: entry.legs }, (_, n) => n));
  }
  expect(new Set(entries.map((entry) => entry.idempotency_key)).size).toBe(entries.length);
}

function expectBalanced({ accounts, movements }: Books): void {
  const sums = new Map([...accounts.keys()].map((code) => [code, { received: 0n, sent: 0n }]));
  for (const { from, to, amount, entry } of movements) {
    expect(amount > 0n).toBe(true);
    expect(accounts.get(from)?.unit).toBe(accounts.get(to)?.unit);
    sums.get(to)!.received += amount;
    const giver = sums.get(from)!;
    giver.sent += amount;
    if (accounts.get(from)?.guarded) {
      expect(giver.received >= giver.sent, `${from} below zero in entry ${entry}`).toBe(true);
    }
  }
  const units = new Map<string, bigint>();
  for (const [code, account] of accounts) {
    const { received, sent } = sums.get(code)!;
    units.set(account.unit, (units.get(account.unit) ?? 0n) + received - sent);
    const kept = account.guarded ? { received, sent } : { received: null, sent: null };
    expect({ code, received: account.received, sent: account.sent }).toEqual({ code, ...kept });
  }
  for (const [unit, sum] of units) expect([unit, sum]).toEqual([unit, 0n]);
}

function expectAxes({ accounts, movements, free }: Books): void {
  const stored = Map.groupBy(free, ({ account }) => account);
  for (const [code, { axis }] of accounts) {
    if (!axis) {
      expect(stored.has(code)).toBe(false);
      continue;
    }
    const here: Range[] = [];
    let head = 1n;
    for (const movement of movements) {
      if (movement.from === code) {
        expect(movement.fromLo).toBeDefined();
        takeOut(here, { lo: movement.fromLo!, length: movement.amount }, code);
      }
      if (movement.to === code) {
        expect([code, movement.toLo]).toEqual([code, head]);
        here.push({ lo: head, length: movement.amount });
        head += movement.amount;
      }
    }
    const ranges = (stored.get(code) ?? []).map(({ lo, hi }) => ({
      lo,
      length: (hi ?? head) - lo,
    }));
    expect([code, joined(ranges)]).toEqual([code, joined(here)]);
    expect(stored.get(code)?.filter(({ hi }) => hi === null)).toHaveLength(1);
  }
}

/** Take numbers away from where they are; they must be there, each once. */
function takeOut(here: Range[], gone: Range, code: string): void {
  let missing = gone.length;
  for (const [at, { lo, length }] of [...here.entries()].toReversed()) {
    const start = lo > gone.lo ? lo : gone.lo;
    const end = lo + length < gone.lo + gone.length ? lo + length : gone.lo + gone.length;
    if (end <= start) continue;
    missing -= end - start;
    const rest = [
      { lo, length: start - lo },
      { lo: end, length: lo + length - end },
    ];
    here.splice(at, 1, ...rest.filter((part) => part.length > 0n));
  }
  expect([code, gone, missing]).toEqual([code, gone, 0n]);
}

/** Sorted, without empty ones, neighbours made one. */
function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const range of ranges.toSorted((a, b) => (a.lo < b.lo ? -1 : 1))) {
    if (range.length === 0n) continue;
    const last = all.at(-1);
    if (last && last.lo + last.length === range.lo) {
      all[all.length - 1] = { lo: last.lo, length: last.length + range.length };
    } else {
      all.push(range);
    }
  }
  return all;
}

function expectPublished({ entries, movements, accounts }: Books): void {
  const legs = Map.groupBy(movements, ({ entry }) => entry);
  for (const row of entries) {
    const leaf = createHash("sha256").update(Buffer.of(0)).update(row.bytes).digest("hex");
    expect(Buffer.from(row.leaf_hash).toString("hex")).toBe(leaf);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(row.bytes);
    const told = JSON.parse(text) as Record<string, never>;
    expect(canonicalText(told)).toBe(text);
    expect(told).toMatchObject({
      v: 1,
      entry: Number(row.number),
      kind: row.kind,
      effective: row.effective_on,
      recorded: Number(row.recorded_at),
    });
    expect(told["reverses"] ?? null).toBe(row.reverses === null ? null : Number(row.reverses));
    expect(told["movements"]).toEqual(
      (legs.get(Number(row.number)) ?? []).map(({ from, to, amount, fromLo, toLo, animal }) => ({
        from,
        to,
        unit: accounts.get(to)?.unit,
        amount: Number(amount),
        ...(fromLo === undefined ? {} : { fromLo: Number(fromLo) }),
        ...(toLo === undefined ? {} : { toLo: Number(toLo) }),
        ...(animal === undefined ? {} : { animal }),
      })),
    );
  }
}

function expectDonations({ donations, movements }: Books): void {
  const first = new Map(movements.filter(({ n }) => n === 0).map((one) => [one.entry, one]));
  for (const { entry, account, lo, amount } of donations) {
    expect(first.get(Number(entry))).toMatchObject({ to: account, toLo: lo, amount });
  }
  expect(new Set(donations.map(({ code }) => code)).size).toBe(donations.length);
}

/** Forward from every gift and back from every animal: in SQL as in memory, and whole. */
export async function expectTraced(db: Db, books: Books): Promise<void> {
  const { movements, donations, animals } = books;
  const { forward, back } = traceStore(db);
  for (const { account, lo, amount: length } of donations) {
    const pieces = traceForward(movements, account, { lo, length });
    expect(await forward(account, { lo, length })).toEqual(pieces);
    expectWhole(restingPieces(pieces), length);
  }
  for (const { account, lo, price } of animals) {
    if (account === null || lo === null || price === null) continue;
    const pieces = traceBack(movements, account, { lo, length: price });
    expect(await back(account, { lo, length: price })).toEqual(pieces);
    const origins = pieces.filter((piece) => piece.lo === undefined);
    expectWhole(
      origins.toSorted((a, b) => (a.offset < b.offset ? -1 : 1)),
      price,
    );
    for (const origin of origins) expect(books.accounts.get(origin.account)?.guarded).toBe(false);
  }
}

/** The pieces lie side by side from 0 to `length`. */
function expectWhole(pieces: readonly { offset: bigint; amount: bigint }[], length: bigint): void {
  let at = 0n;
  for (const { offset, amount } of pieces) {
    expect(offset).toBe(at);
    at += amount;
  }
  expect(at).toBe(length);
}
