import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import type { SealedValue } from "../acts/paper.ts";
import { PRICE_REASONS } from "../acts/reasons.ts";
import type { Reason } from "../ledger/reasons.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { CampaignTerms, NormTerms, TermsProblem, TermsStores } from "../campaigns/terms.ts";
import type { Day } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, type Result } from "../kernel/result.ts";
import { accountCode, type Species } from "../ledger/chart.ts";
import type { Leg, NewAnimal, NewAnimalEvent } from "../ledger/entry.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { type LineProblem, wrongReceivers } from "../list-lines/line-lock.ts";
import type { LineStores } from "../list-lines/ports.ts";
import { isNumberedCode } from "./numbered-code.ts";
import type { HerdAnimal, HerdStores, ListedHousehold } from "./ports.ts";
import { type TooEarly, tooEarly } from "./too-early.ts";

/** One thing bought, accepted and handed over. */
export interface HandedOver {
  /** Public code, `<campaign>-<four digits>`. */
  readonly code: string;
  /** What was really paid for it, đồng. */
  readonly price: Dong;
  /** Why it is over the norm. */
  readonly priceReason?: Reason;
  readonly sex?: "F" | "M";
  readonly bornOn?: Day;
  /** Public code of the household; absent for what a group, a class or a village gets. */
  readonly household?: string;
  readonly tag?: SealedValue;
  /** The dead animal in whose place it comes. */
  readonly replaces?: string;
}

/** A purchase accepted and handed over by minutes. */
export interface HandOver extends Act {
  readonly campaign: string;
  readonly purchase: string;
  readonly round: number;
  readonly lines: readonly HandedOver[];
}

export type HandOverProblem =
  | TermsProblem
  | PostProblem
  | LineProblem
  | { code: "hand-over.nothing" }
  | { code: "hand-over.no-paper" }
  | { code: "animal.bad-code"; animal: string }
  | { code: "animal.exists"; animal: string }
  | { code: "animal.price-unexplained"; animal: string; norm: Dong; price: Dong }
  | { code: "animal.nothing-to-replace"; animal: string }
  | { code: "household.unknown"; household: string }
  | { code: "household.over-norm"; household: string; perHousehold: number }
  | TooEarly;

/**
 * Animals bought, accepted and handed over (plan 9295, II.1.6 d): each takes its real price out of the purchase and owns
 * that range of the delivered axis; heads join the herd; the group takes on the duty to pass on offspring (II.1.6 c).
 */
export async function handOver(
  services: Writing<ActStores & TermsStores & HerdStores & LineStores>,
  act: HandOver,
): Promise<Result<Booked, HandOverProblem>> {
  if (act.lines.length === 0) return no({ code: "hand-over.nothing" });
  if (act.papers.length === 0) return no({ code: "hand-over.no-paper" });
  return services.write(async (stores) => {
    const found = await campaignOn(stores, act.campaign, act.on);
    if (!found.ok) return found;
    const { campaign, commune } = found.value;
    const { herds, campaignTerms, openings } = stores;
    const norm = await campaignTerms.norm(campaign.species, act.on);
    const codes = act.lines.flatMap(({ code, replaces }) => (replaces ? [code, replaces] : [code]));
    const animals = await herds.animals(codes);
    const households = await herds.households(
      act.lines.flatMap(({ household }) => household ?? []),
    );

    const wrong =
      wrongLines(act, campaign, norm, animals) ??
      wrongHouseholds(act, norm, households) ??
      (await wrongReceivers(
        stores,
        campaign,
        act.lines.flatMap(({ household }) => household ?? []),
      ));
    if (wrong) return no(wrong);
    const booked = await bookAct(stores, act, "purchase", {
      legs: legsOf(act, campaign, commune.code, households),
      animals: act.lines.map((line) => newAnimal(line, act, campaign, commune.code)),
      animalEvents: act.lines.flatMap((line) => eventsOf(line, act.on)),
    });
    if (!booked.ok || booked.value.again) return booked;
    await openings.keep(
      act.lines.flatMap(({ tag }) => (tag ? [{ ...tag, digest: tag.commitment }] : [])),
    );
    return booked;
  });
}

/** The first line that breaks a rule of its own. */
export function wrongLines(
  act: Pick<HandOver, "lines" | "on">,
  campaign: Pick<CampaignTerms, "id">,
  norm: NormTerms | undefined,
  known: readonly HerdAnimal[],
): HandOverProblem | undefined {
  const animals = new Map(known.map((animal) => [animal.code, animal]));
  for (const { code, price, priceReason, bornOn, replaces } of act.lines) {
    if (!isNumberedCode(code, campaign.id)) {
      return { code: "animal.bad-code", animal: code };
    }
    if (animals.has(code)) return { code: "animal.exists", animal: code };
    const explained = priceReason !== undefined && PRICE_REASONS.includes(priceReason);
    if (norm && price > norm.unitPrice && !explained) {
      return { code: "animal.price-unexplained", animal: code, norm: norm.unitPrice, price };
    }
    const unborn = tooEarly(code, bornOn, act.on);
    if (unborn) return unborn;
    if (replaces === undefined) continue;
    const dead = animals.get(replaces);
    if (!dead || dead.alive || dead.undone) {
      return { code: "animal.nothing-to-replace", animal: replaces };
    }
    const early = tooEarly(replaces, dead.lastOn, act.on);
    if (early) return early;
  }
  return undefined;
}

/** The first household that is not listed, or would keep more than the norm gives (plan 9295, II.1.3). */
export function wrongHouseholds(
  act: { readonly lines: readonly Pick<HandedOver, "household">[] },
  norm: NormTerms | undefined,
  listed: readonly ListedHousehold[],
): HandOverProblem | undefined {
  const keeps = new Map(listed.map(({ code, keeps: count }) => [code, count]));
  for (const { household } of act.lines) {
    if (household === undefined) continue;
    const before = keeps.get(household);
    if (before === undefined) return { code: "household.unknown", household };
    if (norm && before >= norm.perHousehold) {
      return { code: "household.over-norm", household, perHousehold: norm.perHousehold };
    }
    keeps.set(household, before + 1);
  }
  return undefined;
}

function legsOf(
  act: HandOver,
  campaign: CampaignTerms,
  commune: string,
  households: readonly ListedHousehold[],
): Leg[] {
  const from = accountCode.proc(campaign.id, act.purchase);
  const to = accountCode.delivered(commune, campaign.id, act.round);
  const money = act.lines.map(({ code, price }) => ({ from, to, amount: price, animal: code }));
  if (!isHeads(campaign.species)) return money;
  const { species } = campaign;
  const heads = act.lines.map(({ code }) => ({
    from: accountCode.market(species),
    to: accountCode.herd(commune, species, act.round),
    amount: 1n,
    animal: code,
  }));
  return [...money, ...heads, ...dutyLegs(act, campaign, species, households)];
}

/** A replacement carries the duty of the animal it replaces: no new one. */
export function dutyLegs(
  act: { readonly lines: readonly Pick<HandedOver, "household" | "replaces">[] },
  campaign: Pick<CampaignTerms, "passOnHeads">,
  species: Species,
  households: readonly ListedHousehold[],
): Leg[] {
  const listed = new Map(households.map((one) => [one.code, one]));
  const owed = new Map<string, bigint>();
  for (const { household, replaces } of act.lines) {
    const keeper = household === undefined ? undefined : listed.get(household);
    // What the group was founded with; the campaign's number is for groups without rules of their own.
    const heads = keeper?.rules?.heads ?? campaign.passOnHeads;
    if (keeper === undefined || replaces !== undefined || heads === 0) continue;
    owed.set(keeper.group, (owed.get(keeper.group) ?? 0n) + BigInt(heads));
  }
  return [...owed].map(([group, amount]) => ({
    from: accountCode.duty(species),
    to: accountCode.owed(group, species),
    amount,
  }));
}

function newAnimal(
  line: HandedOver,
  act: HandOver,
  campaign: CampaignTerms,
  commune: string,
): NewAnimal {
  return {
    code: line.code,
    species: campaign.species,
    campaign: campaign.id,
    commune,
    round: act.round,
    ...(line.sex === undefined ? {} : { sex: line.sex }),
    ...(line.bornOn === undefined ? {} : { bornOn: line.bornOn }),
    ...(line.tag === undefined ? {} : { tagCommitment: line.tag.commitment }),
    ...(line.priceReason === undefined ? {} : { priceReason: line.priceReason }),
  };
}

function eventsOf({ code, household, replaces }: HandedOver, on: Day): NewAnimalEvent[] {
  const handed: NewAnimalEvent = {
    animal: code,
    kind: "handed-over",
    on,
    ...(household === undefined ? {} : { household }),
    ...(replaces === undefined ? {} : { other: replaces }),
  };
  return replaces === undefined
    ? [handed]
    : [handed, { animal: replaces, kind: "replaced", on, other: code }];
}

/** Species that are counted in heads. */
export function isHeads(species: string): species is Species {
  return species === "BO" || species === "DE";
}
