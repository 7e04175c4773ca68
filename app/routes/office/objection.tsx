import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { addingFiles } from "#app/domain/files/add-files.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { own } from "#app/domain/kernel/own.ts";
import { readTypedDay } from "#app/domain/kernel/typed-day.ts";
import { DECIDING, decideObjection } from "#app/domain/objections/decide-objection.ts";
import { lookAtWords } from "#app/domain/objections/look-at-words.ts";
import { bodyOn, daysLateOn, dueOn, outcomesFor } from "#app/domain/objections/objection.ts";
import { subjectOfList } from "#app/domain/objections/open-objection.ts";
import { may } from "#app/domain/people/may.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf } from "#app/requests/read-form.ts";
import { readUpload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FileField } from "#app/ui/office/file-field.tsx";
import { FormCard, SelectField, StepButton } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale, useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/objection";

/** One objection: where it stands; its words are opened on demand, with a line in the trail. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  await officeDoor(context, "objection.read");
  const services = context.get(servicesContext);
  const objection = await services.objections.one(params.objection);
  if (!objection) throw data({ code: "objection.not-found" }, { status: 404 });
  const subject = subjectOfList(objection);
  const { person } = await officeDoor(context, "objection.read", subject);
  const today = dayOf(services.now());
  const body = bodyOn(objection, today);
  const done = url.searchParams.get("done");
  const handed = objection.handedOver > 0;
  return {
    objection,
    body,
    late: daysLateOn(objection, today),
    due: dueOn(objection, today),
    decides: objection.state === "open" && may(person, DECIDING[body], subject).ok,
    outcomes: outcomesFor({ line: objection.line, handed, stands: objection.stands }),
    today,
    key: services.newId(),
    done: done === "noted" || done === "decided" ? done : undefined,
  };
}

/** The act that each form asks for. */
const ACT_OF: Readonly<Record<string, "objection.read" | "objection.decide" | "objection.review">> =
  { look: "objection.read", decide: "objection.decide", review: "objection.review" };

export async function action({ context, params, request }: Route.ActionArgs) {
  const asking = await officeDoor(context, "objection.read");
  const services = context.get(servicesContext);
  const { person } = asking;
  const upload = await readUpload(request, context, { person, kinds: { paper: "decision" } });
  const intent = fieldOf(upload.fields, "intent", 20);
  const act = own(ACT_OF, intent);
  if (act === undefined) throw data({ code: "form.broken" }, { status: 400 });
  await officeDoor(context, act);
  const objection = await services.objections.one(params.objection);
  if (!objection) throw data({ code: "objection.not-found" }, { status: 404 });
  const subject = subjectOfList(objection);
  // Which of the two decisions it is, the day says; the verb asks for it again.
  const { grant } = await officeDoor(context, act, subject);
  if (act === "objection.read") {
    const opened = await lookAtWords(services, { person, grant }, objection.code);
    if (opened.ok) return data({ words: opened.value });
    return data({ keyLost: true }, { status: 503 });
  }
  const typed = {
    outcome: fieldOf(upload.fields, "outcome", 30),
    on: fieldOf(upload.fields, "on", 20),
    key: fieldOf(upload.fields, "key", 64),
  };
  const kept = upload.files.map(({ id, name, bytes, format }) => ({ id, name, bytes, format }));
  const refusedFile = upload.refused.map(({ name, problem }) => ({ name, problem }));
  const on = readTypedDay(typed.on);
  const { code } = objection;
  const decided =
    on === undefined
      ? ({ ok: false, problem: { code: "objection.wrong-day" } } as const)
      : refusedFile.length > 0
        ? ({ ok: false, problem: { code: "objection.no-paper" } } as const)
        : await addingFiles(services, upload.files, (papers) =>
            decideObjection(services, person, { code, outcome: typed.outcome, on, papers }),
          );
  if (decided.ok)
    return redirect(`${officePath("objection", { objection: code })}?done=decided`, 303);
  refuseIfPerson(context, decided.problem, act, { kind: "objection", id: code });
  const status = decided.problem.code === "objection.decided" ? 409 : 422;
  return data({ typed, kept, refusedFile, problem: { ...decided.problem } }, { status });
}

type Loaded = Route.ComponentProps["loaderData"];

export default function OfficeObjectionPage({ loaderData, actionData }: Route.ComponentProps) {
  const { objection, done, late } = loaderData;
  const { t } = useTranslation("office-objections");
  const { to } = useSite();
  return (
    <OfficePage
      title={t("one.title", { code: objection.code })}
      eyebrow={objection.list}
      crumbs={[[t("title"), OFFICE_PAGES.objections]]}
      actions={<a href={to("objectionFollow", { code: objection.code })}>{t("one.publicPage")}</a>}
    >
      {done && !actionData ? (
        <p className="notice good" role="status">
          {t(`done.${done}`, { code: objection.code })}
        </p>
      ) : null}
      <p className="state-line">
        {objection.state === "open" ? (
          <>
            <State tone={late > 0 ? "bad" : "waiting"}>
              {late > 0 ? t("late", { count: late }) : t("state.open")}
            </State>{" "}
            <span>
              {t("one.due", { day: day(loaderData.due), by: t(`at.${loaderData.body}`) })}
            </span>
          </>
        ) : (
          <State tone={objection.state === "upheld" ? "good" : "over"}>
            {t(`outcome.${objection.outcome}`)}
          </State>
        )}
      </p>
      <Facts loaded={loaderData} />
      <Section id="words" title={t("words.title")}>
        {actionData && "words" in actionData ? (
          <dl className="facts">
            <dt>{t("words.text")}</dt>
            <dd className="prewrapped">{actionData.words.text || t("words.nothing")}</dd>
            <dt>{t("words.contact")}</dt>
            <dd>{actionData.words.contact || t("words.nothing")}</dd>
          </dl>
        ) : (
          <>
            <p className="soft">{t("words.lead")}</p>
            {actionData && "keyLost" in actionData ? (
              <p className="notice bad" role="alert">
                {t("words.keyLost")}
              </p>
            ) : null}
            <StepButton intent="look" label={t("words.open")} quiet />
          </>
        )}
      </Section>
      {loaderData.decides ? <DecideForm loaded={loaderData} sent={actionData} /> : null}
    </OfficePage>
  );
}

function Facts({ loaded }: { loaded: Loaded }) {
  const { objection } = loaded;
  const { t } = useTranslation("office-objections");
  const words = useTranslation("objections").t;
  const { locale, to } = useSite();
  const facts: [string, ReactNode][] = [
    ["about", objection.line ?? words("facts.whole")],
    ["ground", words(`ground.${objection.ground}`)],
    ["came", `${day(objection.onDay)}, ${words(`channel.${objection.channel}`)}`],
    ["notedBy", objection.notedByName],
    ["locked", objection.locked > 0n ? money(locale, objection.locked) : null],
    ["handed", objection.handedOver > 0 ? number(locale, objection.handedOver) : null],
    ["decidedBy", objection.decidedByName],
    ["decidedOn", objection.decidedOn && day(objection.decidedOn)],
    [
      "paper",
      objection.paper && (
        <a href={officePath("file", { file: objection.paper })}>{t("fact.open")}</a>
      ),
    ],
    [
      "entry",
      <a key="entry" href={to("entry", { entry: objection.openedEntry })}>
        {`#${number(locale, objection.openedEntry)}`}
      </a>,
    ],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null || value === "" ? null : (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function DecideForm({
  loaded,
  sent,
}: {
  loaded: Loaded;
  sent: Route.ComponentProps["actionData"];
}) {
  const { t } = useTranslation("office-objections");
  const locale = useLocale();
  const answered = sent && "problem" in sent ? sent : undefined;
  const text = answered && problemText(t, locale, answered.problem);
  const field = answered && own(FIELDS, answered.problem.code);
  const at = (name: string) => (field === name ? text : undefined);
  return (
    <FormCard
      id="decide-objection"
      title={t("decide.title")}
      lead={t("decide.lead")}
      intent={loaded.body === "commune" ? "decide" : "review"}
      hidden={{ key: answered?.typed.key || loaded.key }}
      encType="multipart/form-data"
      problems={text === undefined ? [] : [{ id: field ?? null, text }]}
      submit={t("decide.send")}
    >
      <SelectField
        id="outcome"
        name="outcome"
        label={t("decide.outcome")}
        error={at("outcome")}
        defaultValue={answered?.typed.outcome ?? ""}
        empty={t("decide.pick")}
        options={loaded.outcomes.map((outcome) => [outcome, t(`outcome.${outcome}`)])}
      />
      <DayField
        id="on"
        name="on"
        label={t("decide.on")}
        error={at("on")}
        defaultValue={answered?.typed.on ?? loaded.today}
      />
      <FileField
        id="paper"
        name="paper"
        label={t("decide.paper")}
        kind="decision"
        error={at("paper")}
        kept={answered?.kept ?? []}
        refused={answered?.refusedFile ?? []}
      />
    </FormCard>
  );
}

const FIELDS: Readonly<Partial<Record<string, string>>> = {
  "objection.no-outcome": "outcome",
  "objection.wrong-day": "on",
  "objection.no-paper": "paper",
};
