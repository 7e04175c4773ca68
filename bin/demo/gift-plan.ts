import { own } from "#app/domain/kernel/own.ts";
import {
  addDays,
  type Day,
  dayOf,
  daysBetween,
  type Seconds,
  startOf,
} from "#app/domain/kernel/calendar.ts";

import type { DemoCampaign } from "./campaign-plans.ts";
import { bodyName, donorName, OFFICES } from "./names.ts";
import type { Chance } from "./random.ts";

/**
 * How a gift comes: `pledge` with the code of a pledge in the memo, `poster` with the campaign's standing code and no
 * pledge, `lost` with a memo that names nothing, or through a gateway.
 */
type Way = "pledge" | "poster" | "lost" | "vnpay" | "stripe";

/** A gift before it is given. */
export interface PlannedGift {
  readonly campaign: string;
  /** đồng */
  readonly amount: bigint;
  /** Moment at which the giver acts (makes the pledge, or pays when there is none). */
  readonly at: Seconds;
  readonly way: Way;
  readonly organisation: boolean;
  /** Empty where the giver gave no name. */
  readonly name: string;
  readonly namePublic: boolean;
  readonly locale: "vi" | "en";
  /** Day promised for; absent when given now. */
  readonly promisedOn?: Day;
  /** Parts of the amount and days after the promise on which they are paid; one part: all at once. */
  readonly parts: readonly { readonly amount: bigint; readonly after: number }[];
}

/** Last day told of: the statements of the day before are in. */
export const LAST_DAY: Day = "2026-11-22";

/** Small gifts, đồng with weights: round sums, and a few that mean something to the giver. */
const SMALL: readonly (readonly [bigint, number])[] = [
  [10_000n, 4],
  [20_000n, 6],
  [36_000n, 1],
  [50_000n, 14],
  [68_000n, 2],
  [100_000n, 20],
  [150_000n, 3],
  [200_000n, 16],
  [300_000n, 8],
  [500_000n, 18],
  [686_868n, 1],
  [999_000n, 1],
  [1_000_000n, 12],
  [1_500_000n, 2],
  [2_000_000n, 6],
  [3_000_000n, 2],
  [4_000_000n, 5],
  [5_000_000n, 4],
];
/** Whole animals and household sets, by species. */
const WHOLE: Readonly<Record<string, readonly bigint[]>> = {
  BO: [20_000_000n, 20_000_000n, 40_000_000n],
  DE: [4_000_000n, 8_000_000n, 20_000_000n],
};

/** Every gift of a campaign, in order of time; their sum is what the campaign raises. */
export function planGifts(campaign: DemoCampaign, all: Chance): PlannedGift[] {
  const chance = all.stream(`gifts ${campaign.id}`);
  const amounts = amountsOf(campaign, chance);
  return amounts
    .map(({ amount, body }) => planGift(campaign, amount, body, chance))
    .sort((a, b) => a.at - b.at);
}

/** Many small sums, some whole animals, and the rest in large gifts of bodies. */
function amountsOf(campaign: DemoCampaign, chance: Chance): { amount: bigint; body: boolean }[] {
  const whole = own(WHOLE, campaign.species) ?? [];
  const persons = Array.from({ length: campaign.gifts - campaign.bodies }, () =>
    whole.length > 0 && chance.happens(0.09) ? chance.pick(whole) : chance.weighted(SMALL),
  );
  let rest = campaign.raises - persons.reduce((sum, amount) => sum + amount, 0n);
  // A small campaign may draw too much: its largest gifts become small ones.
  for (let at = 0; rest < BigInt(campaign.bodies) * 4_000_000n; at += 1) {
    const largest = persons.reduce(
      (best, amount, n) => (amount > (persons[best] ?? 0n) ? n : best),
      0,
    );
    rest += (persons[largest] ?? 0n) - 100_000n;
    persons[largest] = 100_000n;
    if (at > persons.length) throw new Error(`gifts of ${campaign.id} do not fit its sum`);
  }
  const { largest = 0n } = campaign;
  const one = largest > 0n ? [largest] : [];
  const bodies = [...one, ...shareOut(rest - largest, campaign.bodies - one.length, chance)];
  return [
    ...persons.map((amount) => ({ amount, body: false })),
    ...bodies.map((amount) => ({ amount, body: true })),
  ];
}

/** Cut `sum` into `parts` of very different size, each a multiple of 100.000 đ but the first. */
function shareOut(sum: bigint, parts: number, chance: Chance): bigint[] {
  const weights = Array.from({ length: parts }, () => 0.05 + chance.next() ** 6);
  const whole = weights.reduce((total, weight) => total + weight, 0);
  const shares = weights.map(
    (weight) => (BigInt(Math.floor((Number(sum) * weight) / whole)) / 100_000n) * 100_000n,
  );
  const left = sum - shares.reduce((total, share) => total + share, 0n);
  return shares.map((share, at) => (at === 0 ? share + left : share));
}

function planGift(
  campaign: DemoCampaign,
  amount: bigint,
  body: boolean,
  chance: Chance,
): PlannedGift {
  const direct = campaign.account !== "appeal";
  const way = wayOf(amount, body, direct, chance);
  const english = way === "stripe" || chance.happens(0.02);
  const name = body ? bodyOf(chance) : chance.happens(0.72) ? donorName(chance) : "";
  const at = momentOf(campaign, way, body, chance);
  const promised = way === "pledge" && (body ? chance.happens(0.5) : chance.happens(0.1));
  return {
    campaign: campaign.id,
    amount,
    at,
    way,
    organisation: body,
    name,
    namePublic: name !== "" && chance.happens(body ? 0.85 : 0.45),
    locale: english ? "en" : "vi",
    ...(promised ? { promisedOn: promisedDay(campaign, at, chance) } : {}),
    parts: partsOf(amount, promised, chance),
  };
}

/** A promise is for a day within the campaign. */
function promisedDay(campaign: DemoCampaign, at: Seconds, chance: Chance): Day {
  const day = addDays(dayOf(at), chance.whole(5, 40));
  return day < campaign.endsOn ? day : campaign.endsOn;
}

function wayOf(amount: bigint, body: boolean, direct: boolean, chance: Chance): Way {
  if (body) return "pledge";
  if (direct)
    return chance.weighted([
      ["pledge", 58],
      ["poster", 38],
      ["lost", 4],
    ]);
  const ways: [Way, number][] = [
    ["pledge", 46],
    ["poster", 24],
    ["lost", 1.6],
  ];
  if (amount >= 10_000n && amount <= 50_000_000n) ways.push(["vnpay", 23]);
  if (amount >= 200_000n && amount <= 50_000_000n) ways.push(["stripe", 6]);
  return chance.weighted(ways);
}

function bodyOf(chance: Chance): string {
  return chance.happens(0.2) ? chance.pick(OFFICES) : bodyName(chance);
}

/** Late promises and instalments: some pay on the day, some weeks after it, a few in three parts. */
function partsOf(amount: bigint, promised: boolean, chance: Chance): PlannedGift["parts"] {
  if (!promised)
    return [
      {
        amount,
        after: chance.weighted([
          [0, 60],
          [1, 25],
          [2, 10],
          [5, 5],
        ]),
      },
    ];
  if (amount >= 9_000_000n && chance.happens(0.3)) {
    const third = (amount / 3n / 100_000n) * 100_000n;
    return [
      { amount: third, after: chance.whole(0, 3) },
      { amount: third, after: chance.whole(30, 40) },
      { amount: amount - 2n * third, after: chance.whole(60, 80) },
    ];
  }
  return [{ amount, after: chance.happens(0.3) ? chance.whole(8, 35) : chance.whole(-4, 2) }];
}

/** Days before the last in which nothing new starts, so that promises can still be kept. */
const ROOM: Readonly<Record<string, number>> = { body: 130, person: 8 };

/** Gifts are thick after the opening, at Tết, around 17 October and of late, thin in between. */
function momentOf(campaign: DemoCampaign, way: Way, body: boolean, chance: Chance): Seconds {
  const room = own(ROOM, body ? "body" : "person") ?? 0;
  const last = [addDays(campaign.endsOn, -room), addDays(LAST_DAY, -room)].sort()[0] ?? LAST_DAY;
  const days = Math.max(20, daysBetween(campaign.startsOn, last));
  const running = !body && campaign.endsOn > LAST_DAY;
  if (running && chance.happens(0.06))
    return momentOn(addDays(LAST_DAY, -chance.whole(0, 27)), chance);
  for (;;) {
    const day = addDays(campaign.startsOn, Math.floor(days * chance.next() ** 1.5));
    const month = day.slice(5, 7);
    const season =
      month === "10" || month === "01" ? 1 : month === "12" || month === "02" ? 0.75 : 0.5;
    if (!chance.happens(season) || closed(day, way)) continue;
    return momentOn(day, chance);
  }
}

/** Between six in the morning and half past ten at night. */
function momentOn(day: Day, chance: Chance): Seconds {
  return startOf(day) + chance.whole(6 * 3600, 22 * 3600 + 1800);
}

/**
 * Half-years are closed on the third day of the next one. What a gateway tells on the days between would stand in the
 * balances of the period before, so nobody pays by gateway on them.
 */
function closed(day: Day, way: Way): boolean {
  return (way === "vnpay" || way === "stripe") && /-0[17]-0[123]$/.test(day);
}
