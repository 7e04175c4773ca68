import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import type { RegisterFault } from "#app/domain/register/household.ts";
import { registerHousehold } from "#app/domain/register/keep-household.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { offered, registerCampaigns } from "#app/requests/register-desk.ts";
import { householdWish, registrationWish } from "#app/requests/register-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { FormCard } from "#app/ui/office/form-card.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import {
  faultProblems,
  HouseholdFields,
  KeyLost,
  RegistrationFields,
} from "#app/ui/register/household-fields.tsx";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/new-household";

/** The form for a household that asks to take part. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "register.keep");
  const services = context.get(servicesContext);
  const campaigns = await registerCampaigns(services, person, "register.keep");
  const empty = new FormData();
  empty.set("campaign", url.searchParams.get("campaign")?.slice(0, 40) ?? "");
  empty.set("round", "1");
  empty.set("onDay", dayOf(services.now()).split("-").toReversed().join("/"));
  return forRender({
    campaigns: offered(campaigns, context.get(localeContext)),
    household: householdWish(empty),
    registration: registrationWish(empty),
    // Made before the first send, so that a double click is one household.
    key: services.newId(),
  });
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "register.keep");
  const services = context.get(servicesContext);
  const form = await readForm(request);
  const key = fieldOf(form, "key", 40);
  if (fieldOf(form, "intent") !== "register" || !/^[a-z2-7]{26}$/.test(key)) {
    throw data({ code: "form.broken" }, { status: 400 });
  }
  const household = householdWish(form);
  const registration = registrationWish(form);
  const campaigns = await registerCampaigns(services, person, "register.keep");
  const campaign = campaigns.find(({ id }) => id === registration.campaign);
  // Where nothing was chosen, the person's own commune says whose form it is.
  const commune = campaign?.commune.code ?? campaigns[0]?.commune.code ?? "";
  const done = await registerHousehold(services, person, {
    ...household,
    key,
    commune,
    registration: { ...registration, campaign: campaign?.id ?? "" },
  });
  if (done.ok) {
    return redirect(
      `${officePath("household", { household: done.value.household })}?done=register`,
      303,
    );
  }
  const { problem } = done;
  refuseIfPerson(context, problem, "register.keep", { kind: "household", id: key });
  const wrong: readonly RegisterFault[] = problem.code === "register.wrong" ? problem.wrong : [];
  return data({ household, registration, wrong, code: problem.code, key }, { status: 422 });
}

export default function NewHouseholdPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const wrong = actionData?.wrong ?? [];
  const other = actionData && wrong.length === 0 ? actionData.code : undefined;
  return (
    <OfficePage
      title={t("new.title")}
      lead={t("new.lead")}
      crumbs={[[t("list.title"), officePath("households")]]}
    >
      {other === "register.key-lost" ? <KeyLost /> : null}
      <FormCard
        id="new-household"
        title={t("new.form")}
        intent="register"
        hidden={{
          key: other === "register.key-used" ? loaderData.key : (actionData?.key ?? loaderData.key),
        }}
        submit={t("new.submit")}
        problems={[
          ...faultProblems(t, locale, wrong),
          ...(other ? [{ id: null, text: problemText(t, locale, { code: other }) }] : []),
        ]}
        also={<a href={officePath("households")}>{t("cancel")}</a>}
      >
        <RegistrationFields
          wish={actionData?.registration ?? loaderData.registration}
          wrong={wrong}
          campaigns={loaderData.campaigns}
        />
        <HouseholdFields wish={actionData?.household ?? loaderData.household} wrong={wrong} />
      </FormCard>
    </OfficePage>
  );
}
