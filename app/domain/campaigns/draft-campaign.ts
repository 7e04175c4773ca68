import type { Model } from "./model.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { inForce } from "../places/unit.ts";
import { type CampaignDraft, fileSubjectOf, subjectOfCampaign } from "./draft.ts";
import {
  type DraftContent,
  EMPTY_CONTENT,
  type Section,
  type SectionContent,
  SECTIONS,
  SPECIES_OF,
} from "./draft-content.ts";
import type { DraftServices, DraftStores } from "./draft-ports.ts";
import { type DraftRefusal, keepDraft, tell, withPreparer, workOn } from "./draft-verb.ts";

/** The first things said of a campaign. */
export interface DraftWish {
  /** Made by the form: sent twice it is one draft; with something else it is refused. */
  readonly key: string;
  /** Code of a commune in force. */
  readonly commune: string;
  readonly model: Model;
  readonly titleVi: string;
}

export type BeginProblem =
  | MayProblem
  | { code: "campaign.no-commune"; commune: string }
  | { code: "campaign.not-mountain"; commune: string }
  /** The form's key was used before, for something else. */
  | { code: "draft.key-used" };

/** Begin a draft: kept at once, however little is in it (plan 9295, II.1.6 b). */
export function draftCampaign(
  services: DraftServices,
  person: Person,
  wish: DraftWish,
): Promise<Result<{ readonly draft: string }, BeginProblem>> {
  return carryOut(services, person, {
    find: async ({ places }, today) => {
      const periods = await places.periods(wish.commune);
      return ok(periods.find((one) => inForce(one, today)));
    },
    right: (now, commune) => {
      const district = commune?.district2024 ?? undefined;
      const where = { communes: [wish.commune], ...(district === undefined ? {} : { district }) };
      return rightTo(now, "campaign.draft", where);
    },
    work: async ({ stores, found: commune, grant }) => {
      if (commune?.kind !== "commune") {
        return no({ code: "campaign.no-commune", commune: wish.commune });
      }
      const { code, validFrom, district2024: district } = commune;
      if (district === null) return no({ code: "campaign.not-mountain", commune: wish.commune });
      const before = await stores.drafts.byKey(`${person.id}:${wish.key}`);
      const { model, titleVi } = wish;
      if (before) {
        const { amends, commune: of, content } = before;
        const asked = { amends: null, of: code, model, titleVi };
        const kept = { amends, of, model: content.model, titleVi: content.titleVi };
        return sameText(kept, asked) ? done({ draft: before.id }) : no({ code: "draft.key-used" });
      }
      const draft: CampaignDraft = {
        ...newDraft(services, person, wish.key),
        amends: null,
        commune: code,
        communeFrom: validFrom,
        communes: [code],
        district,
        twinNow: null,
        content: { ...EMPTY_CONTENT, model, species: onlySpecies(model), titleVi },
        office: grant.organisation,
      };
      await stores.drafts.add(draft);
      const at = { stores, person, grant, draft };
      const told = await tell(services, at, { step: "begun" }, { commune: code, model });
      return done({ draft: draft.id }, told);
    },
  });
}

/** What a model delivers where there is no choice. */
function onlySpecies(model: Model): string {
  const species = SPECIES_OF[model];
  return species.length === 1 ? (species[0] ?? "") : "";
}

function newDraft(services: DraftServices, person: Person, key: string) {
  const now = services.now();
  return {
    id: services.newId(),
    formKey: `${person.id}:${key}`,
    campaign: null,
    state: "drafting",
    version: 1,
    round: 0,
    submittedOn: null,
    revisions: {},
    preparedBy: [person.id],
    createdAt: now,
    changedAt: now,
  } as const;
}

/** One section as its form sends it. */
export interface SectionWish<Name extends Section = Section> {
  readonly draft: string;
  readonly section: Name;
  /** How often the section had been saved when the form was made. */
  readonly revision: number;
  readonly content: SectionContent<Name>;
  /** Files that the content names by their ids. */
  readonly files?: readonly PreparedFile[];
}

export type SaveProblem =
  | DraftRefusal
  | { code: "draft.section-stale"; section: Section }
  | { code: "draft.fixed"; field: string }
  /** A file of somebody else's, named by hand: publishing would show it to everybody. */
  | { code: "draft.other-file"; file: string };

/**
 * Save one section; the others stay as they are, whoever saves them meanwhile. A section that somebody else saved since
 * the form was made is refused, and nothing typed is lost: the form shows both.
 */
export async function saveSection<Name extends Section>(
  services: DraftServices,
  person: Person,
  wish: SectionWish<Name>,
): Promise<Result<{ readonly draft: CampaignDraft }, SaveProblem>> {
  const verb = wish.section === "decision" ? "save-decision" : "save";
  return workOn<{ readonly draft: CampaignDraft }, SaveProblem>(
    services,
    person,
    { act: "campaign.draft", verb },
    { draft: wish.draft },
    async (at) => {
      const { draft, stores } = at;
      const revision = draft.revisions[wish.section] ?? 0;
      const fields = Object.fromEntries(
        SECTIONS[wish.section].map((field) => [
          field,
          (wish.content as Record<string, unknown>)[field],
        ]),
      );
      const content = { ...draft.content, ...fields };
      // Sent twice: what it says is there already.
      if (sameText(content, draft.content)) return done({ draft });
      if (revision !== wish.revision) {
        return no({ code: "draft.section-stale", section: wish.section });
      }
      if (draft.amends !== null && content.model !== draft.content.model) {
        return no({ code: "draft.fixed", field: "model" });
      }
      const other = await otherFile(stores, draft, content, wish.files ?? []);
      if (other !== undefined) return no({ code: "draft.other-file", file: other });
      const kept = await keepDraft(services, at, {
        content,
        revisions: { ...draft.revisions, [wish.section]: revision + 1 },
        preparedBy: withPreparer(draft, person),
      });
      const bring = async () => {
        const files = wish.files ?? [];
        const of = fileSubjectOf(draft.id, draft);
        const filed = await keepFiles(stores, person, files, of, services.now());
        // Whoever drafts may add files to the draft: a refusal is a bug, and takes everything back.
        if (!filed.ok) throw new Error(`files of draft ${draft.id}: ${filed.problem.code}`);
      };
      const facts = { step: "saved", section: wish.section };
      const notes = [{ kind: "draft", id: draft.id, facts }];
      return ok({ value: { draft: kept }, notes, follows: bring });
    },
  );
}

/** The first file that the content names anew and that is neither brought along nor of a campaign of its commune. */
async function otherFile(
  { campaignFiles }: DraftStores,
  draft: CampaignDraft,
  content: DraftContent,
  brought: readonly PreparedFile[],
): Promise<string | undefined> {
  const known = new Set([...filesIn(draft.content), ...brought.map(({ id }) => id)]);
  const named = filesIn(content).filter((file) => !known.has(file));
  if (named.length === 0) return undefined;
  const own = new Set(await campaignFiles.ofCommunes(named, draft.communes));
  return named.find((file) => !own.has(file));
}

function filesIn({ decisionFile, pictures }: DraftContent): string[] {
  return [...(decisionFile === "" ? [] : [decisionFile]), ...pictures.map(({ file }) => file)];
}

function sameText(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export type AmendProblem =
  | MayProblem
  | { code: "campaign.unknown"; campaign: string }
  | { code: "draft.amended-already"; draft: string }
  /** The form's key was used before, for another campaign. */
  | { code: "draft.key-used" };

/**
 * Begin the next version of a published campaign: a draft that says what the campaign says now. One at a time, so that
 * nobody's change undoes another's unseen.
 */
export function amendCampaign(
  services: DraftServices,
  person: Person,
  wish: { readonly key: string; readonly campaign: string },
): Promise<Result<{ readonly draft: string }, AmendProblem>> {
  return carryOut(services, person, {
    find: async (stores) => {
      const before = await stores.drafts.byKey(`${person.id}:${wish.key}`);
      const now = await stores.drafts.published(wish.campaign);
      if (!now) return no({ code: "campaign.unknown", campaign: wish.campaign });
      return ok({ before, now, communes: await lineageOf(stores, now) });
    },
    right: (asking, { now, communes }) =>
      rightTo(asking, "campaign.draft", subjectOfCampaign({ ...now, communes })),
    work: async ({ stores, grant, found: { before, now, communes } }) => {
      if (before) {
        const same = before.amends === wish.campaign;
        return same ? done({ draft: before.id }) : no({ code: "draft.key-used" });
      }
      const open = await stores.drafts.openAmendment(wish.campaign);
      if (open) return no({ code: "draft.amended-already", draft: open.id });
      const draft: CampaignDraft = {
        ...newDraft(services, person, wish.key),
        amends: wish.campaign,
        commune: now.commune,
        communeFrom: now.communeFrom,
        communes,
        district: now.district,
        twinNow: now.twinNow,
        content: now.content,
        office: grant.organisation,
      };
      await stores.drafts.add(draft);
      const at = { stores, person, grant, draft };
      const facts = { amends: wish.campaign, version: now.version + 1 };
      return done({ draft: draft.id }, await tell(services, at, { step: "begun" }, facts));
    },
  });
}

async function lineageOf(
  { places }: DraftStores,
  { commune, communeFrom }: { readonly commune: string; readonly communeFrom: string },
): Promise<string[]> {
  const line = await places.lineage(commune, communeFrom);
  return [...new Set([commune, ...line.map(({ code }) => code)])];
}
