import type { Sha256 } from "#app/domain/kernel/digest.ts";
import {
  keyDigest,
  type LaidOutEntry,
  leafHash,
  publicText,
  requestDigest,
} from "#app/domain/ledger/entry.ts";

import { MANY_ROWS, type RowParams } from "./row-params.ts";

/** What storing entries needs from outside the database. */
export interface EntryMaking {
  readonly sha256: Sha256;
  /** `bytes` random bytes as hex. */
  readonly randomHex: (bytes: number) => string;
}

/** Make the public bytes, leaf and digests of laid-out entries: parameters in the order of `insertEntries`. */
export function entryColumns(
  entries: readonly LaidOutEntry[],
  making: EntryMaking,
  { numbers, texts }: RowParams = MANY_ROWS,
): (string | null)[] {
  const salts = entries.map(() => making.randomHex(16));
  const published = entries.map((entry, at) =>
    publicText(entry, keyDigest(making.sha256, entry.draft.key, salts[at] ?? "")),
  );
  return [
    numbers(entries.map(({ number }) => number)),
    texts(entries.map(({ draft }) => draft.kind)),
    texts(entries.map(({ draft }) => draft.effectiveOn)),
    numbers(entries.map(({ recordedAt }) => recordedAt)),
    numbers(entries.map(({ movements }) => movements.length)),
    numbers(entries.map(({ draft }) => draft.reverses)),
    texts(entries.map(({ draft }) => draft.reason)),
    texts(entries.map(({ draft }) => draft.key)),
    texts(entries.map(({ draft }) => requestDigest(making.sha256, draft))),
    texts(salts),
    // Base64 has nothing that an array literal must escape; escaping JSON's quotes takes five times as long.
    texts(published.map((text) => Buffer.from(text, "utf8").toString("base64"))),
    texts(published.map((text) => leafHash(making.sha256, text))),
  ];
}

const ENTRY_TYPES = [
  "bigint",
  "text",
  "date",
  "bigint",
  "smallint",
  "bigint",
  "text",
  "text",
  "text",
  "text",
  "text",
  "text",
];

/** How many parameters `entryColumns` makes. */
export const ENTRY_PARAMS = ENTRY_TYPES.length;

/** `insert into entry` from the parameters beginning at `$first`; `where` limits it inside a larger statement. */
export function insertEntries(first: number, where = "true", rows = MANY_ROWS): string {
  return `insert into entry (number, kind, effective_on, recorded_at, legs, reverses, reason, idempotency_key, request_hash, key_salt, bytes, leaf_hash)
    select a.number, a.kind, a.effective_on, a.recorded_at, a.legs, a.reverses, a.reason, a.key,
           decode(a.request_hash, 'hex'), decode(a.salt, 'hex'), decode(a.bytes, 'base64'), decode(a.leaf, 'hex')
      from ${rows.from(first, ENTRY_TYPES)}
        as a(number, kind, effective_on, recorded_at, legs, reverses, reason, key, request_hash, salt, bytes, leaf)
     where ${where}`;
}

/** One row of `movement`, accounts by id. */
export interface MovementRow {
  readonly entry: number;
  readonly n: number;
  readonly fromId: number;
  readonly toId: number;
  readonly amount: bigint;
  readonly fromLo?: bigint;
  readonly toLo?: bigint;
  readonly animal?: string;
}

/** Parameters in the order of `insertMovements`. */
export function movementColumns(
  rows: readonly MovementRow[],
  { numbers, texts }: RowParams = MANY_ROWS,
): (string | null)[] {
  return [
    numbers(rows.map((row) => row.entry)),
    numbers(rows.map((row) => row.n)),
    numbers(rows.map((row) => row.fromId)),
    numbers(rows.map((row) => row.toId)),
    numbers(rows.map((row) => row.amount)),
    numbers(rows.map((row) => row.fromLo)),
    numbers(rows.map((row) => row.toLo)),
    texts(rows.map((row) => row.animal)),
  ];
}

const MOVEMENT_TYPES = [
  "bigint",
  "smallint",
  "integer",
  "integer",
  "bigint",
  "bigint",
  "bigint",
  "text",
];

/** How many parameters `movementColumns` makes. */
export const MOVEMENT_PARAMS = MOVEMENT_TYPES.length;

/** `insert into movement` from the parameters beginning at `$first`. */
export function insertMovements(first: number, where = "true", rows = MANY_ROWS): string {
  return `insert into movement (entry, n, from_account, to_account, amount, from_lo, to_lo, animal)
    select a.entry, a.n, a.from_account, a.to_account, a.amount, a.from_lo, a.to_lo, a.animal
      from ${rows.from(first, MOVEMENT_TYPES)}
        as a(entry, n, from_account, to_account, amount, from_lo, to_lo, animal)
     where ${where}`;
}
