import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { pageOf } from "#app/domain/office-lists/list.ts";
import { peopleList, type PersonRow } from "#app/domain/office-lists/people.ts";
import { enrolPerson } from "#app/domain/people/keep-person.ts";
import type { EmailProblem } from "#app/domain/kernel/email.ts";
import { may } from "#app/domain/people/may.ts";
import { ROLES } from "#app/domain/people/role.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/people";

/** Everybody with an account of the office and what they hold. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "people.read");
  const query = Object.fromEntries(url.searchParams);
  const rows = await peopleList.rows(context.get(servicesContext), person, query);
  const mayEnrol = may(person, "person.keep").ok;
  const enrolling = mayEnrol && url.searchParams.has("invite");
  const sort = peopleList.sorts(query);
  return forRender({ query, sort, list: pageOf(rows, query), mayEnrol, enrolling });
}

/** Invite somebody: an account, and a letter with the link that sets its password. */
export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "person.keep");
  const form = await readForm(request);
  const text = (name: string) => fieldOf(form, name, 200).trim();
  if (text("intent") !== "enrol") throw data({ code: "form.broken" }, { status: 400 });
  const typed = {
    name: text("name"),
    email: text("email"),
    locale: text("locale") === "en" ? ("en" as const) : ("vi" as const),
  };
  const enrolled = await enrolPerson(context.get(servicesContext), person, typed);
  if (enrolled.ok) {
    const page = officePath("person", { person: enrolled.value.person });
    return redirect(`${page}?done=invited`, 303);
  }
  const problem: typeof enrolled.problem = enrolled.problem;
  refuseIfPerson(context, problem, "person.keep", undefined);
  return data({ typed, code: problem.code }, { status: 422 });
}

export default function PeoplePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-people");
  const role = useTranslation("office-frame").t;
  const { query, list } = loaderData;
  return (
    <OfficePage
      title={t("people.title")}
      lead={t("people.lead")}
      actions={
        loaderData.mayEnrol && !loaderData.enrolling && !actionData ? (
          <a className="button small" href="?invite=1">
            {t("people.invite")}
          </a>
        ) : null
      }
    >
      {loaderData.enrolling || actionData ? (
        <EnrolForm typed={actionData?.typed} code={actionData?.code} />
      ) : null}
      <DataList
        caption={t("people.title")}
        rows={list.rows}
        rowKey={(row) => row.id}
        columns={useColumns()}
        paging={list}
        sort={loaderData.sort}
        exported="people"
        empty={t("people.empty")}
        filters={[
          { name: "q", label: t("people.search"), value: query["q"], type: "search" },
          {
            name: "role",
            label: t("people.role"),
            value: query["role"],
            options: ROLES.map((one) => [one, role(`role.${one}`)]),
          },
          {
            name: "state",
            label: t("people.state"),
            value: query["state"],
            options: (["held", "proposed", "none"] as const).map((state) => [
              state,
              t(`people.states.${state}`),
            ]),
          },
        ]}
      />
    </OfficePage>
  );
}

function EnrolForm(props: {
  typed:
    | { readonly name: string; readonly email: string; readonly locale: "vi" | "en" }
    | undefined;
  code: "people.email-taken" | "people.no-name" | EmailProblem["code"] | undefined;
}) {
  const { t } = useTranslation("office-people");
  const { typed, code } = props;
  const ts = useTranslation("sign-in").t;
  const locale = useLocale();
  const text = code && problemText(code.startsWith("email.") ? ts : t, locale, { code });
  const field = code === "people.no-name" ? "enrol-name" : "enrol-email";
  return (
    <FormCard
      id="enrol"
      title={t("enrol.title")}
      lead={t("enrol.lead")}
      intent="enrol"
      submit={t("enrol.submit")}
      problems={text ? [{ id: field, text }] : []}
      also={<a href={OFFICE_PAGES.people}>{t("organisations.cancel")}</a>}
    >
      <TextField
        id="enrol-name"
        name="name"
        label={t("enrol.name")}
        defaultValue={typed?.name}
        maxLength={120}
        autoComplete="off"
        error={field === "enrol-name" ? text : undefined}
      />
      <TextField
        id="enrol-email"
        name="email"
        type="email"
        label={t("enrol.email")}
        defaultValue={typed?.email}
        autoComplete="off"
        error={field === "enrol-email" ? text : undefined}
      />
      <SelectField
        id="enrol-locale"
        name="locale"
        label={t("enrol.language")}
        defaultValue={typed?.locale ?? "vi"}
        options={(["vi", "en"] as const).map((locale) => [locale, t(`enrol.${locale}`)])}
      />
    </FormCard>
  );
}

function useColumns(): ListColumn<PersonRow>[] {
  const { t } = useTranslation("office-people");
  const role = useTranslation("office-frame").t;
  const locale = useLocale();
  return [
    {
      name: "name",
      title: t("people.name"),
      sort: "name",
      cell: (row) => (
        <>
          <a href={officePath("person", { person: row.id })}>{row.name}</a>
          <span className="under">{row.email}</span>
        </>
      ),
    },
    {
      name: "role",
      title: t("people.role"),
      cell: (row) =>
        row.held.length === 0 ? (
          <span className="soft">{t("people.noRole")}</span>
        ) : (
          row.held.map(({ grant }) => (
            <span className="line" key={grant.id}>
              {role(`role.${grant.role}`)}
            </span>
          ))
        ),
    },
    {
      name: "organisation",
      title: t("people.organisation"),
      sort: "organisation",
      cell: (row) =>
        row.held.map(({ grant, organisation }) => (
          <span className="line" key={grant.id}>
            {locale === "vi" ? organisation.nameVi : organisation.nameEn}
          </span>
        )),
    },
    {
      name: "proposed",
      title: t("people.waiting"),
      cell: (row) =>
        row.proposed > 0 ? (
          <State tone="waiting">{t("people.proposed", { count: row.proposed })}</State>
        ) : null,
    },
  ];
}
