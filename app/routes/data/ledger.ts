import { ledgerLines } from "#app/domain/open-data/ledger-lines.ts";
import { readMachineFilters } from "#app/i18n/filters.ts";
import { openAnswer, streamed } from "#app/requests/open-answer.ts";
import { servicesContext } from "#app/requests/services.ts";
import { ledgerFilter } from "#app/requests/ledger-filter.ts";
import type { Route } from "./+types/ledger";

/** `/data/v1/ledger.csv?kind=…&campaign=…`: the lines of the ledger that a filter of its page leaves, newest first. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { books, openData } = context.get(servicesContext);
  const { bom, ...asked } = readMachineFilters("ledger", url.searchParams);
  const head = await openData.head();
  const parts = ledgerLines(books, { filter: ledgerFilter(asked), head, mark: bom !== "0" });
  return openAnswer(await streamed(parts), "csv", head);
}
