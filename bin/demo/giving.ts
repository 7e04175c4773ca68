import { addDays, type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { confirmPledge } from "#app/domain/pledges/confirm-pledge.ts";
import { makePledge } from "#app/domain/pledges/make-pledge.ts";

import type { Banks } from "./banks.ts";
import type { DemoCampaign } from "./campaign-plans.ts";
import type { Gateways } from "./gateways.ts";
import { type PlannedGift, planGifts } from "./gift-plan.ts";
import { memoWithCode, memoWithoutCode, misread } from "./memo.ts";
import { at, type Stage } from "./stage.ts";

/** Gifts whose memo said nothing: account, amount and where the giver meant it to go. */
export interface LostGift {
  readonly campaign: string;
  readonly account: string;
  readonly amount: bigint;
  readonly paidOn: Day;
  /** Its purpose was found. */
  done?: boolean;
}

/** Put all gifts of all campaigns on the agenda, each with the way it comes. Answers those that will be lost. */
export function scheduleGiving(
  stage: Stage,
  banks: Banks,
  gateways: Gateways,
): { readonly lost: LostGift[]; readonly planned: number } {
  const lost: LostGift[] = [];
  let planned = 0;
  for (const campaign of stage.campaigns) {
    const chance = stage.chance.stream(`giving ${campaign.id}`);
    for (const gift of planGifts(campaign, stage.chance)) {
      planned += 1;
      stage.agenda.add(gift.at, async () => {
        if (gift.way === "poster") return payByPoster(campaign, gift);
        if (gift.way === "lost") return payWithoutCode(campaign, gift);
        const code = await pledge(stage, gift);
        if (gift.way === "pledge") return payByBank(campaign, gift, code);
        return gateways.pay(gift.way, code, gift);
      });
    }

    const payByPoster = async (of: DemoCampaign, gift: PlannedGift) => {
      const code = stage.posterCodes.get(of.id) ?? "";
      banks.move(banks.accountOf(of.account), gift.amount, memoWithCode(code, chance));
    };

    const payWithoutCode = async (of: DemoCampaign, gift: PlannedGift) => {
      const account = banks.accountOf(of.account);
      banks.move(account, gift.amount, memoWithoutCode(chance));
      const paidOn = dayOf(stage.agenda.now());
      lost.push({ campaign: of.id, account, amount: gift.amount, paidOn });
    };

    /** Each part on its day, never before the pledge was made; a few mistype one sign of the code. */
    const payByBank = async (of: DemoCampaign, gift: PlannedGift, code: string) => {
      const made = dayOf(stage.agenda.now());
      const from = gift.promisedOn ?? made;
      for (const part of gift.parts) {
        const wish = addDays(from, part.after);
        const day = wish < made ? made : wish;
        const moment = Math.max(stage.agenda.now() + 600, at(day, chance.whole(7, 21) * 3600));
        const wrong = !gift.organisation && chance.happens(0.02) ? misread(code) : undefined;
        stage.agenda.add(moment, async () => {
          banks.move(banks.accountOf(of.account), part.amount, memoWithCode(wrong ?? code, chance));
        });
      }
    };
  }
  return { lost, planned };
}

/** Promises that nobody has kept: some are overdue, some still to come; three have nobody who stood for them. */
export function scheduleOpenPromises(stage: Stage): void {
  const chance = stage.chance.stream("open promises");
  const promises: readonly (readonly [string, bigint, Day, Day, "unconfirmed"?])[] = [
    ["LD1", 150_000_000n, "2026-10-16", "2026-12-20"],
    ["LD1", 80_000_000n, "2026-11-05", "2027-01-10"],
    ["LD1", 45_000_000n, "2026-11-12", "2026-12-01"],
    ["TG1", 60_000_000n, "2026-10-17", "2026-12-15"],
    ["TT1", 40_000_000n, "2026-09-02", "2026-12-31"],
    ["PL1", 24_000_000n, "2026-10-02", "2026-12-10"],
    ["TL1", 20_000_000n, "2026-08-20", "2026-11-01", "unconfirmed"],
    ["GR1", 20_000_000n, "2026-11-02", "2026-12-05", "unconfirmed"],
    ["VM1", 30_000_000n, "2026-10-27", "2026-12-24", "unconfirmed"],
    ["SG1", 24_000_000n, "2026-09-30", "2026-12-05"],
  ];
  for (const [campaign, amount, day, promisedOn, unconfirmed] of promises) {
    stage.agenda.add(at(day, 15 * 3600), async () => {
      const make = unconfirmed ? promiseAlone : pledge;
      await make(stage, {
        campaign,
        amount,
        at: stage.agenda.now(),
        way: "pledge",
        organisation: true,
        name: `Công ty TNHH Bến Nước ${chance.whole(1, 9)}`,
        namePublic: true,
        locale: "vi",
        promisedOn,
        parts: [],
      });
    });
  }
}

/**
 * A pledge, and where it is a promise, the letter's link followed at once. One above what is missing waits for an official,
 * who is not there while the past is replayed. Answers its code.
 */
export async function pledge(stage: Stage, gift: PlannedGift): Promise<string> {
  const code = await promiseAlone(stage, gift);
  if (gift.promisedOn === undefined) return code;
  const confirmed = await confirmPledge(stage.payments, code, { way: "link" });
  if (!confirmed.ok && confirmed.problem.code !== "pledge.above-missing") must(confirmed);
  return code;
}

/** A pledge by the same verb as the give form, which nobody confirms; answers its code. */
async function promiseAlone(stage: Stage, gift: PlannedGift): Promise<string> {
  const made = must(
    await makePledge(stage.payments, await stage.termsOf(gift.campaign), {
      amount: gift.amount,
      intent: gift.promisedOn === undefined ? "now" : "promised",
      ...(gift.promisedOn === undefined ? {} : { promisedOn: gift.promisedOn }),
      donorKind: gift.organisation ? "organisation" : "person",
      donorName: gift.name,
      namePublic: gift.namePublic,
      channel: gift.way === "vnpay" || gift.way === "stripe" ? gift.way : "bank",
      locale: gift.locale,
      // Nobody asks back while the past is replayed.
      sureOf: gift.amount,
      formKey: stage.chanceOfActs.hex(16),
    }),
  );
  return made.code;
}
