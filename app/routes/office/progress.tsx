import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { may } from "#app/domain/people/may.ts";
import { type Lateness, latenessOf } from "#app/domain/progress/lateness.ts";
import type { OwingCampaign } from "#app/domain/progress/ports.ts";
import { day } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/middleware/for-render.ts";
import { servicesContext } from "#app/middleware/services.ts";
import { officeDoor } from "#app/middleware/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { LatenessState } from "#app/ui/office/lateness-state.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/progress";

interface Line {
  readonly campaign: OwingCampaign;
  readonly lateness: Lateness;
}

/** Worst first. */
const ORDER: readonly Lateness["is"][] = ["held-up", "late", "in-time", "done", "not-asked"];

/** Which campaigns owe a progress statement: those the person may read, the latest first. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "campaign.read");
  const services = context.get(servicesContext);
  const today = dayOf(services.now());
  const state = url.searchParams.get("state") ?? "";
  const all = await services.progress.owing();
  const lines = all
    .filter(
      ({ communes, district }) =>
        may(person, "campaign.read", { communes, district }).ok ||
        may(person, "progress.file", { communes, district }).ok,
    )
    .map((campaign): Line => ({ campaign, lateness: latenessOf(campaign, today) }))
    .filter(({ lateness }) => state === "" || lateness.is === state)
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.lateness.is) - ORDER.indexOf(b.lateness.is) ||
        dueOf(a).localeCompare(dueOf(b)) ||
        a.campaign.id.localeCompare(b.campaign.id),
    );
  return forRender({ lines, state });
}

function dueOf({ lateness }: Line): string {
  return "dueOn" in lateness ? lateness.dueOn : "";
}

export default function OfficeProgressPage({ loaderData }: Route.ComponentProps) {
  const { lines, state } = loaderData;
  const { t } = useTranslation("office-twinning");
  const locale = useLocale();
  return (
    <OfficePage title={t("progress.title")} lead={t("progress.lead")}>
      <DataList<Line>
        caption={t("progress.title")}
        rows={lines}
        rowKey={({ campaign }) => campaign.id}
        empty={t("progress.none")}
        filters={[
          {
            name: "state",
            label: t("progress.state"),
            value: state,
            options: ORDER.map((one) => [one, t(`progress.is.${one}`)] as const),
          },
        ]}
        columns={columnsOf(t, locale)}
      />
    </OfficePage>
  );
}

function columnsOf(t: TFunction, locale: Locale): ListColumn<Line>[] {
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
      cell: ({ campaign }) => campaign.commune.fullName,
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
