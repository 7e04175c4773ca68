import { handOver } from "#app/domain/animals/hand-over.ts";
import { recordLoss } from "#app/domain/animals/record-loss.ts";
import { advance } from "#app/domain/disbursements/advance.ts";
import { addDays } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { waiveDuty } from "#app/domain/rounds/waive-duty.ts";

import type { Banks } from "./banks.ts";
import type { Breeding } from "./breeding.ts";
import { LOSSES, type PlannedLoss } from "./herd-plan.ts";
import { type Bought, communeNow, type Herd, nextCode, payCommune } from "./herds.ts";
import { tell } from "./news.ts";
import { actOf, at, OFFICE, type Stage } from "./stage.ts";

/** Put every loss on the agenda, with the replacement or the waived duty that follows. */
export function scheduleLosses(
  stage: Stage,
  banks: Banks,
  herds: readonly Herd[],
  breeding: Breeding,
): void {
  for (const plan of LOSSES) {
    const herd = herds.find(({ campaign }) => campaign.id === plan.campaign);
    if (!herd) throw new Error(`no herd of ${plan.campaign}`);
    stage.agenda.add(at(plan.day, OFFICE.noon), async () => {
      const lost = herd.bought[plan.nth - 1];
      if (!lost) throw new Error(`${plan.campaign} has no animal ${plan.nth}`);
      await lose(stage, banks, herd, plan, lost);
      breeding.lost(lost.code, plan.day);
    });
  }
}

async function lose(
  stage: Stage,
  banks: Banks,
  herd: Herd,
  plan: PlannedLoss,
  lost: Bought,
): Promise<void> {
  const commune = await communeNow(stage, herd.campaign);
  const act = actOf(stage, `commune:${commune}`, plan.day, {
    minutes: `Biên bản vật nuôi chết ${lost.code}, ${plan.day}`,
    photo: `Ảnh ${lost.code}`,
  });
  const booked = must(
    await recordLoss(stage.official, { ...act, animal: lost.code, cause: plan.cause }),
  );
  await tell(stage, plan.campaign, "lost", { entry: booked.entry, animal: lost.code });
  const { replacedOn, waivedOn } = plan;
  if (replacedOn) {
    stage.agenda.add(at(addDays(replacedOn, -9), OFFICE.morning), () =>
      payCommune(stage, banks, herd.campaign, REPLACEMENT_PRICE, herd.purchases + 1),
    );
    stage.agenda.add(at(replacedOn, OFFICE.afternoon), () =>
      replace(stage, herd, lost, replacedOn),
    );
  }
  if (waivedOn) {
    stage.agenda.add(at(waivedOn, OFFICE.afternoon), async () => {
      const decision = actOf(stage, `commune:${commune}`, waivedOn, {
        decision: `Quyết định miễn trao lại cho ${lost.code}`,
      });
      const group = groupOf(herd, lost);
      const species = herd.campaign.species === "BO" ? "BO" : "DE";
      const waived = { ...decision, reason: "animal-died", group, species, heads: 1 } as const;
      must(await waiveDuty(stage.official, waived));
    });
  }
}

/** đồng */
const REPLACEMENT_PRICE = 19_600_000n;

/** A like animal for the same household, from what the campaign has over its goal. */
async function replace(stage: Stage, herd: Herd, lost: Bought, day: string): Promise<void> {
  const { campaign } = herd;
  const commune = await communeNow(stage, campaign);
  herd.purchases += 1;
  const purchase = `P${String(herd.purchases).padStart(2, "0")}`;
  const price = REPLACEMENT_PRICE;
  const contract = actOf(stage, `commune:${commune}`, day, {
    contract: `Hợp đồng mua thay thế ${lost.code}`,
  });
  must(
    await advance(stage.official, {
      ...contract,
      campaign: campaign.id,
      purchase,
      amount: price,
      ...(lost.household === undefined ? {} : { lines: [lost.household] }),
    }),
  );
  const code = nextCode(herd);
  const act = actOf(stage, `commune:${commune}`, day, {
    "acceptance-minutes": `Biên bản nghiệm thu ${code}`,
    "handover-minutes": `Biên bản bàn giao ${code} thay ${lost.code}`,
  });
  const booked = must(
    await handOver(stage.official, {
      ...act,
      campaign: campaign.id,
      purchase,
      round: 1,
      lines: [
        {
          code,
          price,
          sex: "F",
          bornOn: addDays(day, -820),
          replaces: lost.code,
          ...(lost.household === undefined ? {} : { household: lost.household }),
        },
      ],
    }),
  );
  await tell(stage, campaign.id, "replaced", { entry: booked.entry, animal: code });
}

/** The group of the household that an animal was given to. */
function groupOf(herd: Herd, { household = "" }: Bought): string {
  const groups = herd.rounds.get(1)?.groups ?? [];
  const group = groups.find(({ members }) => members.includes(household));
  if (!group) throw new Error(`${household} is in no group`);
  return group.id;
}
