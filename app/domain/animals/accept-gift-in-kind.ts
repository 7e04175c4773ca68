import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import type { SealedValue } from "../acts/paper.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import { no, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import { type LineProblem, wrongReceivers } from "../list-lines/line-lock.ts";
import type { LineStores } from "../list-lines/ports.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { dutyLegs, type HandedOver, isHeads, wrongHouseholds } from "./hand-over.ts";
import { isNumberedCode } from "./numbered-code.ts";
import type { HerdAnimal, HerdStores } from "./ports.ts";
import { type TooEarly, tooEarly } from "./too-early.ts";

/** One animal that somebody gave. */
interface GivenAnimal extends Pick<HandedOver, "code" | "sex" | "bornOn" | "household" | "tag"> {
  /** What the giver says it is worth: a note, sealed, never money. */
  readonly statedValue?: SealedValue;
}

/** Animals given instead of money, handed over by minutes. */
export interface GiftInKind extends Act {
  readonly campaign: string;
  readonly round: number;
  readonly lines: readonly GivenAnimal[];
}

export type GiftInKindProblem =
  | TermsProblem
  | PostProblem
  | LineProblem
  | { readonly code: "gift-in-kind.nothing" }
  | { readonly code: "gift-in-kind.no-paper" }
  | { readonly code: "gift-in-kind.no-heads"; readonly species: string }
  | { readonly code: "gift-in-kind.bad-round"; readonly round: number }
  | { readonly code: "animal.bad-code"; readonly animal: string }
  | { readonly code: "animal.exists"; readonly animal: string }
  | { readonly code: "household.unknown"; readonly household: string }
  | {
      readonly code: "household.over-norm";
      readonly household: string;
      readonly perHousehold: number;
    }
  | TooEarly;

/**
 * Animals given join the herd as heads, from the market, and not one đồng moves (ledger.md 3.3): a stated value is only
 * committed to. The household that gets one takes on the same duty to pass offspring on as for a bought one.
 */
export async function acceptGiftInKind(
  services: Writing<ActStores & TermsStores & HerdStores & LineStores>,
  act: GiftInKind,
): Promise<Result<Booked, GiftInKindProblem>> {
  if (act.lines.length === 0) return no({ code: "gift-in-kind.nothing" });
  if (act.papers.length === 0) return no({ code: "gift-in-kind.no-paper" });
  if (!Number.isSafeInteger(act.round) || act.round < 1) {
    return no({ code: "gift-in-kind.bad-round", round: act.round });
  }
  return services.write(async (stores) => {
    const found = await campaignOn(stores, act.campaign, act.on);
    if (!found.ok) return found;
    const { campaign, commune } = found.value;
    const { species } = campaign;
    if (!isHeads(species)) return no({ code: "gift-in-kind.no-heads", species });
    const { herds, campaignTerms, openings } = stores;
    const norm = await campaignTerms.norm(species, act.on);
    const known = await herds.animals(act.lines.map(({ code }) => code));
    const households = await herds.households(
      act.lines.flatMap(({ household }) => household ?? []),
    );
    // The same minutes told again: the ledger answers its first entry by the key.
    const again = (await stores.ledger.byKey(act.key)) !== undefined;
    const wrong = again
      ? undefined
      : (wrongAnimal(act, known) ??
        householdProblem(wrongHouseholds(act, norm, households)) ??
        (await wrongReceivers(
          stores,
          campaign,
          act.lines.flatMap(({ household }) => household ?? []),
        )));
    if (wrong) return no(wrong);

    const values = act.lines.flatMap(({ statedValue }) => statedValue ?? []);
    const herd = accountCode.herd(commune.code, species, act.round);
    const booked = await bookAct(stores, act, "gift-in-kind", {
      legs: [
        ...act.lines.map(({ code }) => ({
          from: accountCode.market(species),
          to: herd,
          amount: 1n,
          animal: code,
        })),
        ...dutyLegs(act, campaign, species, households),
      ],
      ...(values.length === 0 ? {} : { commitments: values.map(({ commitment }) => commitment) }),
      animals: act.lines.map(({ code, sex, bornOn, tag }) => ({
        code,
        species,
        campaign: campaign.id,
        commune: commune.code,
        round: act.round,
        ...(sex === undefined ? {} : { sex }),
        ...(bornOn === undefined ? {} : { bornOn }),
        ...(tag === undefined ? {} : { tagCommitment: tag.commitment }),
      })),
      animalEvents: act.lines.map(({ code, household }) => ({
        animal: code,
        kind: "handed-over" as const,
        on: act.on,
        ...(household === undefined ? {} : { household }),
      })),
    });
    if (!booked.ok || booked.value.again) return booked;
    const tags = act.lines.flatMap(({ tag }) => tag ?? []);
    await openings.keep([...tags, ...values].map((one) => ({ ...one, digest: one.commitment })));
    return booked;
  });
}

/** The first animal whose code is malformed or taken, or that was not born when it was handed over. */
function wrongAnimal(
  act: Pick<GiftInKind, "campaign" | "lines" | "on">,
  known: readonly Pick<HerdAnimal, "code">[],
): Extract<GiftInKindProblem, { animal: string }> | undefined {
  const taken = new Set(known.map(({ code }) => code));
  for (const { code, bornOn } of act.lines) {
    if (!isNumberedCode(code, act.campaign)) {
      return { code: "animal.bad-code", animal: code };
    }
    if (taken.has(code)) return { code: "animal.exists", animal: code };
    taken.add(code);
    const unborn = tooEarly(code, bornOn, act.on);
    if (unborn) return unborn;
  }
  return undefined;
}

function householdProblem(
  problem: ReturnType<typeof wrongHouseholds>,
): GiftInKindProblem | undefined {
  switch (problem?.code) {
    case "household.unknown":
    case "household.over-norm":
      return problem;
    default:
      return undefined;
  }
}
