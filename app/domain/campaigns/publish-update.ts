import type { Writing } from "../acts/act.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { DraftPicture } from "./draft-content.ts";

/** What an update is tied to (features.md #6): a delivered thing, a booked lot, or a line of the needs. */
export type NewsTie =
  | { readonly kind: "animal"; readonly animal: string }
  | { readonly kind: "entry"; readonly entry: number }
  | { readonly kind: "need"; readonly need: number };
export const TIE_KINDS = ["animal", "entry", "need"] as const;

/** News of a campaign; English may be empty. */
export interface CampaignNews {
  readonly campaign: string;
  readonly publishedOn: Day;
  readonly textVi: string;
  readonly textEn: string;
  /** Ledger entry it tells of. */
  readonly entry?: number;
  /** Delivered thing it tells of. */
  readonly animal?: string;
  /** Number of the need line it tells of: a class, a criterion, a kind of thing. */
  readonly need?: number;
  /** Organisation that tells it. */
  readonly toldBy?: string;
  readonly pictures?: readonly DraftPicture[];
  /** Made by the form: sent twice it is one update. */
  readonly formKey?: string;
}

/** What a form told, with its number. */
export interface ToldNews {
  readonly n: number;
  readonly campaign: string;
  readonly textVi: string;
  readonly textEn: string;
  readonly entry: number | null;
  readonly animal: string | null;
  readonly need: number | null;
  readonly toldBy: string | null;
  /** What its photos show, in their order. */
  readonly captions: readonly string[];
}

/** Storing news. */
export interface NewsRegister {
  campaignExists(id: string): Promise<boolean>;
  addNews(news: CampaignNews): Promise<{ readonly n: number }>;
  /** The update that a form made, if it was sent before. */
  newsByKey(formKey: string): Promise<ToldNews | undefined>;
  /** Whether what an update is tied to belongs to the campaign. */
  isTied(campaign: string, tie: NewsTie): Promise<boolean>;
}

export type NewsProblem = { code: "campaign.unknown"; campaign: string } | { code: "news.empty" };

/** Publish news, in Vietnamese at least; where it tells of money or an animal it points at the entry or the animal. */
export async function publishUpdate(
  services: Writing<{ readonly news: NewsRegister }>,
  update: CampaignNews,
): Promise<Result<{ readonly n: number }, NewsProblem>> {
  if (update.textVi.trim() === "") return no({ code: "news.empty" });
  return services.write(async ({ news }) => {
    if (!(await news.campaignExists(update.campaign))) {
      return no({ code: "campaign.unknown", campaign: update.campaign });
    }
    return ok(await news.addNews(update));
  });
}
