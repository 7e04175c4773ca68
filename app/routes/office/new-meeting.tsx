import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { addingFiles } from "#app/domain/files/add-files.ts";
import { own } from "#app/domain/kernel/own.ts";
import { readTypedDay } from "#app/domain/kernel/typed-day.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { quorumOf, type TypedVote } from "#app/domain/lists/meeting.ts";
import { subjectOfList } from "#app/domain/lists/place.ts";
import { recordMeeting } from "#app/domain/lists/record-meeting.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { listCampaignsOf, typedCount } from "#app/requests/list-desk.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { filesIn, FORM_KEY, readUpload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { type Typed, typedOf } from "#app/ui/forms/draft-form.ts";
import { MeetingForm } from "#app/ui/lists/meeting-form.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/new-meeting";

/** First a village is chosen, then the form shows its households by name: each name is a look in the trail. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "meeting.record");
  const services = context.get(servicesContext);
  const { lists } = services;
  const campaigns = await listCampaignsOf(services, person, "meeting.record");
  const villages = await Promise.all(
    campaigns.flatMap(({ id, rounds, titleVi, titleEn }) =>
      rounds.map(async (round) => {
        const open = (await lists.candidates(id, round)).filter(({ state }) => state === "open");
        const byVillage = Map.groupBy(open, ({ village }) => village);
        return [...byVillage].map(([village, { length }]) => ({
          campaign: id,
          title: { vi: titleVi, en: titleEn },
          round,
          village,
          registered: length,
        }));
      }),
    ),
  );
  const asked = {
    campaign: url.searchParams.get("campaign") ?? "",
    round: typedCount(url.searchParams.get("round") ?? ""),
    village: url.searchParams.get("village") ?? "",
  };
  const campaign = campaigns.find(({ id }) => id === asked.campaign);
  if (!campaign || asked.village === "" || !Number.isInteger(asked.round)) {
    return { villages: villages.flat(), form: null };
  }
  const subject = subjectOfList(campaign);
  const { grant } = await officeDoor(context, "meeting.record", subject);
  const registrations = (await lists.candidates(campaign.id, asked.round))
    .filter(({ state, village }) => state === "open" && village === asked.village)
    .map(({ registration, category, fit }) => ({ registration, category, fit }));
  const names = await services.registerNames.ofRegistrations(
    registrations.map(({ registration }) => registration),
    { person, grant, act: "meeting.record", purpose: "compile" },
  );
  const held = await lists.meetings(campaign.id, asked.round);
  const named = new Set(held.map(({ repeats }) => repeats));
  const waiting = held.find(
    ({ id, quorate, village }) => village === asked.village && !quorate && !named.has(id),
  );
  return {
    villages: [],
    form: {
      ...asked,
      title: { vi: campaign.titleVi, en: campaign.titleEn },
      keyLost: !names.ok,
      households: registrations.map((one) => ({
        ...one,
        name: (names.ok && names.value.get(one.registration)?.name) || one.registration.slice(0, 8),
      })),
      repeats: waiting ? { id: waiting.id, onDay: waiting.onDay } : null,
      share: quorumOf(await services.rules.on("meetings.quorum", dayOf(services.now()))),
      key: services.newId(),
    },
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "meeting.record");
  const services = context.get(servicesContext);
  const upload = await readUpload(request, context, { person, kinds: { minutes: "minutes" } });
  const typed = typedOf(upload.fields);
  const staged = filesIn(upload, "minutes").slice(-1);
  const answer = (code: string | null, status = 422) =>
    data({ typed, code, kept: staged, refused: upload.refused }, { status });
  if (upload.refused.length > 0) return answer(null);
  const text = (name: string) => own(typed, name) ?? "";
  const kept = await addingFiles(services, staged, (files) =>
    recordMeeting(
      services,
      person,
      {
        key: text(FORM_KEY),
        campaign: text("campaign"),
        round: typedCount(text("round")),
        village: text("village"),
        onDay: readTypedDay(text("on")) ?? "",
        place: text("place"),
        called: typedCount(text("called")),
        present: typedCount(text("present")),
        places: typedCount(text("places")),
        way: text("way"),
        chair: text("chair"),
        secretary: text("secretary"),
        repeats: text("repeats") || null,
        tie: text("tie") || null,
        leader: text("leader") || null,
        deputy: text("deputy") || null,
        votes: votesIn(typed),
      },
      files,
    ),
  );
  if (kept.ok) return redirect(`${officePath("meeting", { meeting: kept.value.id })}?xong`, 303);
  const subject = { kind: "meeting", id: text("campaign") };
  refuseIfPerson(context, kept.problem, "meeting.record", subject);
  return answer(kept.problem.code, kept.problem.code === "meeting.key-used" ? 409 : 422);
}

/** Fields `votes-<registration>` and `place-<registration>`; an empty one was not voted for. */
function votesIn(typed: Typed): TypedVote[] {
  return Object.entries(typed).flatMap(([name, value]) => {
    const registration = /^votes-([\w-]{1,64})$/.exec(name)?.[1];
    if (registration === undefined || value.trim() === "") return [];
    const place = typedCount(typed[`place-${registration}`]);
    return [
      { registration, votes: typedCount(value), place: Number.isInteger(place) ? place : null },
    ];
  });
}

export default function NewMeetingPage({ loaderData, actionData }: Route.ComponentProps) {
  const { villages, form } = loaderData;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  return (
    <OfficePage
      title={t("meetings.new")}
      lead={t("meetings.newLead")}
      crumbs={[[t("meetings.title"), OFFICE_PAGES.meetings]]}
    >
      {form === null ? (
        <Section id="village" title={t("meetings.choose")}>
          {villages.length === 0 ? (
            <p className="empty">{t("meetings.nobodyRegistered")}</p>
          ) : (
            <ul className="choice-links">
              {villages.map((one) => (
                <li key={`${one.campaign} ${one.round} ${one.village}`}>
                  <a
                    href={`?${new URLSearchParams({ campaign: one.campaign, round: `${one.round}`, village: one.village }).toString()}`}
                  >
                    {t("meetings.village", { village: one.village })}
                  </a>
                  <span className="under">
                    {t("roundOf", { campaign: one.title[locale], round: one.round })} ·{" "}
                    {t("meetings.registered", { count: one.registered })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      ) : (
        <MeetingForm form={form} sent={actionData} />
      )}
    </OfficePage>
  );
}
