import type { Model } from "./model.ts";
import type { Day } from "../kernel/calendar.ts";
import { fold } from "../kernel/fold.ts";
import { isHeldUp } from "./lateness.ts";
import type { CampaignSummary } from "./ports.ts";
import type { PlaceName } from "../places/unit.ts";
import { campaignState, type CampaignState, lastDay, stillNeeded } from "./state.ts";

/** How a reader may have campaigns ordered: least is missing, nearest to the end, newest. */
export const CAMPAIGN_ORDERS = ["missing", "ending", "newest"] as const;
export type CampaignOrder = (typeof CAMPAIGN_ORDERS)[number];

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

/**
 * Campaigns in an order; `newest` is the order in which they are read (`Campaigns.all`). Of two alike the one read first
 * stays first.
 */
export function inOrder<Campaign extends CampaignSummary>(
  found: readonly Campaign[],
  order: CampaignOrder,
): Campaign[] {
  if (order === "newest") return [...found];
  return found.toSorted((a, b) => {
    if (order === "missing") return Number(stillNeeded(a) - stillNeeded(b));
    const [endA, endB] = [lastDay(a), lastDay(b)];
    return endA < endB ? -1 : endA > endB ? 1 : 0;
  });
}

/** The campaigns on the ground of these communes of today, whatever their commune was called when they were opened. */
export function campaignsOn<Campaign extends CampaignSummary>(
  all: readonly Campaign[],
  communes: readonly Pick<PlaceName, "code" | "validFrom">[],
): Campaign[] {
  return all.filter(({ commune, communeNow }) => {
    const place = communeNow ?? commune;
    return communes.some(
      ({ code, validFrom }) => code === place.code && validFrom === place.validFrom,
    );
  });
}
