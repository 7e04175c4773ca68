import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { beginList } from "#app/domain/lists/compile-list.ts";
import { own } from "#app/domain/kernel/own.ts";
import { listId } from "#app/domain/lists/list-version.ts";
import { subjectOfList } from "#app/domain/lists/place.ts";
import { may } from "#app/domain/people/may.ts";
import { dayAt } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { listCampaignsOf, typedCount } from "#app/requests/list-desk.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { StepButton } from "#app/ui/office/form-card.tsx";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State, type Tone } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/lists";

/** What the state of a version means for whoever looks. */
const TONE_OF: Readonly<Record<string, Tone>> = {
  none: "plain",
  compiling: "plain",
  submitted: "waiting",
  decided: "good",
  replaced: "over",
  dropped: "over",
};

export async function loader({ context }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "list.read");
  const services = context.get(servicesContext);
  const campaigns = await listCampaignsOf(services, person, "list.read");
  const heads = new Map((await services.lists.heads()).map((head) => [head.list, head]));
  const rows = await Promise.all(
    campaigns.flatMap((campaign) =>
      campaign.rounds.map(async (round) => {
        const list = listId(campaign.id, round);
        const head = heads.get(list);
        const meetings = await services.lists.meetings(campaign.id, round);
        const compiles = may(person, "list.compile", subjectOfList(campaign)).ok;
        const none = head === undefined || head.state === "dropped";
        return {
          list,
          campaign: campaign.id,
          round,
          title: { vi: campaign.titleVi, en: campaign.titleEn },
          commune: campaign.communeName,
          version: head?.version ?? 0,
          state: head?.state ?? ("none" as const),
          changedAt: head?.changedAt ?? null,
          quorate: meetings.filter(({ quorate }) => quorate).length,
          begins: compiles && none && meetings.some(({ quorate }) => quorate),
        };
      }),
    ),
  );
  return { rows };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "list.compile");
  const services = context.get(servicesContext);
  const form = await readForm(request);
  if (fieldOf(form, "intent") !== "begin") throw data({ code: "form.broken" }, { status: 400 });
  const wish = { campaign: fieldOf(form, "campaign"), round: typedCount(fieldOf(form, "round")) };
  const begun = await beginList(services, person, wish);
  if (begun.ok)
    return redirect(`${officePath("list", { list: begun.value.list })}?xong=begin`, 303);
  refuseIfPerson(context, begun.problem, "list.compile", { kind: "list", id: wish.campaign });
  return data({ code: begun.problem.code }, { status: 409 });
}

/** The lists of the campaigns that a person has to do with, one a round. */
export default function ListsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { rows } = loaderData;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  return (
    <OfficePage title={t("lists.title")} lead={t("lists.lead")}>
      {actionData ? (
        <p className="notice bad" role="alert">
          {problemText(t, locale, { code: actionData.code })}
        </p>
      ) : null}
      <DataList
        caption={t("lists.title")}
        rows={rows}
        rowKey={({ list }) => list}
        empty={t("lists.none")}
        columns={columnsOf(t, locale)}
      />
    </OfficePage>
  );
}

type Row = Route.ComponentProps["loaderData"]["rows"][number];

function columnsOf(t: TFunction<"office-road">, locale: Locale): ListColumn<Row>[] {
  return [
    {
      name: "list",
      title: t("campaign"),
      cell: (row) =>
        row.version === 0 ? (
          t("roundOf", { campaign: row.title[locale], round: row.round })
        ) : (
          <a href={officePath("list", { list: row.list })}>
            {t("roundOf", { campaign: row.title[locale], round: row.round })}
          </a>
        ),
    },
    {
      name: "commune",
      title: t("commune"),
      cell: (row) => placeName(locale, row.commune),
    },
    {
      name: "meetings",
      title: t("meetings.title"),
      numeric: true,
      cell: (row) => row.quorate,
    },
    {
      name: "state",
      title: t("state"),
      cell: (row) => (
        <>
          <State tone={own(TONE_OF, row.state) ?? "plain"}>{t(`listState.${row.state}`)}</State>
          {row.changedAt === null ? null : (
            <span className="under">
              {t("lists.version", { version: row.version, day: dayAt(row.changedAt) })}
            </span>
          )}
          {row.begins ? (
            <StepButton
              intent="begin"
              label={t("lists.begin")}
              about={row.list}
              hidden={{ campaign: row.campaign, round: row.round }}
            />
          ) : null}
        </>
      ),
    },
  ];
}
