import { useTranslation } from "react-i18next";
import { data } from "react-router";

import type { PublicGroup } from "#app/domain/groups/ports.ts";
import { day, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { servicesContext } from "#app/requests/services.ts";
import { RulesInWords } from "#app/ui/groups/rules-in-words.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import type { Route } from "./+types/group";

/** One group of households: its rules, its decision, its members by code, what it has and what it owes. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const group = await context.get(servicesContext).groups.published(params.group);
  if (!group) throw data({ code: "group.not-found" }, { status: 404 });
  return forRender({ group });
}

export function meta({ loaderData, location }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const t = wordsFor(locale, "groups");
  const group = loaderData?.group;
  if (!group) return pageMeta(t("title"), t("description", { name: "" }));
  const name = locale === "vi" ? group.nameVi : group.nameEn;
  return pageMeta(`${t("title")} ${name}`, t("description", { name }));
}

export default function GroupPage({ loaderData }: Route.ComponentProps) {
  const { group } = loaderData;
  const { t } = useTranslation("groups");
  const { locale, to } = useSite();
  return (
    <>
      <nav className="crumbs" aria-label={t("crumbs")}>
        <a href={to("campaign", { slug: group.campaignSlug })}>
          {locale === "vi" ? group.campaignTitleVi : group.campaignTitleEn}
        </a>
        {group.lists.map((list) => (
          <span key={list}>
            <span aria-hidden="true">› </span>
            <a href={to("notice", { notice: list })}>{list}</a>
          </span>
        ))}
      </nav>
      <p className="eyebrow">
        {group.id} · {placeName(locale, group.communeName)}
      </p>
      <h1>{locale === "vi" ? group.nameVi : group.nameEn}</h1>
      <p className="lead">
        {t("founded", { number: group.decisionNumber, day: day(group.foundedOn) })}{" "}
        {group.entry === null ? null : (
          <a href={to("entry", { entry: group.entry })}>{`#${number(locale, group.entry)}`}</a>
        )}
      </p>
      <section className="section" aria-labelledby="herd">
        <h2 id="herd">{t("herd.title")}</h2>
        <dl className="facts herd-figures">
          {(["received", "born", "lost", "passedOn", "living", "owed"] as const).map((figure) => (
            <div key={figure}>
              <dt>{t(`herd.${figure}`)}</dt>
              <dd>{number(locale, group.herd[figure])}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="section" aria-labelledby="rules">
        <h2 id="rules">{t("rules.title")}</h2>
        {group.rules === null ? (
          <p>{t("rules.ofCampaign", { heads: group.passOnHeads, days: group.passOnAgeDays })}</p>
        ) : (
          <RulesInWords rules={group.rules} />
        )}
      </section>
      <Members group={group} />
      <section className="section" aria-labelledby="trainings">
        <h2 id="trainings">{t("trainings.title")}</h2>
        {group.trainings.length === 0 ? (
          <p className="empty">{t("trainings.none")}</p>
        ) : (
          <ul className="plain-list">
            {group.trainings.map((one) => (
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
        )}
      </section>
    </>
  );
}

function Members({ group }: { group: PublicGroup }) {
  const { t } = useTranslation("groups");
  const { locale } = useSite();
  const duty = (code: string) =>
    code === group.leader ? t("members.leader") : code === group.deputy ? t("members.deputy") : "";
  return (
    <section className="section" aria-labelledby="members">
      <h2 id="members">{t("members.title", { count: group.households })}</h2>
      <p>{t("members.signed", { count: group.committed, of: group.households })}</p>
      {group.members.length === 0 ? (
        <p className="soft">{t("members.few")}</p>
      ) : (
        <TableBox name={t("members.table")}>
          <table className="stack">
            <thead>
              <tr>
                <th>{t("members.code")}</th>
                <th>{t("members.duty")}</th>
                <th>{t("members.commitment")}</th>
                <th className="n">{t("members.keeps")}</th>
              </tr>
            </thead>
            <tbody>
              {group.members.map(({ code, committed, keeps }) => (
                <tr key={code}>
                  <th scope="row">{code}</th>
                  <td data-name={t("members.duty")}>{duty(code)}</td>
                  <td data-name={t("members.commitment")}>
                    {t(committed ? "members.yes" : "members.no")}
                  </td>
                  <td className="n" data-name={t("members.keeps")}>
                    {number(locale, keeps)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </section>
  );
}
