import { dayOf } from "#app/domain/kernel/calendar.ts";
import { BYTE_ORDER_MARK, csvText } from "#app/domain/open-data/csv.ts";
import { notPublished, openAnswer } from "#app/requests/open-answer.ts";
import { publicListView } from "#app/requests/public-list.ts";
import { servicesContext } from "#app/requests/services.ts";
import type { Route } from "./+types/list-lines";

const COLUMNS = ["list", "version", "code", "village", "heads", "amount", "reserve", "state"];

/** `/data/v1/lists/LD1-r1-2.csv`: the lines of a version of a list, as its page tells them. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const [, list, version] =
    /^([A-Za-z0-9.-]{1,44}-[rR]\d{1,3})-([1-9]\d{0,2})\.csv$/.exec(params.file) ?? [];
  const today = dayOf(services.now());
  const found =
    list === undefined ? undefined : await services.lists.public(list, Number(version), today);
  if (!found) return notPublished({ code: "list.unknown", file: params.file.slice(0, 60) });
  const view = await publicListView(services, found, today);
  const lines = view.lines.map(({ code, village, heads, amount, reserve, state }) =>
    [
      csvText(view.list),
      view.version,
      csvText(code),
      village === null ? "" : csvText(village),
      heads,
      amount,
      reserve,
      csvText(state),
    ].join(","),
  );
  const head = await services.openData.head();
  const text = [COLUMNS.join(","), ...lines].map((line) => `${line}\r\n`).join("");
  return openAnswer(BYTE_ORDER_MARK + text, "csv", head);
}
