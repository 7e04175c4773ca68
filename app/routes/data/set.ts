import { openSheet } from "#app/domain/open-data/open-sheet.ts";
import { publishSet } from "#app/domain/open-data/publish-set.ts";
import { fileAsked, SET_NAMES } from "#app/domain/open-data/sets.ts";
import { readMachineFilters } from "#app/i18n/filters.ts";
import { notPublished, openAnswer, streamed } from "#app/requests/open-answer.ts";
import { servicesContext } from "#app/requests/services.ts";
import type { Route } from "./+types/set";

/**
 * `/data/v1/<table>.csv`, `.json` and `.xlsx`: a published table. A CSV begins with the byte order mark, which
 * spreadsheets need; `?bom=0` is without it.
 */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const asked = fileAsked(params.file);
  if (!asked) return notPublished({ code: "data.unknown-set", sets: SET_NAMES });
  const { openData, writeSheet } = context.get(servicesContext);
  const head = await openData.head();
  const { set, format } = asked;
  if (format === "xlsx") {
    const sheet = await openSheet(openData, { set, head });
    if (!sheet) return notPublished({ code: "data.too-long-for-xlsx", csv: `/data/v1/${set}.csv` });
    return openAnswer((await writeSheet(sheet)).slice(), "xlsx", head);
  }
  const mark = readMachineFilters("table", url.searchParams).bom !== "0";
  const parts = publishSet(openData, { set, format, head, mark });
  return openAnswer(await streamed(parts), format, head);
}
