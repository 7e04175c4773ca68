import type { Writing } from "../acts/act.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";

/** News of a campaign, in both languages. */
export interface CampaignNews {
  readonly campaign: string;
  readonly publishedOn: Day;
  readonly textVi: string;
  readonly textEn: string;
  /** Ledger entry it tells of. */
  readonly entry?: number;
  /** Delivered thing it tells of. */
  readonly animal?: string;
}

/** Storing news. */
export interface NewsRegister {
  campaignExists(id: string): Promise<boolean>;
  addNews(news: CampaignNews): Promise<{ readonly n: number }>;
}

export type NewsProblem = { code: "campaign.unknown"; campaign: string } | { code: "news.empty" };

/** Publish news; where it tells of money or an animal it points at the entry or the animal. */
export async function publishUpdate(
  services: Writing<{ readonly news: NewsRegister }>,
  update: CampaignNews,
): Promise<Result<{ readonly n: number }, NewsProblem>> {
  if (update.textVi.trim() === "" || update.textEn.trim() === "") return no({ code: "news.empty" });
  return services.write(async ({ news }) => {
    if (!(await news.campaignExists(update.campaign))) {
      return no({ code: "campaign.unknown", campaign: update.campaign });
    }
    return ok(await news.addNews(update));
  });
}
