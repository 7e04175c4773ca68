import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { readTypedCode } from "#app/domain/kernel/typed-code.ts";
import { PAGE_SIZE, placeOf } from "#app/domain/office-lists/list.ts";
import { CALL_NOTE_LIMIT, confirmByPhone } from "#app/domain/pledges/confirm-by-phone.ts";
import type { UnconfirmedPromise } from "#app/domain/pledges/ports.ts";
import { day, dayAt, money } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { FormCard, TextArea } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import { problemField, problemText } from "#app/ui/problem-text.ts";
import type { Route } from "./+types/pledges";

/** Promises that nobody has stood for, and the form for whoever has spoken with one who made one. */
export async function loader({ context, url }: Route.LoaderArgs) {
  await officeDoor(context, "pledge.confirm");
  const { pledges } = context.get(servicesContext);
  const place = placeOf(url.searchParams.get("page"), await pledges.unconfirmedCount());
  return {
    place,
    promises: await pledges.unconfirmed(place.from, PAGE_SIZE),
    code: readTypedCode(url.searchParams.get("code") ?? "") ?? "",
    done: readTypedCode(url.searchParams.get("done") ?? ""),
  };
}

/** Confirm one by phone. */
export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "pledge.confirm");
  const services = context.get(servicesContext);
  const form = await readForm(request);
  if (fieldOf(form, "intent") !== "confirm") throw data({ code: "form.broken" }, { status: 400 });
  const typed = { code: fieldOf(form, "code", 64), note: fieldOf(form, "note", 2_000) };
  const code = readTypedCode(typed.code) ?? "";
  const verbs = { write: services.official.write, now: services.now };
  const done = await confirmByPhone(verbs, person, { code, note: typed.note });
  if (done.ok) return redirect(`${officePath("pledges")}?done=${code}`, 303);
  const { problem } = done;
  refuseIfPerson(context, problem, "pledge.confirm", { kind: "pledge", id: code });
  return data({ problem, ...typed }, { status: problem.code === "pledge.over" ? 409 : 422 });
}

export default function PledgesPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-pledges");
  const site = useSite();
  const problem = actionData?.problem;
  const wrong = problem && problemText(t, site.locale, problem);
  const field = problem && (problemField(problem, FIELDS) ?? "code");
  const at = (name: "code" | "note") => (field === name ? wrong : undefined);
  return (
    <OfficePage title={t("title")} lead={t("lead")}>
      {loaderData.done ? (
        <p className="notice good" role="status">
          {t("done")} <a href={site.to("pledge", { code: loaderData.done })}>{loaderData.done}</a>
        </p>
      ) : null}
      <FormCard
        id="confirm"
        title={t("form.title")}
        lead={t("form.lead")}
        intent="confirm"
        submit={t("form.submit")}
        problems={field && wrong ? [{ id: field, text: wrong }] : []}
      >
        <TextField
          id="code"
          name="code"
          label={t("form.code")}
          hint={t("form.codeHint")}
          autoComplete="off"
          maxLength={64}
          error={at("code")}
          defaultValue={actionData ? actionData.code : loaderData.code}
        />
        <TextArea
          id="note"
          name="note"
          rows={3}
          maxLength={CALL_NOTE_LIMIT}
          label={t("form.note")}
          hint={t("form.noteHint")}
          error={at("note")}
          defaultValue={actionData?.note ?? ""}
        />
      </FormCard>
      <Section id="waiting" title={t("list.title")}>
        <DataList
          caption={t("list.title")}
          rows={loaderData.promises}
          rowKey={(row) => row.code}
          columns={columnsOf(t, site)}
          paging={loaderData.place}
          pageName="page"
          empty={t("list.empty")}
        />
      </Section>
    </OfficePage>
  );
}

/** The field a problem belongs to where it is not the code. */
const FIELDS = { "pledge.note-missing": "note", "pledge.note-too-long": "note" };

function columnsOf(
  t: TFunction<"office-pledges">,
  { locale, to }: ReturnType<typeof useSite>,
): ListColumn<UnconfirmedPromise>[] {
  return [
    {
      name: "code",
      title: t("list.code"),
      cell: (row) => (
        <>
          <a href={to("pledge", { code: row.code })}>{row.code}</a>
          <span className="under">{t("list.made", { day: dayAt(row.createdAt) })}</span>
        </>
      ),
    },
    {
      name: "who",
      title: t("list.who"),
      cell: (row) => (
        <>
          {row.donorName === "" ? t("list.nameless") : row.donorName}
          <span className="under">{t(`list.${row.donorKind}`)}</span>
        </>
      ),
    },
    {
      name: "campaign",
      title: t("list.campaign"),
      cell: (row) => (
        <a href={to("campaign", { slug: row.campaign.slug })}>{row.campaign.title[locale]}</a>
      ),
    },
    {
      name: "amount",
      title: t("list.amount"),
      numeric: true,
      cell: (row) => (
        <>
          {money(locale, row.amount)}
          {row.amount > row.missing ? (
            <span className="under">
              {t("list.above", { missing: money(locale, row.missing) })}
            </span>
          ) : null}
        </>
      ),
    },
    { name: "on", title: t("list.on"), cell: (row) => day(row.promisedOn) },
    {
      name: "act",
      title: t("list.act"),
      cell: (row) => (
        <a href={`${officePath("pledges")}?code=${row.code}#confirm`}>
          {t("list.confirm")}
          <span className="visually-hidden"> {row.code}</span>
        </a>
      ),
    },
  ];
}
