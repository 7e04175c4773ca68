import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { beginRegisterImport } from "#app/domain/register/import-desk.ts";
import { MOST_IMPORT_ROWS } from "#app/domain/register/import-sheet.ts";
import { placesOf } from "#app/domain/register/search.ts";
import { dayAt, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { localeContext } from "#app/requests/locale.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf } from "#app/requests/read-form.ts";
import { readUpload } from "#app/requests/read-upload.ts";
import { offered, registerCampaigns } from "#app/requests/register-desk.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/register-imports";

/** Choosing a commune's list, and those that were read in before. */
export async function loader({ context }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "register.keep");
  const services = context.get(servicesContext);
  return forRender({
    imports: await services.registerImports.imports(placesOf(person, "register.keep")),
    campaigns: offered(
      await registerCampaigns(services, person, "register.keep"),
      context.get(localeContext),
    ),
    key: services.newId(),
  });
}

/** Read the chosen file; its bytes are not kept, its cells are, sealed. */
export async function action({ context, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "register.keep");
  const services = context.get(servicesContext);
  const upload = await readUpload(request, context, { person, kinds: { list: "statement" } });
  const text = (name: string) => fieldOf(upload.fields, name, 60);
  if (text("intent") !== "begin") throw data({ code: "form.broken" }, { status: 400 });
  const [file] = upload.files;
  const { store, staged } = services.files;
  const bytes = file ? await (await store.get(file.blob))?.bytes() : undefined;
  await staged.remove(upload.files.map(({ id }) => id));
  await Promise.allSettled(upload.files.map(({ blob }) => store.remove(blob)));
  const typed = { campaign: text("campaign"), round: text("round") };
  const refused = (code: string) => data({ code, ...typed }, { status: 422 });
  if (upload.refused.length > 0) return refused("import.unreadable");
  if (!file || !bytes) return refused("import.no-file");
  if (file.format !== "xlsx" && file.format !== "csv") return refused("import.unreadable");
  const campaigns = await registerCampaigns(services, person, "register.keep");
  const campaign = campaigns.find(({ id }) => id === typed.campaign);
  if (!campaign) return refused("register.no-campaign");
  const begun = await beginRegisterImport(services, person, {
    commune: campaign.commune.code,
    campaign: campaign.id,
    round: typed.round.trim(),
    fileName: file.name,
    bytes,
    format: file.format,
  });
  if (begun.ok) return redirect(officePath("registerImport", { import: begun.value.id }), 303);
  refuseIfPerson(context, begun.problem, "register.keep", undefined);
  return refused(begun.problem.code);
}

const FIELDS: Readonly<Record<string, string>> = {
  "register.no-campaign": "campaign",
  "register.other-commune": "campaign",
  "register.bad-round": "round",
};

export default function RegisterImportsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  const text =
    actionData &&
    problemText(t, locale, { code: actionData.code }, { most: number(locale, MOST_IMPORT_ROWS) });
  const at = actionData && (own(FIELDS, actionData.code) ?? "list");
  const errorAt = (field: string) => (at === field ? text : undefined);
  return (
    <OfficePage
      title={t("import.title")}
      lead={t("import.lead")}
      crumbs={[[t("list.title"), officePath("households")]]}
    >
      <FormCard
        id="begin-import"
        title={t("import.form")}
        intent="begin"
        hidden={{ key: loaderData.key }}
        encType="multipart/form-data"
        submit={t("import.read")}
        problems={text && at ? [{ id: at, text }] : []}
      >
        <SelectField
          id="campaign"
          name="campaign"
          label={t("field.campaign")}
          empty={t("choose")}
          defaultValue={actionData?.campaign ?? ""}
          error={errorAt("campaign")}
          options={loaderData.campaigns.map(({ id, title }) => [id, `${id} · ${title}`])}
        />
        <TextField
          id="round"
          name="round"
          label={t("field.round")}
          defaultValue={actionData?.round ?? "1"}
          error={errorAt("round")}
          inputMode="numeric"
        />
        <div className={errorAt("list") ? "field field-wrong" : "field"}>
          <label htmlFor="list">{t("import.file")}</label>
          <span className="hint" id="list-hint">
            {t("import.hint", { most: number(locale, MOST_IMPORT_ROWS) })}
          </span>
          {errorAt("list") ? (
            <span className="field-error" id="list-error">
              {text}
            </span>
          ) : null}
          <input
            id="list"
            name="list"
            type="file"
            accept=".xlsx,.csv"
            aria-describedby={errorAt("list") ? "list-hint list-error" : "list-hint"}
            aria-invalid={errorAt("list") ? true : undefined}
          />
        </div>
      </FormCard>
      <Section id="earlier" title={t("import.earlier")}>
        {loaderData.imports.length === 0 ? <p className="empty">{t("import.none")}</p> : null}
        <ul className="plain-list">
          {loaderData.imports.map((one) => (
            <li key={one.id}>
              <a href={officePath("registerImport", { import: one.id })}>{one.fileName}</a>{" "}
              <State
                tone={
                  one.state === "confirmed" ? "good" : one.state === "dropped" ? "over" : "waiting"
                }
              >
                {t(`import.state.${one.state}`)}
              </State>{" "}
              <span className="soft">
                {dayAt(one.startedAt)}, {t("round", { campaign: one.campaign, round: one.round })},{" "}
                {t("import.rows", { count: one.rows, shown: number(locale, one.rows) })}
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </OfficePage>
  );
}
