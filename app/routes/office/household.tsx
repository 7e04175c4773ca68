import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { own } from "#app/domain/kernel/own.ts";
import { may } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import { subjectOfHousehold } from "#app/domain/register/household.ts";
import type { PersonalData } from "#app/domain/register/personal-data.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { doHouseholdForm, type HouseholdForm } from "#app/requests/household-acts.ts";
import { localeContext } from "#app/requests/locale.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf } from "#app/requests/read-form.ts";
import { readUpload } from "#app/requests/read-upload.ts";
import { offered, registerCampaigns } from "#app/requests/register-desk.ts";
import { householdWish, registrationWish } from "#app/requests/register-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor, officeDoorAny } from "#app/requests/visitor.ts";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { ConsentPart } from "#app/ui/register/consent-part.tsx";
import { HouseholdFacts } from "#app/ui/register/household-facts.tsx";
import { CorrectForm, RegistrationsPart } from "#app/ui/register/household-forms.tsx";
import { KeyLost } from "#app/ui/register/household-fields.tsx";
import { RequestsPart } from "#app/ui/register/requests-part.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/household";

/** Forms of this page, and the act each asks. */
const HOUSEHOLD_FORMS = {
  correct: "register.keep",
  again: "register.keep",
  visit: "register.keep",
  close: "register.keep",
  consent: "register.keep",
  "note-request": "register.keep",
  "answer-request": "register.keep",
  "finish-request": "register.keep",
  "decide-erasure": "register.erase",
} as const satisfies Readonly<Record<HouseholdForm, OfficeAct>>;

/** One household: who it is, what it asked for, what it agreed to, and what it asks about its own data. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  await officeDoor(context, "register.read");
  const services = context.get(servicesContext);
  const { register, registerNames } = services;
  const household = await register.household(params.household);
  if (!household) throw data({ code: "household.unknown" }, { status: 404 });
  const subject = subjectOfHousehold(household);
  const { person, grant } = await officeDoor(context, "register.read", subject);
  const look = { person, grant, act: "register.read", purpose: "keep" } as const;
  const names = await registerNames.ofHouseholds([household.id], look);
  const registrations = await register.registrationsOf(household.id);
  const requests = await register.requests(household.id);
  const mayErase = may(person, "register.erase", subject).ok;
  const done = url.searchParams.get("done");
  return forRender({
    household,
    keyLost: !names.ok,
    who: names.ok ? (names.value.get(household.id) ?? null) : null,
    registrations,
    checks: await register.siteChecks(registrations.map(({ id }) => id)),
    consents: await register.consents(household.id),
    requests: requests.map((one) => ({
      ...one,
      decides: mayErase && one.notedBy !== person.id,
    })),
    duplicates: (await register.checksOf([household.id])).filter(
      ({ decision }) => decision === null,
    ).length,
    campaigns: offered(
      await registerCampaigns(services, person, "register.keep"),
      context.get(localeContext),
    ),
    mayKeep: household.erasedAt === null && may(person, "register.keep", subject).ok,
    done: done === "register" || own(HOUSEHOLD_FORMS, done ?? "") ? done : null,
    today: dayOf(services.now()),
    // Made before the first send: files are found again by it.
    key: services.newId(),
  });
}

/** One form of the page. */
export async function action({ context, params, request }: Route.ActionArgs) {
  const door = await officeDoor(context, "register.read");
  await officeDoorAny(context, ["register.keep", "register.erase"]);
  const upload = await readUpload(request, context, {
    person: door.person,
    kinds: { proof: "letter" },
  });
  const intent = fieldOf(upload.fields, "intent", 40);
  const act = own(HOUSEHOLD_FORMS, intent);
  if (act === undefined) throw data({ code: "form.broken" }, { status: 400 });
  if (act === "register.erase") await officeDoor(context, "register.erase");
  else await officeDoor(context, "register.keep");
  const services = context.get(servicesContext);
  const household = await services.register.household(params.household);
  if (!household) throw data({ code: "household.unknown" }, { status: 404 });
  await officeDoor(context, act, subjectOfHousehold(household));
  const form = intent as HouseholdForm;
  const address = officePath("household", { household: household.id });
  const sent = {
    intent: form,
    about: fieldOf(upload.fields, "registration", 40) || fieldOf(upload.fields, "request", 40),
    household: householdWish(upload.fields),
    registration: registrationWish(upload.fields),
    key: fieldOf(upload.fields, "key", 64),
    typed: typedOf(upload.fields),
    kept: upload.files.map(({ id, name, bytes, format }) => ({ id, name, bytes, format })),
  };
  if (upload.refused.length > 0) {
    const refused = upload.refused.map(({ name, problem }) => ({ name, problem }));
    return data(
      { ...sent, refused, code: "file.refused", field: "proof", wrong: [] },
      { status: 422 },
    );
  }
  const done = await doHouseholdForm(services, door.person, {
    intent: form,
    household: household.id,
    upload,
  });
  if (done.ok) return redirect(`${address}?done=${form}`, 303);
  const { problem } = done;
  refuseIfPerson(context, problem, act, { kind: "household", id: household.id });
  const { code, field = null, wrong = [] } = problem;
  const status = code === "office.stale" ? 409 : 422;
  return data({ ...sent, refused: [], code, field, wrong }, { status });
}

/** What was typed into the short fields, to stand there again. */
function typedOf(fields: FormData): Readonly<Record<string, string>> {
  const short = [...fields].flatMap(([name, value]) =>
    typeof value === "string" && value.length <= 4_000 ? [[name, value] as const] : [],
  );
  return Object.fromEntries(short);
}

export default function HouseholdPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { household, who, registrations, mayKeep, done } = loaderData;
  const erased = household.erasedAt !== null;
  const title = who?.name ?? t(erased ? "list.erased" : "list.sealed");
  return (
    <OfficePage
      title={title}
      eyebrow={`${household.village}, ${placeName(locale, household.communeName)}`}
      crumbs={[[t("list.title"), officePath("households")]]}
    >
      {loaderData.keyLost ? <KeyLost /> : null}
      {done ? (
        <p className="notice good" role="status">
          {t(`done.${done}`)}
        </p>
      ) : null}
      {loaderData.duplicates > 0 ? (
        <p className="notice">
          <a href={officePath("duplicates")}>
            {t("list.openChecks", { count: loaderData.duplicates })}
          </a>
        </p>
      ) : null}
      <HouseholdFacts household={household} who={who} />
      <Section id="registrations" title={t("list.registrations")}>
        <RegistrationsPart
          registrations={registrations}
          checks={loaderData.checks}
          campaigns={loaderData.campaigns}
          mayKeep={mayKeep}
          sent={actionData}
        />
      </Section>
      <Section id="consents" title={t("consent.title")}>
        <ConsentPart
          consents={loaderData.consents}
          mayKeep={mayKeep}
          formKey={loaderData.key}
          sent={actionData}
        />
      </Section>
      <Section id="requests" title={t("request.title")}>
        <RequestsPart
          requests={loaderData.requests}
          today={loaderData.today}
          mayKeep={mayKeep}
          sent={actionData}
        />
      </Section>
      {mayKeep && who ? (
        <Section id="correct-part" title={t("correct.title")}>
          <CorrectForm household={household} wish={wishOf(who, household)} sent={actionData} />
        </Section>
      ) : null}
    </OfficePage>
  );
}

/** What stands in the register, as its form has it. */
function wishOf(who: PersonalData, household: Route.ComponentProps["loaderData"]["household"]) {
  const empty = { name: "", relation: "other", birthYear: "" };
  return {
    name: who.name,
    phone: who.phone,
    book: who.book,
    village: household.village,
    category: household.category,
    categoryDecision: household.categoryDecision,
    categoryOn: household.categoryOn.split("-").toReversed().join("/"),
    members: Array.from({ length: Math.max(6, who.members.length) }, (_, n) => {
      const member = who.members[n];
      return member
        ? { ...member, birthYear: member.birthYear === null ? "" : String(member.birthYear) }
        : empty;
    }),
    ethnicGroup: who.ethnicGroup,
    selfName: who.selfName,
    ethnicConsent: who.ethnicGroup !== "" || who.selfName !== "",
    labour: String(household.ability.labour),
    land: String(household.ability.land),
    grass: household.ability.grass,
    barn: household.ability.barn,
  };
}
