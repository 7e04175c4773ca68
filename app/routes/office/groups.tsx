import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { subjectOfGroup } from "#app/domain/groups/draft-group.ts";
import type { OfficeGroup } from "#app/domain/groups/ports.ts";
import { may } from "#app/domain/people/may.ts";
import { day, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/groups";

/** Foundings of groups as far as the person reaches, drafts first. */
export async function loader({ context }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "list.read");
  const { groups } = context.get(servicesContext);
  const all = await groups.all();
  return forRender({
    rows: all.filter((one) => may(person, "list.read", subjectOfGroup(one)).ok),
    drafts: may(person, "group.draft").ok,
  });
}

export default function OfficeGroupsPage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation("office-groups");
  const locale = useLocale();
  return (
    <OfficePage
      title={t("title")}
      lead={t("lead")}
      actions={
        loaderData.drafts ? (
          <a className="button small" href={OFFICE_PAGES.newGroup}>
            {t("new.link")}
          </a>
        ) : undefined
      }
    >
      <DataList
        caption={t("title")}
        empty={t("none")}
        rows={loaderData.rows}
        rowKey={({ groupId }) => groupId}
        columns={columnsOf(t, locale)}
      />
    </OfficePage>
  );
}

function columnsOf(t: TFunction<"office-groups">, locale: Locale): ListColumn<OfficeGroup>[] {
  return [
    {
      name: "group",
      title: t("columns.group"),
      cell: (one) => (
        <a href={officePath("group", { group: one.groupId })}>
          {one.groupId} · {locale === "vi" ? one.nameVi : one.nameEn}
        </a>
      ),
    },
    { name: "list", title: t("columns.list"), cell: ({ list }) => list },
    {
      name: "members",
      title: t("columns.members"),
      numeric: true,
      cell: ({ members }) => number(locale, members.length),
    },
    {
      name: "signed",
      title: t("columns.signed"),
      numeric: true,
      cell: ({ committed }) => number(locale, committed.length),
    },
    {
      name: "state",
      title: t("columns.state"),
      cell: ({ state, decidedOn }) =>
        state === "drafted" ? (
          <State tone="waiting">{t("state.drafted")}</State>
        ) : (
          <State tone="good">{t("state.decided", { day: day(decidedOn ?? "") })}</State>
        ),
    },
  ];
}
