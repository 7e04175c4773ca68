import { data } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { readFilters } from "#app/i18n/filters.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";
import { number } from "#app/i18n/formats.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { publicListView } from "#app/requests/public-list.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { supportedList } from "#app/requests/supported-list.ts";
import { PublicListPage } from "#app/ui/lists/public-list.tsx";
import { SupportedSheet } from "#app/ui/lists/supported-sheet.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import type { Route } from "./+types/notice";

/** A decided list; where none was decided here, the households that its round supported. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const { lists, qrPicture, now } = services;
  const { origin } = context.get(settingsContext);
  const locale = context.get(localeContext);
  const { version } = readFilters("notice", url.searchParams);
  const today = dayOf(now());
  const wanted = version === undefined ? undefined : Number(version);
  const list = await lists.public(params.notice, wanted, today);
  if (list) {
    const view = await publicListView(services, list, today);
    const checked = `${origin}${pathTo(locale, "notices")}?checksum=${view.checksum}`;
    return forRender({ view, qr: qrPicture(checked), supported: null });
  }
  const supported =
    version === undefined
      ? await supportedList(
          services,
          params.notice,
          (notice) => origin + pathTo(locale, "notice", { notice }),
        )
      : undefined;
  if (!supported) throw data({ code: "notice.not-found" }, { status: 404 });
  return forRender({ view: null, qr: qrPicture(supported.address), supported });
}

export function meta({ location, loaderData }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const t = wordsFor(locale, "notices");
  if (loaderData?.view) {
    const { view } = loaderData;
    const words = wordsFor(locale, "lists");
    const said = {
      households: number(locale, view.totals.households),
      commune: placeInSentence(locale, view.campaign.communeName),
      round: view.round,
    };
    return pageMeta(words(`heading.${view.campaign.species}`, said), words("description", said));
  }
  if (!loaderData?.supported) return pageMeta(t("title"), t("description"));
  const { file } = loaderData.supported;
  const campaign = locale === "vi" ? file.titleVi : file.titleEn;
  return pageMeta(
    t("list", { campaign, round: file.round }),
    t("one.description", { campaign, round: file.round, households: file.households }),
  );
}

export default function NoticePage({ loaderData }: Route.ComponentProps) {
  const { view, supported, qr } = loaderData;
  if (view) return <PublicListPage view={view} qr={qr} />;
  return supported ? <SupportedSheet {...supported} qr={qr} /> : null;
}
