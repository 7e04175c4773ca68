import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import { isHeads } from "../animals/hand-over.ts";
import type { HerdAnimal, HerdStores, ListedHousehold } from "../animals/ports.ts";
import { type TooEarly, tooEarly } from "../animals/too-early.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { CampaignTerms, TermsProblem, TermsStores } from "../campaigns/terms.ts";
import { type Day, daysBetween } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import { type LineProblem, wrongReceivers } from "../list-lines/line-lock.ts";
import type { LineStores } from "../list-lines/ports.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** One offspring that goes from the household that raised it to one of the next round. */
export interface Passing {
  readonly animal: string;
  /** Public code of the household that receives it. */
  readonly household: string;
}

/** Offspring passed on by minutes. */
export interface PassOn extends Act {
  readonly campaign: string;
  readonly passings: readonly Passing[];
}

export type PassOnProblem =
  | TermsProblem
  | PostProblem
  | LineProblem
  | { code: "pass-on.nothing" }
  | { code: "pass-on.no-heads"; species: string }
  | { code: "pass-on.not-offspring"; animal: string }
  | { code: "pass-on.too-young"; animal: string; days: number; needed: number }
  | { code: "pass-on.other-round"; animal: string; household: string }
  | { code: "pass-on.no-keeper"; animal: string }
  | { code: "household.unknown"; household: string }
  | TooEarly;

/**
 * The revolving of the plan (II.1.6 c): an offspring of round n goes to a household of round n + 1. Its head moves to the
 * next round's herd and the giving group owes one less. No đồng move.
 */
export async function passOn(
  services: Writing<ActStores & TermsStores & HerdStores & LineStores>,
  act: PassOn,
): Promise<Result<Booked, PassOnProblem>> {
  if (act.passings.length === 0) return no({ code: "pass-on.nothing" });
  return services.write(async (stores) => {
    const found = await campaignOn(stores, act.campaign, act.on);
    if (!found.ok) return found;
    const { campaign, commune } = found.value;
    const { species } = campaign;
    if (!isHeads(species)) return no({ code: "pass-on.no-heads", species });

    const animals = await stores.herds.animals(act.passings.map(({ animal }) => animal));
    const keepers = animals.flatMap(({ keeper }) => keeper ?? []);
    const households = await stores.herds.households([
      ...act.passings.map(({ household }) => household),
      ...keepers,
    ]);
    const receivers = act.passings.map(({ household }) => household);
    const wrong =
      wrongPassing(act, campaign, animals, households) ??
      (await wrongReceivers(stores, campaign, receivers));
    if (wrong) return no(wrong);

    const at = new Map(animals.map((animal) => [animal.code, animal]));
    const groups = new Map(households.map(({ code, group }) => [code, group]));
    const legs = act.passings.flatMap(({ animal: code }) => {
      const animal = at.get(code);
      const group = groups.get(animal?.keeper ?? "");
      if (!animal || group === undefined) return [];
      const herd = (round: number) => accountCode.herd(commune.code, species, round);
      return [
        { from: herd(animal.round), to: herd(animal.round + 1), amount: 1n, animal: code },
        { from: accountCode.owed(group, species), to: accountCode.duty(species), amount: 1n },
      ];
    });
    return bookAct(stores, act, "pass-on", {
      legs,
      animalEvents: act.passings.map(({ animal, household }) => ({
        animal,
        kind: "passed-on",
        on: act.on,
        household,
      })),
    });
  });
}

/** The first passing that breaks a rule. */
export function wrongPassing(
  act: { readonly on: Day; readonly passings: readonly Passing[] },
  campaign: Pick<CampaignTerms, "id" | "passOnAgeDays">,
  animals: readonly HerdAnimal[],
  households: readonly ListedHousehold[],
): PassOnProblem | undefined {
  const at = new Map(animals.map((animal) => [animal.code, animal]));
  const listed = new Map(households.map((household) => [household.code, household]));
  for (const { animal: code, household } of act.passings) {
    const animal = at.get(code);
    const offspring = animal?.alive === true && animal.dam !== undefined;
    if (!animal || !offspring || animal.campaign !== campaign.id) {
      return { code: "pass-on.not-offspring", animal: code };
    }
    const keeper = animal.keeper === undefined ? undefined : listed.get(animal.keeper);
    if (!keeper) return { code: "pass-on.no-keeper", animal: code };
    const needed = keeper.rules?.leastAgeDays ?? campaign.passOnAgeDays;
    const days = animal.bornOn === undefined ? 0 : daysBetween(animal.bornOn, act.on);
    if (days < needed) return { code: "pass-on.too-young", animal: code, days, needed };
    const early = tooEarly(code, animal.lastOn, act.on);
    if (early) return early;
    const receiver = listed.get(household);
    if (!receiver) return { code: "household.unknown", household };
    if (receiver.round !== animal.round + 1 || receiver.campaign !== campaign.id) {
      return { code: "pass-on.other-round", animal: code, household };
    }
  }
  return undefined;
}
