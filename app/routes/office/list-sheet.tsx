import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { checksumOf } from "#app/domain/lists/checksum.ts";
import { totalsOf } from "#app/domain/lists/list-version.ts";
import { noticeOf } from "#app/domain/lists/notice.ts";
import { subjectOfList } from "#app/domain/lists/place.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { pathTo } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { listDesk } from "#app/requests/list-desk.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { ListSheet } from "#app/ui/lists/list-sheet.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import type { Route } from "./+types/list-sheet";

/** The sheet with names that hangs in the village: each name shown is a look in the trail. */
export async function loader({ context, params }: Route.LoaderArgs) {
  await officeDoor(context, "list.sheet");
  const services = context.get(servicesContext);
  const { list, campaign } = await listDesk(services, params.list);
  const { person, grant } = await officeDoor(context, "list.sheet", subjectOfList(campaign));
  const today = dayOf(services.now());
  const file = await services.lists.public(list, undefined, today);
  if (!file) throw data({ code: "list.unknown" }, { status: 404 });
  const { version, lines, notices, office } = file;
  const names = await services.registerNames.ofRegistrations(
    lines.map(({ registration }) => registration),
    { person, grant, act: "list.sheet", purpose: "sheet" },
  );
  const opened = names.ok ? names.value : new Map<string, { readonly name: string }>();
  const supported = lines.filter(({ reserve }) => !reserve).length;
  const rows = lines.map(
    ({ registration, code, village, category, heads, amount, reserve }, at) => ({
      code,
      village,
      category,
      heads,
      amount,
      reserve,
      nth: at + 1 - supported,
      name: opened.get(registration)?.name ?? "",
    }),
  );
  const checksum = version.checksum ?? "";
  const sheetNumber = version.sheetNumber ?? "";
  const now = checksumOf(services.sha256, {
    list,
    version: version.version,
    sheet: sheetNumber,
    lines: rows,
  });
  const notice = noticeOf(notices, version.version);
  const address = `${context.get(settingsContext).origin}${pathTo("vi", "notices")}?checksum=${checksum}`;
  return forRender({
    list,
    keyLost: !names.ok,
    /** A name was corrected or erased since the decision: this sheet is another one than was decided. */
    changed: names.ok && now !== checksum,
    sheet: {
      names: true,
      rows,
      sheetNumber,
      checksum,
      office,
      campaign,
      round: version.round,
      version: version.version,
      decidedOn: version.decidedOn ?? "",
      decisionNumber: version.decisionNumber ?? "",
      entry: version.entry ?? 0,
      totals: totalsOf(lines),
      notice: notice ? { fromDay: notice.fromDay, toDay: notice.toDay } : null,
      list,
    },
    qr: services.qrPicture(address),
    address,
  });
}

export default function OfficeListSheet({ loaderData }: Route.ComponentProps) {
  const { list, sheet, qr, address, keyLost, changed } = loaderData;
  const { t } = useTranslation("office-road");
  return (
    <OfficePage
      title={t("sheet.named")}
      lead={t("sheet.lead")}
      crumbs={[
        [t("lists.title"), OFFICE_PAGES.lists],
        [list, officePath("list", { list })],
      ]}
    >
      {keyLost ? <p className="notice bad">{t("keyLost")}</p> : null}
      {changed ? <p className="notice bad">{t("sheet.changed")}</p> : null}
      {keyLost || changed ? null : <ListSheet {...sheet} qr={qr} address={address} />}
    </OfficePage>
  );
}
