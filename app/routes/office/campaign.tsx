import { own } from "#app/domain/kernel/own.ts";
import { data, redirect } from "react-router";

import { amendCampaign, saveSection } from "#app/domain/campaigns/draft-campaign.ts";
import {
  type DraftContent,
  needLinesOf,
  type Section,
  SECTION_NAMES,
} from "#app/domain/campaigns/draft-content.ts";
import { problemsOf } from "#app/domain/campaigns/draft-problems.ts";
import {
  awaited,
  type CampaignDraft,
  nextState,
  type Opinion,
  type OpinionSide,
  subjectOf,
  subjectOfCampaign,
} from "#app/domain/campaigns/draft.ts";
import { judgingOf } from "#app/domain/campaigns/judge-draft.ts";
import { previewOf } from "#app/domain/campaigns/preview.ts";
import { publishCampaign } from "#app/domain/campaigns/publish-campaign.ts";
import {
  cancelDraft,
  giveOpinion,
  sendBack,
  submitDraft,
} from "#app/domain/campaigns/submit-draft.ts";
import { addingFiles, type PreparedFile } from "#app/domain/files/add-files.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import type { Result } from "#app/domain/kernel/result.ts";
import { may, type Person } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import type { Services } from "#app/domain/services.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { campaignDesk } from "#app/requests/campaign-desk.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { filesIn, FORM_KEY, readUpload, type Upload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor, officeDoorAny } from "#app/requests/visitor.ts";
import {
  type CatalogueTitle,
  readSection,
  type Typed,
  typedOf,
  valuesOf,
} from "#app/ui/forms/draft-form.ts";
import { CampaignView } from "#app/ui/office/campaign/campaign-view.tsx";
import { DraftView } from "#app/ui/office/campaign/draft-view.tsx";
import type { Route } from "./+types/campaign";

export async function loader({ context, params, url }: Route.LoaderArgs) {
  await officeDoor(context, "campaign.read");
  const services = context.get(servicesContext);
  if (isCampaignId(params.draft)) {
    const campaign = await campaignDesk(services, params.draft);
    const { person } = await officeDoor(context, "campaign.read", subjectOfCampaign(campaign));
    const open = await services.drafts.openAmendment(campaign.id);
    return {
      is: "campaign",
      campaign,
      open: open?.id,
      may: {
        amend: open === undefined && may(person, "campaign.draft", subjectOfCampaign(campaign)).ok,
        tell: may(person, "campaign.tell", subjectOfCampaign(campaign)).ok,
        request: may(person, "disbursement.request", subjectOfCampaign(campaign)).ok,
        file: may(person, "progress.file", subjectOfCampaign(campaign)).ok,
      },
      key: services.newId(),
    } as const;
  }
  const draft = await draftOf(services, params.draft);
  const { person } = await officeDoor(context, "campaign.read", subjectOf(draft));
  const editing = SECTION_NAMES.find((name) => name === url.searchParams.get("sua"));
  return {
    is: "draft",
    ...(await draftFacts(services, draft, person)),
    editing,
    saved: SECTION_NAMES.find((name) => name === url.searchParams.get("luu")),
    done: url.searchParams.get("xong") ?? undefined,
    key: services.newId(),
  } as const;
}

/** Everything the page of a draft shows, as it is now. */
async function draftFacts(services: Services, draft: CampaignDraft, person: Person) {
  const today = dayOf(services.now());
  const { drafts } = services;
  const judging = await judgingOf(services, { drafts, campaignTerms: drafts }, draft);
  const choices = await drafts.choices(draft, today);
  const opinions = await drafts.opinions(draft.id);
  const steps = await drafts.steps(draft.id);
  const file =
    draft.content.decisionFile === ""
      ? []
      : await services.files.reading.files([draft.content.decisionFile]);
  const grant = may(person, "campaign.opine", subjectOf(draft));
  return {
    draft,
    norm: judging.norm,
    problems: problemsOf(draft.content, judging),
    needs: needLinesOf(draft.content, judging.norm),
    choices,
    opinions,
    steps,
    names: await drafts.names({
      people: [...new Set([...steps, ...opinions].map((one) => one.person))],
      offices: [
        ...new Set([draft.office, ...[...steps, ...opinions].map((one) => one.organisation)]),
      ],
    }),
    opinionDays: await drafts.opinionDays(today),
    preview: previewOf(draft, judging.norm, choices.campaigns),
    catalogue: await catalogueOf(services, draft.content),
    decisionName: file[0]?.name,
    side: grant.ok ? sideOf(grant.value.role, draft, opinions) : undefined,
    may: permissions(person, draft),
  };
}

/** The side whose opinion is still awaited from this role; undefined when none is. */
function sideOf(
  role: string,
  draft: CampaignDraft,
  opinions: readonly Opinion[],
): OpinionSide | undefined {
  const side = role === "twin-officer" ? "twin" : "district";
  const waits = draft.state === "submitted" && awaited(draft.round, opinions).includes(side);
  return waits ? side : undefined;
}

function permissions(person: Person, draft: CampaignDraft) {
  const can = (act: OfficeAct, verb: Parameters<typeof nextState>[1]) =>
    may(person, act, subjectOf(draft)).ok && nextState(draft.state, verb).ok;
  return {
    save: can("campaign.draft", "save"),
    saveDecision: can("campaign.draft", "save-decision"),
    submit: can("campaign.draft", "submit"),
    sendBack: can("campaign.review", "send-back"),
    publish: can("campaign.publish", "publish"),
    cancel: can("campaign.draft", "cancel"),
  };
}

async function catalogueOf(services: Services, content: DraftContent): Promise<CatalogueTitle[]> {
  if (content.model === "") return [];
  const sections = await services.catalogues.catalogue(content.model, dayOf(services.now()));
  return sections.flatMap(({ things, support }) =>
    [...things, ...support].map(({ id, title }) => ({ id, ...title })),
  );
}

/** The act that each form of the page asks for. */
const ACTS = {
  save: "campaign.draft",
  submit: "campaign.draft",
  cancel: "campaign.draft",
  amend: "campaign.draft",
  opine: "campaign.opine",
  "send-back": "campaign.review",
  publish: "campaign.publish",
} as const satisfies Record<string, OfficeAct>;
type Intent = keyof typeof ACTS;

export async function action({ context, params, request }: Route.ActionArgs) {
  await officeDoor(context, "campaign.read");
  // Whoever only reads sends no form here, and brings nothing into the store.
  const { person } = await officeDoorAny(context, [
    "campaign.draft",
    "campaign.opine",
    "campaign.review",
    "campaign.publish",
  ]);
  const services = context.get(servicesContext);
  const upload = await readUpload(request, context, {
    person,
    kinds: { decision: "decision", photos: "photo" },
  });
  const typed = typedOf(upload.fields);
  const intent = (Object.keys(ACTS) as Intent[]).find((one) => one === typed["intent"]);
  if (!intent) throw data({ code: "form.broken" }, { status: 400 });
  await officeDoor(context, ACTS[intent]);
  if (isCampaignId(params.draft)) {
    const campaign = await campaignDesk(services, params.draft);
    await officeDoor(context, ACTS[intent], subjectOfCampaign(campaign));
    if (intent !== "amend") throw data({ code: "form.broken" }, { status: 400 });
    const wish = { key: own(typed, FORM_KEY) ?? "", campaign: campaign.id };
    const begun = await amendCampaign(services, person, wish);
    if (begun.ok) return redirect(officePath("campaign", { draft: begun.value.draft }), 303);
    refuseIfPerson(context, begun.problem, ACTS[intent], { kind: "campaign", id: campaign.id });
    return refused(intent, typed, begun.problem);
  }
  const draft = await draftOf(services, params.draft);
  await officeDoor(context, ACTS[intent], subjectOf(draft));
  if (intent === "save") {
    return save(context, person, draft, upload, typed);
  }
  const seen = { draft: draft.id, version: Number(typed["version"] ?? "0") };
  const done = await decide(services, person, intent, seen, typed);
  if (!done.ok) {
    refuseIfPerson(context, done.problem, ACTS[intent], { kind: "draft", id: draft.id });
    return refused(intent, typed, done.problem);
  }
  return redirect(`${officePath("campaign", { draft: draft.id })}?xong=${intent}`, 303);
}

type Problem = { readonly code: string };

function decide(
  services: Services,
  person: Person,
  intent: Exclude<Intent, "save">,
  seen: { readonly draft: string; readonly version: number },
  typed: Typed,
): Promise<Result<unknown, Problem>> {
  const reasoned = { ...seen, reason: typed["reason"] ?? "", note: typed["note"] ?? "" };
  switch (intent) {
    case "submit":
      return submitDraft(services, person, seen);
    case "cancel":
      return cancelDraft(services, person, reasoned);
    case "send-back":
      return sendBack(services, person, reasoned);
    case "publish":
      return publishCampaign(services, person, seen);
    case "opine":
      return giveOpinion(services, person, {
        ...seen,
        side: typed["side"] === "twin" ? "twin" : "district",
        verdict: typed["verdict"] ?? "",
        remarks: typed["remarks"] ?? "",
      });
    case "amend":
      throw data({ code: "form.broken" }, { status: 400 });
  }
}

/** Save one section with the files it brought. */
async function save(
  context: Route.ActionArgs["context"],
  person: Person,
  draft: CampaignDraft,
  upload: Upload,
  typed: Typed,
) {
  const services = context.get(servicesContext);
  const section = SECTION_NAMES.find((name) => name === typed["section"]);
  if (!section) throw data({ code: "form.broken" }, { status: 400 });
  const read = readSection(section, typed, await catalogueOf(services, draft.content));
  const staged = filesIn(upload, section === "decision" ? "decision" : "photos");
  const answer = (
    wrong: Readonly<Record<string, string>>,
    problem: Problem | null,
    status: number,
  ) =>
    data(
      {
        intent: "save" as const,
        section,
        typed,
        wrong,
        problem,
        kept: staged,
        refused: upload.refused.map(({ name, problem: why }) => ({ name, problem: why })),
      },
      { status },
    );
  if (Object.keys(read.wrong).length > 0 || upload.refused.length > 0) {
    return answer(read.wrong, null, 422);
  }
  const done = await addingFiles(services, staged, (files) =>
    saveSection(services, person, {
      draft: draft.id,
      section,
      revision: Number(typed["revision"] ?? "0"),
      content: withFiles(section, { ...draft.content, ...read.content }, files),
      files,
    }),
  );
  if (!done.ok) {
    refuseIfPerson(context, done.problem, ACTS.save, { kind: "draft", id: draft.id });
    return answer({}, done.problem, 409);
  }
  const page = officePath("campaign", { draft: draft.id });
  return redirect(`${page}?luu=${section}#${section}`, 303);
}

function withFiles(
  section: Section,
  content: DraftContent,
  files: readonly PreparedFile[],
): DraftContent {
  if (section === "decision") {
    return { ...content, decisionFile: files.at(-1)?.id ?? content.decisionFile };
  }
  if (section !== "story") return content;
  const added = files.map(({ id }) => ({ file: id, altVi: "", altEn: "" }));
  return { ...content, pictures: [...content.pictures, ...added] };
}

function refused(intent: Exclude<Intent, "save">, typed: Typed, problem: Problem) {
  const status =
    problem.code.startsWith("opinion.") ||
    problem.code === "draft.no-reason" ||
    problem.code === "draft.no-note"
      ? 422
      : 409;
  return data({ intent, typed, problem }, { status });
}

function isCampaignId(param: string): boolean {
  return /^[A-Z]{2}\d{1,3}$/.test(param);
}

async function draftOf(services: Services, id: string): Promise<CampaignDraft> {
  const draft = await services.drafts.find(id);
  if (!draft) throw data({ code: "draft.unknown" }, { status: 404 });
  return draft;
}

export default function CampaignDeskPage({ loaderData, actionData }: Route.ComponentProps) {
  if (loaderData.is === "campaign") {
    return (
      <CampaignView
        facts={loaderData}
        problem={
          actionData && "problem" in actionData
            ? (actionData.problem?.code ?? undefined)
            : undefined
        }
      />
    );
  }
  return (
    <DraftView
      facts={{ ...loaderData, values: valuesOf(loaderData.draft.content) }}
      sent={actionData}
    />
  );
}
