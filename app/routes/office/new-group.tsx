import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { draftGroup, subjectOfGroup } from "#app/domain/groups/draft-group.ts";
import {
  CHOICE_RULES,
  defaultRules,
  type GroupRules,
  NUMBER_RULES,
} from "#app/domain/groups/group-rules.ts";
import type { FoundingList, OfficeGroup } from "#app/domain/groups/ports.ts";
import { lineProblem } from "#app/domain/list-lines/line-lock.ts";
import { may } from "#app/domain/people/may.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { GroupForm, type TypedGroup } from "#app/ui/groups/group-form.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import type { Route } from "./+types/new-group";

/** Choose a list, then its households: a founding as a clerk writes it, or changes it before it is decided. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "group.draft");
  const services = context.get(servicesContext);
  const all = await services.groups.lists();
  const lists = all.filter((list) => may(person, "group.draft", subjectOfGroup(list)).ok);
  const id = url.searchParams.get("group");
  const draft = id === null ? undefined : await services.groups.one(id);
  const asked = draft?.list ?? url.searchParams.get("list");
  const list = lists.find((one) => one.list === asked);
  if (id !== null && (!draft || draft.state !== "drafted" || !list)) {
    throw data({ code: "group.not-found" }, { status: 404 });
  }
  const lines = list && (await services.listLines.ofCampaign(list.campaign));
  return {
    lists: lists.map((one) => one.list),
    list: list && {
      list: list.list,
      lines: list.lines.map(({ code, leader, group }) => ({
        code,
        elected: leader,
        group: group === draft?.groupId ? null : group,
        problem: lines === undefined ? undefined : lineProblem(lines, code)?.code,
      })),
    },
    group: draft?.groupId,
    typed: draft ? typedOf(draft) : list && emptyOf(list),
  };
}

function typedOf({ nameVi, nameEn, members, leader, deputy, rules }: OfficeGroup): TypedGroup {
  return { nameVi, nameEn, members, leader, deputy: deputy ?? "", rules: typedRules(rules) };
}

/** A new group: whom the meeting elected, and the two numbers of the campaign. */
function emptyOf(list: FoundingList): TypedGroup {
  const leader = list.lines.find((one) => one.leader)?.code ?? "";
  const rules = typedRules(defaultRules(list));
  return { nameVi: "", nameEn: "", members: [], leader, deputy: "", rules };
}

function typedRules(rules: GroupRules): Record<string, string> {
  return Object.fromEntries(Object.entries(rules).map(([name, value]) => [name, String(value)]));
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "group.draft");
  const services = context.get(servicesContext);
  const form = await readForm(request);
  if (fieldOf(form, "intent") !== "draft") throw data({ code: "form.broken" }, { status: 400 });
  const group = fieldOf(form, "group", 40);
  const typed: TypedGroup = {
    nameVi: fieldOf(form, "nameVi", 300),
    nameEn: fieldOf(form, "nameEn", 300),
    members: form.getAll("members").filter((one) => typeof one === "string"),
    leader: fieldOf(form, "leader", 40),
    deputy: fieldOf(form, "deputy", 40),
    rules: Object.fromEntries(
      [...NUMBER_RULES, ...CHOICE_RULES].map((rule) => [rule, fieldOf(form, rule, 20)]),
    ),
  };
  const list = fieldOf(form, "list", 40);
  const wish = { ...typed, list, ...(group === "" ? {} : { group }) };
  const drafted = await draftGroup(services, person, wish);
  if (drafted.ok) {
    return redirect(`${officePath("group", { group: drafted.value.group })}?done=drafted`, 303);
  }
  const { problem } = drafted;
  refuseIfPerson(context, problem, "group.draft", { kind: "list", id: list });
  return data({ typed, problem: { ...problem } }, { status: 422 });
}

export default function NewGroupPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-groups");
  const { list, lists } = loaderData;
  const crumbs = [[t("title"), OFFICE_PAGES.groups]] as const;
  const typed = actionData?.typed ?? loaderData.typed;
  if (!list || !typed) {
    return (
      <OfficePage title={t("new.title")} crumbs={crumbs} lead={t("new.choose")}>
        {lists.length === 0 ? (
          <p className="empty">{t("new.noList")}</p>
        ) : (
          <ul className="choice-list">
            {lists.map((one) => (
              <li key={one}>
                <a href={`?list=${one}`}>{one}</a>
              </li>
            ))}
          </ul>
        )}
      </OfficePage>
    );
  }
  return (
    <OfficePage title={t("new.title")} eyebrow={list.list} crumbs={crumbs} lead={t("new.lead")}>
      <GroupForm list={list} group={loaderData.group} typed={typed} problem={actionData?.problem} />
    </OfficePage>
  );
}
