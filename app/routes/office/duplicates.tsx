import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { may } from "#app/domain/people/may.ts";
import { judgeDuplicate } from "#app/domain/register/duplicates.ts";
import type { RegisterHousehold, Registration } from "#app/domain/register/household.ts";
import { DUPLICATE_DECISIONS, DUPLICATE_REASONS } from "#app/domain/register/matters.ts";
import type { PersonalData } from "#app/domain/register/personal-data.ts";
import { placesOf } from "#app/domain/register/search.ts";
import { placeOf } from "#app/domain/office-lists/list.ts";
import { day, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { Pages } from "#app/ui/office/data-list.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { KeyLost } from "#app/ui/register/household-fields.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/duplicates";

/** Matches on a page: both sides are opened, and each is a line in the trail. */
const SHOWN = 10;

/** Matches that nobody judged yet, with both sides. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person, grant } = await officeDoor(context, "register.judge");
  const { register, registerNames } = context.get(servicesContext);
  const all = await register.openChecks(placesOf(person, "register.judge"));
  const { from, ...paging } = placeOf(url.searchParams.get("page"), all.length, SHOWN);
  const shown = all.slice(from, from + SHOWN);
  const ids = [...new Set(shown.flatMap(({ one, other }) => [one, other]))];
  const look = { person, grant, act: "register.read", purpose: "judge-duplicate" } as const;
  const names = await registerNames.ofHouseholds(ids, look);
  const sides = new Map<string, Side>();
  for (const id of ids) {
    const household = await register.household(id);
    if (!household) continue;
    const who = names.ok ? (names.value.get(id) ?? null) : null;
    sides.set(id, { household, who, registrations: await register.registrationsOf(id) });
  }
  return forRender({
    paging,
    keyLost: !names.ok,
    checks: shown.flatMap((check) => {
      const [one, other] = [sides.get(check.one), sides.get(check.other)];
      return one && other ? [{ check, one, other }] : [];
    }),
    mayOpen: may(person, "register.read").ok,
    done: url.searchParams.get("done") === "judge",
  });
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "register.judge");
  const form = await readForm(request);
  if (fieldOf(form, "intent") !== "judge") throw data({ code: "form.broken" }, { status: 400 });
  const check = fieldOf(form, "check", 40);
  // One choice on a phone: the decision and why.
  const [decision = "", reason = ""] = fieldOf(form, "verdict", 80).split(":");
  const judged = await judgeDuplicate(context.get(servicesContext), person, {
    check,
    decision,
    reason,
  });
  if (judged.ok) return redirect(`${officePath("duplicates")}?done=judge`, 303);
  const { problem } = judged;
  refuseIfPerson(context, problem, "register.judge", { kind: "duplicate", id: check });
  const status = problem.code === "duplicate.judged-already" ? 409 : 422;
  return data({ check, code: problem.code }, { status });
}

interface Side {
  readonly household: RegisterHousehold;
  readonly who: PersonalData | null;
  readonly registrations: readonly Registration[];
}

export default function DuplicatesPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { checks, paging } = loaderData;
  return (
    <OfficePage
      title={t("duplicates.title")}
      lead={t("duplicates.lead")}
      crumbs={[[t("list.title"), officePath("households")]]}
    >
      {loaderData.keyLost ? <KeyLost /> : null}
      {loaderData.done ? (
        <p className="notice good" role="status">
          {t("duplicates.done")}
        </p>
      ) : null}
      {actionData && !checks.some(({ check }) => check.id === actionData.check) ? (
        <p className="notice" role="alert">
          {problemText(t, locale, { code: actionData.code })}
        </p>
      ) : null}
      {checks.length === 0 ? <p className="empty">{t("duplicates.empty")}</p> : null}
      {paging.total > 0 ? (
        <p className="list-count">
          {t("duplicates.count", { count: paging.total, shown: number(locale, paging.total) })}
        </p>
      ) : null}
      {checks.map(({ check, one, other }) => (
        <Section
          key={check.id}
          id={`check-${check.id}`}
          title={t("duplicates.equal", {
            what: check.matches.map((match) => t(`match.${match}`)).join(", "),
          })}
        >
          <div className="fields-two">
            <SideFacts side={one} />
            <SideFacts side={other} />
          </div>
          <JudgeForm
            check={check.id}
            code={actionData?.check === check.id ? actionData.code : undefined}
          />
        </Section>
      ))}
      <Pages paging={paging} />
    </OfficePage>
  );
}

function SideFacts({ side }: { side: Side }) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const { household, who, registrations } = side;
  return (
    <dl className="facts">
      <dt>{t("field.name")}</dt>
      <dd>
        <a href={officePath("household", { household: household.id })}>
          {who?.name ?? t("list.sealed")}
        </a>
      </dd>
      <dt>{t("field.village")}</dt>
      <dd>
        {household.village}, {placeName(locale, household.communeName)}
      </dd>
      <dt>{t("field.book")}</dt>
      <dd>{who?.book || t("none")}</dd>
      <dt>{t("field.phone")}</dt>
      <dd>{who?.phone || t("none")}</dd>
      <dt>{t("field.category")}</dt>
      <dd>
        {t(`category.${household.category}`)}, {day(household.categoryOn)}
      </dd>
      <dt>{t("list.registrations")}</dt>
      <dd>
        {registrations.map((one) => (
          <span className="line" key={one.id}>
            {t("round", { campaign: one.campaign, round: one.round })}, {t(`state.${one.state}`)}
          </span>
        ))}
      </dd>
    </dl>
  );
}

function JudgeForm({ check, code }: { check: string; code: string | undefined }) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const text = code && problemText(t, locale, { code });
  return (
    <FormCard
      id={`judge-${check}`}
      title={t("duplicates.judge")}
      intent="judge"
      hidden={{ check }}
      submit={t("duplicates.submit")}
      problems={text ? [{ id: `verdict-${check}`, text }] : []}
    >
      <SelectField
        id={`verdict-${check}`}
        name="verdict"
        label={t("duplicates.verdict")}
        empty={t("choose")}
        error={text}
        options={DUPLICATE_DECISIONS.map((decision) => ({
          group: t(`decision.${decision}`),
          options: DUPLICATE_REASONS[decision].map(
            (reason) => [`${decision}:${reason}`, t(`reason.${reason}`)] as const,
          ),
        }))}
      />
    </FormCard>
  );
}
