import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { Meeting } from "#app/domain/lists/meeting.ts";
import { day, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { may } from "#app/domain/people/may.ts";
import { listCampaignsOf } from "#app/requests/list-desk.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/meetings";

export async function loader({ context }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "list.read");
  const services = context.get(servicesContext);
  const campaigns = await listCampaignsOf(services, person, "list.read");
  const held = await Promise.all(
    campaigns.flatMap(({ id, titleVi, titleEn, rounds }) =>
      rounds.map(async (round) =>
        (await services.lists.meetings(id, round)).map((meeting) => ({
          ...shown(meeting),
          title: { vi: titleVi, en: titleEn },
        })),
      ),
    ),
  );
  const meetings = held.flat().toSorted((a, b) => (a.onDay < b.onDay ? 1 : -1));
  return { meetings, records: may(person, "meeting.record").ok };
}

/** What a row says: nothing that tells who was elected. */
function shown({ id, village, round, onDay, called, present, quorate, repeats }: Meeting) {
  return { id, village, round, onDay, called, present, quorate, repeats: repeats !== null };
}

/** Village meetings, the newest first. */
export default function MeetingsPage({ loaderData }: Route.ComponentProps) {
  const { meetings, records } = loaderData;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  return (
    <OfficePage
      title={t("meetings.title")}
      lead={t("meetings.lead")}
      actions={
        records ? (
          <a className="button" href={OFFICE_PAGES.newMeeting}>
            {t("meetings.new")}
          </a>
        ) : null
      }
    >
      <DataList
        caption={t("meetings.title")}
        rows={meetings}
        rowKey={({ id }) => id}
        empty={t("meetings.none")}
        columns={columnsOf(t, locale)}
      />
    </OfficePage>
  );
}

type Row = Route.ComponentProps["loaderData"]["meetings"][number];

function columnsOf(t: TFunction<"office-road">, locale: Locale): ListColumn<Row>[] {
  return [
    {
      name: "village",
      title: t("village"),
      cell: (one) => (
        <a href={officePath("meeting", { meeting: one.id })}>
          {t("meetings.of", { village: one.village })}
        </a>
      ),
    },
    {
      name: "campaign",
      title: t("campaign"),
      cell: (one) => t("roundOf", { campaign: one.title[locale], round: one.round }),
    },
    { name: "on", title: t("day"), cell: (one) => day(one.onDay) },
    {
      name: "present",
      title: t("meetings.present"),
      numeric: true,
      cell: (one) =>
        t("meetings.presentOf", {
          present: number(locale, one.present),
          called: number(locale, one.called),
        }),
    },
    {
      name: "state",
      title: t("state"),
      cell: (one) => (
        <>
          <State tone={one.quorate ? "good" : "bad"}>
            {t(one.quorate ? "meetings.quorate" : "meetings.notQuorate")}
          </State>
          {one.repeats ? <span className="under">{t("meetings.repeated")}</span> : null}
        </>
      ),
    },
  ];
}
