import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { bodyOn, daysLateOn, dueOn } from "#app/domain/objections/objection.ts";
import { subjectOfList } from "#app/domain/objections/open-objection.ts";
import { may } from "#app/domain/people/may.ts";
import { day, money } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/objections";

/** Objections as far as the person reaches: open ones first, those due first. */
export async function loader({ context }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "objection.read");
  const services = context.get(servicesContext);
  const today = dayOf(services.now());
  const all = await services.objections.all();
  return forRender({
    rows: all
      .filter((one) => may(person, "objection.read", subjectOfList(one)).ok)
      .map((one) => ({
        ...one,
        at: bodyOn(one, today),
        late: daysLateOn(one, today),
        due: dueOn(one, today),
      })),
    notes: may(person, "objection.note").ok,
  });
}

export default function OfficeObjectionsPage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation("office-objections");
  const words = useTranslation("objections").t;
  const locale = useLocale();
  return (
    <OfficePage
      title={t("title")}
      lead={t("lead")}
      actions={
        loaderData.notes ? (
          <a className="button small" href={OFFICE_PAGES.newObjection}>
            {t("note.link")}
          </a>
        ) : undefined
      }
    >
      <DataList
        caption={t("title")}
        empty={t("none")}
        rows={loaderData.rows}
        rowKey={({ code }) => code}
        columns={columnsOf(t, words, locale)}
      />
    </OfficePage>
  );
}

type Row = Route.ComponentProps["loaderData"]["rows"][number];

function columnsOf(
  t: TFunction<"office-objections">,
  words: TFunction<"objections">,
  locale: Locale,
): ListColumn<Row>[] {
  return [
    {
      name: "code",
      title: t("columns.code"),
      cell: ({ code }) => <a href={officePath("objection", { objection: code })}>{code}</a>,
    },
    {
      name: "about",
      title: t("columns.about"),
      cell: ({ list, line }) => `${list} · ${line ?? words("facts.whole")}`,
    },
    {
      name: "ground",
      title: t("columns.ground"),
      cell: ({ ground }) => words(`ground.${ground}`),
    },
    {
      name: "state",
      title: t("columns.state"),
      cell: ({ state, late, outcome }) =>
        state === "open" ? (
          <State tone={late > 0 ? "bad" : "waiting"}>
            {late > 0 ? t("late", { count: late }) : t("state.open")}
          </State>
        ) : (
          <State tone={state === "upheld" ? "good" : "over"}>{t(`outcome.${outcome}`)}</State>
        ),
    },
    {
      name: "due",
      title: t("columns.due"),
      cell: ({ state, due, at, decidedOn }) =>
        state === "open" ? `${day(due)}, ${t(`at.${at}`)}` : day(decidedOn ?? due),
    },
    {
      name: "locked",
      title: t("columns.locked"),
      numeric: true,
      cell: ({ locked }) => (locked > 0n ? money(locale, locked) : ""),
    },
  ];
}
