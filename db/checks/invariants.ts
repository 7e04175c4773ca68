/** All invariants of the books, in the order in which they are shown. Those of one subject stand in a file of their own. */
import type { Invariant } from "./invariant.ts";
import { GUARD_INVARIANTS } from "./invariants-guards.ts";
import { LEDGER_INVARIANTS } from "./invariants-ledger.ts";

export const INVARIANTS: readonly Invariant[] = [...LEDGER_INVARIANTS, ...GUARD_INVARIANTS];
