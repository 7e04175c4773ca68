import { data } from "react-router";

import { csvOfList } from "#app/domain/office-lists/csv.ts";
import type { FileColumn, ListCell } from "#app/domain/office-lists/list.ts";
import type { SheetCell } from "#app/domain/kernel/sheet.ts";
import { OFFICE_LISTS } from "#app/domain/office-lists/registry.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeContext } from "#app/requests/locale.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import type { Route } from "./+types/export";

const TYPES = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A list of the office as a file, with the filters of its page: `/quan-tri/xuat/people.csv?role=commune-clerk`. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  await officeDoor(context, "office.enter");
  const [, name = "", format = ""] = /^([a-z-]{1,40})\.(csv|xlsx)$/.exec(params.list) ?? [];
  const list = OFFICE_LISTS.get(name);
  if (!list || (format !== "csv" && format !== "xlsx")) {
    throw data({ code: "list.unknown" }, { status: 404 });
  }
  const { person } = await officeDoor(context, list.act);
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const words = wordsFor(locale, "office-lists");
  const raw = await list.cells(services, person, Object.fromEntries(url.searchParams), locale);
  const rows = raw.map((cells) =>
    cells.map((cell, at) => worded(locale, cell, list.columns[at]?.words)),
  );
  const headings = list.columns.map((column) => words(`column.${name}.${column.name}`));
  const file = `${name}-${dayOf(services.now())}.${format}`;
  const body =
    format === "csv"
      ? csvOfList(headings, list.columns, rows)
      : await services.writeSheet({
          title: words(`title.${name}`),
          headings,
          rows: rows.map((cells) =>
            cells.map((cell, at) => sheetCell(cell, list.columns[at]?.type ?? "text")),
          ),
        });
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body.slice();
  return new Response(bytes, {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="${file}"`,
      "cache-control": "no-store",
    },
  });
}

export async function action({ context }: Route.ActionArgs) {
  await officeDoor(context, "office.enter");
  throw data({ code: "list.takes-no-form" }, { status: 405 });
}

/** Codes as words: several codes in one cell are separated by `; `. */
function worded(locale: "vi" | "en", cell: ListCell, words: string | undefined): ListCell {
  const [area, key] = words?.split(":") ?? [];
  if (!area || key === undefined || typeof cell !== "string") return cell;
  const t = wordsFor(locale, area);
  return cell
    .split("; ")
    .map((code) => t(key === "" ? code : `${key}.${code}`, { defaultValue: code }))
    .join("; ");
}

function sheetCell(cell: ListCell, type: FileColumn<never>["type"]): SheetCell {
  if (cell === null) return null;
  if (typeof cell === "string") return type === "day" ? { day: cell } : { text: cell };
  return type === "moment" ? { moment: Number(cell) } : { number: BigInt(cell) };
}
