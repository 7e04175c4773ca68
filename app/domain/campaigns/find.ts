import type { Model } from "./model.ts";
import type { Day } from "../kernel/calendar.ts";
import { fold } from "../kernel/fold.ts";
import { isHeldUp } from "./lateness.ts";
import type { CampaignSummary } from "./ports.ts";
import { campaignState, type CampaignState } from "./state.ts";

/** What a reader looks for; an absent field asks for nothing. */
export interface CampaignWish {
  /** Words, with or without accents. */
  readonly q?: string;
  readonly model?: Model;
  /** Code of a mountain district of 2024. */
  readonly district?: string;
  /** Code of a commune, of its time or of now. */
  readonly commune?: string;
  /** Id of a twinned unit. */
  readonly twin?: string;
  readonly state?: CampaignState;
}

/** The campaigns that fit all of a wish, in the order given. */
export function findCampaigns<Campaign extends CampaignSummary>(
  all: readonly Campaign[],
  wish: CampaignWish,
  today: Day,
): Campaign[] {
  const words = fold(wish.q ?? "")
    .split(" ")
    .filter((word) => word !== "");
  return all.filter(
    (one) =>
      (wish.model === undefined || one.model === wish.model) &&
      (wish.district === undefined || one.district.code === wish.district) &&
      (wish.commune === undefined ||
        one.commune.code === wish.commune ||
        one.communeNow?.code === wish.commune) &&
      (wish.twin === undefined || one.twin.id === wish.twin) &&
      (wish.state === undefined || campaignState(one, today) === wish.state) &&
      hasWords(one.searchText, words),
  );
}

function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word)) || text.includes(words.join(""));
}

/** Campaigns that need gifts now and may take them, the nearest to their end first. */
export function inNeed<Campaign extends CampaignSummary>(
  all: readonly Campaign[],
  today: Day,
): Campaign[] {
  return findCampaigns(all, { state: "open" }, today)
    .filter((one) => !isHeldUp(one, today))
    .toSorted((a, b) =>
      a.endsOn === b.endsOn ? (a.id < b.id ? -1 : 1) : a.endsOn < b.endsOn ? -1 : 1,
    );
}
