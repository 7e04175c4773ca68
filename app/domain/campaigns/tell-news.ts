import type { Writing } from "../acts/act.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { type PictureActProblem, publishFile } from "../files/change-picture.ts";
import { publishedAs } from "../files/office-file.ts";
import type { FileStores } from "../files/ports.ts";
import type { Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { fileSubjectOf, subjectOfCampaign } from "./draft.ts";
import type { CampaignDrafts } from "./draft-ports.ts";
import {
  type CampaignNews,
  type NewsRegister,
  type NewsTie,
  publishUpdate,
  type ToldNews,
} from "./publish-update.ts";
import type { TermsStores } from "./terms.ts";

/** What an office tells of a campaign, with its photos. */
export interface NewsWish {
  readonly campaign: string;
  readonly key: string;
  readonly textVi: string;
  /** May be empty: English pages then show the Vietnamese text and say so. */
  readonly textEn: string;
  readonly tie: NewsTie;
  /** What the photos show, one text a photo in the order of the files. */
  readonly captions: readonly string[];
  /** `held`: they wait until somebody looked at them, covered faces and houses, and shows them (`showNewsPictures`). */
  readonly photos: "shown" | "held";
}

export type TellProblem =
  | MayProblem
  | PictureActProblem
  | { code: "campaign.unknown"; campaign: string }
  | { code: "news.empty" }
  | { code: "news.too-long"; limit: number }
  | { code: "news.not-tied" }
  | { code: "news.no-caption" }
  /** The form's key was used before, for something else or by another office. */
  | { code: "news.key-used" };

/** What telling news needs. */
export interface NewsServices {
  now(): Seconds;
  readonly official: Writing<
    TermsStores &
      FileStores & {
        readonly news: NewsRegister;
        readonly drafts: Pick<CampaignDrafts, "published">;
      }
  >;
}

export const LONGEST_NEWS = 2_000;

/**
 * Tell how it goes, with photos: tied to a delivered thing, a booked lot or a need line, so that nothing is told of the
 * campaign in general (features.md #6). The photos are drawn anew without position or device, and are public at once only
 * where the teller says that nothing in them has to be covered.
 */
export async function tellNews(
  services: NewsServices,
  person: Person,
  wish: NewsWish,
  files: readonly PreparedFile[],
): Promise<Result<{ readonly n: number }, TellProblem>> {
  const textVi = wish.textVi.normalize("NFC").trim();
  const textEn = wish.textEn.normalize("NFC").trim();
  if (textVi === "") return no({ code: "news.empty" });
  if (Math.max(textVi.length, textEn.length) > LONGEST_NEWS) {
    return no({ code: "news.too-long", limit: LONGEST_NEWS });
  }
  const captions = wish.captions.map((caption) => caption.normalize("NFC").trim());
  if (files.some((_, n) => (captions[n] ?? "") === "")) return no({ code: "news.no-caption" });
  return carryOut(services, person, {
    find: async ({ drafts, places }) => {
      const published = await drafts.published(wish.campaign);
      if (!published) return no({ code: "campaign.unknown", campaign: wish.campaign });
      const line = await places.lineage(published.commune, published.communeFrom);
      const { district, twinNow } = published;
      return ok({ communes: line.map(({ code }) => code), district, twinNow });
    },
    right: (now, place) => rightTo(now, "campaign.tell", subjectOfCampaign(place)),
    work: async ({ stores, found: place, grant, at, today }) => {
      const before = await stores.news.newsByKey(wish.key);
      if (before !== undefined) {
        const photos = files.map((_, n) => captions[n] ?? "");
        const said = { ...wish, textVi, textEn, captions: photos, toldBy: grant.organisation };
        return isOf(before, said) ? done({ n: before.n }) : no({ code: "news.key-used" });
      }
      if (!(await stores.news.isTied(wish.campaign, wish.tie))) {
        return no({ code: "news.not-tied" });
      }
      const news: CampaignNews = {
        campaign: wish.campaign,
        publishedOn: today,
        textVi,
        textEn,
        ...tied(wish.tie),
        toldBy: grant.organisation,
        formKey: wish.key,
        pictures: files.map(({ id }, n) => ({ file: id, altVi: captions[n] ?? "", altEn: "" })),
      };
      const told = await publishUpdate({ write: (work) => work(stores) }, news);
      if (!told.ok) return told;
      const facts = { update: told.value.n, photos: files.length, tied: wish.tie.kind };
      return ok({
        value: told.value,
        notes: [{ kind: "campaign", id: wish.campaign, facts }],
        follows: () => bringPhotos(stores, person, { ...wish, place, files, at }),
      });
    },
  });
}

/**
 * Keep the photos of an update and show them where they need no covers. The right to both was asked for in the same
 * transaction: a refusal here is a bug, and takes everything back.
 */
async function bringPhotos(
  stores: FileStores,
  person: Person,
  brought: Pick<NewsWish, "campaign" | "photos"> & {
    readonly place: Parameters<typeof fileSubjectOf>[1];
    readonly files: readonly PreparedFile[];
    readonly at: Seconds;
  },
): Promise<void> {
  const { campaign, photos, place, files, at } = brought;
  const kept = await keepFiles(stores, person, files, fileSubjectOf(campaign, place), at);
  if (!kept.ok) throw new Error(`photos of an update were refused: ${kept.problem.code}`);
  for (const { id } of photos === "shown" ? files : []) {
    const shown = await show(stores, person, campaign, id, at);
    if (!shown.ok) throw new Error(`photo ${id} was refused: ${shown.problem.code}`);
  }
}

/** Show pictures of news that were held until somebody had looked at them. Those that are public stay as they are. */
export async function showNewsPictures(
  services: NewsServices,
  person: Person,
  asked: { readonly campaign: string; readonly files: readonly string[] },
): Promise<Result<{ readonly shown: number }, PictureActProblem>> {
  return services.official.write(async (stores) => {
    let count = 0;
    for (const file of asked.files) {
      const history = await stores.files.history(file);
      if (!history) return no({ code: "file.gone" });
      if (publishedAs(history)) continue;
      const done = await show(stores, person, asked.campaign, file, services.now());
      if (!done.ok) return done;
      count += 1;
    }
    return ok({ shown: count });
  });
}

function show(stores: FileStores, person: Person, campaign: string, file: string, now: Seconds) {
  const tiedTo = { kind: "campaign", id: campaign };
  return publishFile(stores, person, "campaign.tell", { file, tied: tiedTo }, now);
}

/** Whether an update is what this form tells: sent twice it is one, and nothing else is passed off as it. */
function isOf(
  told: ToldNews,
  said: Pick<NewsWish, "campaign" | "textVi" | "textEn" | "captions" | "tie"> & {
    readonly toldBy: string;
  },
): boolean {
  const { animal, entry, need } = tied(said.tie);
  return (
    told.campaign === said.campaign &&
    told.textVi === said.textVi &&
    told.textEn === said.textEn &&
    told.toldBy === said.toldBy &&
    told.animal === (animal ?? null) &&
    told.entry === (entry ?? null) &&
    told.need === (need ?? null) &&
    told.captions.length === said.captions.length &&
    told.captions.every((caption, n) => caption === said.captions[n])
  );
}

function tied(tie: NewsTie): Partial<CampaignNews> {
  if (tie.kind === "animal") return { animal: tie.animal };
  return tie.kind === "entry" ? { entry: tie.entry } : { need: tie.need };
}
