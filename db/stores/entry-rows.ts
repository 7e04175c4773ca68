import type { Sha256 } from "#app/domain/kernel/digest.ts";
import {
  keyDigest,
  type LaidOutEntry,
  leafHash,
  publicText,
  requestDigest,
} from "#app/domain/ledger/entry.ts";

import { numberArray, textArray } from "./pg-arrays.ts";

/** What storing entries needs from outside the database. */
export interface EntryMaking {
  readonly sha256: Sha256;
  /** `bytes` random bytes as hex. */
  readonly randomHex: (bytes: number) => string;
}

/** Make the public bytes, leaf and digests of laid-out entries: array parameters in the order of `insertEntries`. */
export function entryColumns(entries: readonly LaidOutEntry[], making: EntryMaking): string[] {
  const salts = entries.map(() => making.randomHex(16));
  const texts = entries.map((entry, at) =>
    publicText(entry, keyDigest(making.sha256, entry.draft.key, salts[at] ?? "")),
  );
  return [
    numberArray(entries.map(({ number }) => number)),
    textArray(entries.map(({ draft }) => draft.kind)),
    textArray(entries.map(({ draft }) => draft.effectiveOn)),
    numberArray(entries.map(({ recordedAt }) => recordedAt)),
    numberArray(entries.map(({ movements }) => movements.length)),
    numberArray(entries.map(({ draft }) => draft.reverses)),
    textArray(entries.map(({ draft }) => draft.reason)),
    textArray(entries.map(({ draft }) => draft.key)),
    textArray(entries.map(({ draft }) => requestDigest(making.sha256, draft))),
    textArray(salts),
    textArray(texts),
    textArray(texts.map((text) => leafHash(making.sha256, text))),
  ];
}

/** How many parameters `entryColumns` makes. */
export const ENTRY_PARAMS = 12;

/** `insert into entry` from the parameters beginning at `$first`; `where` limits it inside a larger statement. */
export function insertEntries(first: number, where = "true"): string {
  const p = (n: number, type: string) => `($${first + n}::text)::${type}[]`;
  return `insert into entry (number, kind, effective_on, recorded_at, legs, reverses, reason, idempotency_key, request_hash, key_salt, bytes, leaf_hash)
    select a.number, a.kind, a.effective_on, a.recorded_at, a.legs, a.reverses, a.reason, a.key,
           decode(a.request_hash, 'hex'), decode(a.salt, 'hex'), convert_to(a.bytes, 'UTF8'), decode(a.leaf, 'hex')
      from unnest(${p(0, "bigint")}, ${p(1, "text")}, ${p(2, "date")}, ${p(3, "bigint")}, ${p(4, "smallint")}, ${p(5, "bigint")},
                  ${p(6, "text")}, ${p(7, "text")}, ${p(8, "text")}, ${p(9, "text")}, ${p(10, "text")}, ${p(11, "text")})
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

/** Eight array parameters in the order of `insertMovements`. */
export function movementColumns(rows: readonly MovementRow[]): string[] {
  return [
    numberArray(rows.map((row) => row.entry)),
    numberArray(rows.map((row) => row.n)),
    numberArray(rows.map((row) => row.fromId)),
    numberArray(rows.map((row) => row.toId)),
    numberArray(rows.map((row) => row.amount)),
    numberArray(rows.map((row) => row.fromLo)),
    numberArray(rows.map((row) => row.toLo)),
    textArray(rows.map((row) => row.animal)),
  ];
}

/** How many parameters `movementColumns` makes. */
export const MOVEMENT_PARAMS = 8;

/** `insert into movement` from the parameters beginning at `$first`. */
export function insertMovements(first: number, where = "true"): string {
  const p = (n: number, type: string) => `($${first + n}::text)::${type}[]`;
  return `insert into movement (entry, n, from_account, to_account, amount, from_lo, to_lo, animal)
    select a.entry, a.n, a.from_account, a.to_account, a.amount, a.from_lo, a.to_lo, a.animal
      from unnest(${p(0, "bigint")}, ${p(1, "smallint")}, ${p(2, "integer")}, ${p(3, "integer")}, ${p(4, "bigint")},
                  ${p(5, "bigint")}, ${p(6, "bigint")}, ${p(7, "text")})
        as a(entry, n, from_account, to_account, amount, from_lo, to_lo, animal)
     where ${where}`;
}
