import { ENTRY_KINDS } from "#app/domain/ledger/entry.ts";
import { GIFTS, type LedgerFilter } from "#app/domain/ledger-reading/ports.ts";

/** The filter of the ledger out of what an address asks for, read by `readFilters` or `readMachineFilters`. */
export function ledgerFilter(
  asked: Readonly<Partial<Record<keyof LedgerFilter, string>>>,
): LedgerFilter {
  const { kind: typed, ...rest } = asked;
  const kind = typed === GIFTS ? GIFTS : ENTRY_KINDS.find((known) => known === typed);
  return { ...(kind === undefined ? {} : { kind }), ...rest };
}
