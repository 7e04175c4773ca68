import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { pageOf } from "#app/domain/office-lists/list.ts";
import { type OrganisationRow, organisationsList } from "#app/domain/office-lists/organisations.ts";
import {
  keepOrganisation,
  type OrganisationFault,
  type OrganisationWish,
} from "#app/domain/people/keep-organisation.ts";
import { typedDay } from "#app/domain/kernel/typed-day.ts";
import { may } from "#app/domain/people/may.ts";
import { type Organisation, ORGANISATION_KINDS } from "#app/domain/people/organisation.ts";
import { day, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { DayField } from "#app/ui/day-field.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/organisations";

const NEW: OrganisationWish = {
  id: "",
  kind: "commune-committee",
  nameVi: "",
  nameEn: "",
  place: "",
  validFrom: "",
  validTo: "",
  successor: "",
  version: 0,
};

/** Organisations in time; `edit=<id>` opens the form of one, `edit=new` an empty one. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "people.read");
  const services = context.get(servicesContext);
  const query = Object.fromEntries(url.searchParams);
  const rows = await organisationsList.rows(services, person, query);
  const mayKeep = may(person, "organisation.keep").ok;
  const edit = url.searchParams.get("edit");
  const edited =
    mayKeep && edit !== null && edit !== "new"
      ? await services.people.organisation(edit)
      : undefined;
  if (mayKeep && edit !== null && edit !== "new" && !edited) {
    throw data({ code: "organisation.unknown" }, { status: 404 });
  }
  const form = edited ? wishOf(edited) : mayKeep && edit === "new" ? NEW : undefined;
  const kept = url.searchParams.get("kept");
  return forRender({ query, mayKeep, form, kept, list: pageOf(rows, query) });
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "organisation.keep");
  const form = await readForm(request);
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim().slice(0, 300) : "";
  };
  if (text("intent") !== "keep") throw data({ code: "form.broken" }, { status: 400 });
  const version = Number(text("version"));
  const wish: OrganisationWish = {
    id: text("id"),
    kind: text("kind"),
    nameVi: text("nameVi"),
    nameEn: text("nameEn"),
    place: text("place"),
    validFrom: typedDay(text("validFrom")),
    validTo: typedDay(text("validTo")),
    successor: text("successor"),
    version: Number.isSafeInteger(version) && version > 0 ? version : 0,
  };
  const kept = await keepOrganisation(context.get(servicesContext), person, wish);
  if (kept.ok) {
    const to = new URLSearchParams({ kept: kept.value.organisation, q: wish.nameVi, state: "any" });
    return redirect(`${OFFICE_PAGES.organisations}?${to.toString()}`, 303);
  }
  const problem: typeof kept.problem = kept.problem;
  refuseIfPerson(context, problem, "organisation.keep", { kind: "organisation", id: wish.id });
  if (problem.code === "organisation.wrong") {
    return data({ wish, wrong: problem.wrong, now: undefined }, { status: 422 });
  }
  if (problem.code === "office.stale") {
    return data({ wish, wrong: [], now: problem.now }, { status: 409 });
  }
  throw data({ code: problem.code }, { status: 404 });
}

function wishOf(one: Organisation): OrganisationWish {
  const { place, validTo, successor, ...rest } = one;
  return { ...rest, place: place ?? "", validTo: validTo ?? "", successor: successor ?? "" };
}

export default function OrganisationsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-people");
  const { query, list, mayKeep, kept } = loaderData;
  const form = actionData?.wish ?? loaderData.form;
  return (
    <OfficePage
      title={t("organisations.title")}
      lead={t("organisations.lead")}
      actions={
        mayKeep && !form ? (
          <a className="button small" href="?edit=new">
            {t("organisations.add")}
          </a>
        ) : null
      }
    >
      {kept ? (
        <p className="notice good" role="status">
          {t("organisations.kept")}
        </p>
      ) : null}
      {form ? (
        <OrganisationForm wish={form} wrong={actionData?.wrong ?? []} now={actionData?.now} />
      ) : null}
      <DataList
        caption={t("organisations.title")}
        rows={list.rows}
        rowKey={(row) => row.id}
        columns={useColumns(mayKeep)}
        paging={list}
        exported="organisations"
        empty={t("organisations.empty")}
        filters={[
          { name: "q", label: t("organisations.search"), value: query["q"], type: "search" },
          {
            name: "kind",
            label: t("organisations.kind"),
            value: query["kind"],
            options: ORGANISATION_KINDS.map((kind) => [kind, t(`kind.${kind}`)]),
          },
          {
            name: "state",
            label: t("organisations.state"),
            value: query["state"] || "open",
            initial: "open",
            options: (["open", "ended", "any"] as const).map((state) => [
              state,
              t(`organisations.states.${state}`),
            ]),
          },
        ]}
      />
    </OfficePage>
  );
}

type Returned = NonNullable<Route.ComponentProps["actionData"]>;

function OrganisationForm(props: {
  wish: OrganisationWish;
  wrong: Returned["wrong"];
  now: Returned["now"];
}) {
  const { t } = useTranslation("office-people");
  const { t: tf } = useTranslation("office-frame");
  const locale = useLocale();
  const { wish, now } = props;
  const wordsOf = (fault: OrganisationFault) =>
    problemText(t, locale, fault, "role" in fault ? { role: tf(`role.${fault.role}`) } : {});
  const errorOf = (field: string) => {
    const found = props.wrong.find((one) => one.field === field);
    return found && wordsOf(found);
  };
  const field = (name: "id" | "nameVi" | "nameEn" | "place" | "successor") => ({
    id: `organisation-${name}`,
    name,
    label: t(`organisations.field.${name}`),
    defaultValue: wish[name],
    error: errorOf(name),
    autoComplete: "off",
  });
  const fresh = wish.version === 0;
  return (
    <FormCard
      id="organisation-form"
      title={fresh ? t("organisations.add") : t("organisations.change", { name: wish.nameVi })}
      intent="keep"
      submit={t("organisations.save")}
      // Who sends a stale form again has seen what changed: it then stands over the new version.
      hidden={{ version: now?.version ?? wish.version, ...(fresh ? {} : { id: wish.id }) }}
      problems={props.wrong.map((one) => ({
        id: `organisation-${one.field}`,
        text: wordsOf(one),
      }))}
      also={<a href={OFFICE_PAGES.organisations}>{t("organisations.cancel")}</a>}
    >
      {now ? <Changed now={now} /> : null}
      {fresh ? <TextField {...field("id")} hint={t("organisations.idHint")} /> : null}
      <SelectField
        id="organisation-kind"
        name="kind"
        label={t("organisations.kind")}
        defaultValue={wish.kind}
        error={errorOf("kind")}
        options={ORGANISATION_KINDS.map((kind) => [kind, t(`kind.${kind}`)])}
      />
      <div className="fields-two">
        <TextField {...field("nameVi")} />
        <TextField {...field("nameEn")} />
      </div>
      <div className="fields-two">
        {(["validFrom", "validTo"] as const).map((name) => (
          <DayField
            key={name}
            id={`organisation-${name}`}
            name={name}
            label={t(`organisations.field.${name}`)}
            defaultValue={wish[name]}
            error={errorOf(name)}
          />
        ))}
      </div>
      <div className="fields-two">
        <TextField {...field("place")} hint={t("organisations.placeHint")} />
        <TextField {...field("successor")} hint={t("organisations.successorHint")} />
      </div>
    </FormCard>
  );
}

/** What somebody else stored meanwhile. */
function Changed({ now }: { now: Organisation }) {
  const { t } = useTranslation("office-people");
  return (
    <div className="notice" role="alert">
      <p>
        <strong>{t("stale.title")}</strong> {t("stale.text")}
      </p>
      <ul>
        <li>{`${now.nameVi} / ${now.nameEn}`}</li>
        <li>
          {day(now.validFrom)} – {now.validTo ? day(now.validTo) : t("noEnd")}
        </li>
        {now.successor ? (
          <li>
            {t("organisations.field.successor")}: {now.successor}
          </li>
        ) : null}
      </ul>
    </div>
  );
}

function useColumns(mayKeep: boolean): ListColumn<OrganisationRow>[] {
  const { t } = useTranslation("office-people");
  const locale = useLocale();
  return [
    {
      name: "name",
      title: t("organisations.name"),
      cell: (row) => (
        <>
          {locale === "vi" ? row.nameVi : row.nameEn}
          <span className="under">{t(`kind.${row.kind}`)}</span>
        </>
      ),
    },
    {
      name: "period",
      title: t("organisations.period"),
      cell: (row) => (
        <span className="num">
          {day(row.validFrom)} – {row.validTo ? day(row.validTo) : t("noEnd")}
        </span>
      ),
    },
    {
      name: "state",
      title: t("organisations.state"),
      cell: (row) => (
        <State tone={row.open ? "good" : "over"}>
          {t(`organisations.is.${row.open ? "open" : "ended"}`)}
        </State>
      ),
    },
    {
      name: "successor",
      title: t("organisations.field.successor"),
      cell: (row) => row.successorName?.[locale],
    },
    {
      name: "people",
      title: t("organisations.people"),
      numeric: true,
      cell: (row) => number(locale, row.people),
    },
    ...(mayKeep
      ? [
          {
            name: "edit",
            title: t("organisations.edit"),
            cell: (row: OrganisationRow) => (
              <a href={`?edit=${encodeURIComponent(row.id)}`}>
                {t("organisations.edit")}
                <span className="visually-hidden">{` ${row.nameVi}`}</span>
              </a>
            ),
          },
        ]
      : []),
  ];
}
