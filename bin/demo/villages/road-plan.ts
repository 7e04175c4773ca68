import { addDays, type Day } from "#app/domain/kernel/calendar.ts";

import type { DemoCampaign } from "../campaign-plans.ts";
import { PASSINGS, PURCHASES } from "../herd-plan.ts";

/** What happens to a list of the demonstration beside what happens to all of them. */
export type Story =
  /** Too few come to the meeting of the second village: it is held again. */
  | "no-quorum"
  /** Two households have as many votes at the last place of the first village. */
  | "tie"
  /** A household split off another, both may take part. */
  | "duplicate-allowed"
  /** One household came twice, spelled otherwise: the second request is no household of its own. */
  | "duplicate-refused"
  /** Somebody objects and is right: the line leaves, a reserve moves up. */
  | "objection-upheld"
  | "objection-refused"
  /** Somebody objected a few days before the demonstration ends. */
  | "objection-open"
  /** The notice was torn down after five days and hung anew. */
  | "torn-down"
  /** A household let its name be shown and took that back. */
  | "consent-withdrawn"
  /** A household elected declined while the list hung. */
  | "declined";

/** How far a list came by the last day. */
type Stop = "compiling" | "submitted" | "hanging" | "drafted" | "founded";

/** The road of one list: from the requests of households to their groups. */
export interface RoadPlan {
  readonly campaign: string;
  readonly round: number;
  /** Households it is for; each village is asked to choose some of them. */
  readonly households: number;
  /** Day of the first request; everything else is counted from it. */
  readonly begins: Day;
  readonly stories: readonly Story[];
  readonly stop: Stop;
}

/** Days after the first request. A notice hangs twenty days. */
export const STEPS = {
  visits: 6,
  called: 12,
  meetings: 18,
  compiled: 23,
  twinSays: 25,
  frontSays: 27,
  decided: 30,
  posted: 31,
  objected: 36,
  answered: 40,
  decidedAgain: 42,
  postedAgain: 43,
  down: 52,
  confirmed: 53,
  founded: 57,
  committed: 60,
  trained: 66,
} as const;

/** Days from the first request to the first purchase, or to the first passing on. */
const BEFORE_USE = 84;
/** A list that hangs a second time from its first day needs this many days more. */
const ANEW = 18;

const STORIES: Readonly<Record<string, readonly Story[]>> = {
  "MC1-r1": ["consent-withdrawn"],
  "TH1-r1": ["torn-down"],
  "TB1-r1": ["tie"],
  "TL1-r1": ["declined"],
  "KD1-r1": ["objection-refused"],
  "LD1-r1": ["no-quorum", "objection-upheld"],
};

/** Lists that the accounts of the demonstration go on with: one hangs, one waits for its decision, one is being put together. */
const OPEN_ROADS: readonly RoadPlan[] = [
  {
    campaign: "TT1",
    round: 1,
    households: 25,
    begins: "2026-10-19",
    stories: ["duplicate-refused", "objection-open"],
    stop: "hanging",
  },
  {
    campaign: "TG1",
    round: 1,
    households: 25,
    begins: "2026-10-22",
    stories: ["duplicate-allowed"],
    stop: "submitted",
  },
  {
    campaign: "TL1",
    round: 2,
    households: 6,
    begins: "2026-10-28",
    stories: [],
    stop: "compiling",
  },
];

/** Living things go to households of a list; what else is bought is for a group, a class or a village. */
function isLiving({ species }: Pick<DemoCampaign, "species">): boolean {
  return species === "BO" || species === "DE";
}

/** The roads of a campaign's lists. */
export function roadsOf(campaign: DemoCampaign): readonly RoadPlan[] {
  if (!isLiving(campaign)) return [];
  const purchase = PURCHASES[campaign.id]?.[0];
  const passing = PASSINGS[campaign.id];
  const planned: RoadPlan[] = [];
  if (purchase) planned.push(whole(campaign.id, 1, campaign.households, purchase.day));
  const [first] = passing?.days[0] ?? [];
  if (passing && first) planned.push(whole(campaign.id, 2, passing.households, first));
  return [...planned, ...OPEN_ROADS.filter((road) => road.campaign === campaign.id)];
}

function whole(campaign: string, round: number, households: number, use: Day): RoadPlan {
  const stories = STORIES[`${campaign}-r${round}`] ?? [];
  const anew = stories.includes("torn-down") || stories.includes("declined");
  const begins = addDays(use, -(BEFORE_USE + (anew ? ANEW : 0)));
  return { campaign, round, households, begins, stories, stop: "founded" };
}
