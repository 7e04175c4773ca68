import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { readTypedDay } from "#app/domain/kernel/typed-day.ts";
import { NOTED_CHANNELS } from "#app/domain/objections/objection.ts";
import { noteObjection, subjectOfList } from "#app/domain/objections/open-objection.ts";
import { may } from "#app/domain/people/may.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { objectionTyped } from "#app/requests/objection-form.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { fieldOfProblem, ObjectionFields } from "#app/ui/objections/objection-fields.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/new-objection";

/** Choose a list, then note what came on paper, by phone or was said. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "objection.note");
  const services = context.get(servicesContext);
  const all = await services.objections.lists();
  const lists = all.filter((list) => may(person, "objection.note", subjectOfList(list)).ok);
  const asked = url.searchParams.get("list");
  return {
    lists,
    list: lists.find(({ list }) => list === asked),
    today: dayOf(services.now()),
    key: services.newId(),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "objection.note");
  const services = context.get(servicesContext);
  const form = await readForm(request);
  if (fieldOf(form, "intent") !== "note") throw data({ code: "form.broken" }, { status: 400 });
  const asked = {
    ...objectionTyped(form),
    list: fieldOf(form, "list", 40),
    channel: fieldOf(form, "channel", 20),
    on: fieldOf(form, "on", 20),
  };
  if (!/^[a-z2-7]{26}$/.test(asked.key)) throw data({ code: "form.broken" }, { status: 400 });
  const on = readTypedDay(asked.on) ?? "9999-12-31";
  const noted = await noteObjection(services, person, { ...asked, on });
  if (noted.ok) {
    return redirect(`${officePath("objection", { objection: noted.value.code })}?done=noted`, 303);
  }
  const { problem } = noted;
  refuseIfPerson(context, problem, "objection.note", { kind: "list", id: asked.list });
  const status = fieldOfProblem(problem.code) === null ? 409 : 422;
  return data({ typed: asked, problem: { ...problem } }, { status });
}

export default function NewObjectionPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-objections");
  const locale = useLocale();
  const { lists } = loaderData;
  const list = lists.find((one) => one.list === actionData?.typed.list) ?? loaderData.list;
  const crumbs = [[t("title"), OFFICE_PAGES.objections]] as const;
  if (!list) {
    return (
      <OfficePage title={t("note.title")} crumbs={crumbs} lead={t("note.choose")}>
        {lists.length === 0 ? (
          <p className="empty">{t("note.noList")}</p>
        ) : (
          <ul className="choice-list">
            {lists.map((one) => (
              <li key={one.list}>
                <a href={`?list=${one.list}`}>{one.list}</a>
                <span className="soft">
                  {locale === "vi" ? one.campaignTitleVi : one.campaignTitleEn}
                </span>
              </li>
            ))}
          </ul>
        )}
      </OfficePage>
    );
  }
  return (
    <OfficePage title={t("note.title")} eyebrow={list.list} crumbs={crumbs} lead={t("note.lead")}>
      <NoteForm loaded={loaderData} list={list} sent={actionData} />
    </OfficePage>
  );
}

type Loaded = Route.ComponentProps["loaderData"];

function NoteForm(props: {
  loaded: Loaded;
  list: Loaded["lists"][number];
  sent: Route.ComponentProps["actionData"];
}) {
  const { loaded, list, sent } = props;
  const { t } = useTranslation("office-objections");
  const locale = useLocale();
  const words = useTranslation("objections").t;
  const typed = sent?.typed;
  const wrong = sent && {
    id: fieldOfProblem(sent.problem.code),
    text: problemText(words, locale, sent.problem),
  };
  const at = (id: string) => (wrong?.id === id ? wrong.text : undefined);
  return (
    <FormCard
      id="note-objection"
      title={t("note.card")}
      intent="note"
      hidden={{ key: typed?.key ?? loaded.key, list: list.list }}
      problems={wrong ? [wrong] : []}
      submit={t("note.send")}
    >
      <SelectField
        id="objection-channel"
        name="channel"
        label={t("note.channel")}
        error={at("objection-channel")}
        defaultValue={typed?.channel ?? ""}
        empty={words("form.pick")}
        options={NOTED_CHANNELS.map((channel) => [channel, words(`channel.${channel}`)])}
      />
      <DayField
        id="objection-on"
        name="on"
        label={t("note.on")}
        error={at("objection-on")}
        defaultValue={typed?.on ?? loaded.today}
      />
      <ObjectionFields
        lines={list.lines}
        typed={typed ?? { line: "", ground: "", text: "", contact: "" }}
        wrong={wrong}
      />
    </FormCard>
  );
}
