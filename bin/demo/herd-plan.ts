import type { LossCause } from "#app/domain/acts/reasons.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";

/** One purchase of a campaign: when it is handed over and how many things. */
export interface PlannedPurchase {
  readonly day: Day;
  readonly count: number;
  /** Which need line the things are of, for campaigns with several; from 0. */
  readonly need?: number;
  /** Only advanced so far: not accepted, not handed over. */
  readonly open?: true;
}

/** When each campaign buys. A purchase waits when the money is not there yet. */
export const PURCHASES: Readonly<Record<string, readonly PlannedPurchase[]>> = {
  MC1: [
    { day: "2022-09-14", count: 14 },
    { day: "2022-12-08", count: 16 },
    { day: "2023-04-20", count: 16 },
    { day: "2023-11-16", count: 14 },
  ],
  TH1: [
    { day: "2022-11-16", count: 40 },
    { day: "2023-05-18", count: 45 },
    { day: "2023-11-23", count: 35 },
    { day: "2024-05-16", count: 30 },
  ],
  PL1: [
    { day: "2023-05-25", count: 30 },
    { day: "2024-03-14", count: 25 },
    { day: "2026-06-16", count: 30 },
  ],
  DT1: [
    { day: "2023-03-16", count: 8, need: 0 },
    { day: "2023-08-10", count: 20, need: 1 },
    { day: "2023-12-14", count: 2, need: 2 },
  ],
  TB1: [
    { day: "2024-03-14", count: 10 },
    { day: "2024-10-10", count: 8 },
    { day: "2025-09-16", count: 8 },
  ],
  TL1: [
    { day: "2023-11-28", count: 30 },
    { day: "2025-05-20", count: 30 },
    { day: "2026-04-21", count: 15 },
  ],
  KD1: [
    { day: "2024-02-22", count: 12 },
    { day: "2024-09-19", count: 10 },
    { day: "2025-04-17", count: 8 },
    { day: "2026-03-12", count: 10 },
  ],
  TR1: [
    { day: "2023-11-17", count: 1, need: 0 },
    { day: "2024-03-22", count: 1, need: 0 },
    { day: "2024-06-14", count: 1, need: 1 },
    { day: "2024-10-18", count: 1, need: 0 },
    { day: "2025-03-14", count: 1, need: 1 },
    { day: "2025-06-20", count: 1, need: 0 },
  ],
  GR1: [
    { day: "2024-06-13", count: 30 },
    { day: "2026-05-14", count: 30 },
  ],
  LD1: [
    { day: "2024-08-20", count: 12 },
    { day: "2025-01-09", count: 12 },
    { day: "2025-08-19", count: 10 },
    { day: "2026-04-16", count: 10 },
    { day: "2026-11-10", count: 8, open: true },
  ],
  VM1: [
    { day: "2025-12-11", count: 1, need: 0 },
    { day: "2026-10-20", count: 1, need: 1, open: true },
  ],
};

/** Money paid to a commune ahead of its first purchase. */
export const EARLY_DISBURSEMENTS: readonly (readonly [string, Day, bigint])[] = [
  ["TG1", "2026-10-06", 200_000_000n],
];

/** What a purchase plans with over the norm, in hundredths of it: prices have risen, most of all near the border. */
export function margin(campaign: string, day: Day): bigint {
  const border = campaign === "LD1" ? 2n : 0n;
  if (day < "2024-01-01") return 0n;
  return (day < "2025-01-01" ? 1n : 3n) + border;
}

/** Animals that are lost: the `nth` bought, on a day. */
export interface PlannedLoss {
  readonly campaign: string;
  readonly nth: number;
  readonly day: Day;
  readonly cause: LossCause;
  /** Replaced from money left at the commune. */
  readonly replacedOn?: Day;
  /** The group's duty for it is waived. */
  readonly waivedOn?: Day;
}

export const LOSSES: readonly PlannedLoss[] = [
  { campaign: "TH1", nth: 11, day: "2023-02-02", cause: "cold" },
  { campaign: "MC1", nth: 7, day: "2023-08-17", cause: "disease", replacedOn: "2023-12-14" },
  { campaign: "TH1", nth: 58, day: "2024-01-25", cause: "cold" },
  { campaign: "TL1", nth: 16, day: "2024-02-06", cause: "cold" },
  { campaign: "PL1", nth: 22, day: "2024-07-30", cause: "accident" },
  { campaign: "TH1", nth: 96, day: "2024-08-21", cause: "disease" },
  {
    campaign: "TB1",
    nth: 13,
    day: "2024-12-11",
    cause: "accident",
    waivedOn: "2025-01-16",
  },
  { campaign: "LD1", nth: 9, day: "2025-02-13", cause: "cold", waivedOn: "2025-03-20" },
  { campaign: "GR1", nth: 21, day: "2025-11-19", cause: "disease" },
  { campaign: "PL1", nth: 50, day: "2026-01-22", cause: "cold" },
];

/** Offspring passed on to the next round: how many on which day. */
export const PASSINGS: Readonly<
  Record<
    string,
    {
      readonly households: number;
      readonly days: readonly (readonly [Day, number])[];
    }
  >
> = {
  TH1: {
    households: 20,
    days: [
      ["2024-01-18", 8],
      ["2024-08-15", 12],
      ["2025-03-20", 12],
      ["2026-02-26", 10],
    ],
  },
  MC1: {
    households: 12,
    days: [
      ["2024-12-05", 3],
      ["2025-05-22", 4],
      ["2025-11-20", 3],
      ["2026-06-18", 2],
    ],
  },
  GR1: {
    households: 6,
    days: [
      ["2025-10-09", 4],
      ["2026-08-13", 5],
    ],
  },
  KD1: {
    households: 4,
    days: [
      ["2026-06-11", 2],
      ["2026-10-15", 2],
    ],
  },
  TB1: { households: 4, days: [["2026-08-20", 2]] },
};

/** When dams give birth: days after coming, how likely, how many, and how long until the next. */
export const BREEDING = {
  BO: {
    first: [110, 520],
    next: [400, 470],
    chances: [0.74, 0.62, 0.5],
    young: [1, 1],
    weans: 365,
  },
  DE: { first: [95, 250], next: [235, 300], chances: [0.6, 0.42, 0.3], young: [1, 2], weans: 180 },
} as const;

/** Range of real prices of one head by year, as hundredths of the norm. */
export function priceRange(campaign: string, day: Day): readonly [number, number] {
  const year = Number(day.slice(0, 4));
  const border = campaign === "LD1" ? 2 : 0;
  const base: Readonly<Record<number, readonly [number, number]>> = {
    2022: [92, 101],
    2023: [93, 102],
    2024: [95, 103],
    2025: [97, 104],
    2026: [98, 105],
  };
  const [least, most] = base[year] ?? [95, 103];
  return [least + border, most + border];
}
