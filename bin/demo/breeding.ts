import { passOn } from "#app/domain/rounds/pass-on.ts";
import { recordBirths } from "#app/domain/animals/record-births.ts";
import { addDays, type Day, daysBetween } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";

import { LAST_DAY } from "./gift-plan.ts";
import { BREEDING, PASSINGS } from "./herd-plan.ts";
import { type Bought, communeNow, type Herd, householdsOf, nextCode } from "./herds.ts";
import { tell } from "./news.ts";
import { actOf, at, OFFICE, type Stage } from "./stage.ts";

/** An offspring as the replay remembers it. */
interface Young {
  readonly dam: string;
  readonly bornOn: Day;
  readonly sex: "F" | "M";
  code?: string;
  passed: boolean;
}

/** Births, losses and passing-on of all herds. */
export interface Breeding {
  /** Put the births to come of animals just handed over on the calendar. */
  expect(herd: Herd, bought: readonly Bought[]): void;
  /** An animal is no more: it bears no further young. */
  lost(animal: string, on: Day): void;
}

/** Set up the quarterly lists of births (vietnam-rules.md 10: last days of a quarter) and the days of passing-on. */
export function openBreeding(stage: Stage, herds: readonly Herd[]): Breeding {
  const chance = stage.chance.stream("breeding");
  const young = new Map<string, Young[]>(herds.map(({ campaign }) => [campaign.id, []]));
  const gone = new Map<string, Day>();
  const told = new Set<string>();

  function expect({ campaign }: Herd, bought: readonly Bought[]): void {
    const { species } = campaign;
    if (species !== "BO" && species !== "DE") return;
    const { first, next, chances, young: litter } = BREEDING[species];
    for (const { code: dam, on } of bought) {
      let day = addDays(on, chance.whole(first[0], first[1]));
      for (const likely of chances) {
        if (day > LAST_DAY || !chance.happens(likely)) break;
        for (let n = chance.whole(litter[0], litter[1]); n > 0; n -= 1) {
          const sex = chance.happens(0.52) ? "F" : "M";
          young.get(campaign.id)?.push({ dam, bornOn: day, sex, passed: false });
        }
        day = addDays(day, chance.whole(next[0], next[1]));
      }
    }
  }

  async function list(herd: Herd, day: Day): Promise<void> {
    const born = (young.get(herd.campaign.id) ?? [])
      .filter(({ code, bornOn }) => code === undefined && bornOn <= day)
      .filter(({ dam, bornOn }) => (gone.get(dam) ?? LAST_DAY) >= bornOn && !gone.has(dam))
      .sort((a, b) => (a.bornOn < b.bornOn ? -1 : a.bornOn > b.bornOn ? 1 : 0));
    if (born.length === 0) return;
    const commune = await communeNow(stage, herd.campaign);
    const text = `Kê khai chăn nuôi quý, ${herd.campaign.id}, ${day}: ${born.length}`;
    const births = born.map((one) => {
      one.code = nextCode(herd);
      return { code: one.code, dam: one.dam, sex: one.sex, bornOn: one.bornOn };
    });
    const act = actOf(stage, `commune:${commune}`, day, { minutes: text });
    const booked = must(
      await recordBirths(stage.official, { ...act, campaign: herd.campaign.id, births }),
    );
    // The first young are news; afterwards once a year.
    const first = !told.has(herd.campaign.id);
    told.add(herd.campaign.id);
    if (!first && !day.includes("-12-")) return;
    const animal = births[0]?.code ?? "";
    await tell(stage, herd.campaign.id, "born", {
      entry: booked.entry,
      animal,
      count: births.length,
    });
  }

  for (const herd of herds) {
    const { species, id } = herd.campaign;
    if (species !== "BO" && species !== "DE") continue;
    for (const day of quarterDays()) {
      stage.agenda.add(at(day, OFFICE.afternoon + 1800), () => list(herd, day));
    }
    const plan = PASSINGS[id];
    if (plan) schedulePassings(stage, herd, plan, () => young.get(id) ?? []);
  }
  return { expect, lost: (animal, on) => void gone.set(animal, on) };
}

function schedulePassings(
  stage: Stage,
  herd: Herd,
  plan: NonNullable<(typeof PASSINGS)[string]>,
  young: () => Young[],
): void {
  const { campaign } = herd;
  let given = 0;
  const weans = campaign.species === "BO" ? BREEDING.BO.weans : BREEDING.DE.weans;
  for (const [day, count] of plan.days) {
    stage.agenda.add(at(day, OFFICE.morning), async () => {
      const ready = young()
        .filter(({ code, sex, passed }) => code !== undefined && sex === "F" && !passed)
        .filter(({ bornOn }) => daysBetween(bornOn, day) >= weans)
        .slice(0, count);
      if (ready.length === 0) throw new Error(`${campaign.id} has nothing to pass on on ${day}`);
      const passings = ready.map((one) => {
        one.passed = true;
        const receivers = householdsOf(herd, 2);
        const household = receivers[given % receivers.length] ?? "";
        given += 1;
        return { animal: one.code ?? "", household };
      });
      const commune = await communeNow(stage, campaign);
      const act = actOf(stage, `commune:${commune}`, day, {
        "handover-minutes": `Biên bản trao lại ${campaign.id}, ${day}`,
      });
      const booked = must(
        await passOn(stage.official, { ...act, campaign: campaign.id, passings }),
      );
      const animal = passings[0]?.animal ?? "";
      await tell(stage, campaign.id, "passed-on", {
        entry: booked.entry,
        animal,
        count: passings.length,
      });
    });
  }
}

/** The day near the end of each quarter on which keepers' declarations are put together. */
function quarterDays(): Day[] {
  const days: Day[] = [];
  for (let year = 2022; year <= 2026; year += 1) {
    for (const end of ["03-28", "06-28", "09-28", "12-28"]) {
      const day = `${year}-${end}`;
      if (day <= LAST_DAY) days.push(day);
    }
  }
  return days;
}
