import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { typedDay } from "#app/domain/kernel/typed-day.ts";
import { decideRole, subjectOfGrant, withdrawRole } from "#app/domain/people/decide-role.ts";
import { helpPerson } from "#app/domain/people/keep-person.ts";
import { may } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import { inForce } from "#app/domain/people/organisation.ts";
import type { Organisation } from "#app/domain/people/ports.ts";
import { proposeRole } from "#app/domain/people/propose-role.ts";
import type { RoleWish } from "#app/domain/people/role-rules.ts";
import { heldOn, ROLES } from "#app/domain/people/role.ts";
import type { Services } from "#app/domain/services.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { compareText } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { refuse, refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { StepButton } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { GrantHistory, GrantTable } from "#app/ui/office/grants.tsx";
import { ProposeForm } from "#app/ui/office/propose-form.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/person";

/** One person: what they hold, held, and what is proposed. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "people.read");
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const card = await services.people.card(params.person);
  if (!card) throw data({ code: "person.unknown" }, { status: 404 });
  const [files, organisations] = await Promise.all([
    services.people.grants(card.id),
    services.people.organisations(),
  ]);
  const today = dayOf(services.now());
  const byId = new Map(organisations.map((one) => [one.id, one]));
  const districts = await districtsOf(services, organisations, locale);
  const acting = files.flatMap((file) => [
    file.proposedBy,
    file.decidedBy ?? [],
    file.withdrawnBy ?? [],
  ]);
  const names = await services.people.names([...new Set(acting.flat())]);
  const grants = files.map((file) => {
    const organisation = byId.get(file.organisation);
    const over = organisation !== undefined && !inForce(organisation, today);
    return {
      ...file,
      organisationName: { vi: organisation?.nameVi ?? "", en: organisation?.nameEn ?? "" },
      placeName: districts.find(([code]) => code === file.place)?.[1] ?? null,
      counts: file.state === "approved" && heldOn(file, today) && !over,
      over,
      may: {
        decide: file.state === "proposed" && may(person, "role.approve", subjectOfGrant(file)).ok,
        withdraw:
          (file.state === "proposed" || file.state === "approved") &&
          may(person, "role.withdraw").ok,
      },
    };
  });
  const proposes = may(person, "role.propose").ok;
  const open = organisations.filter((one) => inForce(one, today) && one.kind !== "company");
  return forRender({
    card,
    grants,
    names,
    districts,
    today,
    done: url.searchParams.get("done"),
    help: {
      invite: may(person, "person.keep").ok,
      clearFactor: may(person, "person.keep").ok && person.id !== card.id,
    },
    mayAudit: may(person, "audit.read").ok,
    form: proposes
      ? {
          key: services.newId(),
          organisations: open.toSorted((a, b) => compareText(locale, a.nameVi, b.nameVi)),
        }
      : undefined,
  });
}

/** The mountain districts of 2024, whose task went on after they ended: code and name. */
async function districtsOf(
  services: Pick<Services, "places">,
  organisations: readonly Organisation[],
  locale: Locale,
): Promise<[code: string, name: string][]> {
  const codes = organisations.flatMap(({ kind, place }) =>
    kind === "district-office" && place !== null ? [place] : [],
  );
  return Promise.all(
    [...new Set(codes)].toSorted().map(async (code): Promise<[string, string]> => {
      const periods = await services.places.periods(code);
      return [
        code,
        placeName(locale, periods.find(({ kind }) => kind === "district")?.fullName ?? code),
      ];
    }),
  );
}

const ACTS: Readonly<Record<string, OfficeAct>> = {
  propose: "role.propose",
  approve: "role.approve",
  refuse: "role.approve",
  withdraw: "role.withdraw",
  invite: "person.keep",
  "clear-factor": "person.keep",
};

export async function action({ context, params, request }: Route.ActionArgs) {
  await officeDoor(context, "people.read");
  const form = await readForm(request);
  const text = (name: string) => fieldOf(form, name, 200).trim();
  const intent = text("intent");
  const act = own(ACTS, intent);
  if (!act) throw data({ code: "form.broken" }, { status: 400 });
  const { person } = await officeDoor(context, act);
  const services = context.get(servicesContext);
  const card = await services.people.card(params.person);
  if (!card) throw data({ code: "person.unknown" }, { status: 404 });
  const here = officePath("person", { person: card.id });

  if (intent === "propose") {
    const key = text("key");
    if (!/^[a-z2-7]{26}$/.test(key)) throw data({ code: "form.broken" }, { status: 400 });
    const wish: RoleWish = {
      person: card.id,
      role: text("role"),
      organisation: text("organisation"),
      place: text("place"),
      from: typedDay(text("from")),
      to: typedDay(text("to")),
    };
    const proposed = await proposeRole(services, person, key, wish);
    if (proposed.ok) return redirect(`${here}?done=proposed`, 303);
    const problem: typeof proposed.problem = proposed.problem;
    refuseIfPerson(context, problem, act, { kind: "person", id: card.id });
    if (problem.code === "role.wrong") {
      return data({ key, wish, wrong: problem.wrong, stopped: undefined }, { status: 422 });
    }
    const stopped = problem.code;
    return data({ key: undefined, wish, wrong: [], stopped }, { status: 409 });
  }

  if (intent === "invite" || intent === "clear-factor") {
    const helped = await helpPerson(services, person, card.id, intent);
    if (helped.ok)
      return redirect(`${here}?done=${intent === "invite" ? "invited" : "cleared"}`, 303);
    // Also that nobody clears a second factor of their own.
    refuse(context, { act, code: helped.problem.code, subject: { kind: "person", id: card.id } });
  }

  const id = text("grant");
  const grant = await services.people.grant(id);
  if (!grant || grant.person !== card.id) throw data({ code: "role.unknown" }, { status: 404 });
  if (act === "role.approve") await officeDoor(context, act, subjectOfGrant(grant));
  const version = Number(text("version"));
  const stepped =
    intent === "withdraw"
      ? await withdrawRole(services, person, id, version)
      : await decideRole(
          services,
          person,
          id,
          version,
          intent === "approve" ? "approved" : "refused",
        );
  if (stepped.ok) return redirect(`${here}?done=${intent}`, 303);
  const problem: typeof stepped.problem = stepped.problem;
  refuseIfPerson(context, problem, act, { kind: "grant", id });
  const status = problem.code === "role.unknown" ? 404 : 409;
  return data({ key: undefined, wish: undefined, wrong: [], stopped: problem.code }, { status });
}

export default function PersonPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-people");
  const locale = useLocale();
  const { card, grants, form, done } = loaderData;
  const known = ["proposed", "approve", "refuse", "withdraw", "invited", "cleared"].find(
    (one) => one === done,
  );
  return (
    <OfficePage
      title={card.name}
      eyebrow={card.email}
      crumbs={[[t("people.title"), OFFICE_PAGES.people]]}
      actions={
        loaderData.mayAudit ? (
          <a href={`${OFFICE_PAGES.audit}?person=${encodeURIComponent(card.id)}`}>
            {t("person.audit")}
          </a>
        ) : null
      }
    >
      {known && !actionData ? (
        <p className="notice good" role="status">
          {t(`person.done.${known}`)}
        </p>
      ) : null}
      {actionData?.stopped ? (
        <p className="notice bad" role="alert">
          {problemText(t, locale, { code: actionData.stopped })}
        </p>
      ) : null}
      <Section id="grants" title={t("person.grants")}>
        {grants.length === 0 ? (
          <p className="empty">{t("person.noGrants")}</p>
        ) : (
          <GrantTable grants={grants} />
        )}
      </Section>
      {form ? (
        <ProposeForm
          roles={ROLES}
          organisations={form.organisations}
          districts={loaderData.districts}
          hidden={actionData?.key ?? form.key}
          wish={actionData?.wish ?? { ...EMPTY, person: card.id, from: loaderData.today }}
          wrong={actionData?.wrong ?? []}
        />
      ) : null}
      {grants.length > 0 ? (
        <Section id="history" title={t("person.history")}>
          <GrantHistory grants={grants} names={loaderData.names} />
        </Section>
      ) : null}
      {loaderData.help.invite ? (
        <Section id="help" title={t("person.help")}>
          <p className="soft">{t("person.helpLead")}</p>
          <div className="step-buttons section-body">
            <StepButton intent="invite" label={t("person.sendInvite")} quiet />
            {loaderData.help.clearFactor ? (
              <StepButton intent="clear-factor" label={t("person.clearFactor")} quiet />
            ) : null}
          </div>
        </Section>
      ) : null}
    </OfficePage>
  );
}

const EMPTY: RoleWish = { person: "", role: "", organisation: "", place: "", from: "", to: "" };
