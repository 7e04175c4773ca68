import { type HouseholdList, listHouseholds } from "#app/domain/animals/list-households.ts";
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
  const lots = stage.chance.stream(`codes of households ${campaign.id}`);
  const codes: string[] = [];
  const groups = Math.ceil(campaign.households / GROUP_SIZE);
  for (let group = 1; group <= groups; group += 1) {
    const size = Math.min(GROUP_SIZE, campaign.households - codes.length);
    const households = Array.from({ length: size }, (_, at) =>
      newHousehold({ district, day, chance }, at === 0),
    );
    const list: HouseholdList = {
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
    };
    codes.push(...must(await listHouseholds(stage.official, list, () => lots.hex(16))).codes);
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
  const lots = stage.chance.stream(`codes of the second round ${campaign.id}`);
  const groups = Math.ceil(campaign.households / GROUP_SIZE);
  const codes: string[] = [];
  for (let group = 1; group <= groups; group += 1) {
    const size = Math.floor(count / groups) + (group <= count % groups ? 1 : 0);
    if (size === 0) continue;
    const households = Array.from({ length: size }, () =>
      newHousehold({ district, day, chance }, false),
    );
    const list: HouseholdList = {
      campaign: campaign.id,
      on: day,
      round: 2,
      group: { id: `${campaign.id}-N${group}` },
      households,
    };
    codes.push(...must(await listHouseholds(stage.official, list, () => lots.hex(16))).codes);
  }
  return { codes };
}

/** Where and when households are listed. */
interface Listing {
  readonly district: string;
  readonly day: Day;
  readonly chance: Chance;
}

function newHousehold({ district, day, chance }: Listing, leader: boolean): NewHousehold {
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
    category,
    leader,
    name: headName(chance, district),
    hamlet: `Thôn ${chance.whole(1, 5)}`,
    ...(consents ? { nameConsent: { on: addDays(day, 2), channel: "paper" } } : {}),
  };
}
