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
import { supportedList } from "#app/requests/supported-list.ts";
import { ListSheet } from "#app/ui/lists/list-sheet.tsx";
import { SupportedSheet } from "#app/ui/lists/supported-sheet.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import type { Route } from "./+types/notice-sheet";

/** A list as a sheet with codes: the paper in the village has names, all else is the same. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const { version } = readFilters("noticeSheet", url.searchParams);
  const today = dayOf(services.now());
  const wanted = version === undefined ? undefined : Number(version);
  const list = await services.lists.public(params.notice, wanted, today);
  const { origin } = context.get(settingsContext);
  const locale = context.get(localeContext);
  if (!list) {
    // What was supported before lists were decided here is a sheet as it stands.
    const supported = await supportedList(
      services,
      params.notice,
      (notice) => origin + pathTo(locale, "notice", { notice }),
    );
    if (!supported || version !== undefined) {
      throw data({ code: "notice.not-found" }, { status: 404 });
    }
    const { address } = supported;
    return forRender({ sheet: null, supported, qr: services.qrPicture(address), address });
  }
  const view = await publicListView(services, list, today);
  const address = `${origin}${pathTo(locale, "notices")}?checksum=${view.checksum}`;
  return forRender({
    supported: null,
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
  const { sheet, supported, qr, address } = loaderData;
  if (sheet) return <ListSheet {...sheet} qr={qr} address={address} />;
  return supported ? <SupportedSheet {...supported} qr={qr} /> : null;
}
