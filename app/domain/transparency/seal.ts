/**
 * What is said about the whole database at a moment, in bytes that never change:
 *
 *   book's id ──> seal 1 ──> seal 2 ──> ... ──> seal n      hash = SHA-256(hash before | body), each body names its parts
 *                                                  │
 *                                                  └──> head: hash, number of entries and their root, trail; signed, kept outside
 *
 * A head that was ever kept must be found again in the chain: whoever takes away, exchanges or restores, cannot hide it from
 * somebody who holds one head.
 */
import { type Canonical, canonicalText } from "../kernel/canonical.ts";
import type { Seconds } from "../kernel/calendar.ts";

/** Rows of one table between two positions, the first of them not included. */
export interface SealedPart {
  readonly table: string;
  /** Which columns the digest is made of. */
  readonly shape: string;
  readonly above: number;
  readonly upTo: number;
  readonly rows: number;
  /** SHA-256 over the digests of the rows in the order of their bytes, hex. */
  readonly digest: string;
}

/** Up to where the rows of a table are sealed, with the columns of `shape`. */
export interface Reached {
  readonly shape: string;
  readonly upTo: number;
}

/** What one seal says. */
export interface SealBody {
  readonly v: 1;
  /** Id of the book, a UUID. */
  readonly book: string;
  readonly n: number;
  readonly at: Seconds;
  /** Entries in the tree. */
  readonly entries: number;
  /** RFC 6962 root over their leaf hashes, base64. */
  readonly root: string;
  /** The last line of the audit trail and its hash (hex). */
  readonly audit: { readonly n: number; readonly hash: string };
  readonly reached: Readonly<Record<string, Reached>>;
  readonly parts: readonly SealedPart[];
}

/** What leaves the database: enough to hold it to what it said, and nothing that tells of a person. */
export interface Head {
  readonly v: 1;
  readonly book: string;
  readonly seal: number;
  /** Hash of the seal, hex. */
  readonly hash: string;
  readonly at: Seconds;
  readonly entries: number;
  readonly root: string;
  readonly audit: { readonly n: number; readonly hash: string };
}

/** A head as it was kept. */
export interface KeptHead {
  readonly head: Head;
  /** The signature under it is that of the key that is kept with it. */
  readonly genuine: boolean;
}

/** Said by an administrator who brought an older state back: heads above `seal` kept before are not asked for any more. */
export interface Restored {
  readonly seal: number;
  readonly at: Seconds;
  readonly genuine: boolean;
}

/** Heads of books, kept where the database's administrator alone cannot change them. */
export interface HeadStore {
  /** Heads kept of the book above a seal, and what was said about bringing an older state back, in the order of keeping. */
  kept(
    book: string,
    above: number,
  ): Promise<{ heads: readonly KeptHead[]; restored: readonly Restored[] }>;
  /** The newest head kept of the book. */
  last(book: string): Promise<KeptHead | undefined>;
  keep(head: Head): Promise<void>;
  keepRestored(book: string, seal: number, at: Seconds): Promise<void>;
}

/** The bytes of a seal as text: canonical JSON, which is stored and hashed. */
export function sealText(body: SealBody): string {
  return canonicalText(body as unknown as Canonical);
}

/** The bytes of a head as text: canonical JSON, which is signed. */
export function headText(head: Head): string {
  return canonicalText(head as unknown as Canonical);
}

/** The head that a seal makes, `hash` being the seal's own (hex). */
export function headOf({ book, n, at, entries, root, audit }: SealBody, hash: string): Head {
  return { v: 1, book, seal: n, hash, at, entries, root, audit };
}
