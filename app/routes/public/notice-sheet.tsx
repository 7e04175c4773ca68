import { data } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { readFilters } from "#app/i18n/filters.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { publicListView } from "#app/requests/public-list.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { ListSheet } from "#app/ui/lists/list-sheet.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import type { Route } from "./+types/notice-sheet";

/** A list as a sheet with codes: the paper in the village has names, all else is the same. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const { version } = readFilters("noticeSheet", url.searchParams);
  const today = dayOf(services.now());
  const wanted = version === undefined ? undefined : Number(version);
  const list = await services.lists.public(params.notice, wanted, today);
  if (!list) throw data({ code: "notice.not-found" }, { status: 404 });
  const view = await publicListView(services, list, today);
  const address = `${context.get(settingsContext).origin}${pathTo(context.get(localeContext), "notices")}?checksum=${view.checksum}`;
  return forRender({
    sheet: {
      ...view,
      names: false,
      sheetNumber: null,
      rows: view.lines.map(({ code, village, heads, amount, reserve, nth }) => ({
        code,
        village,
        heads,
        amount,
        reserve,
        nth,
        name: null,
        category: null,
      })),
    },
    qr: services.qrPicture(address),
    address,
  });
}

export function meta({ location, params }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "lists");
  return pageMeta(t("sheet.metaTitle", { list: params.notice }), t("sheet.metaText"));
}

export default function NoticeSheetPage({ loaderData }: Route.ComponentProps) {
  return <ListSheet {...loaderData.sheet} qr={loaderData.qr} address={loaderData.address} />;
}
