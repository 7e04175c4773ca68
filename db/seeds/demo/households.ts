import { listHouseholds } from "#app/domain/animals/list-households.ts";
import type { HouseholdCategory, NewHousehold } from "#app/domain/animals/ports.ts";
import { addDays, type Day } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";

import type { DemoCampaign } from "./campaign-plans.ts";
import { headName } from "./names.ts";
import type { Chance } from "./random.ts";
import type { Stage } from "./stage.ts";

/** Households of one round of a campaign, in the order in which they receive. */
export interface ListedRound {
  readonly codes: readonly string[];
}

/** Households in one group; the last group may be smaller. */
const GROUP_SIZE = 10;

/** List the households of the first round, in groups of about ten with an elected leader each. */
export async function listFirstRound(
  stage: Stage,
  campaign: DemoCampaign,
  district: string,
  day: Day,
): Promise<ListedRound> {
  const chance = stage.chance.stream(`households ${campaign.id}`);
  const codes: string[] = [];
  const groups = Math.ceil(campaign.households / GROUP_SIZE);
  for (let group = 1; group <= groups; group += 1) {
    const size = Math.min(GROUP_SIZE, campaign.households - codes.length);
    const households = Array.from({ length: size }, (_, at) =>
      newHousehold(
        { campaign: campaign.id, district, day, chance },
        codes.length + at + 1,
        at === 0,
      ),
    );
    must(
      await listHouseholds(stage.official, {
        campaign: campaign.id,
        on: day,
        round: 1,
        group: {
          id: `${campaign.id}-N${group}`,
          nameVi: `Nhóm hộ ${group}`,
          nameEn: `Household group ${group}`,
          decisionNumber: `${12 + group}/QĐ-UBND`,
        },
        households,
      }),
    );
    codes.push(...households.map(({ code }) => code));
  }
  return { codes };
}

/** List households of the second round in the groups that are there. */
export async function listSecondRound(
  stage: Stage,
  campaign: DemoCampaign,
  district: string,
  day: Day,
  count: number,
): Promise<ListedRound> {
  const chance = stage.chance.stream(`second round ${campaign.id}`);
  const groups = Math.ceil(campaign.households / GROUP_SIZE);
  const codes: string[] = [];
  for (let group = 1; group <= groups; group += 1) {
    const size = Math.floor(count / groups) + (group <= count % groups ? 1 : 0);
    if (size === 0) continue;
    const first = campaign.households + codes.length + 1;
    const households = Array.from({ length: size }, (_, at) =>
      newHousehold({ campaign: campaign.id, district, day, chance }, first + at, false),
    );
    must(
      await listHouseholds(stage.official, {
        campaign: campaign.id,
        on: day,
        round: 2,
        group: { id: `${campaign.id}-N${group}` },
        households,
      }),
    );
    codes.push(...households.map(({ code }) => code));
  }
  return { codes };
}

/** For whom households are listed, where and when. */
interface Listing {
  readonly campaign: string;
  readonly district: string;
  readonly day: Day;
  readonly chance: Chance;
}

function newHousehold(
  { campaign, district, day, chance }: Listing,
  n: number,
  leader: boolean,
): NewHousehold {
  const category: HouseholdCategory = leader
    ? chance.weighted([
        ["other", 6],
        ["escaped", 4],
      ])
    : chance.weighted([
        ["poor", 55],
        ["near_poor", 31],
        ["escaped", 14],
      ]);
  const consents = chance.happens(0.08);
  return {
    code: `H-${campaign}-${String(n).padStart(3, "0")}`,
    category,
    leader,
    name: headName(chance, district),
    hamlet: `Thôn ${chance.whole(1, 5)}`,
    ...(consents ? { nameConsent: { on: addDays(day, 2), channel: "paper" } } : {}),
  };
}
