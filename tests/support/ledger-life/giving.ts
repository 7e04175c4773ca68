/** Gifts, and what becomes of them before they are paid on. */
import fc from "fast-check";
import { expect } from "vitest";

import { addDays } from "#app/domain/kernel/calendar.ts";
import type { Channel } from "#app/domain/ledger/chart.ts";
import type { IntakeGift, Recorded } from "#app/domain/ledger/intake.ts";

import { type CoinLeg, move, whereIs } from "./dong-by-dong.ts";
import {
  type BookedGift,
  campaign,
  CHANNELS,
  command,
  type Model,
  of,
  post,
  type Real,
  today,
  which,
} from "./life.ts";

export const gifts = command(
  "gifts",
  fc.array(
    fc.record({
      key: fc.nat(40),
      pledge: fc.nat(8),
      campaign,
      channel: fc.constantFrom(...CHANNELS),
      amount: fc.integer({ min: 1, max: 40 }),
      way: fc.constantFrom("clearing", "clearing", "fund", "fund", "commune", "suspense"),
      payment: fc.nat(60),
      daysAgo: fc.integer({ min: -1, max: 12 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  tellGifts,
);

interface Told {
  readonly key: number;
  readonly pledge: number;
  readonly campaign: string;
  readonly channel: Channel;
  readonly amount: number;
  readonly way: "clearing" | "fund" | "commune" | "suspense";
  readonly payment: number;
  readonly daysAgo: number;
}

async function tellGifts(told: readonly Told[], model: Model, real: Real): Promise<void> {
  const day = today(model);
  const all = told.map(({ key, pledge, way, channel, payment, daysAgo, ...gift }): IntakeGift => ({
    ...gift,
    key: `gift:${key}`,
    code: `QN${pledge}`,
    ...(way === "suspense" ? {} : { pledge: `QN${pledge}` }),
    channel,
    to: {
      clearing: `clearing:${channel}:${gift.campaign}`,
      fund: `fund:${gift.campaign}`,
      commune: `commune:2:${gift.campaign}`,
      suspense: "suspense:b1",
    }[way],
    amount: BigInt(gift.amount),
    receivedOn: addDays(day, -daysAgo),
    evidence: pledge % 2 ? [sha(pledge), sha(payment)] : [],
    ...(way === "clearing"
      ? { outcome: { ref: `p${payment}`, providerCode: "00", inbox: payment } }
      : {}),
  }));
  const answers = await Promise.allSettled(all.map((gift) => real.intake.record(gift)));
  for (const [at, gift] of all.entries()) {
    const answer = answers[at]!;
    const state = answer.status === "rejected" ? "refused" : answer.value.state;
    const expected = receive(model, gift);
    expect(expected === "either" ? ["already", "refused"] : [expected], gift.key).toContain(state);
  }
}

const sha = (n: number) => n.toString(16).padStart(64, "0");

function receive(model: Model, gift: IntakeGift): Recorded["state"] | "either" {
  const { key, campaign: of = "", channel, outcome } = gift;
  // What comes for a merged commune goes to the one that took its money over.
  const to = model.movedTo.get(gift.to) ?? gift.to;
  const paid = Number(gift.amount);
  const before = model.entries.includes(key) || (outcome && model.payments.has(outcome.ref));
  // While the clock stands a day or more back nothing is numbered; a repeat may be found by looking.
  if (model.now < model.recordedAt - 86_400) return before ? "either" : "refused";
  if (before) return "already";
  const after = move(model.heaps, [{ from: `world:donor:${channel}`, to, amount: paid }], key);
  if (!after) return "refused";
  model.heaps = after;
  model.entries.push(key);
  model.recordedAt = Math.max(model.now, model.recordedAt);
  model.gifts.push({ key, to, amount: paid, campaign: of, channel });
  if (outcome) model.payments.add(outcome.ref);
  return "booked";
}

/** The numbers a gift entered with. */
function entered(model: Model, { key, to, amount: length }: BookedGift): [number, number] {
  let last = 0;
  for (const gift of model.gifts) {
    if (gift.key === key) break;
    if (gift.to === to) last += gift.amount;
  }
  const lies = whereIs(model.heaps, key).get(to)?.[0];
  return lies ?? [last + 1, length];
}

export const confirmed = command(
  "confirmed",
  fc.record({ which, fee: fc.nat(5) }),
  async (input, model, real) => {
    const gift = of(
      model.gifts.filter(({ to }) => to.startsWith("clearing:")),
      input.which,
    );
    if (!gift) return;
    const [lo] = entered(model, gift);
    const fee = Math.min(input.fee, gift.amount - 1);
    const legs: CoinLeg[] = [
      {
        from: gift.to,
        to: `fund:${gift.campaign}`,
        amount: gift.amount - fee,
        take: [[lo, gift.amount - fee]],
      },
    ];
    if (fee > 0) {
      legs.push({
        from: gift.to,
        to: `fee:${gift.channel}:${gift.campaign}`,
        amount: fee,
        take: [[lo + gift.amount - fee, fee]],
      });
    }
    await post(model, real, { kind: "donation-confirmed" }, legs);
  },
);

export const expired = command("expired", which, async (at, model, real) => {
  const gift = of(
    model.gifts.filter(({ to }) => to.startsWith("clearing:")),
    at,
  );
  if (!gift) return;
  const leg = { from: gift.to, to: `world:donor:${gift.channel}`, amount: gift.amount };
  await post(model, real, { kind: "donation-expired" }, [{ ...leg, take: [entered(model, gift)] }]);
});

export const assigned = command(
  "assigned",
  fc.record({ which, campaign }),
  async (input, model, real) => {
    const gift = of(
      model.gifts.filter(({ to }) => to.startsWith("suspense:")),
      input.which,
    );
    if (!gift) return;
    const leg = { from: gift.to, to: `fund:${input.campaign}`, amount: gift.amount };
    await post(model, real, { kind: "suspense-assigned" }, [
      { ...leg, take: [entered(model, gift)] },
    ]);
  },
);

export const refunded = command("refunded", which, async (at, model, real) => {
  const gift = of(model.gifts, at);
  if (!gift) return;
  const places = [...whereIs(model.heaps, gift.key)].filter(([code]) =>
    /^(clearing|fund|suspense):/.test(code),
  );
  const legs = places.flatMap(([from, ranges], n): CoinLeg[] => {
    const sum = ranges.reduce((total, [, length]) => total + length, 0);
    const payable = `refund:payable:${gift.campaign}`;
    return [
      { from, to: payable, amount: sum, take: ranges },
      { from: payable, to: "world:refund", amount: sum, take: 2 * n },
    ];
  });
  if (legs.length > 0) await post(model, real, { kind: "refund" }, legs);
});
