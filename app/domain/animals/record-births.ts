import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import { campaignOn } from "../campaigns/facts.ts";
import type { TermsProblem, TermsStores } from "../campaigns/terms.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { isHeads } from "./hand-over.ts";
import { isNumberedCode } from "./numbered-code.ts";
import type { HerdAnimal, HerdStores } from "./ports.ts";
import { type TooEarly, tooEarly } from "./too-early.ts";

/** One calf or kid. */
export interface Birth {
  /** Public code, `<campaign>-<four digits>`. */
  readonly code: string;
  readonly dam: string;
  readonly sex: "F" | "M";
  readonly bornOn: Day;
}

/** Births of one campaign, told together by the commune's list. */
export interface Births extends Act {
  readonly campaign: string;
  readonly births: readonly Birth[];
}

export type BirthProblem =
  | TermsProblem
  | PostProblem
  | { code: "birth.nothing" }
  | { code: "birth.no-heads"; species: string }
  | { code: "birth.after-the-list"; animal: string; bornOn: Day }
  | { code: "animal.bad-code"; animal: string }
  | { code: "animal.exists"; animal: string }
  | { code: "birth.no-dam"; animal: string; dam: string }
  | TooEarly;

/**
 * Calves and kids join the herd of their dam's round: heads, no đồng, as the đồng stay with the mother and the chain of
 * animals carries the story on (ledger.md 3.5).
 */
export async function recordBirths(
  services: Writing<ActStores & TermsStores & HerdStores>,
  act: Births,
): Promise<Result<Booked, BirthProblem>> {
  if (act.births.length === 0) return no({ code: "birth.nothing" });
  return services.write(async (stores) => {
    const found = await campaignOn(stores, act.campaign, act.on);
    if (!found.ok) return found;
    const { campaign, commune } = found.value;
    const { species } = campaign;
    if (!isHeads(species)) return no({ code: "birth.no-heads", species });
    const known = await stores.herds.animals(act.births.flatMap(({ code, dam }) => [code, dam]));
    const wrong = wrongBirth(act, known);
    if (wrong) return no(wrong);

    const dams = new Map(known.map((animal) => [animal.code, animal]));
    const roundOf = (dam: string) => dams.get(dam)?.round ?? 1;
    return bookAct(stores, act, "birth", {
      legs: act.births.map(({ code, dam }) => ({
        from: accountCode.birth(species),
        to: accountCode.herd(commune.code, species, roundOf(dam)),
        amount: 1n,
        animal: code,
      })),
      animals: act.births.map(({ code, dam, sex, bornOn }) => ({
        code,
        species,
        campaign: campaign.id,
        commune: commune.code,
        round: roundOf(dam),
        dam,
        sex,
        bornOn,
      })),
      animalEvents: act.births.map(({ code, dam, bornOn }) => {
        const keeper = dams.get(dam)?.keeper;
        return {
          animal: code,
          kind: "born",
          on: bornOn,
          other: dam,
          ...(keeper === undefined ? {} : { household: keeper }),
        };
      }),
    });
  });
}

/** The first birth that breaks a rule. */
export function wrongBirth(act: Births, known: readonly HerdAnimal[]): BirthProblem | undefined {
  const animals = new Map(known.map((animal) => [animal.code, animal]));
  for (const { code, dam, bornOn } of act.births) {
    if (!isNumberedCode(code, act.campaign)) {
      return { code: "animal.bad-code", animal: code };
    }
    if (animals.has(code)) return { code: "animal.exists", animal: code };
    if (bornOn > act.on) return { code: "birth.after-the-list", animal: code, bornOn };
    const mother = animals.get(dam);
    const fits = mother?.alive === true && mother.campaign === act.campaign && mother.sex !== "M";
    if (!fits) return { code: "birth.no-dam", animal: code, dam };
    const early = tooEarly(dam, mother.cameOn, bornOn);
    if (early) return early;
  }
  return undefined;
}
