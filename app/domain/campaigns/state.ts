import type { Day } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { StageTotals } from "../ledger/totals.ts";

/** Where a campaign stands; `full`: received its goal and still running. */
export const CAMPAIGN_STATES = ["upcoming", "open", "full", "closed"] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

interface Dated {
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly closedOn: Day | null;
  readonly goal: Dong;
  readonly totals: Pick<StageTotals, "received">;
}

/** The state of a campaign on a day. */
export function campaignState(campaign: Dated, today: Day): CampaignState {
  if (today < campaign.startsOn) return "upcoming";
  if (today > lastDay(campaign)) return "closed";
  return campaign.totals.received >= campaign.goal ? "full" : "open";
}

/** The last day on which it takes gifts: its end, or the day it was stopped. */
export function lastDay({ endsOn, closedOn }: Pick<Dated, "endsOn" | "closedOn">): Day {
  return closedOn !== null && closedOn < endsOn ? closedOn : endsOn;
}

/** Whether it takes gifts on a day. An over-subscribed one still does, and says where the surplus goes. */
export function takesGifts(campaign: Dated, today: Day): boolean {
  const state = campaignState(campaign, today);
  return state === "open" || state === "full";
}

/** đồng of the goal that are neither received nor promised by promises that count; never below zero. */
export function missingToPledge({
  goal,
  totals,
}: {
  readonly goal: Dong;
  readonly totals: Pick<StageTotals, "pledged">;
}): Dong {
  return goal > totals.pledged ? goal - totals.pledged : 0n;
}

/** đồng still to be received; never below zero. */
export function stillNeeded({ goal, totals }: Pick<Dated, "goal" | "totals">): Dong {
  return goal > totals.received ? goal - totals.received : 0n;
}
