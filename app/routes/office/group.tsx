import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { addingFiles } from "#app/domain/files/add-files.ts";
import { subjectOfGroup } from "#app/domain/groups/draft-group.ts";
import { foundGroup } from "#app/domain/groups/found-group.ts";
import { noteCommitment, noteTraining } from "#app/domain/groups/note-commitment.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { own } from "#app/domain/kernel/own.ts";
import { readTypedDay } from "#app/domain/kernel/typed-day.ts";
import { may } from "#app/domain/people/may.ts";
import { day, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf } from "#app/requests/read-form.ts";
import { readUpload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor, officeDoorAny } from "#app/requests/visitor.ts";
import { CommitForm, FoundForm, type SentGroup, TrainForm } from "#app/ui/groups/group-steps.tsx";
import { RulesInWords } from "#app/ui/groups/rules-in-words.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/group";

const DONE = ["drafted", "decide", "commit", "train"] as const;

/** One group: its founding, who signed, what was taught. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  await officeDoor(context, "list.read");
  const services = context.get(servicesContext);
  const group = await services.groups.one(params.group);
  if (!group) throw data({ code: "group.not-found" }, { status: 404 });
  const subject = subjectOfGroup(group);
  const { person } = await officeDoor(context, "list.read", subject);
  const drafted = group.state === "drafted";
  const done = url.searchParams.get("done");
  return {
    group,
    changes: drafted && may(person, "group.draft", subject).ok,
    decides: drafted && may(person, "group.decide", subjectOfGroup(group, [group.draftedBy])).ok,
    notes: !drafted && may(person, "commitment.record", subject).ok,
    today: dayOf(services.now()),
    key: services.newId(),
    done: DONE.find((one) => one === done),
  };
}

/** The act that each form asks for. */
const ACT_OF: Readonly<Record<string, "group.decide" | "commitment.record">> = {
  decide: "group.decide",
  commit: "commitment.record",
  train: "commitment.record",
};

export async function action({ context, params, request }: Route.ActionArgs) {
  await officeDoor(context, "list.read");
  // Whoever only reads sends no form here, and brings nothing into the store.
  const { person } = await officeDoorAny(context, ["group.decide", "commitment.record"]);
  const services = context.get(servicesContext);
  const kinds = { decision: "decision", commitment: "minutes" } as const;
  const upload = await readUpload(request, context, { person, kinds });
  const text = (name: string) => fieldOf(upload.fields, name, 300);
  const intent = text("intent");
  const act = own(ACT_OF, intent);
  if (act === undefined) throw data({ code: "form.broken" }, { status: 400 });
  await officeDoor(context, act);
  const group = await services.groups.one(params.group);
  if (!group) throw data({ code: "group.not-found" }, { status: 404 });
  await officeDoor(context, act, subjectOfGroup(group));
  const on = readTypedDay(text("on")) ?? "9999-12-31";
  const id = group.groupId;
  const run = async () => {
    switch (intent) {
      case "decide": {
        const decisionNumber = text("decisionNumber");
        return addingFiles(services, upload.files, (papers) =>
          foundGroup(services, person, { group: id, decisionNumber, on, papers }),
        );
      }
      case "commit": {
        const chosen = upload.fields.getAll("households");
        const households = chosen.filter((one) => typeof one === "string");
        const language = text("language");
        return addingFiles(services, upload.files, (papers) =>
          noteCommitment(services, person, { group: id, households, on, language, papers }),
        );
      }
      case "train": {
        const [topic, trainer] = [text("topic"), text("trainer")];
        const present = /^\d{1,4}$/.test(text("present")) ? Number(text("present")) : 0;
        return noteTraining(services, person, { group: id, topic, on, trainer, present });
      }
      default:
        throw data({ code: "form.broken" }, { status: 400 });
    }
  };
  const ran = await run();
  if (ran.ok) return redirect(`${officePath("group", { group: id })}?done=${intent}`, 303);
  const { problem } = ran;
  refuseIfPerson(context, problem, act, { kind: "group", id });
  const typed = Object.fromEntries(
    ["on", "decisionNumber", "language", "topic", "trainer", "present", "key"].map((name) => [
      name,
      text(name),
    ]),
  );
  return data(
    {
      intent,
      typed,
      households: upload.fields.getAll("households").filter((one) => typeof one === "string"),
      kept: upload.files.map(({ id: file, name, bytes, format }) => ({
        id: file,
        name,
        bytes,
        format,
      })),
      refused: upload.refused.map(({ name, problem: why }) => ({ name, problem: why })),
      problem: { ...problem },
    },
    { status: problem.code === "group.decided" ? 409 : 422 },
  );
}

type Loaded = Route.ComponentProps["loaderData"];

export default function OfficeGroupPage({ loaderData, actionData }: Route.ComponentProps) {
  const { group, today, key, done } = loaderData;
  const { t } = useTranslation("office-groups");
  const { locale, to } = useSite();
  const sent: SentGroup | undefined = actionData;
  return (
    <OfficePage
      title={locale === "vi" ? group.nameVi : group.nameEn}
      eyebrow={`${group.groupId} · ${group.list}`}
      crumbs={[[t("title"), OFFICE_PAGES.groups]]}
      actions={
        group.state === "decided" ? (
          <a href={to("group", { group: group.groupId })}>{t("one.publicPage")}</a>
        ) : undefined
      }
    >
      {done && !sent ? (
        <p className="notice good" role="status">
          {t(`done.${done}`)}
        </p>
      ) : null}
      <Standing loaded={loaderData} />
      <Section id="rules" title={t("one.rules")}>
        <RulesInWords rules={group.rules} />
      </Section>
      <Section id="members" title={t("one.members", { count: group.members.length })}>
        <ul className="plain-list">
          {group.members.map((code) => (
            <li key={code}>
              {code}
              {code === group.leader ? ` · ${t("one.leader")}` : ""}
              {code === group.deputy ? ` · ${t("one.deputy")}` : ""}
              {group.committed.includes(code) ? ` · ${t("one.signed")}` : ""}
            </li>
          ))}
        </ul>
      </Section>
      <Trainings loaded={loaderData} />
      {loaderData.decides ? <FoundForm {...{ today, formKey: key, sent }} /> : null}
      {loaderData.notes ? (
        <>
          <CommitForm
            {...{ today, formKey: key, sent }}
            open={group.members.filter((code) => !group.committed.includes(code))}
          />
          <TrainForm {...{ today, sent }} most={group.members.length} />
        </>
      ) : null}
    </OfficePage>
  );
}

function Standing({ loaded }: { loaded: Loaded }) {
  const { group, changes } = loaded;
  const { t } = useTranslation("office-groups");
  const { locale, to } = useSite();
  if (group.state === "drafted") {
    return (
      <p className="state-line">
        <State tone="waiting">{t("state.drafted")}</State>{" "}
        <span>{t("one.draftedBy", { name: group.draftedByName ?? "" })}</span>{" "}
        {changes ? (
          <a href={`${OFFICE_PAGES.newGroup}?group=${group.groupId}`}>{t("one.change")}</a>
        ) : null}
      </p>
    );
  }
  return (
    <p className="state-line">
      <State tone="good">{t("state.decided", { day: day(group.decidedOn ?? "") })}</State>{" "}
      <span>
        {t("one.decision", {
          number: group.decisionNumber ?? "",
          name: group.decidedByName ?? "",
        })}
      </span>{" "}
      {group.paper === null ? null : (
        <a href={officePath("file", { file: group.paper })}>{t("one.paper")}</a>
      )}{" "}
      {group.entry === null ? null : (
        <a href={to("entry", { entry: group.entry })}>{`#${number(locale, group.entry)}`}</a>
      )}
    </p>
  );
}

function Trainings({ loaded }: { loaded: Loaded }) {
  const { trainings } = loaded.group;
  const { t } = useTranslation("groups");
  return (
    <Section id="trainings" title={t("trainings.title")}>
      {trainings.length === 0 ? <p className="soft">{t("trainings.none")}</p> : null}
      <ul className="plain-list">
        {trainings.map((one) => (
          <li key={one.n}>
            {t("trainings.one", {
              topic: t(`topic.${one.topic}`),
              day: day(one.onDay),
              trainer: one.trainer,
              count: one.present,
            })}
          </li>
        ))}
      </ul>
    </Section>
  );
}
