import type { IntakeGift } from "#app/domain/ledger/intake.ts";

import type { Db } from "../client.ts";

/** Write a gateway payment's final state; refused as a unique violation where it has one. `at`: UTC seconds. */
export function insertOutcome(
  rows: Db["rows"],
  outcome: NonNullable<IntakeGift["outcome"]>,
  at: number,
): Promise<unknown> {
  return rows(
    `insert into payment_outcome (ref, state, provider_code, provider_transaction, inbox, at)
     values ($1, 'paid', $2, $3, $4, $5)`,
    [outcome.ref, outcome.providerCode, outcome.providerTransaction ?? null, outcome.inbox, at],
  );
}
