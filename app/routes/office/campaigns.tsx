import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useLoaderData } from "react-router";

import { DRAFT_STATES } from "#app/domain/campaigns/draft.ts";
import type { DraftLine } from "#app/domain/campaigns/draft-ports.ts";
import { MODELS } from "#app/domain/campaigns/ports.ts";
import { campaignsList } from "#app/domain/office-lists/campaigns.ts";
import { pageOf } from "#app/domain/office-lists/list.ts";
import { may } from "#app/domain/people/may.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { dayAt, shortMoney } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { draftTone } from "#app/ui/office/campaign/tone.ts";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/campaigns";

export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, campaignsList.act);
  const services = context.get(servicesContext);
  const query = Object.fromEntries(url.searchParams);
  const rows = await campaignsList.rows(services, person, query);
  return {
    page: pageOf(rows, query),
    query,
    communes: await services.drafts.communes(dayOf(services.now())),
    drafts: may(person, "campaign.draft").ok,
  };
}

export default function CampaignsDesk() {
  const { page, query, communes, drafts } = useLoaderData<typeof loader>();
  const { t } = useTranslation("office-campaign");
  const { t: tc } = useTranslation("campaign");
  const locale = useLocale();
  return (
    <OfficePage
      title={t("list.title")}
      lead={t("list.lead")}
      actions={
        drafts ? (
          <a className="button" href={OFFICE_PAGES.newCampaign}>
            {t("list.new")}
          </a>
        ) : null
      }
    >
      <DataList<DraftLine>
        caption={t("list.title")}
        rows={page.rows}
        rowKey={({ id }) => id}
        paging={page}
        exported="campaigns"
        empty={t("list.empty")}
        {...(query["sort"] ? { sort: query["sort"] } : {})}
        filters={[
          { name: "q", label: t("list.search"), type: "search", value: query["q"] },
          {
            name: "state",
            label: t("list.state"),
            value: query["state"],
            options: DRAFT_STATES.map((state) => [state, t(`state.${state}`)] as const),
          },
          {
            name: "model",
            label: t("list.model"),
            value: query["model"],
            options: MODELS.map((model) => [model, tc(`model.${model}`)] as const),
          },
          {
            name: "commune",
            label: t("list.commune"),
            value: query["commune"],
            options: communes.map(
              ({ code, fullName }) => [code, placeName(locale, fullName)] as const,
            ),
          },
        ]}
        columns={columnsOf(t, tc, locale)}
      />
    </OfficePage>
  );
}

function columnsOf(
  t: TFunction<"office-campaign">,
  tc: TFunction<"campaign">,
  locale: Locale,
): ListColumn<DraftLine>[] {
  return [
    {
      name: "title",
      title: t("list.name"),
      sort: "title",
      cell: (line) => (
        <>
          <a href={officePath("campaign", { draft: line.id })}>{line.title || t("untitled")}</a>
          <span className="under">
            {line.amends
              ? t("list.changes", { campaign: line.amends })
              : line.campaign
                ? t("list.campaign", { campaign: line.campaign })
                : t("list.newOne")}
          </span>
        </>
      ),
    },
    {
      name: "state",
      title: t("list.state"),
      cell: ({ state }) => <State tone={draftTone(state)}>{t(`state.${state}`)}</State>,
    },
    {
      name: "commune",
      title: t("list.commune"),
      sort: "commune",
      cell: ({ communeName }) => communeName,
    },
    {
      name: "model",
      title: t("list.model"),
      wide: true,
      cell: ({ model }) => (model === "" ? "" : tc(`model.${model}`)),
    },
    {
      name: "goal",
      title: t("list.goal"),
      numeric: true,
      sort: "goal",
      cell: ({ goal }) => (goal === null ? "–" : shortMoney(locale, goal)),
    },
    {
      name: "changed",
      title: t("list.changed"),
      numeric: true,
      sort: "changed",
      cell: ({ changedAt }) => dayAt(changedAt),
    },
  ];
}
