import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { draftCampaign } from "#app/domain/campaigns/draft-campaign.ts";
import { LONGEST } from "#app/domain/campaigns/draft-problems.ts";
import { MODELS } from "#app/domain/campaigns/ports.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { tidy } from "#app/domain/kernel/tidy.ts";
import { may } from "#app/domain/people/may.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { typedOf, wrongFact } from "#app/ui/forms/draft-form.ts";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { OfficePage } from "#app/ui/office/page.tsx";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import type { Route } from "./+types/new-campaign";

export async function loader({ context }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "campaign.draft");
  const services = context.get(servicesContext);
  const all = await services.drafts.communes(dayOf(services.now()));
  const communes = all.filter(
    ({ code, district }) => may(person, "campaign.draft", { communes: [code], district }).ok,
  );
  return { communes, key: services.newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "campaign.draft");
  const services = context.get(servicesContext);
  const typed = typedOf(await readForm(request));
  const titleVi = tidy(typed["titleVi"] ?? "");
  const model = MODELS.find((one) => one === typed["model"]);
  const wrong: Record<string, string> = {
    ...(typed["commune"] ? {} : { commune: "missing" }),
    ...(model ? {} : { model: "missing" }),
    ...(titleVi === "" ? { titleVi: "missing" } : {}),
    ...(titleVi.length > LONGEST.title ? { titleVi: "too-long" } : {}),
  };
  if (!/^[\w-]{16,64}$/.test(typed["key"] ?? "")) {
    throw data({ code: "form.broken" }, { status: 400 });
  }
  if (!model || Object.keys(wrong).length > 0) return data({ typed, wrong }, { status: 422 });
  await officeDoor(context, "campaign.draft", { communes: [typed["commune"] ?? ""] });
  const begun = await draftCampaign(services, person, {
    key: typed["key"] ?? "",
    commune: typed["commune"] ?? "",
    model,
    titleVi,
  });
  if (begun.ok) {
    const page = officePath("campaign", { draft: begun.value.draft });
    return redirect(`${page}?sua=purpose#purpose`, 303);
  }
  refuseIfPerson(context, begun.problem, "campaign.draft", undefined);
  if (begun.problem.code === "draft.key-used") {
    // The page that says so carries a fresh key, so that what was typed can be sent after all.
    const { key: _, ...kept } = typed;
    return data({ typed: kept, wrong: {}, problem: begun.problem }, { status: 409 });
  }
  return data({ typed, wrong: { commune: "unknown" } }, { status: 422 });
}

export default function NewCampaign({ loaderData, actionData }: Route.ComponentProps) {
  const { communes, key } = loaderData;
  const { t } = useTranslation("office-campaign");
  const { t: tc } = useTranslation("campaign");
  const locale = useLocale();
  const typed: Readonly<Record<string, string>> = actionData?.typed ?? {};
  const wrong: Readonly<Record<string, string>> = actionData?.wrong ?? {};
  const say = (name: string) => {
    const found = own(wrong, name);
    if (!found) return undefined;
    const { code, facts } = wrongFact(name, found, typed);
    return t(`wrong.${code}`, facts);
  };
  const used =
    actionData && "problem" in actionData ? problemText(t, locale, actionData.problem) : null;
  const only = communes.length === 1 ? communes[0]?.code : undefined;
  return (
    <OfficePage
      title={t("new.title")}
      lead={t("new.lead")}
      crumbs={[[t("list.title"), OFFICE_PAGES.campaigns]]}
    >
      <FormCard
        id="new"
        title={t("new.first")}
        intent="begin"
        hidden={{ key: typed["key"] ?? key }}
        submit={t("new.submit")}
        problems={[
          ...(used === null ? [] : [{ id: null, text: used }]),
          ...["commune", "model", "titleVi"].flatMap((name) =>
            own(wrong, name)
              ? [{ id: name, text: `${t(`field.${name}`)}: ${say(name) ?? ""}` }]
              : [],
          ),
        ]}
      >
        <SelectField
          id="commune"
          name="commune"
          label={t("field.commune")}
          empty={t("choose")}
          defaultValue={typed["commune"] ?? only ?? ""}
          error={say("commune")}
          options={communes.map(
            ({ code, fullName, districtName }) =>
              [
                code,
                t("new.commune", { commune: placeName(locale, fullName), district: districtName }),
              ] as const,
          )}
        />
        <SelectField
          id="model"
          name="model"
          label={t("field.model")}
          empty={t("choose")}
          defaultValue={typed["model"] ?? ""}
          error={say("model")}
          options={MODELS.map((model) => [model, tc(`model.${model}`)] as const)}
        />
        <TextField
          id="titleVi"
          name="titleVi"
          label={t("field.titleVi")}
          hint={t("hint.titleVi")}
          defaultValue={typed["titleVi"] ?? ""}
          error={say("titleVi")}
        />
      </FormCard>
    </OfficePage>
  );
}
