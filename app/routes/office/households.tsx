import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { may } from "#app/domain/people/may.ts";
import { type FoundHouseholds, searchRegister } from "#app/domain/register/search.ts";
import { day } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { offered, registerCampaigns } from "#app/requests/register-desk.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { KeyLost } from "#app/ui/register/household-fields.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/households";

const STATES = ["open", "withdrawn", "declined"] as const;

/** Households of the communes that a person looks after; each name shown is a line in the trail. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "register.read");
  const services = context.get(servicesContext);
  const asked = (name: string) => url.searchParams.get(name)?.slice(0, 100) ?? "";
  const round = /^[1-9]\d?$/.test(asked("round")) ? Number(asked("round")) : undefined;
  const found = await searchRegister(services, person, {
    words: asked("q"),
    page: /^\d{1,5}$/.test(asked("page")) ? Number(asked("page")) : 1,
    campaign: asked("campaign") || undefined,
    round,
    state: STATES.find((state) => state === asked("state")),
  });
  if (!found.ok) throw data({ code: found.problem.code }, { status: 403 });
  return forRender({
    found: found.value,
    query: {
      q: asked("q"),
      campaign: asked("campaign"),
      round: asked("round"),
      state: asked("state"),
    },
    campaigns: offered(
      await registerCampaigns(services, person, "register.read"),
      context.get(localeContext),
    ),
    mayKeep: may(person, "register.keep").ok,
    mayJudge: may(person, "register.judge").ok,
  });
}

export default function HouseholdsPage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { found, query, campaigns, mayKeep } = loaderData;
  return (
    <OfficePage
      title={t("list.title")}
      lead={t("list.lead")}
      actions={
        <>
          {mayKeep ? (
            <>
              <a className="button small" href={officePath("newHousehold")}>
                {t("list.add")}
              </a>{" "}
              <a className="button small quiet" href={officePath("registerImports")}>
                {t("list.import")}
              </a>{" "}
            </>
          ) : null}
          {loaderData.mayJudge ? (
            <a className="button small quiet" href={officePath("duplicates")}>
              {t("list.duplicates")}
            </a>
          ) : null}
        </>
      }
    >
      {found.keyLost ? <KeyLost /> : null}
      <DataList
        caption={t("list.title")}
        rows={found.lines}
        rowKey={(row) => row.id}
        columns={columnsOf(t, locale)}
        paging={found}
        empty={t("list.empty")}
        filters={[
          { name: "q", label: t("list.search"), value: query.q, type: "search" },
          {
            name: "campaign",
            label: t("field.campaign"),
            value: query.campaign,
            options: campaigns.map(({ id, title }) => [id, `${id} · ${title}`]),
          },
          { name: "round", label: t("field.round"), value: query.round, type: "text" },
          {
            name: "state",
            label: t("list.state"),
            value: query.state,
            options: STATES.map((state) => [state, t(`state.${state}`)]),
          },
        ]}
      />
    </OfficePage>
  );
}

type Line = FoundHouseholds["lines"][number];

function columnsOf(t: TFunction<"office-register">, locale: Locale): ListColumn<Line>[] {
  return [
    {
      name: "name",
      title: t("field.name"),
      cell: (row) => (
        <>
          <a href={officePath("household", { household: row.id })}>
            {row.person?.name ?? (row.erasedAt === null ? t("list.sealed") : t("list.erased"))}
          </a>
          <span className="under">
            {row.village}, {placeName(locale, row.communeName)}
          </span>
        </>
      ),
    },
    {
      name: "category",
      title: t("field.category"),
      cell: (row) => (
        <>
          {t(`category.${row.category}`)}
          <span className="under">{day(row.categoryOn)}</span>
        </>
      ),
    },
    {
      name: "registrations",
      title: t("list.registrations"),
      cell: (row) =>
        row.registrations.map((one) => (
          <span className="line" key={one.id}>
            {t("round", { campaign: one.campaign, round: one.round })}{" "}
            <State tone={one.state === "open" ? "good" : "over"}>{t(`state.${one.state}`)}</State>
          </span>
        )),
    },
    {
      name: "open",
      title: t("list.open"),
      cell: (row) => (
        <>
          {row.openChecks > 0 ? (
            <span className="line">{t("list.openChecks", { count: row.openChecks })}</span>
          ) : null}
          {row.openRequests > 0 ? (
            <span className="line">{t("list.openRequests", { count: row.openRequests })}</span>
          ) : null}
        </>
      ),
    },
  ];
}
