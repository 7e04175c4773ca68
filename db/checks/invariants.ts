/** All invariants of the books, in the order in which they are shown. Those of one subject stand in a file of their own. */
import type { Invariant } from "./invariant.ts";
import { ACCOUNT_INVARIANTS } from "./invariants-accounts.ts";
import { ANIMAL_INVARIANTS } from "./invariants-animals.ts";
import { GIFT_INVARIANTS } from "./invariants-gifts.ts";
import { GUARD_INVARIANTS } from "./invariants-guards.ts";
import { LEDGER_INVARIANTS } from "./invariants-ledger.ts";
import { LIST_INVARIANTS } from "./invariants-lists.ts";
import { OFFICE_INVARIANTS } from "./invariants-office.ts";
import { ORDER_INVARIANTS } from "./invariants-orders.ts";
import { PAPER_INVARIANTS } from "./invariants-papers.ts";
import { TRAIL_INVARIANTS } from "./invariants-trail.ts";

export const INVARIANTS: readonly Invariant[] = [
  ...LEDGER_INVARIANTS,
  ...ACCOUNT_INVARIANTS,
  ...GIFT_INVARIANTS,
  ...PAPER_INVARIANTS,
  ...ANIMAL_INVARIANTS,
  ...ORDER_INVARIANTS,
  ...OFFICE_INVARIANTS,
  ...LIST_INVARIANTS,
  ...TRAIL_INVARIANTS,
  ...GUARD_INVARIANTS,
];
