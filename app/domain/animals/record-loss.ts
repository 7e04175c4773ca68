import type { Act, ActStores, Booked, Writing } from "../acts/act.ts";
import { type ActMatter, bookMatter } from "../acts/matter.ts";
import type { LossCause } from "../acts/reasons.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { Leg } from "../ledger/entry.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { isHeads } from "./hand-over.ts";
import type { HerdStores } from "./ports.ts";
import { type TooEarly, tooEarly } from "./too-early.ts";

/** An animal that died, fell sick and was culled, or was stolen, by minutes of village head and vet. */
export interface Loss extends Act {
  readonly animal: string;
  readonly cause: LossCause;
}

export type LossProblem =
  | TermsProblem
  | PostProblem
  | { code: "loss.no-paper" }
  | { code: "animal.unknown"; animal: string }
  | { code: "animal.undone"; animal: string }
  | { code: "animal.not-alive"; animal: string }
  | TooEarly;

/**
 * Write off an animal: exactly its range leaves the delivered axis for the losses of its campaign, its head leaves the
 * herd (ledger.md 3.5). An offspring has no price; only its head leaves.
 */
export async function recordLoss(
  services: Writing<ActStores & TermsStores & HerdStores>,
  act: Loss,
): Promise<Result<Booked, LossProblem>> {
  if (act.papers.length === 0) return no({ code: "loss.no-paper" });
  return services.write(async (stores) => {
    const matter = await lossOf(stores, act);
    return matter.ok ? bookMatter(stores, act, matter.value) : matter;
  });
}

/** What writing off an animal moves. */
export async function lossOf(
  stores: TermsStores & HerdStores,
  act: Pick<Loss, "animal" | "cause" | "on">,
): Promise<Result<ActMatter, Exclude<LossProblem, PostProblem>>> {
  const [animal] = await stores.herds.animals([act.animal]);
  if (!animal) return no({ code: "animal.unknown", animal: act.animal });
  if (animal.undone) return no({ code: "animal.undone", animal: act.animal });
  if (!animal.alive) return no({ code: "animal.not-alive", animal: act.animal });
  const early = tooEarly(animal.code, animal.lastOn, act.on);
  if (early) return no(early);
  const found = await campaignOn(stores, animal.campaign, act.on);
  if (!found.ok) return found;

  const { species, range } = animal;
  const legs: Leg[] = [];
  if (range) {
    legs.push({
      from: range.account,
      to: accountCode.loss(act.cause, animal.campaign),
      amount: range.price,
      take: [{ lo: range.lo, length: range.price }],
      animal: animal.code,
    });
  }
  if (isHeads(species)) {
    legs.push({
      from: accountCode.herd(found.value.commune.code, species, animal.round),
      to: accountCode.death(species),
      amount: 1n,
      animal: animal.code,
    });
  }
  return ok({
    kind: "loss",
    legs,
    animalEvents: [
      {
        animal: animal.code,
        kind: "died",
        on: act.on,
        cause: act.cause,
        ...(animal.keeper === undefined ? {} : { household: animal.keeper }),
      },
    ],
  });
}
