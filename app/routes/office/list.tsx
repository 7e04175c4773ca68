import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { own } from "#app/domain/kernel/own.ts";
import { atWork, inForce, totalsOf } from "#app/domain/lists/list-version.ts";
import { subjectOfList } from "#app/domain/lists/place.ts";
import { may } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { listDesk } from "#app/requests/list-desk.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { readUpload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor, officeDoorAny } from "#app/requests/visitor.ts";
import { typedOf } from "#app/ui/forms/draft-form.ts";
import { doListStep } from "#app/requests/list-steps.ts";
import { ListDesk } from "#app/ui/lists/list-desk.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { toldProblem } from "#app/ui/problem-text.ts";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/list";

/** The act of each form. */
const ACT_OF = {
  compile: "list.compile",
  line: "list.compile",
  submit: "list.compile",
  drop: "list.compile",
  anew: "list.compile",
  opine: "list.opine",
  "send-back": "list.decide",
  decide: "list.decide",
  post: "notice.post",
  proof: "notice.post",
  down: "notice.post",
  early: "notice.post",
  show: "notice.post",
  confirm: "notice.confirm",
} as const satisfies Readonly<Record<string, OfficeAct>>;
const ACTS: Readonly<Record<string, OfficeAct>> = ACT_OF;
const ALL_ACTS = [
  "list.compile",
  "list.opine",
  "list.decide",
  "notice.post",
  "notice.confirm",
] as const;

/** A list with all that can be done about it; `?names=1` opens the names for who keeps them, each a look in the trail. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "list.read");
  const services = context.get(servicesContext);
  const { lists } = services;
  const { list, campaign } = await listDesk(services, params.list);
  const subject = subjectOfList(campaign);
  await officeDoor(context, "list.read", subject);
  const versions = await lists.versions(list);
  const open = atWork(versions);
  const asked = Number(url.searchParams.get("version") ?? Number.NaN);
  const shown =
    versions.find(({ version }) => version === asked) ??
    open ??
    inForce(versions) ??
    versions.at(-1);
  if (!shown) throw data({ code: "list.unknown" }, { status: 404 });
  const lines = await lists.lines(list, shown.version);
  const knows = may(person, "register.read", subject);
  const wantsNames = knows.ok && url.searchParams.has("names");
  const names = wantsNames
    ? await services.registerNames.ofRegistrations(
        lines.map(({ registration }) => registration),
        { person, grant: knows.value, act: "register.read", purpose: "compile" },
      )
    : undefined;
  const opened = names?.ok ? names.value : undefined;
  const notices = await lists.notices(list);
  const opinions = await lists.opinions(list);
  const organisations = new Map(
    (await services.people.organisations()).map(({ id, nameVi, nameEn }) => [
      id,
      { vi: nameVi, en: nameEn },
    ]),
  );
  const can = (act: OfficeAct, hands: readonly string[] = []) =>
    may(person, act, { ...subject, preparedBy: hands }).ok;
  const hanging = notices.find(({ outcome }) => outcome === null);
  const photos = notices.flatMap(({ places }) =>
    places.flatMap(({ upPhoto, downPhoto }) => [upPhoto, downPhoto].filter((one) => one !== null)),
  );
  const publicPhotos = await services.files.reading.publishedFor(
    "notice",
    notices.map(({ id }) => id),
  );
  const isPublic = new Set(publicPhotos.map(({ file }) => file));
  return forRender({
    list,
    campaign,
    version: shown,
    open: open ? { version: open.version, state: open.state } : null,
    versions: versions.map(({ version, state, reason, decidedOn }) => ({
      version,
      state,
      reason,
      decidedOn,
    })),
    lines: lines.map(({ registration, ...line }) => ({
      ...line,
      name: opened?.get(registration)?.name ?? null,
    })),
    totals: totalsOf(lines),
    opinions: opinions.map((one) => {
      const { saidBy: _, organisation, ...opinion } = one;
      const unknown = { vi: organisation, en: organisation };
      return { ...opinion, organisation: organisations.get(organisation) ?? unknown };
    }),
    notices: notices.toReversed(),
    held: photos.filter((file) => !isPublic.has(file)),
    can: {
      compile: can("list.compile"),
      opine: can("list.opine"),
      decide: can("list.decide", shown.compiledBy),
      compiledIt: shown.compiledBy.includes(person.id),
      sheet: can("list.sheet"),
      post: can("notice.post"),
      confirm:
        hanging !== undefined &&
        can("notice.confirm", [hanging.postedBy, hanging.endedBy ?? hanging.postedBy]),
    },
    mayName: knows.ok && !wantsNames,
    keyLost: names !== undefined && !names.ok,
    today: dayOf(services.now()),
    done: url.searchParams.get("xong"),
    key: services.newId(),
  });
}

export async function action({ context, params, request }: Route.ActionArgs) {
  await officeDoor(context, "list.read");
  // Whoever only reads sends no form here, and brings nothing into the store.
  const { person } = await officeDoorAny(context, ALL_ACTS);
  const services = context.get(servicesContext);
  const kinds = {
    paper: "decision",
    upPhoto: "photo",
    downPhoto: "photo",
    minutes: "minutes",
  } as const;
  const upload = await readUpload(request, context, { person, kinds });
  const typed = typedOf(upload.fields);
  const intent = own(typed, "intent") ?? "";
  const act = own(ACTS, intent);
  if (!act) throw data({ code: "form.broken" }, { status: 400 });
  await officeDoor(context, act);
  const { list, campaign } = await listDesk(services, params.list);
  await officeDoor(context, act, subjectOfList(campaign));
  const answer = (problem: { readonly code: string } | null, status: number) =>
    data(
      {
        intent,
        typed,
        problem: problem && toldProblem(problem),
        kept: upload.files,
        refused: upload.refused,
      },
      { status },
    );
  if (upload.refused.length > 0) return answer(null, 422);
  const done = await doListStep(services, person, { list, intent, typed, upload });
  if (done.ok) return redirect(`${officePath("list", { list })}?xong=${intent}`, 303);
  refuseIfPerson(context, done.problem, act, { kind: "list", id: list });
  return answer(done.problem, done.problem.code === "office.stale" ? 409 : 422);
}

export default function ListPage({ loaderData, actionData }: Route.ComponentProps) {
  const { list, campaign, version, versions, can } = loaderData;
  const { t } = useTranslation("office-road");
  const { locale, to } = useSite();
  const published = versions.some(({ state }) => state === "decided");
  return (
    <OfficePage
      title={t("roundOf", {
        campaign: locale === "vi" ? campaign.titleVi : campaign.titleEn,
        round: version.round,
      })}
      eyebrow={t("lists.eyebrow", { list, version: version.version })}
      crumbs={[[t("lists.title"), OFFICE_PAGES.lists]]}
      actions={
        published ? (
          <>
            {can.sheet ? (
              <a className="button" href={officePath("listSheet", { list })}>
                {t("sheet.named")}
              </a>
            ) : null}
            <a className="button quiet" href={to("notice", { notice: list })}>
              {t("lists.public")}
            </a>
          </>
        ) : null
      }
    >
      <ListDesk loaded={loaderData} sent={actionData} />
    </OfficePage>
  );
}
