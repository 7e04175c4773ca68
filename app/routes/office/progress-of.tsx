import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { subjectOfCampaign } from "#app/domain/campaigns/draft.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { may } from "#app/domain/people/may.ts";
import { fileStatement, LONGEST_TEXT } from "#app/domain/progress/file-statement.ts";
import { latenessOf } from "#app/domain/campaigns/lateness.ts";
import { day, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { Figures, Statements } from "#app/ui/campaign/statements.tsx";
import { FormCard, TextArea } from "#app/ui/office/form-card.tsx";
import { LatenessState } from "#app/ui/office/lateness-state.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { useSite } from "#app/ui/site.ts";
import { problemField, problemText } from "#app/ui/problem-text.ts";
import type { Route } from "./+types/progress-of";

export async function loader({ context, params, url }: Route.LoaderArgs) {
  await officeDoor(context, "campaign.read");
  const services = context.get(servicesContext);
  const campaign = await services.progress.campaign(params.campaign);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  const subject = subjectOfCampaign(campaign);
  const { person } = await officeDoor(context, "campaign.read", subject);
  const now = services.now();
  const today = dayOf(now);
  return forRender({
    campaign,
    lateness: latenessOf(campaign, today),
    statements: await services.progress.statements(campaign.id),
    figures: await services.progress.figures(campaign.id, now),
    mayFile: may(person, "progress.file", subject).ok,
    filedToday: campaign.progress.filedOn !== null && campaign.progress.filedOn >= today,
    begun: campaign.startsOn <= today,
    done: url.searchParams.get("done") === "filed",
    // Made before the first send, so that a double click is one statement.
    key: services.newId(),
  });
}

export async function action({ context, params, request }: Route.ActionArgs) {
  await officeDoor(context, "progress.file");
  const services = context.get(servicesContext);
  const campaign = await services.progress.campaign(params.campaign);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  const { person } = await officeDoor(context, "progress.file", subjectOfCampaign(campaign));
  const form = await readForm(request);
  if (fieldOf(form, "intent") !== "file") throw data({ code: "form.broken" }, { status: 400 });
  const typed = {
    // One sign more than may be sent, so that too long is told and not cut.
    textVi: fieldOf(form, "textVi", LONGEST_TEXT * 2),
    textEn: fieldOf(form, "textEn", LONGEST_TEXT * 2),
    key: fieldOf(form, "key", 60),
  };
  const filed = await fileStatement(services, person, { ...typed, campaign: campaign.id });
  if (filed.ok) {
    return redirect(`${officePath("progressOf", { campaign: campaign.id })}?done=filed`, 303);
  }
  refuseIfPerson(context, filed.problem, "progress.file", { kind: "campaign", id: campaign.id });
  const status = CONFLICTS.has(filed.problem.code) ? 409 : 422;
  return data({ typed, problem: filed.problem }, { status });
}

/** Problems that lie in what was done meanwhile, not in what was typed. */
const CONFLICTS = new Set(["progress.filed-today", "progress.key-used"]);

export default function OfficeProgressOfPage({ loaderData, actionData }: Route.ComponentProps) {
  const { campaign, lateness, statements, figures, mayFile, filedToday, begun } = loaderData;
  const { t } = useTranslation("office-twinning");
  const { locale, to } = useSite();
  const animals = campaign.species === "BO" || campaign.species === "DE";
  return (
    <OfficePage
      title={campaign.title[locale] || campaign.title.vi}
      eyebrow={`${campaign.id} · ${placeName(locale, campaign.commune.fullName)}`}
      crumbs={[[t("progress.title"), OFFICE_PAGES.progress]]}
      actions={<a href={to("campaign", { slug: campaign.slug })}>{t("progress.publicPage")}</a>}
    >
      <p className="state-line">
        <LatenessState lateness={lateness} />{" "}
        {"dueOn" in lateness ? (
          <span>{t("progress.due", { day: day(lateness.dueOn) })}</span>
        ) : null}
      </p>
      {loaderData.done ? (
        <p className="notice good" role="status">
          {t("progress.filed")}
        </p>
      ) : null}
      {mayFile && begun && (!filedToday || actionData) ? (
        <StatementForm loaded={loaderData} sent={actionData} animals={animals} />
      ) : (
        <Section id="now" title={t("progress.now", { entry: number(locale, figures.entry) })}>
          <Figures figures={figures} animals={animals} />
          {filedToday ? <p className="soft">{t("progress.filedToday")}</p> : null}
        </Section>
      )}
      <Statements statements={statements} lateness={lateness} animals={animals} />
    </OfficePage>
  );
}

type Loaded = Route.ComponentProps["loaderData"];
type Sent = Route.ComponentProps["actionData"];

function StatementForm(props: { loaded: Loaded; sent: Sent; animals: boolean }) {
  const { loaded, sent, animals } = props;
  const { t } = useTranslation("office-twinning");
  const { locale } = useSite();
  const text = sent && problemText(t, locale, sent.problem);
  const at = sent ? problemField(sent.problem, { "progress.too-short": "textVi" }) : null;
  return (
    <FormCard
      id="file-statement"
      title={t("progress.form.title")}
      lead={t("progress.form.lead", { entry: number(locale, loaded.figures.entry) })}
      intent="file"
      hidden={{
        key: sent && sent.problem.code !== "progress.key-used" ? sent.typed.key : loaded.key,
      }}
      problems={text === undefined ? [] : [{ id: at, text }]}
      submit={t("progress.form.submit")}
    >
      <Figures figures={loaded.figures} animals={animals} />
      <TextArea
        id="textVi"
        name="textVi"
        lang="vi"
        label={t("progress.form.textVi")}
        hint={t("progress.form.textHint")}
        rows={8}
        defaultValue={sent?.typed.textVi ?? ""}
        error={at === "textVi" ? text : undefined}
      />
      <TextArea
        id="textEn"
        name="textEn"
        lang="en"
        label={t("progress.form.textEn")}
        rows={5}
        defaultValue={sent?.typed.textEn ?? ""}
        error={at === "textEn" ? text : undefined}
      />
    </FormCard>
  );
}
