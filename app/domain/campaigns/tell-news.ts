import type { Writing } from "../acts/act.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { type PictureActProblem, publishFile } from "../files/change-picture.ts";
import type { FileStores } from "../files/ports.ts";
import { dayOf, type Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { noteOf } from "../people/audit.ts";
import { mayNow } from "../people/may-now.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { fileSubjectOf } from "./draft.ts";
import type { CampaignDrafts } from "./draft-ports.ts";
import {
  type CampaignNews,
  type NewsRegister,
  type NewsTie,
  publishUpdate,
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
}

export type TellProblem =
  | MayProblem
  | PictureActProblem
  | { code: "campaign.unknown"; campaign: string }
  | { code: "news.empty" }
  | { code: "news.too-long"; limit: number }
  | { code: "news.not-tied" }
  | { code: "news.no-caption" };

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
 * campaign in general (features.md #6). The photos become public with it, drawn anew without position or device.
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
  return services.official.write<Result<{ readonly n: number }, TellProblem>>(async (stores) => {
    const published = await stores.drafts.published(wish.campaign);
    if (!published) return no({ code: "campaign.unknown", campaign: wish.campaign });
    const communes = await stores.places.lineage(published.commune, published.communeFrom);
    const place = {
      communes: communes.map(({ code }) => code),
      district: published.district,
      twinNow: null,
    };
    const today = dayOf(services.now());
    const grant = await mayNow(stores.people, person, "campaign.tell", place, today);
    if (!grant.ok) return grant;
    const before = await stores.news.newsByKey(wish.key);
    if (before !== undefined) return ok({ n: before });
    if (!(await stores.news.isTied(wish.campaign, wish.tie))) return no({ code: "news.not-tied" });

    const news: CampaignNews = {
      campaign: wish.campaign,
      publishedOn: dayOf(services.now()),
      textVi,
      textEn,
      ...tied(wish.tie),
      toldBy: grant.value.organisation,
      formKey: wish.key,
      pictures: files.map(({ id }, n) => ({ file: id, altVi: captions[n] ?? "", altEn: "" })),
    };
    const told = await publishUpdate({ write: (work) => work(stores) }, news);
    if (!told.ok) return told;
    await stores.audit.add(
      noteOf(
        person,
        grant.value,
        "campaign.tell",
        { kind: "campaign", id: wish.campaign },
        { update: told.value.n, photos: files.length, tied: wish.tie.kind },
      ),
    );
    const kept = await keepFiles(
      stores,
      person,
      files,
      fileSubjectOf(wish.campaign, place),
      services.now(),
    );
    // Both were asked for above in the same transaction: a refusal here is a bug, and takes everything back.
    if (!kept.ok) throw new Error(`photos of an update were refused: ${kept.problem.code}`);
    for (const { id } of files) {
      const shown = await publishFile(
        stores,
        person,
        "campaign.tell",
        { file: id, tied: { kind: "campaign", id: wish.campaign } },
        services.now(),
      );
      if (!shown.ok) throw new Error(`photo ${id} was refused: ${shown.problem.code}`);
    }
    return told;
  });
}

function tied(tie: NewsTie): Partial<CampaignNews> {
  if (tie.kind === "animal") return { animal: tie.animal };
  return tie.kind === "entry" ? { entry: tie.entry } : { need: tie.need };
}
