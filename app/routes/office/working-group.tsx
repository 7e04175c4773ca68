import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { addingFiles } from "#app/domain/files/add-files.ts";
import { own } from "#app/domain/kernel/own.ts";
import { readTypedDay } from "#app/domain/kernel/typed-day.ts";
import { CAPACITIES } from "#app/domain/lists/capacity.ts";
import { keepWorkingGroup } from "#app/domain/lists/working-group.ts";
import { may } from "#app/domain/people/may.ts";
import { day } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { listCampaignsOf } from "#app/requests/list-desk.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { filesIn, FORM_KEY, readUpload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { type Typed, typedOf } from "#app/ui/forms/draft-form.ts";
import { FileField } from "#app/ui/office/file-field.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/working-group";

/** Rows of the form. */
const ROWS = 9;

export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "list.read");
  const services = context.get(servicesContext);
  const campaigns = await listCampaignsOf(services, person, "list.read");
  const communes = new Map(
    campaigns.map(({ communes: codes, communeName }) => [codes.at(-1) ?? "", communeName]),
  );
  const groups = await Promise.all(
    [...communes].map(async ([code, name]) => ({
      code,
      name,
      keeps: may(person, "working-group.keep", { communes: [code] }).ok,
      decisions: (await services.lists.workingGroups(code)).toReversed(),
    })),
  );
  return { groups, done: url.searchParams.has("xong"), key: services.newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "working-group.keep");
  const services = context.get(servicesContext);
  const upload = await readUpload(request, context, { person, kinds: { paper: "decision" } });
  const typed = typedOf(upload.fields);
  const staged = filesIn(upload, "paper").slice(-1);
  const answer = (code: string | null) =>
    data({ typed, code, kept: staged, refused: upload.refused }, { status: 422 });
  if (upload.refused.length > 0) return answer(null);
  const commune = typed["commune"] ?? "";
  const kept = await addingFiles(services, staged, (files) =>
    keepWorkingGroup(
      services,
      person,
      {
        commune,
        decisionNumber: typed["number"] ?? "",
        decisionDate: readTypedDay(typed["on"] ?? "") ?? "",
        members: Array.from({ length: ROWS }, (_, n) => ({
          body: typed[`body-${n}`] ?? "",
          capacity: (typed[`body-${n}`] ?? "") === "" ? "" : (typed[`capacity-${n}`] ?? ""),
        })),
      },
      files,
    ),
  );
  if (kept.ok) return redirect(`${OFFICE_PAGES.workingGroup}?xong`, 303);
  const subject = { kind: "working-group", id: commune };
  refuseIfPerson(context, kept.problem, "working-group.keep", subject);
  return answer(kept.problem.code);
}

export default function WorkingGroupPage({ loaderData, actionData }: Route.ComponentProps) {
  const { groups, done } = loaderData;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  return (
    <OfficePage title={t("group.title")} lead={t("group.lead")}>
      {done && !actionData ? (
        <p className="notice good" role="status">
          {t("group.done")}
        </p>
      ) : null}
      {groups.length === 0 ? <p className="empty">{t("none")}</p> : null}
      {groups.map(({ code, name, decisions, keeps }) => (
        <Section key={code} id={`commune-${code}`} title={placeName(locale, name)}>
          {decisions.length === 0 ? <p className="empty">{t("group.none")}</p> : null}
          {decisions.map((one, at) => (
            <div key={one.n} className="road-card">
              <p>
                <strong>
                  {t("group.decision", { number: one.decisionNumber, day: day(one.decisionDate) })}
                </strong>{" "}
                <a href={officePath("file", { file: one.paper })}>{t("paper")}</a>
                {at === 0 ? null : <span className="soft"> {t("group.former")}</span>}
              </p>
              {at > 0 ? null : (
                <ul className="plain-list">
                  {one.members.map(({ body, capacity }) => (
                    <li key={`${body} ${capacity}`}>
                      {body} <span className="soft">({t(`capacity.${capacity}`)})</span>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          ))}
          {keeps ? (
            <GroupForm
              commune={code}
              formKey={loaderData.key}
              sent={actionData?.typed["commune"] === code ? actionData : undefined}
            />
          ) : null}
        </Section>
      ))}
    </OfficePage>
  );
}

function GroupForm(props: {
  commune: string;
  formKey: string;
  sent: Route.ComponentProps["actionData"];
}) {
  const { commune, formKey, sent } = props;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const typed: Typed = sent?.typed ?? {};
  const field = (name: string) => ({
    id: `${name}-${commune}`,
    name,
    defaultValue: own(typed, name) ?? "",
  });
  const code = sent?.code;
  return (
    <details className="step-more" open={sent !== undefined}>
      <summary>{t("group.new")}</summary>
      <FormCard
        id={`keep-${commune}`}
        title={t("group.new")}
        intent="keep"
        encType="multipart/form-data"
        hidden={{ [FORM_KEY]: own(typed, FORM_KEY) ?? formKey, commune }}
        submit={t("group.keep")}
        problems={[
          ...(code ? [{ id: null, text: problemText(t, locale, { code }) }] : []),
          ...(sent && sent.refused.length > 0
            ? [{ id: `paper-${commune}`, text: t("problem.file.refused") }]
            : []),
        ]}
      >
        <div className="fields-two">
          <TextField {...field("number")} label={t("number")} maxLength={120} />
          <DayField {...field("on")} label={t("group.on")} />
        </div>
        <FileField
          id={`paper-${commune}`}
          name="paper"
          kind="decision"
          label={t("group.paper")}
          kept={sent?.kept ?? []}
          refused={sent?.refused ?? []}
        />
        <fieldset>
          <legend>{t("group.members")}</legend>
          <p className="hint">{t("group.membersHint")}</p>
          {Array.from({ length: ROWS }, (_, n) => (
            <div className="fields-two" key={n}>
              <TextField
                {...field(`body-${n}`)}
                label={t("group.body", { n: n + 1 })}
                maxLength={160}
              />
              <SelectField
                {...field(`capacity-${n}`)}
                defaultValue={own(typed, `capacity-${n}`) ?? CAPACITIES[n] ?? "village"}
                label={t("group.capacity", { n: n + 1 })}
                options={CAPACITIES.map((one) => [one, t(`capacity.${one}`)] as const)}
              />
            </div>
          ))}
        </fieldset>
      </FormCard>
    </details>
  );
}
