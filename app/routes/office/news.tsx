import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { subjectOfCampaign } from "#app/domain/campaigns/draft.ts";
import type { CampaignDesk } from "#app/domain/campaigns/draft-ports.ts";
import { type NewsTie, TIE_KINDS } from "#app/domain/campaigns/publish-update.ts";
import { LONGEST_NEWS, showNewsPictures, tellNews } from "#app/domain/campaigns/tell-news.ts";
import { addingFiles } from "#app/domain/files/add-files.ts";
import { may, type Person } from "#app/domain/people/may.ts";
import { day } from "#app/i18n/formats.ts";
import { OFFICE_PAGES, officePath } from "#app/i18n/office-paths.ts";
import { campaignDesk } from "#app/requests/campaign-desk.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { filesIn, FORM_KEY, readUpload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { type Typed, typedOf } from "#app/ui/forms/draft-form.ts";
import { FileField } from "#app/ui/office/file-field.tsx";
import { PictureLinks } from "#app/ui/office/campaign/section-view.tsx";
import { FormCard, SelectField, StepButton, TextArea } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { RadioField } from "#app/ui/radio-field.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import { problemField, problemText } from "#app/ui/problem-text.ts";
import type { Route } from "./+types/news";

/** Photos of one update: as many as there are captions in the form. */
const MOST_PHOTOS = 4;

export async function loader({ context, params, url }: Route.LoaderArgs) {
  await officeDoor(context, "campaign.read");
  const services = context.get(servicesContext);
  const campaign = await campaignDesk(services, params.draft);
  const { person } = await officeDoor(context, "campaign.read", subjectOfCampaign(campaign));
  const shown = await services.files.reading.publishedFor("campaign", [campaign.id]);
  const isShown = new Set(shown.map(({ file }) => file));
  const once = await Promise.all(
    campaign.news
      .flatMap(({ pictures }) => pictures.map(({ file }) => file))
      .filter((file) => !isShown.has(file))
      .map(async (file) => ((await services.files.reading.wasPublished(file)) ? [] : [file])),
  );
  return {
    campaign,
    /** Pictures nobody has shown yet; those taken back are no longer waiting. */
    held: once.flat(),
    tells: may(person, "campaign.tell", subjectOfCampaign(campaign)).ok,
    done: (["tell", "show"] as const).find((one) => one === url.searchParams.get("xong")),
    key: services.newId(),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "campaign.tell");
  const services = context.get(servicesContext);
  const campaign = await campaignDesk(services, params.draft);
  await officeDoor(context, "campaign.tell", subjectOfCampaign(campaign));
  const upload = await readUpload(request, context, { person, kinds: { photos: "photo" } });
  const typed = typedOf(upload.fields);
  if (typed["intent"] === "show") {
    return show(context, person, campaign, Number(typed["n"] ?? ""));
  }
  const staged = filesIn(upload, "photos").slice(0, MOST_PHOTOS);
  const answer = (code: string | null, status: number) =>
    data({ typed, code, kept: staged, refused: upload.refused }, { status });
  const tie = readTie(typed);
  if (upload.refused.length > 0) return answer(null, 422);
  if (!tie) return answer("news.not-tied", 422);
  const told = await addingFiles(services, staged, (files) =>
    tellNews(
      services,
      person,
      {
        campaign: campaign.id,
        key: own(typed, FORM_KEY) ?? "",
        textVi: (typed["textVi"] ?? "").replace(/\r\n?/g, "\n"),
        textEn: (typed["textEn"] ?? "").replace(/\r\n?/g, "\n"),
        tie,
        captions: files.map((_, n) => typed[`caption-${n}`] ?? ""),
        photos: typed["photosShown"] === "yes" ? "shown" : "held",
      },
      files,
    ),
  );
  if (told.ok) return redirect(`${officePath("news", { draft: campaign.id })}?xong=tell`, 303);
  const { code } = told.problem;
  refuseIfPerson(context, told.problem, "campaign.tell", { kind: "campaign", id: campaign.id });
  return answer(code, code.startsWith("news.") && code !== KEY_USED ? 422 : 409);
}

/** What was typed is sent again under the fresh key of the page that says so. */
const KEY_USED = "news.key-used";

/** Show the held pictures of one piece of news. Which they are is told by the books, not by the form. */
async function show(
  context: Route.ActionArgs["context"],
  person: Person,
  campaign: CampaignDesk,
  n: number,
) {
  const services = context.get(servicesContext);
  const news = campaign.news.find((one) => one.n === n);
  if (!news) throw data({ code: "form.broken" }, { status: 400 });
  const files = news.pictures.map(({ file }) => file);
  const shown = await showNewsPictures(services, person, { campaign: campaign.id, files });
  if (shown.ok)
    return redirect(`${officePath("news", { draft: campaign.id })}?xong=show#told`, 303);
  refuseIfPerson(context, shown.problem, "campaign.tell", { kind: "campaign", id: campaign.id });
  throw data({ code: shown.problem.code }, { status: 409 });
}

function readTie(typed: Typed): NewsTie | undefined {
  const kind = TIE_KINDS.find((one) => one === typed["tie"]);
  const animal = (typed["animal"] ?? "").trim().toUpperCase();
  const entry = (typed["entry"] ?? "").replace(/[#.\s]/g, "");
  const need = typed["need"] ?? "";
  if (kind === "animal" && animal !== "") return { kind, animal };
  if (kind === "entry" && /^\d{1,12}$/.test(entry)) return { kind, entry: Number(entry) };
  if (kind === "need" && /^\d{1,3}$/.test(need)) return { kind, need: Number(need) };
  return undefined;
}

export default function NewsDesk({ loaderData, actionData }: Route.ComponentProps) {
  const { campaign, tells, held, done } = loaderData;
  const { t } = useTranslation("office-campaign");
  const { to } = useSite();
  return (
    <OfficePage
      title={t("news.title")}
      lead={t("news.lead")}
      crumbs={[
        [t("list.title"), OFFICE_PAGES.campaigns],
        [campaign.title, officePath("campaign", { draft: campaign.id })],
      ]}
      actions={
        <a className="button quiet" href={`${to("campaign", { slug: campaign.slug })}#news`}>
          {t("campaign.public")}
        </a>
      }
    >
      {done && !actionData ? (
        <p className="notice good" role="status">
          {t(`news.done.${done}`)}
        </p>
      ) : null}
      {tells ? <NewsForm loaded={loaderData} sent={actionData} /> : null}
      <Section id="told" title={t("news.before")}>
        {campaign.news.length === 0 ? (
          <p className="empty">{t("news.none")}</p>
        ) : (
          <ul className="opinions">
            {campaign.news.map((one) => (
              <li key={one.n}>
                <p>
                  <strong>{day(one.publishedOn)}</strong>{" "}
                  {one.textEn === "" ? <span className="soft">{t("news.onlyVi")}</span> : null}
                </p>
                <p className="kept-lines">{one.textVi}</p>
                <PictureLinks files={one.pictures} />
                {tells && one.pictures.some(({ file }) => held.includes(file)) ? (
                  <div className="notice">
                    <p>{t("news.held")}</p>
                    <StepButton intent="show" label={t("news.show")} hidden={{ n: one.n }} />
                  </div>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </OfficePage>
  );
}

const FIELDS = {
  "news.empty": "textVi",
  "news.not-tied": "tie",
  "news.no-caption": "caption-0",
};

function NewsForm(props: {
  loaded: Route.ComponentProps["loaderData"];
  sent: Route.ComponentProps["actionData"];
}) {
  const { campaign, key } = props.loaded;
  const { sent } = props;
  const { t } = useTranslation("office-campaign");
  const { locale } = useSite();
  const typed: Typed = sent?.typed ?? {};
  const code = sent?.code;
  const wrong = (of: string) => (code === of ? problemText(t, locale, { code }) : undefined);
  const text = (name: string) => ({ id: name, name, defaultValue: own(typed, name) ?? "" });
  return (
    <FormCard
      id="tell"
      title={t("news.new")}
      intent="tell"
      hidden={{ key: code === KEY_USED ? key : (typed["key"] ?? key) }}
      encType="multipart/form-data"
      submit={t("news.submit")}
      problems={[
        ...(code
          ? [{ id: problemField({ code }, FIELDS), text: problemText(t, locale, { code }) }]
          : []),
        ...(sent && sent.refused.length > 0 ? [{ id: "photos", text: t("wrong.file") }] : []),
      ]}
    >
      <TextArea
        {...text("textVi")}
        label={t("news.textVi")}
        rows={4}
        maxLength={LONGEST_NEWS}
        error={wrong("news.empty")}
      />
      <TextArea
        {...text("textEn")}
        label={t("news.textEn")}
        hint={t("news.textEnHint")}
        rows={3}
        maxLength={LONGEST_NEWS}
        lang="en"
      />
      <RadioField
        id="tie"
        name="tie"
        legend={t("news.tie")}
        hint={t("news.tieHint")}
        value={typed["tie"]}
        error={wrong("news.not-tied")}
        options={TIE_KINDS.filter((kind) => kind !== "animal" || campaign.things.length > 0).map(
          (kind) => ({ value: kind, label: t(`tie.${kind}`) }),
        )}
      />
      <div className="fields-two">
        {campaign.things.length > 0 ? (
          <>
            <datalist id="things">
              {campaign.things.map((code_) => (
                <option key={code_} value={code_}>
                  {code_}
                </option>
              ))}
            </datalist>
            <div className="field">
              <label htmlFor="animal">{t("tie.animal")}</label>
              <input {...text("animal")} list="things" autoComplete="off" />
            </div>
          </>
        ) : null}
        <TextField {...text("entry")} label={t("tie.entry")} inputMode="numeric" />
        <SelectField
          {...text("need")}
          label={t("tie.need")}
          empty={t("none")}
          options={campaign.needs.map(({ n, titleVi }) => [`${n}`, titleVi] as const)}
        />
      </div>
      <FileField
        id="photos"
        name="photos"
        kind="photo"
        multiple
        label={t("news.photosField")}
        hint={t("news.photosHint", { count: MOST_PHOTOS })}
        kept={sent?.kept ?? []}
        refused={sent?.refused ?? []}
      />
      <label className="tick">
        <input
          type="checkbox"
          name="photosShown"
          value="yes"
          defaultChecked={typed["photosShown"] === "yes"}
        />
        <span>{t("news.showNow")}</span>
      </label>
      {Array.from({ length: MOST_PHOTOS }, (_, n) => (
        <TextField
          key={n}
          {...text(`caption-${n}`)}
          label={t("news.caption", { n: n + 1 })}
          maxLength={200}
          error={n === 0 ? wrong("news.no-caption") : undefined}
        />
      ))}
    </FormCard>
  );
}
