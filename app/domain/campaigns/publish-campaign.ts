import { publishFile } from "../files/change-picture.ts";
import { publishedAs, takenBack } from "../files/office-file.ts";
import { fitsCampaign, type UnfitProblem } from "../bank-accounts/account.ts";
import { fold } from "../kernel/fold.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { drawReferenceCode } from "../kernel/reference-code.ts";
import { done } from "../people/carry-out.ts";
import type { Person } from "../people/may.ts";
import { type CampaignDraft, mayPublish } from "./draft.ts";
import { type DraftContent, householdsOf, needLinesOf } from "./draft-content.ts";
import type { DraftServices, DraftStores } from "./draft-ports.ts";
import { type DraftProblem, type Judging, problemsOf } from "./draft-problems.ts";
import {
  type AtWork,
  type DraftAsSeen,
  type DraftRefusal,
  keepDraft,
  tell,
  todayOf,
  workOn,
} from "./draft-verb.ts";
import { judgingOf } from "./judge-draft.ts";
import {
  type CampaignDetails,
  goalOf,
  openCampaign,
  type OpenProblem,
  withNorm,
} from "./open-campaign.ts";
import { communeOn } from "./terms.ts";

export type PublishProblem =
  | DraftRefusal
  | OpenProblem
  | UnfitProblem
  | { code: "draft.incomplete"; problems: readonly DraftProblem[] }
  | { code: "draft.opinions-awaited"; days: number }
  | { code: "draft.no-decision-file" }
  | { code: "draft.no-picture"; file: string }
  /** Somebody it shows asked for that, or it was the wrong one: the commune takes it out of the story. */
  | { code: "draft.picture-taken-back"; file: string };

/** What publishing made. */
export interface Published {
  readonly campaign: string;
  readonly version: number;
}

/**
 * The Committee publishes a draft that others prepared (features.md #7): a new campaign opens, or a published one gets its
 * next version. The permitting decision is on file by then; everything is judged again by what the day's rules say.
 */
export async function publishCampaign(
  services: DraftServices,
  person: Person,
  seen: DraftAsSeen,
): Promise<Result<Published, PublishProblem>> {
  return workOn<Published, PublishProblem>(
    services,
    person,
    { act: "campaign.publish", verb: "publish" },
    seen,
    async (at) => {
      const { draft, stores } = at;
      const today = todayOf(services);
      const waited = mayPublish(draft, today, await stores.drafts.opinionDays(today));
      if (!waited.ok) return waited;
      const judging = await judgingOf(services, stores, draft);
      const problems = problemsOf(draft.content, judging);
      if (problems.length > 0) return no({ code: "draft.incomplete", problems });
      const filed = await filesOf(stores, draft.content);
      if (!filed.ok) return filed;
      const commune = await communeOn(stores.places, draft, today);
      const { bankAccount } = draft.content;
      const account = fitsCampaign(await stores.campaignAccounts.find(bankAccount), {
        id: bankAccount,
        commune: commune?.code,
        day: today,
      });
      if (!account.ok) return account;
      const decision = { file: draft.content.decisionFile, digest: filed.value };
      const made = await (draft.amends === null
        ? open(services, at, judging, decision)
        : amend(at, judging, draft.amends, decision));
      if (!made.ok) return made;
      await showPictures(services, at, made.value.campaign);
      await keepDraft(services, at, { state: at.next, campaign: made.value.campaign });
      const facts = { ...made.value, decision: decision.digest };
      return done(made.value, await tell(services, at, { step: "published" }, facts));
    },
  );
}

type Decision = NonNullable<CampaignDetails["decision"]>;

/** The decision's digest, when it and every picture are on file. */
async function filesOf(
  { campaignFiles, files }: DraftStores,
  { decisionFile, pictures }: DraftContent,
): Promise<
  Result<
    string,
    | { code: "draft.no-decision-file" }
    | { code: "draft.no-picture" | "draft.picture-taken-back"; file: string }
  >
> {
  const paper = decisionFile === "" ? undefined : await campaignFiles.paper(decisionFile);
  if (!paper) return no({ code: "draft.no-decision-file" });
  for (const { file } of pictures) {
    if (!(await campaignFiles.isPicture(file))) return no({ code: "draft.no-picture", file });
    const history = await files.history(file);
    if (history && takenBack(history)) return no({ code: "draft.picture-taken-back", file });
  }
  return ok(paper.digest);
}

/** The pictures of its story become public with it; those that are stay so. */
async function showPictures(
  services: DraftServices,
  { draft, stores, person }: AtWork,
  campaign: string,
): Promise<void> {
  for (const { file } of draft.content.pictures) {
    const history = await stores.files.history(file);
    if (history && publishedAs(history)) continue;
    const tied = { kind: "campaign", id: campaign };
    const asked = { file, tied };
    const shown = await publishFile(stores, person, "campaign.publish", asked, services.now());
    // It was found to be a picture in this transaction: a refusal is a bug, and takes everything back.
    if (!shown.ok) throw new Error(`picture ${file}: ${shown.problem.code}`);
  }
}

/** What a campaign says, of what its draft says. */
function saidIn(content: DraftContent, judging: Judging, draft: CampaignDraft, decision: Decision) {
  const { titleVi, titleEn, summaryVi, summaryEn, storyVi, storyEn } = content;
  const { twin, responsible, bankAccount, startsOn, endsOn } = content;
  const { decisionNumber, decisionDate, normReasons, pictures } = content;
  const { surplus, shortfall } = content;
  if (surplus === "" || shortfall === "") throw new Error(`draft ${draft.id} was judged whole`);
  return {
    titleVi,
    titleEn,
    summaryVi,
    summaryEn,
    storyVi,
    storyEn,
    twin,
    responsible,
    bankAccount,
    startsOn,
    endsOn,
    decisionNumber,
    decisionDate,
    normReasons,
    pictures,
    decision,
    surplus,
    shortfall,
    households: householdsOf(content),
    targets: {
      poor: content.poor ?? 0,
      nearPoor: content.nearPoor ?? 0,
      escaped: content.escaped ?? 0,
      leader: content.leader ?? 0,
    },
    needs: needLinesOf(content, judging.norm),
    surplusTo: surplus === "campaign" ? content.surplusTo : null,
    reportingMonths: content.reportingMonths ?? 12,
    passOnHeads: content.passOnHeads ?? 0,
    passOnAgeDays: content.passOnAgeDays ?? 0,
    draftedBy: draft.office,
    draft: draft.id,
  };
}

/** Codes drawn before giving up; each is free with all but certainty. */
const DRAWS = 8;

async function open(
  services: DraftServices,
  { draft, stores, grant }: AtWork,
  judging: Judging,
  decision: Decision,
): Promise<Result<Published, OpenProblem>> {
  const { content } = draft;
  if (content.model === "") throw new Error(`draft ${draft.id} was judged whole`);
  const said = saidIn(content, judging, draft, decision);
  const commune = await communeOn(stores.places, draft, judging.today);
  const used = await stores.campaignRegister.names();
  const plan = {
    ...said,
    id: freeId(commune?.name ?? draft.commune, used.ids),
    slug: freeSlug(content.titleVi, used.slugs),
    model: content.model,
    species: content.species,
    commune: commune?.code ?? draft.commune,
    publishedBy: grant.organisation,
    publishedOn: judging.today,
  };
  const within = { write: <Value>(work: (own: DraftStores) => Promise<Value>) => work(stores) };
  const draw = () => openCampaign(within, { ...plan, code: drawReferenceCode(services.drawSigns) });
  let opened = await draw();
  // Id and slug are free, so what was taken is the drawn code.
  for (let n = 1; n < DRAWS && !opened.ok && opened.problem.code === "campaign.taken"; n += 1) {
    opened = await draw();
  }
  return opened.ok ? ok({ campaign: opened.value.id, version: 1 }) : opened;
}

async function amend(
  { draft, stores, grant }: AtWork,
  judging: Judging,
  campaign: string,
  decision: Decision,
): Promise<Result<Published, never>> {
  const { norm, today } = judging;
  const said = saidIn(draft.content, judging, draft, decision);
  const units = await stores.places.lineage(draft.commune, draft.communeFrom);
  const version = await stores.drafts.amend({
    ...said,
    id: campaign,
    goal: goalOf(said.needs),
    needs: withNorm(said, norm),
    closedOn: draft.content.closedOn === "" ? null : draft.content.closedOn,
    publishedBy: grant.organisation,
    publishedOn: today,
    reason: draft.content.reason,
    places: units.flatMap(({ fullName, otherSpellings }) => [fullName, ...otherSpellings]),
  });
  return ok({ campaign, version });
}

/** A short code of two letters of the commune's name and the first number that is free: `La Dêê` makes `LD2`. */
export function freeId(name: string, used: readonly string[]): string {
  const words = fold(name)
    .split(" ")
    .filter((word) => /^[a-z]/.test(word));
  const [first = "x", second = first.slice(1) || "x"] = words;
  const letters = `${first.charAt(0)}${second.charAt(0)}`.toUpperCase();
  const taken = new Set(used);
  let n = 1;
  while (taken.has(`${letters}${n}`)) n += 1;
  return `${letters}${n}`;
}

const LONGEST_SLUG = 60;

/** The title without accents, with a number behind it when it is in use. */
export function freeSlug(title: string, used: readonly string[]): string {
  const words = fold(title).split(" ");
  let base = words[0] || "chien-dich";
  for (const word of words.slice(1)) {
    if (base.length + word.length + 1 > LONGEST_SLUG) break;
    base = `${base}-${word}`;
  }
  const taken = new Set(used);
  let slug = base;
  for (let n = 2; taken.has(slug); n += 1) slug = `${base}-${n}`;
  return slug;
}
