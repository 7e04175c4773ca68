import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import {
  LATENESS_ORDER,
  progressList,
  type ProgressRow,
} from "#app/domain/office-lists/progress.ts";
import { day } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn, ListFiles } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { LatenessState } from "#app/ui/office/lateness-state.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/progress";

/** Which campaigns owe a progress statement: those the person may read, the latest first. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "campaign.read");
  const state = url.searchParams.get("state") ?? "";
  const lines = await progressList.rows(context.get(servicesContext), person, { state });
  return forRender({ lines, state });
}

export default function OfficeProgressPage({ loaderData }: Route.ComponentProps) {
  const { lines, state } = loaderData;
  const { t } = useTranslation("office-twinning");
  const locale = useLocale();
  return (
    <OfficePage title={t("progress.title")} lead={t("progress.lead")}>
      <p>
        {t("progress.files")} <ListFiles list="statements" />
      </p>
      <DataList<ProgressRow>
        caption={t("progress.title")}
        rows={lines}
        rowKey={({ campaign }) => campaign.id}
        empty={t("progress.none")}
        filters={[
          {
            name: "state",
            label: t("progress.state"),
            value: state,
            options: LATENESS_ORDER.map((one) => [one, t(`progress.is.${one}`)] as const),
          },
        ]}
        exported="progress"
        columns={columnsOf(t, locale)}
      />
    </OfficePage>
  );
}

function columnsOf(t: TFunction<"office-twinning">, locale: Locale): ListColumn<ProgressRow>[] {
  return [
    {
      name: "campaign",
      title: t("progress.campaign"),
      cell: ({ campaign }) => (
        <a href={officePath("progressOf", { campaign: campaign.id })}>
          {campaign.title[locale] || campaign.title.vi}
        </a>
      ),
    },
    {
      name: "commune",
      title: t("progress.commune"),
      cell: ({ campaign }) => placeName(locale, campaign.commune.fullName),
    },
    {
      name: "filed",
      title: t("progress.filedOn"),
      numeric: true,
      cell: ({ campaign: { progress } }) =>
        progress.filedOn === null ? t("progress.never") : day(progress.filedOn),
    },
    {
      name: "due",
      title: t("progress.dueOn"),
      numeric: true,
      cell: ({ lateness }) => ("dueOn" in lateness ? day(lateness.dueOn) : "–"),
    },
    {
      name: "state",
      title: t("progress.state"),
      cell: ({ lateness }) => <LatenessState lateness={lateness} />,
    },
  ];
}
