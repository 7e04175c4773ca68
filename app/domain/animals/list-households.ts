import type { Writing } from "../acts/act.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { HerdStores, NewGroup, NewHousehold } from "./ports.ts";

/** The decision that founds a group, or that adds households of a later round to one. */
export interface HouseholdList {
  readonly campaign: string;
  readonly on: Day;
  readonly round: number;
  readonly group: Omit<NewGroup, "campaign" | "commune" | "foundedOn"> | { readonly id: string };
  readonly households: readonly NewHousehold[];
}

/** What is wrong with a group by its households alone. */
export type WrongGroup =
  | { code: "group.empty" }
  | { code: "group.leaders"; leaders: number }
  | { code: "group.too-few-poor"; supported: number; households: number };

export type ListProblem =
  | TermsProblem
  | WrongGroup
  | { code: "group.unknown"; group: string }
  | { code: "household.codes-used-up"; campaign: string };

/** Codes of households have three digits. */
const MOST_HOUSEHOLDS = 999;

/**
 * The commune lists the households of a group after survey and open vote (plan 9295, II.1.2 and II.1.6 c): poor,
 * near-poor and lately-out-of-poverty households, and one elected leader, who alone may be none of these.
 *
 * Each gets the next public code of its campaign, `H-<campaign>-<three digits>`, in an order that is drawn: the list is
 * posted with its names, so by its own order, or one that follows from it, a code would tell the leader.
 *
 * @param draw an unguessable text, another one each time
 * @returns the codes, lowest first
 */
export async function listHouseholds(
  services: Writing<TermsStores & HerdStores>,
  list: HouseholdList,
  draw: () => string,
): Promise<Result<{ readonly codes: readonly string[] }, ListProblem>> {
  const wrong = wrongGroup(list);
  if (wrong) return no(wrong);
  return services.write(async (stores) => {
    const found = await campaignOn(stores, list.campaign, list.on);
    if (!found.ok) return found;
    const { campaign, commune } = found.value;
    const last = await stores.herds.lastHousehold(campaign.id);
    if (last + list.households.length > MOST_HOUSEHOLDS) {
      return no({ code: "household.codes-used-up", campaign: campaign.id });
    }
    const founded = await stores.herds.groupExists(list.group.id);
    if (!("nameVi" in list.group) && !founded) {
      return no({ code: "group.unknown", group: list.group.id });
    }
    const group =
      "nameVi" in list.group && !founded
        ? { ...list.group, campaign: campaign.id, commune: commune.code, foundedOn: list.on }
        : { id: list.group.id };
    const households = coded(list, last, draw);
    await stores.herds.list(
      group,
      households.map((household) => ({
        ...household,
        campaign: campaign.id,
        commune: commune.code,
        communeFrom: commune.validFrom,
        round: list.round,
        listedOn: list.on,
      })),
    );
    return ok({ codes: households.map(({ code }) => code) });
  });
}

/** The households with their codes, in the order of these. */
export function coded(
  { campaign, households }: Pick<HouseholdList, "campaign" | "households">,
  last: number,
  draw: () => string,
): (NewHousehold & { readonly code: string })[] {
  return households
    .map((household) => ({ household, lot: draw() }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ household }, at) => ({
      ...household,
      code: `H-${campaign}-${String(last + at + 1).padStart(3, "0")}`,
    }));
}

/** What is wrong with a list by itself; undefined when nothing is. */
export function wrongGroup(
  list: Pick<HouseholdList, "group"> & {
    readonly households: readonly Pick<NewHousehold, "category" | "leader">[];
  },
): WrongGroup | undefined {
  const { households } = list;
  if (households.length === 0) return { code: "group.empty" };
  const leaders = households.filter(({ leader }) => leader).length;
  const founding = "nameVi" in list.group;
  if (leaders > 1 || (founding && leaders === 0)) return { code: "group.leaders", leaders };
  const supported = households.filter(({ category }) => category !== "other").length;
  if (supported < households.length - leaders) {
    return { code: "group.too-few-poor", supported, households: households.length };
  }
  return undefined;
}
