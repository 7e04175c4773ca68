import {
  type Act,
  type ActStores,
  bookAct,
  type Booked,
  bookedBefore,
  type Writing,
} from "../acts/act.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";
import type { CompensationStores } from "./ports.ts";
import { type TooEarly, tooEarly } from "./too-early.ts";

/** Money that an insurer, or whoever is to blame, pays for a lost animal. */
export interface Compensation extends Act {
  /** Public code of the animal that was lost. */
  readonly animal: string;
  /** đồng */
  readonly amount: Dong;
}

export type CompensationProblem =
  | PostProblem
  | { readonly code: "compensation.no-paper" }
  | { readonly code: "animal.unknown"; readonly animal: string }
  /** It lives, it was never bought with đồng, or its loss was reversed. */
  | { readonly code: "compensation.nothing-lost"; readonly animal: string }
  | {
      readonly code: "compensation.more-than-lost";
      readonly lost: Dong;
      readonly compensated: Dong;
    }
  | TooEarly;

/**
 * Money for a loss comes back to the fund of the campaign whose money was lost, bound as that was (ledger.md 3.5). It is
 * new money with new numbers: what was lost stays lost in the books. All payments for one animal together are at most
 * what it cost.
 */
export async function recordCompensation(
  services: Writing<ActStores & CompensationStores>,
  act: Compensation,
): Promise<Result<Booked, CompensationProblem>> {
  if (act.papers.length === 0) return no({ code: "compensation.no-paper" });
  return services.write(async (stores) => {
    const before = await bookedBefore(
      stores,
      act,
      ({ kind, movements: [only] }) =>
        kind === "compensation" && only?.amount === act.amount && only.animal === act.animal,
    );
    if (before) return before;
    const [animal] = await stores.herds.animals([act.animal]);
    if (!animal) return no({ code: "animal.unknown", animal: act.animal });
    const { lost, compensated } = await stores.losses.of(act.animal);
    if (lost === 0n) return no({ code: "compensation.nothing-lost", animal: act.animal });
    const early = tooEarly(act.animal, animal.lastOn, act.on);
    if (early) return no(early);
    if (compensated + act.amount > lost) {
      return no({ code: "compensation.more-than-lost", lost, compensated });
    }
    return bookAct(stores, act, "compensation", {
      legs: [
        {
          from: accountCode.worldCompensation,
          to: accountCode.fund(animal.campaign),
          amount: act.amount,
          animal: animal.code,
        },
      ],
    });
  });
}
