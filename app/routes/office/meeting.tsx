import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { subjectOfList } from "#app/domain/lists/place.ts";
import { may } from "#app/domain/people/may.ts";
import { day, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useLocale } from "#app/ui/site.ts";
import { TableBox } from "#app/ui/table-box.tsx";
import type { Route } from "./+types/meeting";

/** A village meeting; `?names=1` opens the names for who keeps them, each a look in the trail. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "list.read");
  const services = context.get(servicesContext);
  const { lists } = services;
  const meeting = await lists.meeting(params.meeting);
  const today = dayOf(services.now());
  const campaign = meeting && (await lists.campaign(meeting.campaign, today));
  if (!meeting || !campaign) throw data({ code: "meeting.unknown" }, { status: 404 });
  const subject = subjectOfList(campaign);
  await officeDoor(context, "list.read", subject);
  const votes = await lists.votes(meeting.id);
  const knows = may(person, "register.read", subject);
  const asked = knows.ok && url.searchParams.has("names");
  const names = asked
    ? await services.registerNames.ofRegistrations(
        votes.map(({ registration }) => registration),
        { person, grant: knows.value, act: "register.read", purpose: "compile" },
      )
    : undefined;
  const opened = names?.ok ? names.value : undefined;
  const repeated = meeting.repeats === null ? undefined : await lists.meeting(meeting.repeats);
  const { leader, deputy, notedBy: _, ...told } = meeting;
  return {
    meeting: told,
    campaign,
    votes: votes.map(({ registration, ...vote }) => ({
      ...vote,
      name: opened?.get(registration)?.name ?? null,
      elected: registration === leader ? "leader" : registration === deputy ? "deputy" : null,
    })),
    mayName: knows.ok && !asked,
    keyLost: names !== undefined && !names.ok,
    repeated: repeated ? { id: repeated.id, onDay: repeated.onDay } : null,
    done: url.searchParams.has("xong"),
  };
}

export default function MeetingPage({ loaderData }: Route.ComponentProps) {
  const { meeting, campaign, votes, repeated, done } = loaderData;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const title = locale === "vi" ? campaign.titleVi : campaign.titleEn;
  const facts: [string, string][] = [
    [t("day"), day(meeting.onDay)],
    [t("meetings.place"), meeting.place],
    [
      t("meetings.present"),
      t("meetings.presentOf", {
        present: number(locale, meeting.present),
        called: number(locale, meeting.called),
      }),
    ],
    [t("meetings.places"), number(locale, meeting.places)],
    [t("meetings.way"), t(`way.${meeting.way}`)],
    [t("meetings.chair"), t(`capacity.${meeting.chair}`)],
    [t("meetings.secretary"), t(`capacity.${meeting.secretary}`)],
    ...(meeting.tie === null
      ? []
      : [[t("meetings.tie"), t(`tie.${meeting.tie}`)] satisfies [string, string]]),
  ];
  return (
    <OfficePage
      title={t("meetings.of", { village: meeting.village })}
      lead={t("roundOf", { campaign: title, round: meeting.round })}
      crumbs={[[t("meetings.title"), OFFICE_PAGES.meetings]]}
      actions={
        <a className="button quiet" href={officePath("file", { file: meeting.minutes })}>
          {t("meetings.minutes")}
        </a>
      }
    >
      {done ? (
        <p className="notice good" role="status">
          {t(meeting.quorate ? "meetings.done" : "meetings.doneThin")}
        </p>
      ) : null}
      <p className="state-line">
        <State tone={meeting.quorate ? "good" : "bad"}>
          {t(meeting.quorate ? "meetings.quorate" : "meetings.notQuorate")}
        </State>
      </p>
      {repeated ? (
        <p className="notice">
          <a href={officePath("meeting", { meeting: repeated.id })}>
            {t("meetings.repeats", { day: day(repeated.onDay) })}
          </a>
        </p>
      ) : null}
      <dl className="facts-row">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Section
        id="votes"
        title={t("meetings.votes")}
        aside={loaderData.mayName ? <a href="?names=1">{t("showNames")}</a> : null}
      >
        {loaderData.keyLost ? <p className="notice bad">{t("keyLost")}</p> : null}
        {votes.length === 0 ? (
          <p className="empty">{t("meetings.noVotes")}</p>
        ) : (
          <TableBox name={t("meetings.votes")}>
            <table className="stack office-table">
              <caption className="visually-hidden">{t("meetings.votes")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("meetings.rank")}</th>
                  <th scope="col">{t("household")}</th>
                  <th scope="col" className="n">
                    {t("meetings.voteCount")}
                  </th>
                  <th scope="col">{t("state")}</th>
                </tr>
              </thead>
              <tbody>
                {votes.map((vote) => (
                  <tr key={vote.rank}>
                    <th scope="row">{vote.rank}</th>
                    <td data-name={t("household")}>
                      {vote.name ?? <span className="soft">{t("nameClosed")}</span>}
                      {vote.elected ? (
                        <span className="under">{t(`meetings.${vote.elected}`)}</span>
                      ) : null}
                    </td>
                    <td className="n" data-name={t("meetings.voteCount")}>
                      {number(locale, vote.votes)}
                    </td>
                    <td data-name={t("state")}>
                      {t(vote.rank <= meeting.places ? "meetings.chosen" : "reserve")}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
        )}
      </Section>
    </OfficePage>
  );
}
