import { type Head, type HeadStore } from "#app/domain/transparency/seal.ts";

import type { Db } from "../client.ts";
import { type ForkedHead, keepHead } from "./keep-head.ts";
import { sweep, type Swept } from "./sweep.ts";

/** What sealing the books did. */
export interface Sealed extends Swept {
  /** The head that was kept outside just now. */
  readonly kept?: Head;
  /** Why none was kept: what was kept before is not in this chain. */
  readonly forked?: ForkedHead;
}

/** Seal what came since the last time and keep the head of it outside the database. */
export async function sealBooks(db: Db, now: () => number, heads: HeadStore): Promise<Sealed> {
  const swept = await sweep(db, now);
  const head = await keepHead(db, heads);
  if (head === undefined) return swept;
  return "code" in head ? { ...swept, forked: head } : { ...swept, kept: head };
}
